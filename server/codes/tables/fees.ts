/**
 * Relative values and, in a second file, geographic indices. The values are given for two kinds of places, and each becomes a
 * table, so that a policy says which one is for an encounter. Descriptors are never read.
 */
import { RelationWriter } from '../../core/index.ts';
import { importGpci, importPprrvu, type ImportedFees, type ImportedLocalities } from '../importers/index.ts';
import type { Failure } from '../original.ts';
import { failedIn, refusedIn, usable, type Gathered, type GatheredTable, type Part } from './part.ts';

/** Statuses of codes that are paid by their relative values, by themselves. */
const PAID = ['A', 'R', 'T'];
const CURRENCY = 'USD';

export function gatherFees(parts: readonly [Part, ...Part[]]): Gathered | Failure {
  const [values, moreValues] = parts.filter(({ recognised }) => recognised.importer === 'pprrvu');
  const [indices, moreIndices] = parts.filter(({ recognised }) => recognised.importer === 'gpci');
  const twice = moreValues ?? moreIndices;
  if (twice) return failedIn(twice, 'a file of this layout is given already.');
  if (!values)
    return failedIn(
      parts[0],
      'indices go with relative values: give the relative value file of the year beside it.',
    );
  const fees = usable(values, importPprrvu(values.file.bytes));
  if ('failure' in fees) return fees;
  const localities = indices && usable(indices, importGpci(indices.file.bytes));
  if (localities && 'failure' in localities) return localities;
  return {
    tables: tablesOf(values, fees, localities),
    read: fees.read + (localities?.read ?? 0),
    refused: [...refusedIn(values, fees), ...(indices && localities ? refusedIn(indices, localities) : [])],
    doubts: indices && yearOf(indices) !== yearOf(values) ? [otherYears(values, indices)] : [],
  };
}

const yearOf = ({ recognised }: Part): number | undefined =>
  recognised.effective && Number(recognised.effective.from.slice(0, 4));

function otherYears(values: Part, indices: Part): string {
  const words = (part: Part): string => String(yearOf(part) ?? 'an unknown year');
  return `The relative values are of ${words(values)}, and the indices of ${words(indices)}.`;
}

type Place = 'facility' | 'nonFacility';

function tablesOf(
  values: Part,
  { rows }: ImportedFees,
  localities: ImportedLocalities | undefined,
): Gathered['tables'] {
  const indices = localities ? [localitiesWriter(localities)] : [];
  const year = yearOf(values);
  // Qualifying participants are paid by a factor of their own.
  const whose = /^QPP$/i.test(values.recognised.variant ?? '') ? '-qpp' : '';
  const tableFor = (place: Place, name: string, words: string): GatheredTable => ({
    name: `medicare-fees${whose}${name}`,
    title: `Relative values${localities ? ' and geographic indices' : ''} of the physician fee schedule, ${words}`,
    more: { paid: PAID, currency: CURRENCY, ...(year !== undefined && { year }) },
    writers: [feesWriter(rows, place), ...indices],
  });
  return [
    tableFor('nonFacility', '', 'outside facilities'),
    tableFor('facility', '-facility', 'in facilities'),
  ];
}

function feesWriter(rows: ImportedFees['rows'], place: Place): RelationWriter<'fees'> {
  const writer = new RelationWriter('fees');
  for (const row of rows)
    writer.add({
      code: row.code,
      modifier: row.modifier ?? '',
      status: row.status,
      work: row.work,
      practiceExpense: row.practiceExpense[place],
      malpractice: row.malpractice,
      total: row.total[place],
      rare: row.practiceExpense.notApplicable?.includes(place) ? 'NA' : '',
      conversionFactor: row.conversionFactor,
    });
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
