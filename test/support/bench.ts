/** Bills of encounters against rule documents, computed the way shells do: through a host. */
import assert from 'node:assert/strict';
import { fileId } from '../../server/core/base/origin.ts';
import type { Bill } from '../../server/core/billing/line.ts';
import type { Encounter } from '../../server/core/encounter/encounter.ts';
import type { RuleSet } from '../../server/core/rules/rule-set.ts';
import { problemsOf } from '../../server/core/diagnostics/registry.ts';
import type { Analysis } from '../../server/core/workspace/analysis.ts';
import { AnalysisHost } from '../../server/core/workspace/host.ts';
import { labelsOf } from './checks.ts';
import { drugAdministration, toChanges, type ExampleFile } from './examples.ts';
import { parseFixture } from './fixture.ts';

export interface Outcome {
  /** `96365 × 1`, sorted. */
  readonly lines: readonly string[];
  readonly bill: Bill;
  /** Codes of the problems of the encounter's file. */
  readonly problems: readonly string[];
  readonly messages: readonly string[];
  /** Sentences of what was not billed; near ones first marked with `near: `. */
  readonly notBilled: readonly string[];
  readonly analysis: Analysis;
}

/** The model of an encounter with the rules that hold for it: what the engine itself is given. */
export interface Question {
  readonly encounter: Encounter;
  readonly rules: RuleSet;
  readonly analysis: Analysis;
}

/** Rules that stay, and encounters that come and go. */
export class Bench {
  readonly #host = new AnalysisHost();

  constructor(rules: readonly ExampleFile[] = drugAdministration, fixture = '') {
    this.#host.apply({ files: toChanges([...rules, ...(fixture === '' ? [] : parseFixture(fixture))]) });
  }

  /** The bill of the first encounter of a text. */
  run(encounter: string): Outcome {
    const analysis = this.#snapshotOf(encounter);
    const model = modelIn(analysis);
    const bill = model && analysis.bill(model);
    const problems = problemsOf(analysis, FILE);
    assert.ok(bill, `there is no bill: ${problems.map(({ message }) => message).join(' ')}`);
    return {
      bill,
      analysis,
      lines: labelsOf(bill),
      problems: problems.map(({ code }) => code),
      messages: problems.map(({ message }) => message),
      notBilled: bill.notBilled.map(({ near, because }) => `${near ? 'near: ' : ''}${because.sentence}`),
    };
  }

  /** The lines of the first encounter of a text, as in `run`, without looking for problems. */
  lines(encounter: string): readonly string[] {
    const analysis = this.#snapshotOf(encounter);
    const model = modelIn(analysis);
    const bill = model && analysis.bill(model);
    assert.ok(bill, `there is no bill for:\n${encounter}`);
    return labelsOf(bill);
  }

  /** What the engine is asked for the first encounter of a text. */
  ask(encounter: string): Question {
    const analysis = this.#snapshotOf(encounter);
    const model = modelIn(analysis);
    const rules = model && analysis.rulesOn(model);
    assert.ok(rules, `there is no encounter with a date in:\n${encounter}`);
    return { encounter: model, rules, analysis };
  }

  /** Every sentence that led to the lines of a code. */
  reasons(encounter: string, code: string): readonly string[] {
    return this.run(encounter)
      .bill.lines.filter((line) => line.code === code)
      .flatMap(({ because }) => because.map(({ sentence }) => sentence));
  }

  #snapshotOf(encounter: string): Analysis {
    this.#host.apply({ files: [{ file: FILE, content: { text: encounter } }] });
    return this.#host.snapshot();
  }
}

const FILE = fileId('case.encounter.yaml');

function modelIn(analysis: Analysis): Encounter | undefined {
  const [document] = analysis.documents(FILE);
  return document && analysis.encounter(document.source);
}

/** What an encounter says beside its administrations. */
export interface EncounterHead {
  readonly date?: string;
  readonly claim?: string;
  readonly place?: string | undefined;
  /** Medicare unless named; with `undefined` the encounter has none. */
  readonly payer?: string | undefined;
  readonly plan?: string | undefined;
  readonly more?: string;
}

/** An encounter at an office, with administrations in flow style (`substance: x, start: "10:00"`). */
export function encounterOf(administrations: readonly string[], head: EncounterHead = {}): string {
  const { date = '2026-03-02', claim = 'professional', plan, more } = head;
  const place = 'place' in head ? head.place : '11';
  const payer = 'payer' in head ? head.payer : 'Medicare';
  return [
    'encounter: a-case',
    `date: ${date}`,
    ...(payer === undefined ? [] : [`payer: ${payer}`]),
    ...(plan === undefined ? [] : [`plan: ${plan}`]),
    `claim: ${claim}`,
    ...(place === undefined ? [] : [`place_of_service: "${place}"`]),
    'diagnoses: [E86.0]',
    'administrations:',
    ...administrations.map((item) => `  - {${item}}`),
    ...(more === undefined ? [] : [more]),
    '',
  ].join('\n');
}

/** An administration; `kind` is its purpose and its route, `more` what else is documented, as `key: value, …`. */
export function given(substance: string, kind: string, more = ''): string {
  const [purpose = '', route = ''] = kind.split(' ');
  return [`substance: ${substance}, purpose: ${purpose}, route: ${route}`, more]
    .filter((part) => part !== '')
    .join(', ');
}

/** An administration by the clock; `start` is `HH:MM`. */
export const clocked = (substance: string, kind: string, start: string, minutes: number, more = ''): string =>
  [given(substance, kind), `start: "${start}", stop: "${later(start, minutes)}"`, more]
    .filter((part) => part !== '')
    .join(', ');

/** A therapeutic infusion by the clock. */
export const infusion = (substance: string, start: string, minutes: number, more = ''): string =>
  clocked(substance, 'therapeutic iv-infusion', start, minutes, more);

/** The clock some minutes after `HH:MM`, written as encounters write it. */
export function later(start: string, minutes: number): string {
  const [hours = 0, rest = 0] = start.split(':').map(Number);
  const total = hours * 60 + rest + minutes;
  const days = Math.floor(total / 1440);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor((total % 1440) / 60))}:${two(total % 60)}${days > 0 ? ` +${String(days)}d` : ''}`;
}
