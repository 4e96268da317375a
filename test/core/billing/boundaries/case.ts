/** One encounter with its lines, written by hand, and rows of them that differ in a number of minutes. */
import { clocked, encounterOf, given, type EncounterHead } from '../../../support/bench.ts';

export interface Case {
  readonly name: string;
  /** Which one of those with the same name. */
  readonly at: string;
  readonly encounter: string;
  /** As `96365 + 96366 × 2`; one unit where none is named, and nothing where there are no lines. */
  readonly lines: string;
}

/** No payer, so that only the codes' own rules count. */
export const OFFICE: EncounterHead = { payer: undefined };
export const HOSPITAL: EncounterHead = { payer: undefined, claim: 'facility', place: '22' };

/** Lines by the minutes at which they are expected. */
export type Steps = Readonly<Record<number, string>>;

export const single = (
  name: string,
  administrations: readonly string[],
  lines: string,
  head: EncounterHead = OFFICE,
): Case => ({ name, at: '', encounter: encounterOf(administrations, head), lines });

/** The same encounter with so many minutes at one place of it. */
export const ladder = (
  name: string,
  of: (minutes: number) => readonly string[],
  steps: Steps,
  head: EncounterHead = OFFICE,
): readonly Case[] =>
  Object.entries(steps).map(([minutes, lines]) => ({
    ...single(name, of(Number(minutes)), lines, head),
    at: `${minutes} minutes`,
  }));

/** One administration alone: by its minutes, by the clock, and across midnight. */
export function alone(kind: string, steps: Steps, head: EncounterHead = OFFICE, more = ''): readonly Case[] {
  const name = [kind, more, head.claim ?? ''].filter((part) => part !== '').join(', ');
  const stated = (minutes: number): string =>
    given('x', kind, [`minutes: ${String(minutes)}`, ...(more === '' ? [] : [more])].join(', '));
  return [
    ...ladder(`${name}, by minutes`, (minutes) => [stated(minutes)], steps, head),
    ...ladder(
      `${name}, by the clock`,
      (minutes) => [clocked('x', kind, '07:13', minutes, more)],
      steps,
      head,
    ),
    ...ladder(
      `${name}, past midnight`,
      (minutes) => [clocked('x', kind, '23:50', minutes, more)],
      steps,
      head,
    ),
  ];
}

/** The labels of lines as bills have them: `96365 × 1`, sorted. */
export const labels = (lines: string): readonly string[] =>
  lines === ''
    ? []
    : lines
        .split(' + ')
        .map((line) => (line.includes(' × ') ? line : `${line} × 1`))
        .sort();
