/** What holds of the bill of any day that the family has words for: made-up days, always the same ones. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Origin } from '../../../server/core/base/origin.ts';
import { evaluate } from '../../../server/core/billing/evaluate.ts';
import type { Bill, BillingLine, Reason } from '../../../server/core/billing/line.ts';
import type { Analysis } from '../../../server/core/workspace/analysis.ts';
import { Bench, encounterOf, given } from '../../support/bench.ts';
import {
  anyDay,
  everyHead,
  NEVER,
  PURPOSES,
  ROUTES,
  runs,
  shuffled,
  writtenDay,
  type Day,
  type Given,
} from '../../support/days.ts';

const bench = new Bench();

interface Billed {
  readonly text: string;
  readonly bill: Bill;
  readonly analysis: Analysis;
}

function billOf(text: string): Billed {
  const { encounter, analysis } = bench.ask(text);
  const bill = analysis.bill(encounter);
  assert.ok(bill, text);
  return { text, bill, analysis };
}

/** Checks many days. What fails says so with the encounter as it is written. */
function ofEveryDay(
  numRuns: number,
  seed: number,
  check: (day: Day, billed: Billed, chance: number) => void,
): void {
  fc.assert(
    fc.property(anyDay, fc.nat(), (day, chance) => {
      const billed = billOf(writtenDay(day));
      try {
        check(day, billed, chance);
      } catch (error) {
        throw new Error(`${(error as Error).message}\n\n${billed.text}`, { cause: error });
      }
    }),
    runs(numRuns, seed),
  );
}

/** Lines of drugs have no specification; their units are those of the dose. */
const isOfDrug = ({ spec }: BillingLine): boolean => spec === undefined;

/** Everything that a line says, and for lines of specifications why. */
const sayingOf = (line: BillingLine): string =>
  JSON.stringify([
    [line.code, ...line.modifiers].join('-'),
    line.units,
    line.date,
    line.outcome,
    line.diagnoses,
    isOfDrug(line) ? [] : line.because.map(({ sentence }) => sentence).sort(),
  ]);

const sayings = ({ lines, notBilled, problems }: Bill): readonly string[] =>
  [
    ...lines.map(sayingOf),
    ...notBilled.map(({ code, near, because }) => JSON.stringify([code, near, because.sentence])),
    ...problems.map(({ code, message }) => JSON.stringify([code, message])),
  ].sort();

/** Minutes at which one kind of service becomes another, and the codes before and after, by route. */
type Turns = Readonly<Record<string, readonly string[]>>;

// A push or an injection becomes an infusion; one into an artery has no code then, unless it is chemotherapy.
const OF_DRUGS: Turns = { 'iv-infusion': ['16: 96374 > 96365'], 'intra-arterial': ['16: 96373 > '] };
// An infusion becomes that of a pump, whose one unit stands for all hours.
const OF_CHEMOTHERAPY: Turns = {
  'iv-infusion': ['16: 96409 > 96413', '481: 96413, 96415 > 96416'],
  'intra-arterial': ['16: 96420 > 96422', '481: 96422, 96423 > 96425'],
};
const TURNS: Readonly<Record<string, Turns>> = {
  therapeutic: { ...OF_DRUGS, 'subcutaneous-infusion': ['16: 96372 > 96369'] },
  prophylactic: { ...OF_DRUGS, 'subcutaneous-infusion': ['16: 96372 > 96369'] },
  // What runs under the skin to diagnose has no code as an infusion.
  diagnostic: { ...OF_DRUGS, 'subcutaneous-infusion': ['16: 96372 > '] },
  chemotherapy: OF_CHEMOTHERAPY,
  'complex-biologic': OF_CHEMOTHERAPY,
};

describe('one more minute of a single administration', () => {
  for (const purpose of [...PURPOSES, ...NEVER])
    test(`for ${purpose} lowers the units of no code, but where one kind of service becomes another`, () => {
      for (const route of ROUTES) {
        const unitsAfter = unitsOf(purpose, route);
        const turns: string[] = [];
        let before: ReadonlyMap<string, number> = new Map();
        for (let minutes = 1; minutes <= 600; minutes++) {
          const units = unitsAfter(minutes);
          if ([...before].some(([code, count]) => (units.get(code) ?? 0) < count))
            turns.push(
              `${String(minutes)}: ${[...before.keys()].join(', ')} > ${[...units.keys()].join(', ')}`,
            );
          assert.ok(
            sum(units) <= 1 + Math.ceil(minutes / 60),
            `${purpose}, ${route}, ${String(minutes)} minutes: ${JSON.stringify([...units])}`,
          );
          before = units;
        }
        assert.deepEqual(turns, TURNS[purpose]?.[route] ?? [], `${purpose}, ${route}`);
      }
    });

  test('is reported by as many hours as there are, at the end of ten', () => {
    const units = (purpose: string, route: string): unknown => [...unitsOf(purpose, route)(600)];
    for (const [purpose, route, first, further] of [
      ['therapeutic', 'iv-infusion', '96365', '96366'],
      ['hydration', 'iv-infusion', '96360', '96361'],
      ['therapeutic', 'subcutaneous-infusion', '96369', '96370'],
    ] as const)
      assert.deepEqual(units(purpose, route), [
        [first, 1],
        [further, 9],
      ]);
    assert.deepEqual(units('chemotherapy', 'iv-infusion'), [['96416', 1]]);
    assert.deepEqual(units('flush', 'iv-infusion'), []);
  });
});

const sum = (units: ReadonlyMap<string, number>): number =>
  [...units.values()].reduce((all, own) => all + own, 0);

/** The units of each code by minutes. The engine is asked by itself: the text would be the same but for a number. */
function unitsOf(purpose: string, route: string): (minutes: number) => ReadonlyMap<string, number> {
  const text = encounterOf([given('x', `${purpose} ${route}`, 'minutes: 1')], { payer: undefined });
  const { encounter, rules } = bench.ask(text);
  const [activity] = encounter.activities;
  const documented = activity?.facts.get('minutes');
  assert.ok(activity && documented, text);
  return (minutes) => {
    const facts = new Map([...activity.facts, ['minutes', { ...documented, value: minutes }] as const]);
    const { lines } = evaluate(rules, { ...encounter, activities: [{ ...activity, minutes, facts }] });
    return new Map(lines.map(({ code, units }) => [code, units]));
  };
}

describe('whatever a day is made of', () => {
  test('a later start of everything, on the same day, changes nothing', () => {
    ofEveryDay(120, 1, (day, { bill }, chance) => {
      const later = billOf(writtenDay(day, 1 + (chance % 200)));
      assert.deepEqual(sayings(later.bill), sayings(bill));
    });
  });

  test('the order of the administrations in the file changes nothing', () => {
    ofEveryDay(150, 2, (day, { bill }, chance) => {
      const mixed = billOf(writtenDay({ ...day, items: shuffled(day.items, chance) }));
      assert.deepEqual(sayings(mixed.bill), sayings(bill));
    });
  });

  test('a line is never billed twice', () => {
    ofEveryDay(150, 3, (_, { bill }) => {
      const lines = bill.lines.map((line) =>
        [
          line.code,
          [...line.modifiers].sort().join('-'),
          line.date,
          line.outcome,
          isOfDrug(line) && line.because.some(({ sentence }) => /thrown away/.test(sentence))
            ? 'wasted'
            : 'given',
        ].join(' '),
      );
      assert.equal(new Set(lines).size, lines.length, lines.join('\n'));
    });
  });

  test('units never exceed what the minutes allow', () => {
    ofEveryDay(150, 4, ({ items }, { bill }) => {
      const lines = bill.lines.filter(
        (line) => !isOfDrug(line) && line.administrations.every(isAdministration),
      );
      for (const line of lines) {
        const own = new Set(line.administrations.map(indexOf));
        assert.ok(
          line.units <= allowedBy(items.filter((_, index) => own.has(index))),
          `${line.code} × ${String(line.units)}`,
        );
        assert.ok(Number.isInteger(line.units) && line.units > 0, line.code);
      }
      // Together, too: no minute of an administration makes a unit of two lines.
      const all = lines.reduce((total, { units }) => total + units, 0);
      assert.ok(all <= allowedBy(items), `${String(all)} units in all`);
    });
  });

  test('every line and every near miss has a reason, and its clause and facts exist', () => {
    ofEveryDay(80, 5, (_, { bill, analysis }) => {
      const check = ({ clause, facts, sentence }: Reason): void => {
        assert.ok(analysis.locate(clause), `no clause: ${sentence}`);
        for (const { name, origin } of facts)
          assert.ok(analysis.locate(origin), `no place of ${name}: ${sentence}`);
        assert.match(sentence, /^\S.*[.!?]$/s);
      };
      for (const { because, administrations } of bill.lines) {
        assert.ok(because.length > 0);
        assert.ok(administrations.length > 0);
        because.forEach(check);
      }
      for (const { because } of [...bill.notBilled, ...bill.notChecked]) check(because);
      for (const { administrations } of bill.lines)
        for (const at of administrations) assert.ok(analysis.locate(at), at.path);
    });
  });

  test('what is unknown elsewhere stays so when a stop time is taken out', () => {
    let compared = 0;
    ofEveryDay(60, 6, ({ items, ...day }, { bill }) => {
      items.forEach(({ minutes }, index) => {
        if (minutes === undefined) return;
        const open = items.map((item, other) => (other === index ? { ...item, minutes: undefined } : item));
        const after = outcomesOf(billOf(writtenDay({ ...day, items: open })).bill);
        for (const [line, outcome] of outcomesOf(bill)) {
          if (outcome !== 'unknown' || line.endsWith(` /administrations/${String(index)}`)) continue;
          compared++;
          assert.notEqual(
            after.get(line),
            'billable',
            `${line}, without the stop of administration ${String(index)}`,
          );
        }
      });
    });
    assert.ok(compared > 50, `only ${String(compared)} unknown lines were compared`);
  });
});

test('without administrations and services there are no lines, whoever pays', () => {
  fc.assert(
    fc.property(everyHead, (head) => {
      const { bill, text } = billOf(encounterOf([], head));
      assert.deepEqual([bill.lines, bill.notBilled], [[], []], text);
    }),
    runs(50, 7),
  );
});

const isAdministration = ({ path }: Origin): boolean => path.startsWith('/administrations/');
const indexOf = ({ path }: Origin): number => Number(path.split('/')[2]);

/** One unit for each administration, and one for each hour of it that was begun. */
const allowedBy = (items: readonly Given[]): number =>
  items.reduce((total, { minutes = 0 }) => total + 1 + Math.ceil(minutes / 60), 0);

/** By code and administration the best outcome there is. */
function outcomesOf({ lines }: Bill): ReadonlyMap<string, string> {
  const outcomes = new Map<string, string>();
  for (const { code, outcome, administrations } of lines)
    for (const { path } of administrations) {
      const line = `${code} of ${path}`;
      if (outcomes.get(line) !== 'billable') outcomes.set(line, outcome);
    }
  return outcomes;
}
