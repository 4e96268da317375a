/** The JSON of `bill` is what schemas/bill.schema.json says. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { folder, infusion, json, root, type BillJson } from './support.ts';

const schema = JSON.parse(readFileSync(path.join(root, 'schemas/bill.schema.json'), 'utf8')) as Record<
  string,
  unknown
>;

describe('schemas/bill.schema.json', () => {
  const validate: ValidateFunction = new Ajv2020({
    allErrors: true,
    strict: true,
    strictRequired: true,
  }).compile(schema);
  let bill: BillJson;
  before(async () => {
    bill = await json<BillJson>(1, ['bill', 'examples']);
  });
  const errorsOf = (value: unknown): string => {
    validate(value);
    return (validate.errors ?? [])
      .map(({ instancePath, message = '' }) => `${instancePath} ${message}`)
      .join('\n');
  };

  it('describes the bills of all examples', () => {
    assert.ok(bill.encounters.length > 25);
    assert.equal(errorsOf(bill), '');
  });

  it('describes what becomes of broken input', async (t) => {
    const cwd = folder(t, {
      'a.encounter.yaml': 'encounter: [',
      'b.encounter.yaml': Uint8Array.of(0),
      'c.encounter.yaml': `${infusion(95, 'zip: 1\n')}---\nspec: x\n---\n${infusion(3)}---\n- 1\n`,
      'd.encounter.yaml': infusion(95)
        .replaceAll(/^(date|claim): .*$/gm, '')
        .replace('E86.0', '5'),
      'x.spec.yaml': 'spec: x\nreports: {as: initial}\neffective: 5\n',
    });
    const broken = await json<BillJson>(1, ['bill', '.'], { cwd });
    assert.deepEqual([...new Set(broken.encounters.map(({ file }) => file))].length, 4);
    assert.equal(errorsOf(broken), '');
  });

  it('refuses every change of shape: a key more, a key less, a value of another type, anywhere', () => {
    const encounter = bill.encounters.find(
      ({ lines, notBilled, problems }) => lines.length > 0 && notBilled.length > 0 && problems.length > 0,
    );
    assert.ok(encounter);
    const sample = { encounters: [encounter] };
    assert.equal(errorsOf(sample), '');
    const places = placesOf(sample);
    assert.ok(places.length > 20);
    for (const place of places) {
      for (const change of mutations(at(sample, place))) {
        const mutant = structuredClone(sample) as unknown;
        change.apply(at(mutant, place) as Record<string, unknown>);
        assert.notEqual(errorsOf(mutant), '', `${change.name} at /${place.join('/')}`);
      }
    }
  });

  it('has a title, a description and examples at every place, and its examples hold', () => {
    const examined: string[] = [];
    walk(schema, '', (place, node) => {
      examined.push(place);
      for (const word of ['title', 'description', 'examples'])
        assert.ok(node[word] !== undefined, `${place || '/'} has no ${word}`);
      const check = new Ajv2020({ strict: true }).compile({
        ...node,
        $id: 'example',
        $defs: schema['$defs'],
      });
      for (const example of node['examples'] as unknown[])
        assert.ok(check(example), `${place}: ${JSON.stringify(check.errors)}`);
    });
    assert.ok(examined.length > 30);
  });
});

/** Calls `see` for every schema of a property, a definition or a list's items that stands here and not elsewhere. */
function walk(
  node: Record<string, unknown>,
  place: string,
  see: (place: string, node: Record<string, unknown>) => void,
): void {
  see(place, node);
  for (const group of ['properties', '$defs']) {
    for (const [name, child] of Object.entries(
      (node[group] ?? {}) as Record<string, Record<string, unknown>>,
    ))
      walk(child, `${place}/${group}/${name}`, see);
  }
  const items = node['items'] as Record<string, unknown> | undefined;
  if (items && items['$ref'] === undefined) walk(items, `${place}/items`, see);
}

type Step = string | number;

const at = (value: unknown, place: readonly Step[]): unknown =>
  place.reduce<unknown>((inner, step) => (inner as Record<Step, unknown>)[step], value);

/** The places of all objects in a value. */
function placesOf(value: unknown, place: readonly Step[] = []): (readonly Step[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Array.isArray(value)
    ? value.flatMap((item, i) => placesOf(item, [...place, i]))
    : Object.entries(value).flatMap(([key, item]) => placesOf(item, [...place, key]));
  return Array.isArray(value) ? inner : [place, ...inner];
}

interface Mutation {
  readonly name: string;
  readonly apply: (target: Record<string, unknown>) => void;
}

function mutations(target: unknown): Mutation[] {
  return [
    { name: 'one key more', apply: (object) => (object['planted'] = 1) },
    ...Object.keys(target as object).flatMap((key): Mutation[] => [
      { name: `without ${key}`, apply: (object) => delete object[key] },
      { name: `null for ${key}`, apply: (object) => (object[key] = null) },
    ]),
  ];
}
