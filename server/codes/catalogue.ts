/**
 * What the program knows of code sets and of their official files before it has any: how sets are called, and releases that
 * are installed by name. Only what is certain stands here: an entry without an address says where the file is published.
 */
import type { ReleaseInfo } from '../core/index.ts';
import { parseDay, type Day } from './days.ts';

/** A release that can be named in place of its file. */
export interface CatalogueEntry {
  /** What people type: `icd-10-cm-fy2027`. */
  readonly name: string;
  readonly set: string;
  readonly release: string;
  readonly effective: ReleaseInfo['effective'];
  /** The name under which the file is published. */
  readonly file: string;
  /** Where it is published, as it goes on after “from”. */
  readonly publishedAt: string;
  /** Of the bytes of the file, in lower-case hexadecimal digits. */
  readonly sha256?: string;
  /** Its address, where that is certain. */
  readonly url?: string;
}

export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    name: 'icd-10-cm-fy2027',
    set: 'icd-10-cm',
    release: 'FY2027',
    effective: { from: known('2026-10-01'), to: known('2027-09-30') },
    file: '2027-code-descriptions-tabular-order.zip',
    publishedAt: 'the ICD-10 pages of CMS',
    sha256: '91c6c9d1117764ce72375a0f3a5493b1725dafbc1ab283b55799076c9e194965',
  },
];

export const catalogued = (name: string): CatalogueEntry | undefined =>
  CATALOGUE.find((entry) => entry.name === name.toLowerCase());

/** The entry of a file, by its bytes or by the name under which it is published. */
export const cataloguedFile = (name: string, sha256: string): CatalogueEntry | undefined =>
  CATALOGUE.find((entry) => entry.sha256 === sha256) ??
  CATALOGUE.find(({ file }) => file.toLowerCase() === name.toLowerCase());

/** How a set is called in sentences, how its codes are written, and for which format of the schemas it answers. */
type SetWords = Pick<ReleaseInfo, 'title' | 'pointAfter' | 'answers' | 'lists'>;

const SETS: Readonly<Record<string, SetWords>> = {
  'icd-10-cm': { title: 'ICD-10-CM', pointAfter: 3 },
  // Dental codes, of the letter D, are licensed by others and in no file of CMS.
  hcpcs: { title: 'HCPCS Level II', answers: 'procedure-code', lists: '^[A-CE-V]\\d{4}$' },
  'hcpcs-modifiers': { title: 'HCPCS Level II modifiers', answers: 'modifier', lists: '^[A-Z][A-Z0-9]$' },
  'nucc-taxonomy': { title: 'NUCC provider taxonomy' },
  'place-of-service': { title: 'CMS place of service' },
  cpt: { title: 'CPT', answers: 'procedure-code', lists: '^\\d{4}[0-9A-Z]$' },
  'cpt-modifiers': { title: 'CPT modifiers', answers: 'modifier', lists: '^\\d\\d$' },
};

/** Of a set that has no words of its own, its name stands for them. */
export const wordsOfSet = (set: string): SetWords => SETS[set] ?? { title: set };

function known(text: string): Day {
  const day = parseDay(text);
  if (day === undefined) throw new Error(`${text} is no day of the calendar.`);
  return day;
}
