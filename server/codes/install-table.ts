/** Official files of a table → the releases that are installed from them. Those that are given together are parts of one. */
import { openTable, writeTable, type TableInfo, type TableKind } from '../core/index.ts';
import { recognise, type ImporterId } from './importers/index.ts';
import { checksumMismatch, describe, type Prepared, type Wanted } from './install.ts';
import { HTML_PAGE, isHtml, sha256Of, type Failure, type OriginalFile } from './original.ts';
import { gatherFees } from './tables/fees.ts';
import { gatherLimits } from './tables/limits.ts';
import { gatherPairs } from './tables/pairs.ts';
import { failedIn, type Gathered, type GatheredTable, type Part } from './tables/part.ts';

/** The kind of table that each layout is of, or a part of. */
const KIND_OF: Readonly<Partial<Record<ImporterId, TableKind>>> = {
  mue: 'limits',
  'ncci-pairs': 'pairs',
  pprrvu: 'fees',
  gpci: 'fees',
};

const GATHER: Readonly<Record<TableKind, (parts: readonly [Part, ...Part[]]) => Gathered | Failure>> = {
  limits: gatherLimits,
  pairs: gatherPairs,
  fees: gatherFees,
};

export function isTable({ name, bytes }: OriginalFile): boolean {
  const recognised = recognise(name, bytes);
  return !('unknown' in recognised) && KIND_OF[recognised.importer] !== undefined;
}

export function prepareTable(files: readonly OriginalFile[], wanted: Wanted): Prepared | Failure {
  const parts: Part[] = [];
  for (const file of files) {
    const part = partOf(file, wanted, files.length > 1);
    if ('failure' in part) return part;
    parts.push(part);
  }
  const [first, ...others] = parts;
  if (!first) return { failure: 'No file is given.' };
  const stranger = others.find(({ kind }) => kind !== first.kind);
  if (stranger) return failedIn(stranger, strangerWords(stranger, first));
  const gathered = GATHER[first.kind]([first, ...others]);
  if ('failure' in gathered) return gathered;
  const { tables, ...rest } = gathered;
  const releases: Prepared['releases'][number][] = [];
  for (const table of tables) {
    // Another name for the first table is another beginning for all of them.
    const set = wanted.set === undefined ? table.name : table.name.replace(tables[0].name, wanted.set);
    const info = infoOf(parts, { ...table, name: set }, wanted);
    if ('failure' in info) return info;
    releases.push(packed(info, table));
  }
  return { releases, ...rest };
}

const strangerWords = (stranger: Part, { file, recognised }: Part): string =>
  `this is the ${stranger.recognised.title}, and ${file.name} is the ${recognised.title}: they are no parts of one table.`;

function partOf(file: OriginalFile, wanted: Wanted, isOneOfSeveral: boolean): Part | Failure {
  const failed = (reason: string): Failure => failedIn({ file }, reason);
  if (isHtml(file.bytes)) return failed(HTML_PAGE);
  if (wanted.notes ?? wanted.addenda) return failed('notes and addenda go with an ICD-10-CM order file.');
  if (wanted.sha256 !== undefined && isOneOfSeveral)
    return failed('a sha256 is of one file, and several are given.');
  const mismatch = checksumMismatch(sha256Of(file.bytes), wanted.sha256, undefined);
  if (mismatch) return failedIn({ file }, mismatch.failure, mismatch);
  const recognised = recognise(file.name, file.bytes);
  if ('unknown' in recognised) return { failure: recognised.unknown };
  const kind = KIND_OF[recognised.importer];
  return kind === undefined
    ? failed(
        `this is the ${recognised.title}, which is installed by itself: only the parts of one table go together.`,
      )
    : { file, recognised, kind, isSure: wanted.sha256 !== undefined, isOneOfSeveral };
}

/** Indices are of a year, and what they go with is of a quarter of it: that one counts. */
const ofRelease = (parts: readonly Part[]): readonly Part[] =>
  parts.filter(({ recognised }) => recognised.importer !== 'gpci');

function infoOf(parts: readonly Part[], table: GatheredTable, wanted: Wanted): TableInfo | Failure {
  const [main, ...others] = ofRelease(parts);
  if (!main) return { failure: 'No file tells the release.' };
  const { release } = main.recognised;
  const other = others.find(({ recognised }) => recognised.release !== release);
  if (other && wanted.release === undefined)
    return failedIn(
      other,
      `it is of ${other.recognised.release ?? 'an unknown release'}, and ${main.file.name} is of ${release ?? 'an unknown one'}.`,
    );
  const info = describe({ ...main.recognised, set: table.name }, { ...wanted, set: undefined }, undefined);
  if ('failure' in info) return failedIn(main, info.failure, info);
  return {
    kind: main.kind,
    set: info.set,
    release: info.release,
    effective: info.effective,
    title: table.title,
    publisher: info.publisher,
    sources: parts.map(({ file }) => ({ name: file.name, sha256: sha256Of(file.bytes) })),
    ...table.more,
  };
}

/** What was packed is opened once, so that nothing is installed that cannot be read. */
function packed(info: TableInfo, { writers }: GatheredTable): Prepared['releases'][number] {
  const bytes = writeTable(info, writers);
  const opened = openTable(bytes);
  if ('refused' in opened)
    throw new Error(`${info.set} ${info.release} was packed wrongly: ${opened.refused}`);
  return { header: opened.header, bytes };
}
