/**
 * What some cases leave of another one. The facts that they ask for are tried with values that stand for all others; what
 * cannot be told apart is tried once.
 */
import {
  answerTo,
  samplesOf,
  type Case,
  type Demand,
  type Literal,
  type Sample,
  type Vocabulary,
} from '../../rules/cases.ts';
import type { Family, FamilyChange } from '../../rules/family.ts';

/** Values of every fact that some cases ask for, with what each test says of them. */
export interface Space {
  /** Undefined where there would be too many values. */
  readonly samples: ReadonlyMap<string, readonly Sample[] | undefined>;
  readonly answers: Map<Literal, readonly (boolean | undefined)[]>;
}

/** The space in which these cases, and parts of them, can be compared. */
export function spaceOf(cases: Iterable<Case>, vocabularyOf: (fact: string) => Vocabulary): Space {
  const literals = new Map<string, Set<Literal>>();
  for (const own of cases)
    for (const [fact, demand] of own) {
      const known = literals.get(fact) ?? new Set();
      for (const literal of demand) known.add(literal);
      literals.set(fact, known);
    }
  const samples = new Map(
    [...literals].map(([fact, own]) => [fact, samplesOf(fact, [...own], vocabularyOf(fact))] as const),
  );
  return { samples, answers: new Map() };
}

/** What values a fact may have in a family, as itself and the amendments of it have it. */
export function vocabularyOf(family: Family, changes: readonly FamilyChange[], name: string): Vocabulary {
  const own = family.facts.get(name);
  const definitions = [own, ...changes.map(({ facts }) => facts.get(name))].flatMap((found) => found ?? []);
  const isTime = name === 'minutes';
  return {
    listed: [...new Set(definitions.flatMap(({ values }) => [...values.keys()]))],
    canBeMissing: own?.defaultValue === undefined,
    canBeNone: definitions.some(({ of }) => of !== undefined),
    isAmount: isTime || definitions.some(({ unit }) => unit !== ''),
    // Records have whole minutes; what is worked out need not be.
    isWhole: isTime && definitions.every(({ derive }) => derive === undefined),
  };
}

/** More attempts than this are not made: then nothing is concluded. */
const MAX_ATTEMPTS = 5000;

/**
 * Whether something fulfils a case and surely none of the others is fulfilled by it; undefined where nobody can tell.
 * What is not documented fulfils no test of its value. With `isDocumented` the others must be refuted: what is not
 * documented might be as they ask.
 */
export function isLeft(
  space: Space,
  own: Case,
  others: readonly Case[],
  isDocumented = false,
): boolean | undefined {
  const facts = new Set([own, ...others].flatMap((one) => [...one.keys()]));
  const choices = new Map<string, readonly Choice[]>();
  for (const fact of facts) {
    const found = choicesOf(space, fact, own.get(fact), others, isDocumented);
    if (!found || found.length === 0) return undefined;
    choices.set(fact, found);
  }
  let attempts = 0;
  const canEscape = (open: readonly number[], chosen: ReadonlySet<string>): boolean | undefined => {
    const [next] = open;
    if (next === undefined) return true;
    for (const fact of others[next]?.keys() ?? []) {
      if (chosen.has(fact)) continue;
      for (const choice of choices.get(fact) ?? []) {
        if (!choice.has(next)) continue;
        if (++attempts > MAX_ATTEMPTS) return undefined;
        const rest = open.filter((other) => !choice.has(other));
        const found = canEscape(rest, new Set([...chosen, fact]));
        if (found !== false) return found;
      }
    }
    return false;
  };
  const alwaysEscaped = (other: number): boolean =>
    [...choices.values()].some((all) => all.every((choice) => choice.has(other)));
  const open = others.map((_, index) => index).filter((index) => !alwaysEscaped(index));
  return canEscape(open, new Set());
}

/** The other cases, by number, that a value of a fact escapes. */
type Choice = ReadonlySet<number>;

/** What the values of a fact that a case allows escape; values that escape no more than another are left out. */
function choicesOf(
  space: Space,
  fact: string,
  demand: Demand | undefined,
  others: readonly Case[],
  isDocumented: boolean,
): readonly Choice[] | undefined {
  const samples = space.samples.get(fact);
  if (!samples) return undefined;
  const says = (literal: Literal, sample: number): boolean | undefined =>
    answersTo(space, samples, literal)[sample];
  const escapes = (sample: number, other: Demand): boolean =>
    other.some((literal) =>
      isDocumented ? says(literal, sample) === !literal.holds : says(literal, sample) !== literal.holds,
    );
  const choices = samples.flatMap((_, sample): Choice[] => {
    if (demand && !demand.every((literal) => says(literal, sample) === literal.holds)) return [];
    return [
      new Set(
        others.flatMap((other, index) => {
          const own = other.get(fact);
          return own && escapes(sample, own) ? [index] : [];
        }),
      ),
    ];
  });
  return withoutWorse(choices);
}

const withoutWorse = (choices: readonly Choice[]): readonly Choice[] =>
  choices.filter(
    (choice, i) =>
      !choices.some((other, j) => {
        const isWithin = [...choice].every((index) => other.has(index));
        return j !== i && isWithin && (other.size > choice.size || j < i);
      }),
  );

function answersTo(
  { answers }: Space,
  samples: readonly Sample[],
  literal: Literal,
): readonly (boolean | undefined)[] {
  const known = answers.get(literal) ?? samples.map((sample) => answerTo(literal.test, sample));
  answers.set(literal, known);
  return known;
}
