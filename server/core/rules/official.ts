/**
 * Official releases of tables that are installed, as tables. The release has the figures; what its indicators mean, and which
 * modifiers let both codes of a pair be paid, says the document of the same name.
 */
import { isInForce, type IsoDate } from '../base/clock.ts';
import { perPair } from '../base/memo.ts';
import { childPath, installedId, origin, ROOT_PATH, type Origin } from '../base/origin.ts';
import type { ColumnOf } from '../codes/tables/layout.ts';
import type { InstalledTable, TableReleases } from '../codes/tables/releases.ts';
import type { Relation, TableRelease } from '../codes/tables/table.ts';
import {
  hasFigures,
  type ByCode,
  type CodePair,
  type Fee,
  type Fees,
  type Parts,
  type Table,
  type UnitLimit,
} from './table.ts';

/** What stands beside the documents of the tables. */
export interface Official {
  readonly releases: TableReleases;
  /** Documents that hold only parts of what is published, such as those of the library: they yield to a release. */
  readonly excerpts: ReadonlySet<Table>;
}

export interface LookedUp {
  readonly table: Table | undefined;
  /** Why an installed release of the date is not what answers, as a sentence goes on. */
  readonly why: string | undefined;
}

/**
 * The table of a name that answers for a date: a document that is no excerpt, an installed release, an excerpt. `documents`
 * are those at hand, earlier ones first.
 */
export function lookUp(
  name: string,
  date: IsoDate,
  documents: readonly Table[],
  { releases, excerpts }: Official,
): LookedUp {
  const own = documents.filter(({ id }) => id.value === name);
  const inForce = own.filter(({ effective }) => isInForce(effective, date));
  const document = inForce.find(hasFigures);
  if (document && !excerpts.has(document)) return { table: document, why: undefined };
  const meaning = inForce.at(-1) ?? own.at(-1);
  let why: string | undefined;
  for (const installed of releases.on(name, date)) {
    const answer = meaning ? officialTable(meaning, installed) : withoutMeaning(installed);
    if ('table' in answer) return { table: answer.table, why: undefined };
    why ??= answer.why;
  }
  return { table: document, why };
}

type Answer = { readonly table: Table } | { readonly why: string };

const releaseWords = ({ file: { header } }: InstalledTable): string =>
  `the installed release ${header.release} of the table ${header.set}`;

const withoutMeaning = (installed: InstalledTable): Answer => ({
  why: `no document of the table ${installed.file.header.set} says what ${releaseWords(installed)} means`,
});

const officialTable = perPair((meaning: Table, installed: InstalledTable): Answer => {
  const opened = installed.open();
  if ('refused' in opened)
    return { why: `${releaseWords(installed)} cannot be used (${opened.refused.replace(/[.]$/, '')})` };
  const open = indicatorsOf(opened).filter((indicator) => !meaning.indicators.has(indicator));
  if (open.length > 0)
    return {
      why: `no document says what the indicator ${open.join(', ')} of ${releaseWords(installed)} means`,
    };
  return { table: tableOf(meaning, opened) };
});

/** Those that are never in force mean nothing for a line. */
function indicatorsOf(release: TableRelease): readonly string[] {
  const { neverInForce = [] } = release.header;
  return [
    ...(release.relation('limits')?.textsOf('indicator') ?? []),
    ...(release.relation('pairs')?.textsOf('indicator') ?? []),
  ].filter((indicator) => !neverInForce.includes(indicator));
}

type At = (...steps: readonly string[]) => Origin;

function tableOf(meaning: Table, release: TableRelease): Table {
  const { header } = release;
  const document = installedId(header.set, header.release);
  const at: At = (...steps) => origin(document, steps.reduce(childPath, ROOT_PATH));
  const [limits, pairs] = [release.relation('limits'), release.relation('pairs')];
  return {
    ...meaning,
    document,
    origin: at(),
    effective: header.effective,
    effectiveOrigin: at('effective'),
    release: `${header.release}, installed`,
    unitLimits: limits ? limitsBy(limits, at) : NONE,
    codePairs: pairs ? pairsBy(pairs, at, header.neverInForce ?? []) : NONE,
    dosageUnits: new Map(),
    modifiers: [],
    fees: feesOf(release, meaning, at),
  };
}

const NONE: ByCode<never> = { size: 0, get: () => undefined };

const limitsBy = (relation: Relation<ColumnOf<'limits'>>, at: At): ByCode<UnitLimit> => ({
  size: relation.size,
  get: (code) => {
    const { from, to } = relation.rowsOf(code);
    if (from === to) return undefined;
    return {
      origin: at('unit_limits', code),
      units: Number(relation.textAt(from, 'units')),
      indicator: relation.textAt(from, 'indicator'),
      rationale: relation.textAt(from, 'rationale'),
    };
  },
});

const pairsBy = (
  relation: Relation<ColumnOf<'pairs'>>,
  at: At,
  never: readonly string[],
): ByCode<ByCode<CodePair>> => ({
  size: relation.size,
  get: (first) => {
    const { from, to } = relation.rowsOf(first);
    return from === to
      ? undefined
      : {
          size: to - from,
          get: (second, date) => {
            const indicator = indicatorOn(relation, first, second, date, never);
            return indicator === undefined
              ? undefined
              : { origin: at('code_pairs', first, second), indicator };
          },
        };
  },
});

/** A pair may have been deleted and made again, with other days and another indicator. */
function indicatorOn(
  relation: Relation<ColumnOf<'pairs'>>,
  first: string,
  second: string,
  date: IsoDate,
  never: readonly string[],
): string | undefined {
  const { from, to } = relation.rowsOf(first, second);
  for (let row = from; row < to; row++) {
    const indicator = relation.textAt(row, 'indicator');
    const last = relation.textAt(row, 'to');
    const isOn = relation.textAt(row, 'from') <= date && (last === '' || date <= last);
    if (isOn && !never.includes(indicator)) return indicator;
  }
  return undefined;
}

function feesOf(release: TableRelease, { fees: meaning }: Table, at: At): Fees | undefined {
  const [fees, localities] = [release.relation('fees'), release.relation('localities')];
  if (!fees || !localities) return undefined;
  const { year, currency, effective, paid } = release.header;
  return {
    origin: at('fees'),
    year: year ?? Number(effective.from.slice(0, 4)),
    currency: currency ?? meaning?.currency ?? '',
    conversionFactor: {
      value: Number(fees.textAt(0, 'conversionFactor')),
      origin: at('fees', 'conversion_factor'),
    },
    codes: feesBy(fees, at, paid),
    localities: {
      size: localities.size,
      get: (locality) => {
        const { from, to } = localities.rowsOf(locality);
        if (from === to) return undefined;
        return {
          origin: at('fees', 'localities', locality),
          work: Number(localities.textAt(from, 'work')),
          practiceExpense: Number(localities.textAt(from, 'practiceExpense')),
          malpractice: Number(localities.textAt(from, 'malpractice')),
        };
      },
    },
  };
}

const feesBy = (
  relation: Relation<ColumnOf<'fees'>>,
  at: At,
  paid: readonly string[] | undefined,
): ByCode<Fee> => {
  const feeOf = (code: string, modifier: string): Fee | undefined => {
    const { from, to } = relation.rowsOf(code, modifier);
    const text = (column: ColumnOf<'fees'>): string => relation.textAt(from, column);
    const isPaid = from < to && (paid === undefined || paid.includes(text('status')));
    if (!isPaid || text('rare') !== '') return undefined;
    const parts: Parts = {
      work: Number(text('work')),
      practiceExpense: Number(text('practiceExpense')),
      malpractice: Number(text('malpractice')),
    };
    return {
      origin: at('fees', 'codes', modifier === '' ? code : `${code}-${modifier}`),
      total: Number(text('total')),
      parts,
      conversionFactor: Number(text('conversionFactor')),
    };
  };
  return {
    size: relation.size,
    get: (code) => {
      const whole = feeOf(code, '');
      return (
        whole && {
          ...whole,
          byModifier: { size: relation.size, get: (modifier) => feeOf(code, modifier) },
        }
      );
    },
  };
};
