/** What the installed tables say of one code, for people and programs; nothing here decides a line. */
import type { Relation, TableRelease } from '../core/index.ts';
import type { Day } from './days.ts';

export interface LimitEntry {
  readonly units: number;
  readonly indicator: string;
  readonly rationale: string;
}

export interface PairEntry {
  readonly paid: string;
  readonly notPaid: string;
  readonly indicator: string;
  readonly from: string;
  readonly to?: string;
  readonly rationale: string;
}

/** Figures as they were printed. */
export interface FeeEntry {
  readonly modifier?: string;
  readonly status: string;
  readonly total: string;
  readonly work: string;
  readonly practiceExpense: string;
  readonly malpractice: string;
  readonly conversionFactor: string;
  /** Whether the service is rarely or never given at the places that the table is for. */
  readonly rare: boolean;
}

export interface TableRows {
  readonly limits: readonly LimitEntry[];
  /** In force on the date, of either place of the code. */
  readonly pairs: readonly PairEntry[];
  readonly fees: readonly FeeEntry[];
}

export function rowsAbout(release: TableRelease, code: string, date: Day): TableRows {
  const own = code.toUpperCase();
  return {
    limits: read(release.relation('limits'), own, (text) => ({
      units: Number(text('units')),
      indicator: text('indicator'),
      rationale: text('rationale'),
    })),
    pairs: pairsAbout(release, own, date),
    fees: read(release.relation('fees'), own, (text): FeeEntry => ({
      ...(text('modifier') !== '' && { modifier: text('modifier') }),
      status: text('status'),
      total: text('total'),
      work: text('work'),
      practiceExpense: text('practiceExpense'),
      malpractice: text('malpractice'),
      conversionFactor: text('conversionFactor'),
      rare: text('rare') !== '',
    })),
  };
}

function read<Column extends string, Entry>(
  relation: Relation<Column> | undefined,
  code: string,
  entryOf: (text: (column: Column) => string) => Entry,
): readonly Entry[] {
  const { from, to } = relation?.rowsOf(code) ?? { from: 0, to: 0 };
  return Array.from({ length: to - from }, (_, i) =>
    entryOf((column) => relation?.textAt(from + i, column) ?? ''),
  );
}

function pairsAbout(release: TableRelease, code: string, date: Day): readonly PairEntry[] {
  const relation = release.relation('pairs');
  if (!relation) return [];
  const { from, to } = relation.rowsOf(code);
  const first = Array.from({ length: to - from }, (_, i) => from + i);
  const { neverInForce = [] } = release.header;
  return [...first, ...relation.rowsWith('second', code)]
    .map((row): PairEntry => {
      const last = relation.textAt(row, 'to');
      return {
        paid: relation.textAt(row, 'first'),
        notPaid: relation.textAt(row, 'second'),
        indicator: relation.textAt(row, 'indicator'),
        from: relation.textAt(row, 'from'),
        ...(last !== '' && { to: last }),
        rationale: relation.textAt(row, 'rationale'),
      };
    })
    .filter((pair) => pair.from <= date && (pair.to === undefined || date <= pair.to))
    .filter(({ indicator }) => !neverInForce.includes(indicator));
}
