/** One encounter document to its model: clock times to minutes, every scalar to a fact, references resolved. */
import { isWrittenAsDate, parseDate } from '../base/clock.ts';
import type { DocumentId, Origin } from '../base/origin.ts';
import { problem, type Problem } from '../base/problem.ts';
import { Fields, type Sourced } from '../yaml/fields.ts';
import type { YamlNode } from '../yaml/node.ts';
import type { Activity, Encounter, Expectation, ExpectedLine, Publication } from './encounter.ts';
import type { Fact, FactValue } from './fact.ts';
import { withLinks } from './links.ts';
import { readTimes } from './times.ts';

/** Keys of an encounter that are facts for conditions, and the name of the fact. */
const ENCOUNTER_FACTS = ['claim', 'payer', 'plan', 'place_of_service', 'locality', 'date'] as const;
/** Keys that hold references, lists or prose, and so are no facts of their own. */
const NOT_FACTS: ReadonlySet<string> = new Set([
  'id',
  'start',
  'stop',
  'minutes',
  'diagnoses',
  'note',
  'facts',
]);

export function lowerEncounter(root: YamlNode, document: DocumentId): Encounter {
  const fields = new Fields(root, document);
  const problems: Problem[] = [];
  const activities = withLinks(
    [...readActivities(fields, 'administrations', problems), ...readActivities(fields, 'services', problems)],
    problems,
  );
  const taxonomy = fields.fields('provider')?.text('taxonomy');
  const diagnoses = fields.texts('diagnoses');
  return {
    document,
    origin: fields.origin,
    id: fields.text('encounter'),
    date: readDate(fields, problems),
    family: fields.text('family'),
    policies: fields.texts('policies'),
    facts: encounterFacts(fields, taxonomy, diagnoses),
    diagnoses,
    taxonomy,
    activities,
    expect: readExpectation(fields),
    published: readPublication(fields),
    problems,
  };
}

function readDate(fields: Fields, problems: Problem[]): Encounter['date'] {
  const text = fields.text('date');
  if (!text || !isWrittenAsDate(text.value)) return undefined;
  const date = parseDate(text.value);
  if (date) return { value: date, origin: text.origin };
  problems.push(problem('impossible-date', text.origin, `There is no ${text.value} in the calendar.`));
  return undefined;
}

function encounterFacts(
  fields: Fields,
  taxonomy: Sourced<string> | undefined,
  diagnoses: readonly Sourced<string>[],
): Map<string, Fact> {
  const facts = new Map<string, Fact>();
  const add = (name: string, value: FactValue, origin: Origin): unknown =>
    facts.set(name, { name, value, origin });
  for (const name of ENCOUNTER_FACTS) {
    const text = fields.text(name);
    if (text) add(name, text.value, text.origin);
  }
  if (taxonomy) add('taxonomy', taxonomy.value, taxonomy.origin);
  if (diagnoses.length > 0)
    add(
      'diagnosis',
      diagnoses.map(({ value }) => value),
      fields.originOf('diagnoses'),
    );
  return facts;
}

function readActivities(fields: Fields, listed: Activity['listed'], problems: Problem[]): Activity[] {
  return fields.list(listed).map((item, index) => {
    const times = readTimes(item, problems);
    const facts = activityFacts(item);
    if (times.minutes !== undefined) {
      const origin = item.originOf(item.has('minutes') ? 'minutes' : 'stop');
      facts.set('minutes', { name: 'minutes', value: times.minutes, origin });
    }
    const named = item.text('substance') ?? item.text('service') ?? item.text('code') ?? item.text('id');
    return {
      origin: item.origin,
      listed,
      id: item.text('id')?.value,
      name: named?.value ?? `${listed === 'services' ? 'service' : 'administration'} ${String(index + 1)}`,
      facts,
      ...times,
      links: new Map(),
    };
  });
}

function activityFacts(item: Fields): Map<string, Fact> {
  const facts = new Map<string, Fact>();
  const add = (from: Fields, name: string): void => {
    const value = from.number(name) ?? from.boolean(name) ?? from.text(name);
    // A code or place written with digits is text; only what YAML and the schema both call a number counts.
    const text = from.text(name);
    if (value && text) {
      const same = String(value.value) === text.value;
      facts.set(name, { name, value: same ? value.value : text.value, origin: value.origin });
    }
  };
  for (const name of item.keys()) if (!NOT_FACTS.has(name)) add(item, name);
  const own = item.fields('facts');
  for (const name of own?.keys() ?? []) if (own) add(own, name);
  const diagnoses = item.texts('diagnoses');
  if (diagnoses.length > 0) {
    facts.set('own_diagnosis', {
      name: 'own_diagnosis',
      value: diagnoses.map(({ value }) => value),
      origin: item.originOf('diagnoses'),
    });
  }
  return facts;
}

function readExpectation(fields: Fields): Expectation | undefined {
  const keys = ['expect', 'expect_includes', 'expect_excludes'].filter((key) => fields.says(key));
  const [first] = keys;
  if (first === undefined) return undefined;
  const lines = readLines(fields, 'expect');
  const includes = readLines(fields, 'expect_includes');
  // A line without a code expects nothing that could be compared; the schema has asked for the code.
  if (!lines || !includes) return undefined;
  return {
    origin: fields.originOf(first),
    lines: fields.says('expect') ? lines : undefined,
    includes,
    excludes: fields.texts('expect_excludes'),
  };
}

function readLines(fields: Fields, key: string): ExpectedLine[] | undefined {
  const items = fields.list(key);
  if (items.some((line) => line.text('code') === undefined)) return undefined;
  return items.map((line) => ({
    origin: line.origin,
    code: line.text('code')?.value ?? '',
    units: line.number('units')?.value ?? 1,
    modifiers: line.has('modifiers') ? line.texts('modifiers').map(({ value }) => value) : undefined,
    outcome: line.text('outcome')?.value,
  }));
}

function readPublication(fields: Fields): Publication | undefined {
  const source = fields.fields('source');
  const publisher = source?.text('publisher') ?? source?.text('title');
  if (!publisher) return undefined;
  const standing = fields.text('standing')?.value;
  return {
    publisher: publisher.value,
    standing: standing === 'settled' || standing === 'contested' ? standing : undefined,
  };
}
