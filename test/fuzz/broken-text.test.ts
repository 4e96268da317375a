/**
 * Text as it is while somebody types: every prefix and every one-character deletion of every example. Nothing throws,
 * every problem has a place in the text, and there is always an answer: a problem, a bill, or a document that is read.
 *
 * Of each file a number of positions is tried, chosen by a seed. `FUZZ=all npm test -- fuzz` tries every position, which
 * takes some minutes.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fileId } from '../../server/core/base/origin.ts';
import { problemsOf } from '../../server/core/diagnostics/registry.ts';
import { acceptLines } from '../../server/core/features/accept-lines.ts';
import { setModifiers } from '../../server/core/features/set-modifiers.ts';
import { billReport } from '../../server/core/features/bill-report.ts';
import { boundaryEncounters } from '../../server/core/features/boundary-encounters.ts';
import { codeActions } from '../../server/core/features/code-actions.ts';
import { completion } from '../../server/core/features/completion.ts';
import { computedLines } from '../../server/core/features/computed-lines.ts';
import { createSpec } from '../../server/core/features/create-spec.ts';
import { explain } from '../../server/core/features/explain.ts';
import { extractAnchor } from '../../server/core/features/extract-anchor.ts';
import { fixAll } from '../../server/core/features/fix-all.ts';
import { formatNewline } from '../../server/core/features/format-newline.ts';
import { format, formatRange } from '../../server/core/features/format.ts';
import { hover } from '../../server/core/features/hover.ts';
import { semanticTokens } from '../../server/core/features/semantic-tokens.ts';
import type { Analysis } from '../../server/core/workspace/analysis.ts';
import { AnalysisHost } from '../../server/core/workspace/host.ts';
import { readExamples, toChanges } from '../support/examples.ts';
import { moveAround } from '../support/moving.ts';

const EVERY_POSITION = process.env['FUZZ'] === 'all';
/** Positions of each encounter file, and of each file of rules, whose parsing takes longer. */
const SAMPLE_OF_ENCOUNTERS = 10;
const SAMPLE_OF_RULES = 2;

const examples = readExamples();
const host = new AnalysisHost();
host.apply({ files: toChanges(examples) });

/** Asks everything that a shell may ask of a file, with the cursor at an offset. */
function askEverything(analysis: Analysis, path: string, cursor: number): number {
  const file = fileId(path);
  const { length } = analysis.file(file)?.source.text ?? '';
  const problems = problemsOf(analysis, file);
  for (const { at, message } of problems) {
    const range = analysis.locate(at);
    assert.ok(range && range.file === file && range.start >= 0 && range.start <= range.end, message);
    assert.ok(range.end <= length, `${message} ends at ${String(range.end)} of ${String(length)}`);
    assert.match(message, /\S[.?!]$/);
  }
  computedLines(analysis, file);
  billReport(analysis, file);
  completion(analysis, file, cursor);
  hover(analysis, file, cursor);
  moveAround(analysis, file, cursor);
  const at = { start: cursor, end: cursor };
  codeActions(analysis, file, at);
  // What encounters at the boundaries of a specification hold is worked out when wanted, and takes its time.
  boundaryEncounters(analysis, file, cursor);
  const changes = [
    ...acceptLines(analysis, file, cursor),
    ...setModifiers(analysis, file, cursor),
    ...createSpec(analysis, file, at),
    ...extractAnchor(analysis, file, cursor),
    ...fixAll(analysis, file),
  ];
  for (const { files } of changes) files();
  format(analysis, file);
  formatRange(analysis, file, at);
  formatNewline(analysis, file, cursor);
  for (const { start, end } of semanticTokens(analysis, file)) assert.ok(start < end && end <= length);
  const read = analysis.documents(file).filter(({ source }) => {
    const encounter = analysis.encounter(source);
    const bill = encounter && analysis.bill(encounter);
    const rules = encounter && analysis.rulesOn(encounter);
    if (bill && rules) explain(rules, encounter, bill);
    const { kind } = analysis.model(source);
    // A code list is no YAML: it has a model, and no tree.
    return kind === 'codes' || (kind !== undefined && analysis.parsed(source).root !== undefined);
  });
  return problems.length + read.length;
}

function positionsOf(path: string, { length }: string): readonly number[] {
  if (EVERY_POSITION) return Array.from({ length }, (_, i) => i);
  const count = path.endsWith('.encounter.yaml') ? SAMPLE_OF_ENCOUNTERS : SAMPLE_OF_RULES;
  return fc.sample(fc.nat({ max: length - 1 }), { numRuns: count, seed: 20260302 });
}

/** Whether a text has no more than comments, blank lines and the marks between documents. */
const holdsNothing = (text: string): boolean =>
  /^(?:\s|#.*|-{1,3}$)*$/m.test(text) && text.replace(/#.*|-/g, '').trim() === '';

describe('broken text', () => {
  for (const { path, text } of examples) {
    test(path, () => {
      const file = fileId(path);
      for (const at of positionsOf(path, text)) {
        for (const broken of [text.slice(0, at), text.slice(0, at) + text.slice(at + 1)]) {
          host.apply({ files: [{ file, content: { text: broken } }] });
          try {
            const answers = askEverything(host.snapshot(), path, Math.min(at, broken.length));
            assert.ok(answers > 0 || holdsNothing(broken), 'no problem, no bill, no document');
          } catch (error) {
            const near = `${broken.slice(Math.max(0, at - 60), at)}⁁${broken.slice(at, at + 40)}`;
            throw new Error(`at ${String(at)} of ${path}, with the text …${near}…`, { cause: error });
          }
        }
      }
      host.apply({ files: [{ file, content: { text } }] });
    });
  }

  test('rules that are broken never stop an encounter from being answered', () => {
    const article = fileId('examples/drug-administration/encounters/article.encounter.yaml');
    for (const { path, text } of examples.filter(({ path: name }) =>
      /\.(?:family|spec|policy)\.yaml$/.test(name),
    )) {
      const file = fileId(path);
      for (const at of fc.sample(fc.nat({ max: text.length - 1 }), { numRuns: 4, seed: 11 })) {
        host.apply({ files: [{ file, content: { text: text.slice(0, at) } }] });
        askEverything(host.snapshot(), article, 100);
      }
      host.apply({ files: [{ file, content: { text } }] });
    }
  });

  test('arbitrary text in place of a document', () => {
    const pieces = [
      'encounter: e\n',
      '---\n',
      '- ',
      ': ',
      '\t',
      '"',
      "'",
      '[',
      '{',
      '}',
      ']',
      '|\n',
      '&a ',
      '*a',
      '<<: ',
      '\r\n',
      '\uFEFF',
      '#',
      '!!',
      '?',
      '%',
      'é',
      '😀',
      '\u2028',
      '\0',
      '0x',
      '-1',
      '.inf',
      'null',
      '__proto__: ',
      'constructor: ',
      'administrations:\n  - ',
      '  ',
      '\n',
      ',',
      'date: 2026-03-02\n',
      'claim: professional\n',
      'spec: 1E5\n',
      'when: ',
      'any: ',
    ];
    const texts = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), {
      maxLength: 40,
    });
    const kinds = fc.constantFrom('encounter', 'spec', 'family', 'policy');
    fc.assert(
      fc.property(texts, kinds, (parts, kind) => {
        const path = `x.${kind}.yaml`;
        const text = parts.join('');
        host.apply({ files: [{ file: fileId(path), content: { text } }] });
        askEverything(host.snapshot(), path, Math.floor(text.length / 2));
        host.apply({ files: [{ file: fileId(path), content: undefined }] });
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});
