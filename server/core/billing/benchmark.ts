/** What a published fee schedule would allow for a line: relative values times the conversion factor of its year. */
import type { IsoDate } from '../base/clock.ts';
import { formatCents, times, toCents } from '../base/money.ts';
import type { Fee, Fees, Parts, Table } from '../rules/table.ts';
import { plural } from '../base/words.ts';
import type { Encounter } from '../encounter/encounter.ts';
import type { DraftLine } from './draft.ts';
import type { Benchmark } from './line.ts';

type BenchmarkedLine = Pick<DraftLine, 'code' | 'units' | 'outcome' | 'date' | 'modifiers'>;

/** The benchmark of a line by the first table that has its code. None for what is denied: nothing would be allowed. */
export function benchmarkOf(
  { code, units, outcome, date, modifiers }: BenchmarkedLine,
  encounter: Encounter,
  tables: readonly Table[],
): Benchmark | undefined {
  if (outcome === 'denied') return undefined;
  for (const table of tables) {
    const { fees } = table;
    const whole = fees?.codes.get(code, date);
    const fee = modifiers.map((own) => whole?.byModifier?.get(own, date)).find((own) => own) ?? whole;
    if (!fees || !fee) continue;
    const { value, words } = relativeValue(fees, fee, encounter, date);
    const factor = fee.conversionFactor ?? fees.conversionFactor.value;
    const each = toCents(value * factor);
    const amount = times(each, units);
    const counted = units === 1 ? '' : `, for ${plural(units, 'unit')} ${formatCents(amount)}`;
    return {
      clause: fee.origin,
      amount,
      currency: fees.currency,
      year: fees.year,
      table: table.id.value,
      release: table.release,
      sentence: `Benchmark of ${String(fees.year)}, no price: ${words} × ${String(factor)} = ${formatCents(each)} ${fees.currency}${counted} (${table.title}, ${table.release}).`,
    };
  }
  return undefined;
}

function relativeValue(
  { localities }: Fees,
  { total, parts }: Fee,
  encounter: Encounter,
  date: IsoDate,
): { readonly value: number; readonly words: string } {
  const locality = encounter.facts.get('locality');
  const indices = locality && localities.get(String(locality.value), date);
  if (!parts || !indices) {
    const why = locality ? ` (no index of locality ${String(locality.value)} is at hand)` : '';
    return { value: total, words: `${String(total)} relative value units, national${why}` };
  }
  const value = adjusted(parts, indices);
  const shown = String(Math.round(value * 10_000) / 10_000);
  return { value, words: `${shown} relative value units in locality ${String(locality.value)}` };
}

const adjusted = (a: Parts, b: Parts): number =>
  a.work * b.work + a.practiceExpense * b.practiceExpense + a.malpractice * b.malpractice;
