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
import { beginningsInZip, isZip } from './shared/zip.ts';

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
 * @param first the first bytes, or all of them; of a zip of which all are given each text file is looked at, else the first
 */
export function recognise(name: string, first: Source): Recognised | { readonly unknown: string } {
  const chosen = chosenOf(name, first);
  if (!chosen) {
    const titles = KNOWN.map(({ layout }) => layout.title).join(', ');
    return { unknown: `${quoted(name, 60)} is of no layout that is known. Known are: ${titles}.` };
  }
  const { known, file } = chosen;
  const { layout, set, publisher } = known;
  const release = releaseOf(layout.importer, file.names.join(' '), file.text);
  return { importer: layout.importer, set, title: layout.title, publisher, ...release };
}

/** The name of a file, and in a zip that of the entry that is taken: they tell what the text does not. */
export const namesOf = (name: string, first: Source): readonly string[] =>
  chosenOf(name, first)?.file.names ?? [name];

function chosenOf(
  name: string,
  first: Source,
): { readonly known: Known; readonly file: FileBeginning } | undefined {
  const files = beginningsOf(name.split(/[\\/]/).at(-1) ?? name, first);
  const found = files.flatMap((file) => {
    const known = knownFor(file);
    return known ? [{ known, file, fits: known.layout.fits(file.text) }] : [];
  });
  // Publishers put a list together with what was changed in it: the list comes first. What a file holds says more than its name.
  const [chosen] = found.sort(
    (a, b) => Number(b.fits) - Number(a.fits) || KNOWN.indexOf(a.known) - KNOWN.indexOf(b.known),
  );
  return chosen;
}

/** Names of a file, in a zip also that of the zip, and the text that it begins with. */
interface FileBeginning {
  readonly names: readonly string[];
  readonly text: string;
}

function knownFor({ names, text }: FileBeginning): Known | undefined {
  const called = (known: Known): boolean => names.some((each) => known.layout.named.test(each));
  const fitting = KNOWN.filter(({ layout }) => layout.fits(text));
  const byContent = fitting.length > 1 ? (fitting.find(called) ?? narrowest(fitting, text)) : fitting[0];
  return byContent ?? KNOWN.find(called);
}

function beginningsOf(name: string, first: Source): readonly FileBeginning[] {
  if (typeof first === 'string') return [{ names: [name], text: withoutMark(first.slice(0, BEGINNING)) }];
  if (!isZip(first)) return [{ names: [name], text: decode(first.subarray(0, BEGINNING)) }];
  const entries = beginningsInZip(first);
  if (entries.length === 0) return [{ names: [name], text: '' }];
  return entries.map((entry) => ({ names: [name, entry.name], text: withoutMark(entry.beginning) }));
}

/** Some rows of medium descriptors fit the layout of short ones; one of more than 28 characters decides. */
function narrowest(fitting: readonly Known[], text: string): Known | undefined {
  const short = fitting.find(({ layout }) => layout === cptShort);
  return short && !/^\d{4}[0-9A-Z] \S.{28,}$/m.test(text) ? short : fitting[0];
}
