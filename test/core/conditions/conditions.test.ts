/** Every word of the rule language, by the YAML file of its name: conditions, facts and what they answer. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { fileId, origin, type DocumentId } from '../../../server/core/base/origin.ts';
import { firstOf, lookupIn, type Fact, type FactValue } from '../../../server/core/encounter/fact.ts';
import {
  evaluateCondition,
  lowerCondition,
  testsOf,
  verdictOf,
} from '../../../server/core/rules/condition.ts';
import { Fields } from '../../../server/core/yaml/fields.ts';
import type { YamlNode } from '../../../server/core/yaml/node.ts';
import { parse } from '../../../server/core/yaml/parse.ts';
import { splitStream } from '../../../server/core/yaml/stream.ts';
import { root } from '../../checks/support.ts';

const folder = path.join(root, 'test/core/conditions');
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const document = 'conditions#0' as DocumentId;

function itemsOf(file: string): readonly YamlNode[] {
  const [source] = splitStream(fileId(file), readFileSync(path.join(folder, file), 'utf8')).documents;
  assert.ok(source);
  const parsed = parse(source);
  assert.deepEqual(parsed.problems, []);
  assert.equal(parsed.root?.kind, 'seq');
  return parsed.root.items;
}

function factsOf(fields: Fields | undefined): Map<string, Fact> {
  const facts = new Map<string, Fact>();
  for (const name of fields?.keys() ?? []) {
    const texts = fields?.texts(name).map(({ value }) => value) ?? [];
    const value: FactValue | undefined =
      texts.length > 1 ? texts : (fields?.number(name) ?? fields?.boolean(name) ?? fields?.text(name))?.value;
    if (value !== undefined)
      facts.set(name, { name, value, origin: fields?.originOf(name) ?? origin(document, '' as never) });
  }
  return facts;
}

for (const file of files) {
  describe(file.replace('.yaml', ''), () => {
    itemsOf(file).forEach((item, index) => {
      const fields = new Fields(item, document);
      const wanted = fields.text('verdict')?.value;
      test(`case ${String(index + 1)} is ${wanted ?? 'missing'}`, () => {
        const when = fields.fields('condition');
        assert.ok(when && wanted !== undefined, 'a case needs a condition and a verdict');
        const condition = lowerCondition(when);
        assert.ok(testsOf(condition).length > 0, 'the condition asks for nothing');
        const { verdict, met, unmet } = evaluateCondition(
          condition,
          firstOf(lookupIn(factsOf(fields.fields('facts')))),
        );
        assert.equal(verdict, wanted);
        assert.equal(
          verdictOf(condition, lookupIn(factsOf(fields.fields('facts')))),
          wanted,
          'asked for the verdict alone',
        );
        if (verdict === 'yes') assert.deepEqual(unmet, [], 'what holds lacks nothing');
        else assert.ok(unmet.length > 0, 'what does not hold says why');
        if (verdict === 'unknown')
          assert.ok(unmet.some(({ found, test: asked }) => !found || asked.wants.kind !== 'one-of'));
        for (const { test: asked } of [...met, ...unmet]) assert.ok(testsOf(condition).includes(asked));
      });
    });
  });
}

test('no condition at all holds', () => {
  assert.equal(evaluateCondition(undefined, () => undefined).verdict, 'yes');
});
