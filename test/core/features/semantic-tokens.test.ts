/** What keys and values are coloured as. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { globSync } from 'tinyglobby';
import { fileId } from '../../../server/core/base/origin.ts';
import { semanticTokens } from '../../../server/core/features/semantic-tokens.ts';
import { hostOf, type FixtureOptions } from '../../support/checks.ts';

/** Each token as `text type.modifier`. */
function tokens(fixture: string, options: FixtureOptions = { library: true }): string[] {
  const { analysis, file } = hostOf(fixture, options);
  const { id, text, ranges } = file();
  return semanticTokens(analysis, id, ranges[0]).map(
    ({ start, end, type, modifiers }) => `${text.slice(start, end)} ${[type, ...modifiers].join('.')}`,
  );
}
const values = (found: readonly string[]): string[] =>
  found.filter((own) => !/ (?:property|keyword)$/.test(own));

describe('semantic tokens', () => {
  test('of an encounter: names, codes, facts, values, times and references; prose has none', () => {
    assert.deepEqual(
      values(
        tokens(`#- e.encounter.yaml
encounter: e
title: Prose 96365
date: 2026-03-02
payer: Medicare
claim: professional
place_of_service: "11"
provider: {taxonomy: 261QI0500X}
diagnoses: [E86.0]
policies: [one-concurrent-service]
administrations:
  - {id: a, substance: x, purpose: therapeutic, route: iv-infusion, start: "10:00", dose: 5 mg, note: Prose}
  - {substance: y, concurrent_with: a}
expect:
  - {code: "96365", units: 1, modifiers: [XE]}
`),
      ),
      [
        'e namespace.declaration',
        '2026-03-02 number',
        'Medicare type',
        'professional enumMember',
        '"11" variable.readonly',
        '261QI0500X variable.readonly',
        'E86.0 variable.readonly',
        'one-concurrent-service namespace',
        'a variable.declaration',
        'therapeutic enumMember',
        'iv-infusion enumMember',
        '"10:00" number',
        '5 mg number',
        'a variable',
        '"96365" variable.readonly',
        'XE variable.readonly',
      ],
    );
  });

  test('of conditions: words of the engine, facts and their values', () => {
    assert.deepEqual(
      tokens(`#- p.policy.yaml
policy: p
rules:
  - id: r
    when: {code: ["96365"], any: [{purpose: hydration}, {minutes: {at_least: 16 min}}]}
    then: {deny: no}
`).slice(2),
      [
        'rules property',
        'id property',
        'r variable.declaration',
        'when property',
        'code parameter',
        '"96365" variable.readonly',
        'any keyword',
        'purpose parameter',
        'hydration enumMember',
        'minutes parameter',
        'at_least keyword',
        '16 min number',
        'then property',
        'deny property',
      ],
    );
  });

  test('of a family: the words that it defines', () => {
    assert.deepEqual(
      values(
        tokens(`#- f.family.yaml
family: f
facts:
  purpose:
    values:
      cure: {definition: To cure.}
classes:
  - {class: cures, when: {purpose: cure}}
`),
      ),
      [
        'f namespace.declaration',
        'purpose parameter.declaration',
        'cure enumMember.declaration',
        'cures class.declaration',
        'purpose parameter',
        'cure enumMember',
      ],
    );
  });

  test('of what is repeated by an alias stand where it is written, and of keys that nobody knows there are none', () => {
    assert.deepEqual(
      tokens(`#- e.encounter.yaml
encounter: e
colour: red
diagnoses: &d [E86.0]
administrations:
  - &x {substance: a, diagnoses: *d}
  - <<: *x
    minutes: 5 min
`),
      [
        'encounter property',
        'e namespace.declaration',
        'diagnoses property',
        'E86.0 variable.readonly',
        'administrations property',
        'substance property',
        'diagnoses property',
        'minutes property',
        '5 min number',
      ],
    );
  });

  test('of a range are those of the whole file that lie in it', () => {
    assert.deepEqual(
      tokens('#- e.encounter.yaml\nencounter: e\n<|claim: professional|>\ndate: 2026-03-02\n'),
      ['claim property', 'professional enumMember'],
    );
  });

  test('never overlap and never leave their line, in any example', () => {
    const { host } = hostOf('', { library: true });
    for (const name of globSync('examples/**/*.yaml')) {
      const file = fileId(name);
      const text = readFileSync(name, 'utf8');
      host.apply({ files: [{ file, content: { text } }] });
      let last = 0;
      const found = semanticTokens(host.snapshot(), file);
      assert.ok(found.length > 5, name);
      for (const { start, end } of found) {
        assert.ok(
          start >= last && end > start && !text.slice(start, end).includes('\n'),
          `${name} at ${String(start)}`,
        );
        last = end;
      }
      host.apply({ files: [{ file, content: undefined }] });
    }
  });
});
