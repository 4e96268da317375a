/**
 * Official files of a table → the release that is installed from them. Some tables are published in parts: those that are given
 * together make one release, and a release of which a part is missing is not made, since what is not in it would read as clean.
 */
import {
  openTable,
  RelationWriter,
  writeTable,
  type ReleaseInfo,
  type TableInfo,
  type TableKind,
} from '../core/index.ts';
import {
  importGpci,
  importMue,
  importNcciPairs,
  importPprrvu,
  isFailure,
  namesOf,
  recognise,
  type CodePair,
  type ImportedFees,
  type ImportedLimits,
  type ImportedLocalities,
  type ImportedTable,
  type ImporterId,
  type LayoutFailure,
  type Recognised,
} from './importers/index.ts';
import {
  checksumMismatch,
  describe,
  whyCutOff,
  whyUnusable,
  type Prepared,
  type RefusedIn,
  type Wanted,
} from './install.ts';
import { HTML_PAGE, isHtml, sha256Of, type Failure, type OriginalFile } from './original.ts';

/** The kind of table that each layout is of, or a part of. */
const KIND_OF: Readonly<Partial<Record<ImporterId, TableKind>>> = {
  mue: 'limits',
  'ncci-pairs': 'pairs',
  pprrvu: 'fees',
  gpci: 'fees',
};

export const isTable = ({ name, bytes }: OriginalFile): boolean => {
  const recognised = recognise(name, bytes);
  return !('unknown' in recognised) && KIND_OF[recognised.importer] !== undefined;
};

interface Part {
  readonly file: OriginalFile;
  readonly recognised: Recognised;
  readonly kind: TableKind;
}

/** What was read of the parts, and what the release is called by it. */
interface Gathered {
  readonly name: string;
  readonly title: string;
  readonly more?: Pick<TableInfo, 'neverInForce' | 'paid' | 'year' | 'currency'>;
  readonly writers: readonly RelationWriter[];
  readonly doubts?: readonly string[];
}

/** Takes what was imported of the file at hand; a file that cannot be used ends everything. */
type Take = <Result extends ImportedTable<unknown>>(part: Part, result: Result | LayoutFailure) => Result;

class Unusable extends Error {}

export function prepareTable(files: readonly OriginalFile[], wanted: Wanted): Prepared | Failure {
  const counts: { read: number; readonly refused: RefusedIn[] } = { read: 0, refused: [] };
  const take: Take = ({ file }, result) => {
    if (isFailure(result)) throw new Unusable(`${file.name}: ${result.failure}`);
    const unusable = whyUnusable(result) ?? (wanted.sha256 === undefined ? whyCutOff(file.bytes) : undefined);
    if (unusable !== undefined) throw new Unusable(`${file.name}: ${unusable}`);
    counts.read += result.read;
    const where = files.length > 1 ? { file: file.name } : {};
    counts.refused.push(...result.refused.map((row) => ({ ...where, ...row })));
    return result;
  };
  try {
    const parts = files.map((file) => partOf(file, wanted, files.length));
    const gathered = gather(parts, take);
    const info = infoOf(parts, gathered, wanted);
    return { releases: [packed(info, gathered.writers)], ...counts, doubts: gathered.doubts ?? [] };
  } catch (error) {
    if (error instanceof Unusable) return { failure: error.message };
    throw error;
  }
}

function partOf(file: OriginalFile, wanted: Wanted, count: number): Part {
  const failed = (reason: string): Unusable => new Unusable(`${file.name}: ${reason}`);
  if (isHtml(file.bytes)) throw failed(HTML_PAGE);
  if (wanted.notes ?? wanted.addenda) throw failed('notes and addenda go with an ICD-10-CM order file.');
  if (wanted.sha256 !== undefined && count > 1)
    throw failed('--sha256 is of one file, and several are given.');
  const mismatch = checksumMismatch(sha256Of(file.bytes), wanted.sha256, undefined);
  if (mismatch !== undefined) throw failed(mismatch);
  const recognised = recognise(file.name, file.bytes);
  if ('unknown' in recognised) throw new Unusable(recognised.unknown);
  const kind = KIND_OF[recognised.importer];
  if (kind === undefined)
    throw failed(
      `this is the ${recognised.title}, which is installed by itself: only the parts of one table go together.`,
    );
  return { file, recognised, kind };
}

function gather(parts: readonly Part[], take: Take): Gathered {
  const [first, second] = parts;
  const other = parts.find(({ kind }) => kind !== first?.kind);
  if (!first || other)
    throw new Unusable(
      `${other?.file.name ?? ''}: this is the ${other?.recognised.title ?? ''}, and ${first?.file.name ?? ''} is the ${first?.recognised.title ?? ''}: they are no parts of one table.`,
    );
  switch (first.kind) {
    case 'limits':
      if (second)
        throw new Unusable(
          `${second.file.name}: each file of limits is a table of its own: install them one by one.`,
        );
      return gatherLimits(take(first, importMue(first.file.bytes)));
    case 'pairs':
      return gatherPairs(parts, take);
    case 'fees':
      return gatherFees(parts, take);
  }
}

function gatherLimits({ rows, setting }: ImportedLimits): Gathered {
  const writer = new RelationWriter('limits');
  for (const { code, units, indicator, rationale } of rows)
    writer.add({ code, units: String(units), indicator: String(indicator), rationale });
  const whom = setting.replace(/ ?Services$/i, '');
  return {
    name: `mue-${whom
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')}`,
    title: `Medically Unlikely Edits, ${whom.toLowerCase()}`,
    writers: [writer],
  };
}

/** The edits of a setting are published in as many files, numbered in their names. */
const PARTS_OF_PAIRS = 4;
const SETTINGS = [
  { name: 'ncci-practitioner', words: 'practitioner', named: /ccipra|practitioner/i },
  { name: 'ncci-outpatient-hospital', words: 'outpatient hospital', named: /ccioph|hospital/i },
] as const;

function gatherPairs(parts: readonly Part[], take: Take): Gathered {
  const names = parts.map(({ file }) => namesOf(file.name, file.bytes).join(' '));
  const settings = new Set(names.map((name) => SETTINGS.find(({ named }) => named.test(name))));
  const [setting] = settings;
  if (settings.size > 1)
    throw new Unusable(`${parts.map(({ file }) => file.name).join(', ')}: they are of different settings.`);
  const doubts = doubtsOfParts(names);
  const writer = new RelationWriter('pairs');
  for (const part of parts)
    for (const row of take(part, importNcciPairs(part.file.bytes)).rows) writer.add(pairRow(row));
  return {
    name: setting?.name ?? 'ncci-pairs',
    title: `NCCI procedure-to-procedure edits${setting ? `, ${setting.words}` : ''}`,
    // Deleted on the day on which it began.
    more: { neverInForce: ['9'] },
    writers: [writer],
    doubts,
  };
}

const pairRow = ({ column1, column2, from, to, modifier, rationale }: CodePair): PairRow => ({
  first: column1,
  second: column2,
  from,
  to: to ?? '',
  indicator: String(modifier),
  rationale,
});
type PairRow = Parameters<RelationWriter<'pairs'>['add']>[0];

/** A part that is missing would be taken for pairs that are fine together. */
function doubtsOfParts(names: readonly string[]): readonly string[] {
  const numbers = names.map((name) => /-f(\d+)(?!\d)/i.exec(name)?.[1]);
  if (numbers.every((number) => number === undefined))
    return [
      'The names of the files do not say which parts they are: pairs of parts that were not given are not found.',
    ];
  const missing = Array.from({ length: PARTS_OF_PAIRS }, (_, i) => String(i + 1)).filter(
    (number) => !numbers.includes(number),
  );
  if (missing.length > 0)
    throw new Unusable(
      `The edits of a setting come in ${String(PARTS_OF_PAIRS)} files, -f1 to -f${String(PARTS_OF_PAIRS)}, and are installed together: -f${missing.join(', -f')} is missing.`,
    );
  return [];
}

/** Statuses of codes that are paid by their relative values, by themselves. */
const PAID = ['A', 'R', 'T'];

function gatherFees(parts: readonly Part[], take: Take): Gathered {
  const fees = parts.filter(({ recognised }) => recognised.importer === 'pprrvu');
  const indices = parts.filter(({ recognised }) => recognised.importer === 'gpci');
  const [own, more] = fees;
  if (!own)
    throw new Unusable(
      `${indices[0]?.file.name ?? ''}: indices go with relative values: give the relative value file of the year beside it.`,
    );
  if (more ?? indices[1])
    throw new Unusable(`${(more ?? indices[1])?.file.name ?? ''}: there is a file of this layout already.`);
  const [index] = indices;
  const variant = /^QPP$/i.test(own.recognised.variant ?? '') ? '-qpp' : '';
  const years = [own, ...indices].map(({ recognised }) => recognised.effective?.from.slice(0, 4));
  const year = Number(years[0]);
  return {
    name: `medicare-fees${variant}`,
    title: `National Physician Fee Schedule, relative values${index ? ' and geographic indices' : ''}`,
    more: { paid: PAID, currency: 'USD', ...(year > 0 && { year }) },
    writers: [
      feesWriter(take(own, importPprrvu(own.file.bytes))),
      ...(index ? [localitiesWriter(take(index, importGpci(index.file.bytes)))] : []),
    ],
    doubts:
      new Set(years).size > 1
        ? [
            `The relative values are of ${years.map((each) => each ?? 'an unknown year').join(', and the indices of ')}.`,
          ]
        : [],
  };
}

function feesWriter({ rows }: ImportedFees): RelationWriter<'fees'> {
  const writer = new RelationWriter('fees');
  for (const {
    code,
    modifier,
    status,
    work,
    practiceExpense,
    malpractice,
    total,
    conversionFactor,
  } of rows) {
    const notApplicable = (practiceExpense.notApplicable ?? []).map((place) =>
      place === 'facility' ? 'inside' : 'outside',
    );
    writer.add({
      code,
      modifier: modifier ?? '',
      status,
      work,
      outside: practiceExpense.nonFacility,
      inside: practiceExpense.facility,
      malpractice,
      totalOutside: total.nonFacility,
      totalInside: total.facility,
      notApplicable: notApplicable.join(' '),
      factor: conversionFactor,
    });
  }
  return writer;
}

/** By contractor and number; where a contractor has the number in two states, with the state between them. */
function localitiesWriter({ rows }: ImportedLocalities): RelationWriter<'localities'> {
  const writer = new RelationWriter('localities');
  for (const { mac, locality, state, name, work, practiceExpense, malpractice } of rows) {
    const same = rows.filter((row) => row.mac === mac && row.locality === locality);
    writer.add({
      locality: same.length > 1 ? `${mac}-${state}-${locality}` : `${mac}-${locality}`,
      state,
      name,
      work,
      practiceExpense,
      malpractice,
    });
  }
  return writer;
}

/** By what the first part says; all of them must be of one release. */
function infoOf(parts: readonly Part[], gathered: Gathered, wanted: Wanted): TableInfo {
  const main = parts.find(({ recognised }) => recognised.importer !== 'gpci') ?? parts[0];
  if (!main) throw new Unusable('No file is given.');
  const other = parts.find(
    ({ recognised }) =>
      recognised.importer === main.recognised.importer && recognised.release !== main.recognised.release,
  );
  if (other && wanted.release === undefined)
    throw new Unusable(
      `${other.file.name}: it is of ${other.recognised.release ?? 'an unknown release'}, and ${main.file.name} is of ${main.recognised.release ?? 'an unknown one'}.`,
    );
  const info: ReleaseInfo | Failure = describe({ ...main.recognised, set: gathered.name }, wanted, undefined);
  if ('failure' in info) throw new Unusable(`${main.file.name}: ${info.failure}`);
  const { set, release, effective, publisher } = info;
  return {
    kind: main.kind,
    set,
    release,
    effective,
    title: gathered.title,
    publisher,
    sources: parts.map(({ file }) => ({ name: file.name, sha256: sha256Of(file.bytes) })),
    ...gathered.more,
  };
}

/** What was packed is opened once, so that nothing is installed that cannot be read. */
function packed(info: TableInfo, writers: readonly RelationWriter[]): Prepared['releases'][number] {
  const bytes = writeTable(info, writers);
  const opened = openTable(bytes);
  if ('refused' in opened)
    throw new Error(`${info.set} ${info.release} was packed wrongly: ${opened.refused}`);
  return { header: opened.header, bytes };
}
