/** An official file → the releases that are installed from it. Reads nothing from disk and writes nothing to it. */
import {
  openCodeSet,
  writeCodeSet,
  type CodeRow,
  type CodeSetHeader,
  type ImportedCodes,
  type RefusedRow,
  type ReleaseInfo,
  type TableHeader,
} from '../core/index.ts';
import { cataloguedFile, wordsOfSet, type CatalogueEntry } from './catalogue.ts';
import type { Day } from './days.ts';
import {
  importCptConsumer,
  importCptLong,
  importCptMedium,
  importCptModifiers,
  importCptShort,
  importHcpcs,
  importHcpcsCsv,
  importIcdOrder,
  importIcdTabular,
  importNucc,
  isFailure,
  recognise,
  type ImportedHcpcs,
  type ImportedTaxonomy,
  type ImporterId,
  type LayoutFailure,
  type Recognised,
  type Source,
} from './importers/index.ts';
import { doubtsByAddenda } from './addenda.ts';
import { addNotes, type Noted } from './instructions.ts';
import { HTML_PAGE, isHtml, sha256Of, type Failure, type OriginalFile } from './original.ts';

/** What the user says of a file; it counts more than what the file says. */
export interface Wanted {
  readonly set?: string | undefined;
  readonly release?: string | undefined;
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  /** Of the official file, in hexadecimal digits of any case. */
  readonly sha256?: string | undefined;
  /** The tabular list of the same release, whose instructions are added to the codes. */
  readonly notes?: OriginalFile | undefined;
  /** The addenda of the same release, against which additions, deletions and counts are checked. */
  readonly addenda?: OriginalFile | undefined;
}

/** A release in the bytes of its file. */
export interface PreparedRelease {
  readonly header: CodeSetHeader | TableHeader;
  readonly bytes: Uint8Array;
}

/** A row that was not taken, with its file where there are several. */
export interface RefusedIn extends RefusedRow {
  readonly file?: string;
}

export interface Prepared {
  /** One, or two where a file lists codes and their modifiers. */
  readonly releases: readonly PreparedRelease[];
  /** Rows that the file holds, taken or not. */
  readonly read: number;
  readonly refused: readonly RefusedIn[];
  /** Codes to which the tabular list adds instructions; undefined where none was given. */
  readonly noted?: number;
  /** A sentence for each doubt about the file as a whole, such as counts that disagree. */
  readonly doubts: readonly string[];
}

/** What importers of codes read: of some files modifiers, too, or a notice that goes with every copy. */
type Imported = ImportedCodes & Partial<Pick<ImportedHcpcs, 'modifiers'> & Pick<ImportedTaxonomy, 'notice'>>;
type Importer = (source: Source) => Imported | LayoutFailure;

const IMPORTERS: Readonly<Partial<Record<ImporterId, Importer>>> = {
  'icd-10-cm-order': importIcdOrder,
  'icd-10-cm-tabular': importTabular,
  hcpcs: importHcpcs,
  'hcpcs-csv': importHcpcsCsv,
  nucc: importNucc,
  'cpt-long': importCptLong,
  'cpt-medium': importCptMedium,
  'cpt-short': importCptShort,
  'cpt-consumer': importCptConsumer,
  'cpt-modifiers': importCptModifiers,
};

/** With the instructions of blocks at their categories, where look-ups find them. */
function importTabular(source: Source): ImportedCodes | LayoutFailure {
  const list = importIcdTabular(source);
  return isFailure(list) ? list : { ...list, rows: addNotes(list.rows, list).rows };
}

/** Checks the file against its sha256, finds its importer, and packs what that reads; the rest of a file is never guessed. */
export function prepare(file: OriginalFile, wanted: Wanted): Prepared | Failure {
  const failed = (reason: string, more?: Omit<Failure, 'failure'>): Failure => ({
    ...more,
    failure: `${file.name}: ${reason}`,
  });
  const sha256 = sha256Of(file.bytes);
  const entry = cataloguedFile(file.name, sha256);
  if (isHtml(file.bytes)) return failed(HTML_PAGE);
  const mismatch = checksumMismatch(sha256, wanted.sha256, entry);
  if (mismatch) return failed(mismatch.failure, mismatch);
  const recognised = recognise(file.name, file.bytes);
  if ('unknown' in recognised) return { failure: recognised.unknown };
  const importer = IMPORTERS[recognised.importer];
  if (!importer) return failed(whyNoCodes(recognised));
  if ((wanted.notes ?? wanted.addenda) && recognised.importer !== 'icd-10-cm-order')
    return failed(`notes and addenda go with an ICD-10-CM order file; this is the ${recognised.title}.`);
  const info = describe(recognised, wanted, entry);
  if ('failure' in info) return failed(info.failure, info);
  const imported = importer(file.bytes);
  if (isFailure(imported)) return failed(imported.failure);
  const isSure = (wanted.sha256 ?? entry?.sha256) !== undefined;
  const unusable = whyUnusable(imported);
  if (unusable !== undefined) return failed(unusable);
  const cutOff = isSure ? undefined : whyCutOff(file.bytes);
  if (cutOff) return failed(cutOff.failure, cutOff);
  const noted = wanted.notes && withNotes(imported.rows, info, wanted.notes);
  if (noted && 'failure' in noted) return noted;
  const doubts = wanted.addenda && doubtsByAddenda(imported.rows, wanted.addenda);
  if (doubts && 'failure' in doubts) return doubts;
  return {
    releases: pack(info, noted ? { ...imported, rows: noted.rows } : imported, {
      name: [file, ...(wanted.notes ? [wanted.notes] : [])].map(({ name }) => name).join(' and '),
      sha256,
    }),
    read: imported.read,
    refused: imported.refused,
    ...(noted && { noted: noted.count }),
    doubts: [...doubtsOf(imported), ...(noted?.doubts ?? []), ...(doubts ?? [])],
  };
}

/** What the user says counts more than the catalogue, whose file may have been published anew. */
export function checksumMismatch(
  sha256: string,
  wanted: string | undefined,
  entry: CatalogueEntry | undefined,
): Failure | undefined {
  const expected = wanted?.toLowerCase() ?? entry?.sha256;
  if (expected === undefined || expected === sha256) return undefined;
  const whose = wanted === undefined ? `the catalogue has for ${entry?.release ?? ''}` : 'was expected';
  return {
    failure: `its sha256 is ${sha256}, and not ${expected}, which ${whose}: it is another file, or damaged.`,
    ...(wanted === undefined && vouchedBy(sha256, ` ${sha256}`)),
  };
}

const vouchedBy = (sha256: string, digits: string): Omit<Failure, 'failure'> => ({
  doubted: sha256,
  advice: `If it is right, say so with --sha256${digits}.`,
});

const whyNoCodes = ({ title }: Recognised): string =>
  `these are ${title}: they say what a release changed and are none themselves. Install the order file, and give this one with --addenda to check it.`;

/** Sets are named by their format, of which modifiers are no part. */
function setOf({ importer, set }: Recognised): string {
  return importer === 'cpt-modifiers' ? modifiersOf(set) : set;
}

const modifiersOf = (set: string): string => `${set}-modifiers`;

export function describe(
  recognised: Recognised,
  wanted: Wanted,
  entry: CatalogueEntry | undefined,
): ReleaseInfo | Failure {
  const release = wanted.release ?? entry?.release ?? recognised.release;
  const told = entry?.effective ?? recognised.effective;
  const from = wanted.from ?? told?.from;
  const to = wanted.to ?? told?.to;
  const missing = [
    ...(release === undefined ? (['release'] as const) : []),
    ...(from === undefined ? (['from'] as const) : []),
  ];
  if (release === undefined || from === undefined)
    return {
      failure: `the file does not tell which release of the ${recognised.title} it is.`,
      advice: `Add ${missing.map((name) => `--${name}`).join(' and ')}.`,
      missing,
    };
  if (to !== undefined && to < from)
    return { failure: `the release would end on ${to}, before it begins on ${from}.` };
  const known = setOf(recognised);
  return {
    set: wanted.set ?? known,
    release,
    effective: { from, ...(to !== undefined && { to }) },
    publisher: recognised.publisher,
    ...wordsOfSet(known),
  };
}

export function whyUnusable({
  rows,
  refused,
  read,
}: Pick<ImportedCodes, 'refused' | 'read'> & { readonly rows: readonly unknown[] }): string | undefined {
  const [first] = refused;
  if (rows.length === 0 && !first) return 'the file holds no rows.';
  return first && rows.length <= refused.length
    ? `${String(refused.length)} of its ${String(read)} rows cannot be read, the first on line ${String(first.line)}: ${first.reason}`
    : undefined;
}

function pack(
  info: ReleaseInfo,
  { rows, modifiers = [], notice }: Imported,
  source: NonNullable<CodeSetHeader['source']>,
): readonly PreparedRelease[] {
  // The notice stands where the publisher is named, so that whoever lists the release reads it.
  const own = notice === undefined ? info : { ...info, publisher: notice };
  const set = modifiersOf(own.set);
  return [
    packed(own, rows, source),
    ...(modifiers.length > 0 ? [packed({ ...own, set, ...wordsOfSet(set) }, modifiers, source)] : []),
  ];
}

/** What was packed is opened once, so that nothing is installed that cannot be read. */
function packed(
  info: ReleaseInfo,
  rows: readonly CodeRow[],
  source: NonNullable<CodeSetHeader['source']>,
): PreparedRelease {
  const bytes = writeCodeSet(info, rows, source);
  const opened = openCodeSet(bytes);
  if ('refused' in opened)
    throw new Error(`${info.set} ${info.release} was packed wrongly: ${opened.refused}`);
  return { header: opened.header, bytes };
}

function withNotes(rows: readonly CodeRow[], info: ReleaseInfo, notes: OriginalFile): Noted | Failure {
  const failed = (reason: string): Failure => ({ failure: `${notes.name}: ${reason}` });
  if (isHtml(notes.bytes)) return failed(HTML_PAGE);
  const recognised = recognise(notes.name, notes.bytes);
  if ('unknown' in recognised) return { failure: recognised.unknown };
  const list = importIcdTabular(notes.bytes);
  if (isFailure(list)) return failed(list.failure);
  const end = recognised.effective?.to;
  if (end !== undefined && info.effective.to !== undefined && end !== info.effective.to)
    return failed(
      `the notes are those of ${recognised.release ?? ''}, and the codes are of ${info.release}.`,
    );
  return addNotes(rows, list);
}

function doubtsOf({ rows, footer }: ImportedCodes): readonly string[] {
  return footer && footer.promised !== rows.length
    ? [`The file counts ${String(footer.promised)} ${footer.counts}, and ${String(rows.length)} were taken.`]
    : [];
}

/**
 * A server that states too small a length cuts a text off where the client cannot see it. Official texts end with the end of
 * a line, or with the end-of-file character of DOS; a zip has checksums of its own.
 */
export function whyCutOff(bytes: Uint8Array): Failure | undefined {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  return isZip || [0x0a, 0x0d, 0x1a].includes(bytes.at(-1) ?? 0)
    ? undefined
    : {
        failure: 'it does not end with the end of a line, so it may have been cut off.',
        ...vouchedBy(sha256Of(bytes), ''),
      };
}
