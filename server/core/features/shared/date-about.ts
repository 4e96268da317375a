/** What holds on a date of service: versions of documents, and releases of tables and code sets. */
import { formatRange, type EffectiveRange, type IsoDate } from '../../base/clock.ts';
import { listWords, plural } from '../../base/words.ts';
import type { Encounter } from '../../encounter/encounter.ts';
import type { Analysis } from '../../workspace/analysis.ts';
import { nameOfRelease } from './names.ts';
import { escapeMarkdown } from './reasoning.ts';

/** Markdown; undefined for an encounter without a date. */
export function dateMarkdown(analysis: Analysis, encounter: Encounter): string | undefined {
  const rules = analysis.rulesOn(encounter);
  const date = encounter.date?.value;
  if (!rules || date === undefined) return undefined;
  const lines = analysis.bill(encounter)?.lines ?? [];
  const reported = new Set(lines.flatMap(({ spec }) => spec ?? []));
  const tables = rules.tables.flatMap(({ table }) => table ?? []);
  const items = [
    ...rules.families.map(
      ({ family, specs }) => `${family.id.value}: ${plural(specs.length, 'specification')} in force`,
    ),
    ...[...reported].map((spec) => `${spec.code}: the version ${inForce(spec.effective)}`),
    ...rules.policies.map(({ title, id, effective }) => `policy ${title ?? id.value}: ${inForce(effective)}`),
    ...[...new Set(tables.map(({ title, release }) => `${title}, ${release}`))],
    ...releases(analysis, date),
  ];
  const list = items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
  return `**What holds on ${escapeMarkdown(date)}**\n\n${list}`;
}

const inForce = (effective: EffectiveRange | undefined): string =>
  effective === undefined ? 'without dates' : `in force ${formatRange(effective)}`;

/** The releases of code sets that answer for the date, and those that answer for want of a better one. */
function releases(analysis: Analysis, date: IsoDate): string[] {
  const sets = new Set(
    analysis.codes.releases.flatMap(({ header }) => (header.local === true ? [] : [header.set])),
  );
  const found = [...sets].sort().flatMap((set) => analysis.codes.at(set, date) ?? []);
  const late = found.filter(({ forDate }) => !forDate).map(({ set }) => nameOfRelease(set.header));
  return [
    ...found.filter(({ forDate }) => forDate).map(({ set }) => nameOfRelease(set.header)),
    ...(late.length > 0 ? [`not for this date, but nearest to it: ${listWords(late, 'and')}`] : []),
  ];
}
