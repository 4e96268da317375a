/** Edits of a file of many documents: the text is that of any other editor, and no document is read that an edit leaves alone. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fileId } from '../../server/core/base/origin.ts';
import { editStream, editWhole, type ContentChange } from '../../server/core/yaml/edit-stream.ts';
import { splitStream, wholeFile, type SourceFile } from '../../server/core/yaml/stream.ts';

const FILE = fileId('x.yaml');

/** Pieces of which marks, line ends and prologues are made, by whose edits documents come, go and join. */
const piece = fc.constantFrom(
  ...[
    '---',
    '\n---\n',
    '-',
    '\n',
    '\r\n',
    '\r',
    '\u2028',
    ' ',
    '#',
    '# c\n',
    'a: 1\n',
    'é😀',
    '\uFEFF',
    '...\n',
    '%X 1\n',
  ],
);
const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
/** An edit from one place to another, each as a share of the text; of all of it, at times. */
const edit = fc.record({
  from: fc.double({ min: 0, max: 1, noNaN: true }),
  to: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.constantFrom(0, 0, 1, 3, undefined),
  isWhole: fc.boolean().chain((own) => (own ? fc.boolean() : fc.constant(false))),
  text,
});

type Edit = typeof edit extends fc.Arbitrary<infer T> ? T : never;

/** The change as LSP tells it. Nobody puts a cursor between the two signs of a line end. */
function changeOf(document: TextDocument, own: Edit): ContentChange {
  if (own.isWhole) return { text: own.text };
  const all = document.getText();
  const place = (offset: number): number =>
    all.slice(offset - 1, offset + 1) === '\r\n' ? offset - 1 : offset;
  const start = Math.round(own.from * all.length);
  const end =
    own.length === undefined ? Math.round(own.to * all.length) : Math.min(all.length, start + own.length);
  return {
    range: { start: document.positionAt(place(start)), end: document.positionAt(place(end)) },
    text: own.text,
  };
}

function assertIs(source: SourceFile, all: string): void {
  assert.equal(source.text, all);
  const { documents, offsets } = splitStream(FILE, all);
  assert.deepEqual(
    source.documents.map((document) => document.text),
    documents.map((document) => document.text),
  );
  assert.deepEqual(
    source.documents.map(({ lineEnds }) => lineEnds),
    documents.map(({ lineEnds }) => lineEnds),
  );
  assert.deepEqual(source.offsets, offsets);
  assert.equal(new Set(source.documents.map(({ id }) => id)).size, documents.length, 'ids are given once');
  assert.ok(source.changed >= 0 && source.changed < documents.length);
}

describe('an edit of a file of many documents', () => {
  test('leaves the text that every editor has, cut as if it were new', () => {
    fc.assert(
      fc.property(text, fc.array(edit, { minLength: 1, maxLength: 6 }), (before, edits) => {
        let document = TextDocument.create('file:///x.yaml', 'yaml', 0, before);
        let source = splitStream(FILE, before);
        for (const own of edits) {
          const change = changeOf(document, own);
          document = TextDocument.update(document, [change], document.version + 1);
          source = editStream(source, [change]);
          assertIs(source, document.getText());
        }
      }),
      { numRuns: 20_000 },
    );
  });

  test('makes a comment of what stands before the first mark, whatever ends its line', () => {
    for (const end of ['\n', '\r', '\r\n', '\u2028']) {
      const before = splitStream(FILE, `x${end}---\na: 1\n---\nb: 2\n`);
      assert.equal(before.documents.length, 3);
      const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
      const after = editStream(before, [{ range, text: '#' }]);
      assertIs(after, `#${end}---\na: 1\n---\nb: 2\n`);
      assert.equal(
        after.documents.length,
        2,
        'the comment belongs to the first document, the second stays its own',
      );
    }
  });

  test('may be one of several that are told at once', () => {
    fc.assert(
      fc.property(text, fc.array(edit, { maxLength: 4 }), (before, edits) => {
        let document = TextDocument.create('file:///x.yaml', 'yaml', 0, before);
        const changes = edits.map((own) => {
          const change = changeOf(document, own);
          document = TextDocument.update(document, [change], document.version + 1);
          return change;
        });
        assertIs(editStream(splitStream(FILE, before), changes), document.getText());
        assert.equal(editWhole(wholeFile(FILE, before), changes).text, document.getText());
      }),
      { numRuns: 300 },
    );
  });

  test('keeps every document but the one it is in, and the others where they are', () => {
    const before = splitStream(
      FILE,
      Array.from({ length: 100 }, (_, i) => `a: ${String(i)}\n`).join('---\n'),
    );
    const start = { line: 2 * 50, character: 3 };
    const after = editStream(before, [{ range: { start, end: start }, text: 'x' }]);
    assert.deepEqual(
      after.documents.flatMap((document, i) => (document === before.documents[i] ? [] : [i])),
      [50],
    );
    assert.equal(after.documents[50]?.id, before.documents[50]?.id);
    assert.equal(after.changed, 50);
    assert.equal(after.offsets[51], (before.offsets[51] ?? 0) + 1);
  });

  test('that changes nothing leaves the very same file', () => {
    const before = splitStream(FILE, 'a: 1\n---\nb: 2\n');
    const range = { start: { line: 2, character: 0 }, end: { line: 2, character: 1 } };
    assert.equal(editStream(before, [{ range, text: 'b' }]), before);
    assert.equal(editStream(before, []), before);
  });

  test('takes positions past the end of a line or of the text for that end, and ends before starts', () => {
    const before = splitStream(FILE, 'a: 1\n---\nb: 2');
    const end = { line: 0, character: 99 };
    assert.equal(editStream(before, [{ range: { start: end, end }, text: '0' }]).text, 'a: 10\n---\nb: 2');
    const last = { line: 99, character: 0 };
    assert.equal(
      editStream(before, [{ range: { start: last, end: last }, text: '0' }]).text,
      'a: 1\n---\nb: 20',
    );
    const turned = { start: { line: 2, character: 4 }, end: { line: 2, character: 0 } };
    assert.equal(editStream(before, [{ range: turned, text: 'c' }]).text, 'a: 1\n---\nc');
  });
});
