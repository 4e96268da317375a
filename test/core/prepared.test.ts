/** What is known of documents beforehand: the same as what is worked out, and for the very same text alone. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readPlain, writePlain } from '../../server/core/base/plain-data.ts';
import { fileId } from '../../server/core/base/origin.ts';
import { problemsOf } from '../../server/core/diagnostics/registry.ts';
import { computedLines } from '../../server/core/features/computed-lines.ts';
import type { Analysis } from '../../server/core/workspace/analysis.ts';
import { AnalysisHost } from '../../server/core/workspace/host.ts';
import { prepareRules } from '../../server/core/workspace/prepare.ts';
import { readPrepared } from '../../server/core/workspace/prepared.ts';
import { encounterOf, infusion } from '../support/bench.ts';
import { drugAdministration, readExamples, toChanges } from '../support/examples.ts';

const library = toChanges(drugAdministration, true);
const spec = fileId('examples/drug-administration/specs/cpt-96366.spec.yaml');

function hostOf(prepared?: string): AnalysisHost {
  const host = new AnalysisHost(prepared === undefined ? undefined : readPrepared(prepared));
  host.apply({ files: library });
  return host;
}
const known = prepareRules(hostOf().snapshot());

const ruleFiles = (analysis: Analysis): Analysis['files'] extends () => infer F ? F : never =>
  analysis.files().filter((file) => !file.endsWith('.encounter.yaml'));

describe('documents that are known beforehand', () => {
  test('have the models, codes and places that reading them gives, and are not read', () => {
    const host = hostOf(known);
    const [fresh, prepared] = [hostOf().snapshot(), host.snapshot()];
    for (const file of ruleFiles(fresh))
      fresh.documents(file).forEach(({ source }, i) => {
        const other = prepared.documents(file)[i]?.source;
        assert.ok(other);
        assert.deepEqual(prepared.model(other), fresh.model(source), file);
        assert.deepEqual(prepared.codesIn(other), fresh.codesIn(source), file);
        assert.deepEqual(prepared.namesIn(other), fresh.namesIn(source), file);
      });
    assert.deepEqual([host.work.parsed, host.work.lowered], [0, 0]);
  });

  test('lead to the same lines at the same places', () => {
    const encounters = toChanges(
      readExamples('drug-administration/encounters').filter(({ path: name }) => name.includes('/payers/')),
    );
    const shown = (host: AnalysisHost): unknown => {
      host.apply({ files: encounters });
      const analysis = host.snapshot();
      return encounters.map(({ file }) => [
        problemsOf(analysis, file, () => []).map((found) => [found, analysis.locate(found.at)]),
        computedLines(analysis, file).map((line) => [
          line,
          analysis.locate(line.at),
          line.related.map(({ at }) => analysis.locate(at)),
        ]),
      ]);
    };
    assert.deepEqual(shown(hostOf(known)), shown(hostOf()));
  });

  test('are read like any other once they are changed', () => {
    const host = hostOf(known);
    const file = fileId('e.encounter.yaml');
    host.apply({ files: [{ file, content: { text: encounterOf([infusion('x', '10:00', 88)]) } }] });
    const lines = (): readonly string[] => computedLines(host.snapshot(), file).map(({ label }) => label);
    const before = lines();
    const text = host.snapshot().file(spec)?.source.text ?? '';
    assert.ok(text.includes('at_least: 31 min'));
    const changed = text.replace('at_least: 31 min', 'at_least: 28 min');
    assert.equal(changed.length, text.length, 'of the same length, so that only its text tells it apart');
    const { parsed } = host.work;
    host.apply({ files: [{ file: spec, content: { text: changed } }] });
    assert.notDeepEqual(lines(), before);
    assert.equal(host.work.parsed, parsed + 1);
  });

  test('may have mistakes, and those are told', () => {
    const host = new AnalysisHost();
    const files = [{ file: spec, content: { text: 'spec: "96366"\ntitle: [\n' } }];
    host.apply({ files });
    const other = new AnalysisHost(readPrepared(prepareRules(host.snapshot())));
    other.apply({ files });
    const messages = (of: AnalysisHost): readonly string[] =>
      problemsOf(of.snapshot(), spec, () => []).map(({ message }) => message);
    assert.ok(messages(host).length > 0);
    assert.deepEqual(messages(other), messages(host));
  });

  test('may be none', () => {
    assert.equal(prepareRules(new AnalysisHost().snapshot()), '');
    assert.deepEqual(new AnalysisHost(readPrepared('')).snapshot().files(), []);
  });
});

describe('plain data', () => {
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constantFrom(null, undefined, 'NAME'));
  const { data } = fc.letrec<{ data: unknown }>((tie) => ({
    data: fc.oneof(
      { maxDepth: 4 },
      scalar,
      fc.array(tie('data'), { maxLength: 4 }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), tie('data'), { maxKeys: 4, noNullPrototype: true }),
      fc.array(fc.tuple(fc.string(), tie('data')), { maxLength: 3 }).map((entries) => new Map(entries)),
    ),
  }));

  test('comes back as it was, under another name', () => {
    fc.assert(
      fc.property(data, (value) => {
        assert.deepStrictEqual(readPlain(writePlain(value, 'NAME'), 'NAME'), value);
      }),
    );
    const named = writePlain({ at: 'NAME', other: 'x' }, 'NAME');
    assert.ok(!named.includes('NAME'));
    assert.deepEqual(readPlain(named, 'other'), { at: 'other', other: 'x' });
  });

  test('has no key that means something else', () => {
    assert.throws(() => writePlain({ $: 1 }, ''), /cannot be written/);
  });
});
