/** The JSON of `bill`, `test` and `compare` is what schemas/{bill,agreement,comparison}.schema.json say. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { before, describe, it } from 'node:test';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { folder, infusion, json, root } from './support.ts';

type Schema = Readonly<Record<string, unknown>>;
type Result = Readonly<Record<string, readonly Schema[]>>;

interface Contract {
  readonly name: string;
  readonly command: string;
  /** The list of the result. */
  readonly list: string;
  /** How many items the examples have at least. */
  readonly least: number;
  /** Places that may be absent. */
  readonly optional: RegExp;
}

const CONTRACTS: readonly Contract[] = [
  { name: 'bill', command: 'bill', list: 'encounters', least: 25, optional: /\/(benchmark|remark)$/ },
  {
    name: 'agreement',
    command: 'test',
    list: 'encounters',
    least: 25,
    optional: /\/(source|standing|remark)$/,
  },
  {
    name: 'comparison',
    command: 'compare',
    list: 'comparisons',
    least: 25,
    optional: /\/payers\/\d+\/(payer|benchmark)$|\/(plan|remark)$/,
  },
];

const BASE = 'https://coding-spec.dev/schemas/1/';
const schemaOf = (name: string): Schema =>
  JSON.parse(readFileSync(path.join(root, `schemas/${name}.schema.json`), 'utf8')) as Schema;

/** The others refer to reasons, places and problems of the bill. */
function compile(schema: Schema, options: { readonly allErrors: boolean }): ValidateFunction {
  const ajv = new Ajv2020({ ...options, strict: true, strictRequired: true });
  const bill = schemaOf('bill');
  if (schema['$id'] !== bill['$id']) ajv.addSchema(bill);
  return ajv.compile(schema);
}

for (const { name, command, list, least, optional } of CONTRACTS)
  describe(`schemas/${name}.schema.json`, { concurrency: 4 }, () => {
    const schema = schemaOf(name);
    const validate = compile(schema, { allErrors: true });
    const errorsOf = (value: unknown): string => {
      validate(value);
      return (validate.errors ?? [])
        .map(({ instancePath, message = '' }) => `${instancePath} ${message}`)
        .join('\n');
    };
    let result: Result;
    before(async () => {
      result = await json<Result>(1, [command, 'examples']);
    });

    it(`describes what ${command} writes of all examples`, () => {
      assert.ok((result[list]?.length ?? 0) > least);
      assert.equal(errorsOf(result), '');
    });

    it('describes what becomes of broken input', async (t) => {
      const cwd = folder(t, {
        'a.encounter.yaml': 'encounter: [',
        'b.encounter.yaml': Uint8Array.of(0),
        'c.encounter.yaml': `${infusion(95, 'zip: 1\n')}---\nspec: x\n---\n${infusion(3)}---\n- 1\n`,
        'd.encounter.yaml': infusion(95, 'expect: []\n')
          .replaceAll(/^(date|claim): .*$/gm, '')
          .replace('E86.0', '5'),
        'x.spec.yaml': 'spec: x\nreports: {as: initial}\neffective: 5\n',
      });
      const broken = await json<Record<string, readonly Record<string, unknown>[]>>(1, [command, '.'], {
        cwd,
      });
      const problems = [broken, ...(broken[list] ?? [])].flatMap(
        (own) => (own['problems'] ?? []) as readonly { readonly at: { readonly file: string } }[],
      );
      const files = new Set(problems.map(({ at }) => at.file).filter((file) => file.includes('encounter')));
      assert.deepEqual(
        [...files].sort().join(' '),
        'a.encounter.yaml b.encounter.yaml c.encounter.yaml d.encounter.yaml',
      );
      assert.equal(errorsOf(broken), '');
    });

    it('refuses every change of shape: a key more, a key less, a value of another type, anywhere', () => {
      const sample = sampleOf(result, list);
      assert.equal(errorsOf(sample), '');
      const places = placesOf(sample);
      assert.ok(places.length > 20);
      for (const place of places) {
        for (const { name: change, without, apply } of mutations(at(sample, place))) {
          const mutant = structuredClone(sample) as unknown;
          apply(at(mutant, place) as Record<string, unknown>);
          const where = `${change} at /${place.join('/')}`;
          if (without !== undefined && optional.test(`/${[...place, without].join('/')}`))
            assert.equal(errorsOf(mutant), '', where);
          else assert.notEqual(errorsOf(mutant), '', where);
        }
      }
    });

    it('has a title, a description and examples at every place, and its examples hold', () => {
      const examined: string[] = [];
      walk(schema, '', (place, node) => {
        examined.push(place);
        for (const word of ['title', 'description', 'examples'])
          assert.ok(node[word] !== undefined, `${place || '/'} has no ${word}`);
        const check = compile(
          { ...node, $id: `${BASE}example`, $defs: schema['$defs'] },
          { allErrors: false },
        );
        for (const example of node['examples'] as unknown[])
          assert.ok(check(example), `${place}: ${JSON.stringify(check.errors)}`);
      });
      assert.ok(examined.length > 25);
    });

    it('leaves no mapping open', () => {
      walk(schema, '', (place, node) => {
        if (node['type'] === 'object') assert.equal(node['additionalProperties'], false, place || '/');
      });
    });
  });

/** A small result in which every optional key and every list has something: the items that have what others lack. */
function sampleOf(result: Result, list: string): Schema {
  const seen = new Set<string>();
  const chosen = (result[list] ?? []).filter((item) => {
    const fresh = shapesOf(item).filter((shape) => !seen.has(shape));
    fresh.forEach((shape) => seen.add(shape));
    return fresh.length > 0;
  });
  const heads = Object.entries(result).map(([key, value]) => [key, value.slice(0, 1)] as const);
  return { ...Object.fromEntries(heads), [list]: chosen };
}

/** The paths of all keys in a value, with `*` for any item of a list. */
function shapesOf(value: unknown, place = ''): string[] {
  if (typeof value !== 'object' || value === null) return [place];
  return Object.entries(value).flatMap(([key, item]) =>
    shapesOf(item, `${place}/${Array.isArray(value) ? '*' : key}`),
  );
}

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
  /** The key that it takes away. */
  readonly without?: string;
  readonly apply: (target: Record<string, unknown>) => void;
}

function mutations(target: unknown): Mutation[] {
  return [
    { name: 'one key more', apply: (object) => (object['planted'] = 1) },
    ...Object.keys(target as object).flatMap((key): Mutation[] => [
      { name: `without ${key}`, without: key, apply: (object) => delete object[key] },
      { name: `null for ${key}`, apply: (object) => (object[key] = null) },
    ]),
  ];
}
