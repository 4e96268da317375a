/** What must agree: rules and their tests, schemas and their words, conditions and their schema entries. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { globSync } from 'tinyglobby';
import common from '../../schemas/common.schema.json' with { type: 'json' };
import encounter from '../../schemas/encounter.schema.json' with { type: 'json' };
import family from '../../schemas/family.schema.json' with { type: 'json' };
import policy from '../../schemas/policy.schema.json' with { type: 'json' };
import spec from '../../schemas/spec.schema.json' with { type: 'json' };
import table from '../../schemas/table.schema.json' with { type: 'json' };
import { PROBLEM_CODES, PROBLEM_RULES } from '../../server/core/base/problem.ts';
import { ENCOUNTER_FACT_NAMES } from '../../server/core/rules/known-facts.ts';
import { COMPARISONS, JUNCTIONS, MEMBERSHIP, PRESENCE } from '../../server/core/rules/conditions/registry.ts';
import {
  DOCUMENT_KINDS,
  schemaAtPath,
  SchemaAt,
  schemaOf,
  type JsonSchema,
} from '../../server/core/schema/schema.ts';
import { childPath, ROOT_PATH, type YamlPath } from '../../server/core/base/origin.ts';
import { root } from '../checks/support.ts';

describe('every rule', () => {
  const sources = globSync(['test/**/*.test.ts'], { cwd: root, ignore: 'test/schemas/**' }).map((file) =>
    readFileSync(path.join(root, file), 'utf8'),
  );
  /** Rules about whole files and about the program itself have no line of a fixture to stand below. */
  const elsewhere = new Set(['not-text', 'too-large', 'internal-error']);

  for (const code of PROBLEM_CODES) {
    test(`${code} is expected by a test`, () => {
      const [severity] = PROBLEM_RULES[code];
      const inFixture = new RegExp(`^#(?:<| *\\^)\\^* ${severity} ${code}\\b`, 'm');
      const pattern = elsewhere.has(code) ? new RegExp(`['"\`]${code}['"\`]`) : inFixture;
      assert.ok(
        sources.some((text) => pattern.test(text)),
        `no test has ${String(pattern)}`,
      );
    });
  }
});

describe('every property of the schemas', () => {
  const schemas: Readonly<Record<string, JsonSchema>> = { common, family, spec, policy, table, encounter };
  for (const [name, schema] of Object.entries(schemas)) {
    test(`of ${name} has a title, a description and an example`, () => {
      const lacking: string[] = [];
      visit(schema, schema, '', (property, place) => {
        const { title, description, examples } = new SchemaAt(property, schema).schema;
        for (const [key, value] of Object.entries({ title, description })) {
          if (typeof value !== 'string' || value.trim() === '') lacking.push(`${place} has no ${key}`);
        }
        if (!Array.isArray(examples) || examples.length === 0) lacking.push(`${place} has no example`);
        if (description !== undefined && !/[.)]$/.test(description))
          lacking.push(`${place}: its description is no sentence`);
      });
      assert.deepEqual(lacking, []);
    });

    test(`of ${name} tells alternatives apart by key or type, and leaves no mapping open by accident`, () => {
      const text = JSON.stringify(schema);
      for (const word of ['oneOf', 'anyOf', 'allOf', '"if"', 'unevaluatedProperties', 'patternProperties'])
        assert.ok(!text.includes(word), word);
      visitAll(schema, '', (own, place) => {
        if (own.properties && own.$ref === undefined)
          assert.notEqual(
            own.additionalProperties,
            undefined,
            `${place} does not say whether other keys are allowed`,
          );
      });
    });
  }

  test('with a format has a pattern, since formats alone are not checked', () => {
    for (const [name, schema] of Object.entries(schemas))
      visitAll(schema, name, (own, place) => {
        if (own.format !== undefined)
          assert.ok(own.pattern, `${place} has the format ${own.format} and no pattern`);
      });
  });

  test('is found by its path', () => {
    for (const kind of DOCUMENT_KINDS)
      for (const key of schemaOf(kind).keys())
        assert.ok(schemaAtPath(kind, childPath(ROOT_PATH, key))?.schema.description, `${kind} ${key}`);
    assert.equal(
      schemaAtPath('policy', '/rules/0/when/any/3/minutes/at_least' as YamlPath)?.schema.title,
      'At least',
    );
    assert.equal(schemaAtPath('policy', '/rules/0/then/no' as YamlPath), undefined);
  });
});

describe('every word of conditions', () => {
  const { condition, factTest } = (common as { $defs: Record<string, JsonSchema> }).$defs;
  const cases = (key: string): string =>
    readFileSync(path.join(root, `test/core/conditions/${key.replace(/_/g, '-')}.yaml`), 'utf8');

  test('that joins conditions is in the schema, and none is there that the engine lacks', () => {
    assert.deepEqual(
      Object.keys(condition?.properties ?? {}),
      JUNCTIONS.map(({ key }) => key),
    );
  });

  test('that compares is in the schema, and none is there that the engine lacks', () => {
    assert.deepEqual(Object.keys(factTest?.properties ?? {}), [
      ...COMPARISONS.map(({ key }) => key),
      MEMBERSHIP.key,
      PRESENCE.key,
    ]);
  });

  for (const { key } of [...JUNCTIONS, ...COMPARISONS]) {
    test(`${key} has cases for yes, no and unknown`, () => {
      for (const verdict of ['yes', 'no', 'unknown'])
        assert.match(cases(key), new RegExp(`${key}: [^\\n]*\\n[^\\n]*\\n  verdict: ${verdict}\\n`));
    });
  }

  test('documented has cases for yes and no, and is never unknown', () => {
    for (const verdict of ['yes', 'no'])
      assert.match(
        cases('documented'),
        new RegExp(`documented: [^\\n]*\\n[^\\n]*\\n  verdict: ${verdict}\\n`),
      );
    assert.doesNotMatch(cases('documented'), /verdict: unknown/);
  });

  test('is no name of a fact, so that no fact is hidden', () => {
    const words = JUNCTIONS.map(({ key }) => key as string);
    const facts = [
      ...ENCOUNTER_FACT_NAMES,
      ...['administrations', 'services'].flatMap(
        (list) => schemaOf('encounter').property(list)?.item()?.keys() ?? [],
      ),
    ];
    assert.deepEqual(
      facts.filter((name) => words.includes(name)),
      [],
    );
  });
});

/** Every property of a schema and of its own definitions, with where it stands. */
function visit(
  schema: JsonSchema,
  top: JsonSchema,
  place: string,
  see: (property: JsonSchema, place: string) => void,
): void {
  visitAll(schema, place, (own, at) => {
    for (const [key, property] of Object.entries(own.properties ?? {})) see(property, `${at}/${key}`);
  });
  for (const [key, definition] of Object.entries(schema === top ? (schema.$defs ?? {}) : {}))
    see(definition, `$defs/${key}`);
}

function visitAll(schema: JsonSchema, place: string, see: (schema: JsonSchema, place: string) => void): void {
  see(schema, place);
  for (const [key, property] of Object.entries({ ...schema.properties, ...schema.$defs }))
    visitAll(property, `${place}/${key}`, see);
  if (schema.items) visitAll(schema.items, `${place}/items`, see);
  if (typeof schema.additionalProperties === 'object')
    visitAll(schema.additionalProperties, `${place}/*`, see);
}
