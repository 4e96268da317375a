/**
 * Which importer a file is for, and which release of what it is, as far as the file and its name tell. What they do not tell
 * stays undefined: a date that was guessed would decide which codes are in force.
 */
import type { ReleaseInfo } from '../../core/index.ts';
import { cptConsumer, cptLong, cptMedium, cptModifiers, cptShort } from './cpt.ts';
import { gpci } from './gpci.ts';
import { hcpcsCsv } from './hcpcs-csv.ts';
import { hcpcs } from './hcpcs.ts';
import { icdAddenda } from './icd-addenda.ts';
import { icdOrder } from './icd-order.ts';
import { icdTabular } from './icd-tabular.ts';
import { mue } from './mue.ts';
import { ncciPairs } from './ncci-pairs.ts';
import { nucc } from './nucc.ts';
import { pprrvu } from './pprrvu.ts';
import { BEGINNING, quoted, type ImporterId, type Layout, type Source } from './shared/layout.ts';
import { releaseOf, type Release } from './shared/release.ts';
import { decode, withoutMark } from './shared/text.ts';
import { firstOfZip, isZip } from './shared/zip.ts';

/** What is known of a file; `release` and `effective` stand together, or neither does. */
export type Recognised = Pick<ReleaseInfo, 'set' | 'title' | 'publisher'> &
  Partial<Release> & {
    readonly importer: ImporterId;
  };

interface Known {
  readonly layout: Layout;
  /** As schemas name the format, where one does. */
  readonly set: string;
  readonly publisher: string;
}

const CMS = 'CMS';
const CDC = 'CDC (NCHS) and CMS';
const AMA = 'American Medical Association';
const NUCC = 'National Uniform Claim Committee';

/** In the order in which they are listed and tried. */
const KNOWN: readonly Known[] = [
  { layout: icdOrder, set: 'icd-10-cm', publisher: CDC },
  { layout: icdTabular, set: 'icd-10-cm', publisher: CDC },
  { layout: icdAddenda, set: 'icd-10-cm', publisher: CDC },
  { layout: hcpcs, set: 'hcpcs', publisher: CMS },
  { layout: hcpcsCsv, set: 'hcpcs', publisher: CMS },
  { layout: nucc, set: 'nucc-taxonomy', publisher: NUCC },
  { layout: mue, set: 'mue', publisher: CMS },
  { layout: ncciPairs, set: 'ncci-pairs', publisher: CMS },
  { layout: pprrvu, set: 'pprrvu', publisher: CMS },
  { layout: gpci, set: 'gpci', publisher: CMS },
  { layout: cptLong, set: 'cpt', publisher: AMA },
  { layout: cptMedium, set: 'cpt', publisher: AMA },
  { layout: cptShort, set: 'cpt', publisher: AMA },
  { layout: cptConsumer, set: 'cpt', publisher: AMA },
  { layout: cptModifiers, set: 'cpt', publisher: AMA },
];

/**
 * @param name the file's name, without folders or with them
 * @param first the first bytes, or all of them; 16 kB are looked at, of a zip those of its first entry
 */
export function recognise(name: string, first: Source): Recognised | { readonly unknown: string } {
  const { names, text } = beginningOf(name.split(/[\\/]/).at(-1) ?? name, first);
  const called = (known: Known): boolean => names.some((each) => known.layout.named.test(each));
  const fitting = KNOWN.filter(({ layout }) => layout.fits(text));
  const byContent = fitting.length > 1 ? (fitting.find(called) ?? narrowest(fitting, text)) : fitting[0];
  const known = byContent ?? KNOWN.find(called);
  if (!known) {
    const titles = KNOWN.map(({ layout }) => layout.title).join(', ');
    return { unknown: `${quoted(name, 60)} is of no layout that is known. Known are: ${titles}.` };
  }
  const { layout, set, publisher } = known;
  const release = releaseOf(layout.importer, names.join(' '), text);
  return { importer: layout.importer, set, title: layout.title, publisher, ...release };
}

/** The name of a file, and in a zip that of its first entry: they tell what the text does not. */
export const namesOf = (name: string, first: Source): readonly string[] =>
  beginningOf(name.split(/[\\/]/).at(-1) ?? name, first).names;

/** Names of the file and of the entry in it, and the text that it begins with. */
function beginningOf(
  name: string,
  first: Source,
): { readonly names: readonly string[]; readonly text: string } {
  if (typeof first === 'string') return { names: [name], text: withoutMark(first.slice(0, BEGINNING)) };
  const entry = isZip(first) ? firstOfZip(first) : undefined;
  if (entry) return { names: [name, entry.name], text: withoutMark(entry.beginning) };
  return { names: [name], text: isZip(first) ? '' : decode(first.subarray(0, BEGINNING)) };
}

/** Some rows of medium descriptors fit the layout of short ones; one of more than 28 characters decides. */
function narrowest(fitting: readonly Known[], text: string): Known | undefined {
  const short = fitting.find(({ layout }) => layout === cptShort);
  return short && !/^\d{4}[0-9A-Z] \S.{28,}$/m.test(text) ? short : fitting[0];
}
