/** Streams, trees and places: from text to nodes and back. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { LineIndex } from '../../server/core/base/line-index.ts';
import { childPath, fileId, pathSteps, ROOT_PATH, type YamlPath } from '../../server/core/base/origin.ts';
import { entryOf, type YamlNode } from '../../server/core/yaml/node.ts';
import { nodeAtOffset, nodeAtPath, rangeInDocument } from '../../server/core/yaml/locate.ts';
import { parse, type ParsedDocument } from '../../server/core/yaml/parse.ts';
import { streamLines } from '../../server/core/yaml/stream-lines.ts';
import { splitStream, type SourceFile } from '../../server/core/yaml/stream.ts';
import { parseFixture } from '../support/fixture.ts';

const file = fileId('x.yaml');
const split = (text: string, previous?: SourceFile): SourceFile => splitStream(file, text, previous);
const texts = (text: string): string[] => split(text).documents.map((document) => document.text);

function parseText(text: string): ParsedDocument {
  const [document] = split(text).documents;
  assert.ok(document);
  return parse(document);
}

/** The tree as plain data, scalars as they are written. */
function plain(node: YamlNode | undefined): unknown {
  if (node?.kind === 'seq') return node.items.map(plain);
  if (node?.kind === 'map')
    return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plain(value)]));
  return node?.text;
}
const read = (text: string): unknown => plain(parseText(text).root);
const messages = (text: string): string[] => parseText(text).problems.map(({ message }) => message);

describe('a stream', () => {
  test('is cut at the lines that open a document', () => {
    assert.deepEqual(texts('a: 1\n---\nb: 2\n---\nc: 3'), ['a: 1\n', '---\nb: 2\n', '---\nc: 3']);
    assert.deepEqual(texts('---\na: 1\n---\nb: 2\n'), ['---\na: 1\n', '---\nb: 2\n']);
    assert.deepEqual(texts('a: 1\n--- # next\nb: 2'), ['a: 1\n', '--- # next\nb: 2']);
    assert.deepEqual(texts('a: 1\n--- {b: 2}\n'), ['a: 1\n', '--- {b: 2}\n']);
  });

  test('is not cut where the three hyphens are something else', () => {
    for (const text of [
      'a: ---\n',
      'a: 1\n ---\n',
      '----\n',
      '---a\n',
      'a: "\n  ---\n  "',
      'text: |\n  one\n  ---\n  two\n',
    ])
      assert.equal(texts(text).length, 1, text);
    assert.deepEqual(read('text: |\n  one\n  ---\n  two\n'), { text: 'one\n---\ntwo\n' });
  });

  test('keeps comments and directives before the first mark with its document', () => {
    for (const text of [
      '# a comment\n\n---\na: 1\n',
      '%YAML 1.2\n---\na: 1\n',
      '\n\n# x\r\n---\r\na: 1\r\n',
    ]) {
      assert.equal(texts(text).length, 1, text);
      assert.deepEqual(read(text), { a: '1' });
    }
    assert.deepEqual(texts('# a\n---\na: 1\n---\nb: 2\n'), ['# a\n---\na: 1\n', '---\nb: 2\n']);
  });

  test('may have empty documents, and an empty file is one', () => {
    assert.deepEqual(texts(''), ['']);
    assert.deepEqual(texts('---\n---\n---\n'), ['---\n', '---\n', '---\n']);
    assert.equal(parseText('---\n').root, undefined);
    assert.equal(parseText('# only words\n').root, undefined);
    assert.deepEqual(parseText('').problems, []);
  });

  test('may end its documents with dots', () => {
    const text = 'a: 1\n...\n---\nb: 2\n...\n';
    assert.deepEqual(
      split(text).documents.map((document) => plain(parse(document).root)),
      [{ a: '1' }, { b: '2' }],
    );
    assert.deepEqual(
      split(text).documents.flatMap((document) => parse(document).problems),
      [],
    );
  });

  test('leaves a byte order mark out, and offsets count it', () => {
    const source = split('\uFEFFa: 1\n---\nb: 2\n');
    assert.deepEqual(
      source.documents.map((document) => document.text),
      ['a: 1\n', '---\nb: 2\n'],
    );
    assert.deepEqual(source.offsets, [1, 6]);
    assert.equal(source.text.slice(6, 9), '---');
    assert.deepEqual(texts('\uFEFF---\na: 1\n'), ['---\na: 1\n']);
  });

  test('with the line ends of Windows is the same', () => {
    assert.deepEqual(texts('a: 1\r\n---\r\nb: 2\r\n'), ['a: 1\r\n', '---\r\nb: 2\r\n']);
    assert.deepEqual(read('a: x\r\nb:\r\n  - y\r\n  - |\r\n    one\r\n    two\r\n'), {
      a: 'x',
      b: ['y', 'one\ntwo\n'],
    });
  });

  test('has documents that together are the text', () => {
    for (const text of ['', 'a\n---\nb', '---\n', '# x\n---\n---\n...\n---', '\n---\n\n---\n']) {
      const { documents, offsets } = split(text);
      assert.equal(documents.map((document) => document.text).join(''), text);
      documents.forEach((document, i) => {
        assert.equal(text.slice(offsets[i], (offsets[i] ?? 0) + document.text.length), document.text);
      });
    }
  });
});

describe('documents keep their identity', () => {
  const before = split('a: 1\n---\nb: 2\n---\nc: 3\n---\nd: 4\n');
  const ids = (source: SourceFile): string[] => source.documents.map(({ id }) => id);
  const kept = (after: SourceFile): boolean[] =>
    after.documents.map((document) => before.documents.includes(document));

  test('when nothing changed', () => {
    assert.equal(split(before.text, before), before);
  });

  test('when one in the middle is edited: that one is new, under its old id', () => {
    const after = split(before.text.replace('b: 2', 'b: 20'), before);
    assert.deepEqual(kept(after), [true, false, true, true]);
    assert.deepEqual(ids(after), ids(before));
    assert.deepEqual(after.offsets, [0, 5, 15, 24]);
  });

  test('when one is put before, between or behind', () => {
    const first = split(`z: 0\n---\n${before.text}`, before);
    assert.equal(new Set(ids(first)).size, 5);
    assert.deepEqual(kept(first).slice(2), [true, true, true]);
    const between = split(before.text.replace('---\nc', '---\nz: 0\n---\nc'), before);
    assert.deepEqual(kept(between), [true, true, false, true, true]);
    assert.equal(new Set(ids(between)).size, 5);
    assert.deepEqual(kept(split(`${before.text}---\nz: 0\n`, before)), [true, true, true, true, false]);
  });

  test('when one is taken out or two change places', () => {
    const without = split('a: 1\n---\nc: 3\n---\nd: 4\n', before);
    assert.deepEqual(kept(without), [true, true, true]);
    const swapped = split('a: 1\n---\nc: 3\n---\nb: 2\n---\nd: 4\n', before);
    assert.deepEqual(kept(swapped), [true, true, true, true]);
    assert.deepEqual(
      ids(swapped),
      [0, 2, 1, 3].map((i) => ids(before)[i]),
    );
  });

  test('when two are equal, each stays one of its own', () => {
    const twins = split('a: 1\n---\nb: 2\n---\nb: 2\n---\nc: 3\n');
    assert.equal(new Set(ids(twins)).size, 4);
    const after = split('a: 1\n---\nb: 2\n---\nc: 3\n', twins);
    assert.equal(new Set(ids(after)).size, 3);
    const more = split('a: 1\n---\nb: 2\n---\nb: 2\n---\nb: 2\n---\nc: 3\n', twins);
    assert.equal(new Set(ids(more)).size, 5);
  });

  test('an id that was given out is never given to another', () => {
    const none = split('', before);
    const again = split(before.text, none);
    const given = new Set([...ids(before), ...ids(none)]);
    assert.equal(new Set([...given, ...ids(again)]).size, given.size + 3);
  });
});

describe('scalars are what is written', () => {
  const source =
    'codes: [01, 1E5, 0059, 0x1F, 0o17, 1_000, 12.50, 1e3, +7, ~, null, true, no, 2026-03-02, .5]';

  test('whatever YAML makes of them', () => {
    assert.deepEqual(read(source), {
      codes: [
        '01',
        '1E5',
        '0059',
        '0x1F',
        '0o17',
        '1_000',
        '12.50',
        '1e3',
        '+7',
        '~',
        'null',
        'true',
        'no',
        '2026-03-02',
        '.5',
      ],
    });
  });

  test('and what YAML makes of them is known beside', () => {
    const root = parseText(source).root;
    const codes = entryOf(root, 'codes')?.value;
    assert.equal(codes?.kind, 'seq');
    assert.deepEqual(
      codes.items.map((item) => item.kind === 'scalar' && item.value),
      [1, 100000, 59, 31, 15, '1_000', 12.5, 1000, 7, null, null, true, 'no', '2026-03-02', 0.5],
    );
  });

  test('without their quotes, escapes and indentation', () => {
    assert.deepEqual(read(`a: "x\\ty"\nb: 'it''s'\nc: >-\n  folded\n  text\nd: |+\n  kept\n\n`), {
      a: 'x\ty',
      b: "it's",
      c: 'folded text',
      d: 'kept\n\n',
    });
  });

  test('with a tag of YAML or of nobody', () => {
    assert.deepEqual(read('a: !!str 01\nb: !mine x'), { a: '01', b: 'x' });
    assert.deepEqual(read('a: !!binary aGk='), { a: 'aGk=' });
  });
});

describe('aliases and merge keys', () => {
  const source =
    'base: &base {a: 1, b: 2}\nuse: *base\nmerged:\n  <<: *base\n  b: 3\nboth: {<<: [*base, {c: 4}], d: 5}\n';

  test('are followed', () => {
    assert.deepEqual(read(source), {
      base: { a: '1', b: '2' },
      use: { a: '1', b: '2' },
      merged: { b: '3', a: '1' },
      both: { d: '5', a: '1', b: '2', c: '4' },
    });
    assert.deepEqual(messages(source), []);
  });

  test('have the place of the anchor', () => {
    const parsed = parseText(source);
    assert.equal(nodeAtPath(parsed, '/use/a' as YamlPath)?.path, '/base/a');
    assert.equal(nodeAtPath(parsed, '/merged/a' as YamlPath)?.path, '/base/a');
    const range = rangeInDocument(parsed, { path: '/merged/a' as YamlPath, part: 'value' });
    assert.equal(source.slice(range.start, range.end), '1');
    assert.ok(range.start < source.indexOf('use'));
  });

  test('of what is not there, or of what contains them, say so and are empty', () => {
    assert.deepEqual(messages('a: *b'), ['The alias *b has no anchor &b before it.']);
    assert.deepEqual(messages('a: &a [*a]'), ['The alias *a stands inside what it repeats.']);
    assert.deepEqual(messages('a: &a {b: {<<: *a}}').slice(0, 1), [
      'The alias *a stands inside what it repeats.',
    ]);
    assert.deepEqual(read('a: &a [*a]'), { a: [''] });
  });

  test('take the anchor that was set last', () => {
    assert.deepEqual(read('a: &x 1\nb: *x\nc: &x 2\nd: *x\n'), { a: '1', b: '1', c: '2', d: '2' });
  });

  test('merge only mappings', () => {
    assert.match(messages('a: &a [1]\nb: {<<: *a}').join(), /takes an alias to a mapping/);
    assert.match(messages('b: {<<: x}').join(), /takes an alias to a mapping/);
    assert.deepEqual(read('a: {"<<": 1}'), { a: { '<<': '1' } });
  });

  test('that multiply are stopped in time', () => {
    const levels = Array.from({ length: 30 }, (_, i) =>
      i === 0 ? 'a0: &a0 [x, x]' : `a${String(i)}: &a${String(i)} [*a${String(i - 1)}, *a${String(i - 1)}]`,
    );
    const begun = performance.now();
    const parsed = parseText(levels.join('\n'));
    assert.deepEqual(
      parsed.problems.map(({ code }) => code),
      ['too-many-aliases'],
    );
    assert.ok(performance.now() - begun < 1000);
  });
});

describe('mistakes', () => {
  test('a key that stands twice counts once, the first time', () => {
    assert.deepEqual(read('a: 1\nb: 2\na: 3\n'), { a: '1', b: '2' });
    assert.deepEqual(messages('a: 1\nb: 2\na: 3\n'), [
      'The key "a" stands twice; only the first one counts.',
    ]);
    assert.deepEqual(messages('01: 1\n1: 2\n'), []);
  });

  test('tabs in place of spaces', () => {
    assert.match(messages('a:\n\tb: 1\n').join(), /YAML does not allow tabs for indentation; use spaces\./);
    assert.deepEqual(messages('a:\t1\nb: "x\ty"\n'), []);
  });

  test('what can be read is read', () => {
    assert.equal((read('a: 1\nb: [1, 2\nc: 3\n') as { a: string }).a, '1');
    assert.equal((read('a: 1\nb: "x\nc: 3\n') as { a: string }).a, '1');
  });

  test('nesting without end is cut off with a problem', () => {
    for (const text of [
      `a: ${'['.repeat(5000)}`,
      '- '.repeat(3000),
      '{a: '.repeat(3000),
      `a: ${'['.repeat(400)}${']'.repeat(400)}`,
    ]) {
      const begun = performance.now();
      const parsed = parseText(text);
      assert.ok(parsed.problems.length > 0, text.slice(0, 20));
      assert.ok(performance.now() - begun < 2000, `${text.slice(0, 20)} took too long`);
    }
  });

  test('a hundred levels are fine', () => {
    assert.deepEqual(messages(`a: ${'['.repeat(98)}${']'.repeat(98)}`), []);
  });

  test('keys that are no words', () => {
    assert.match(messages('? [a, b]\n: c\n').join(), /A key must be a single word or text/);
    assert.deepEqual(
      read('__proto__: 1\nconstructor: 2\ntoString: 3\n__proto__: 4'),
      JSON.parse('{"__proto__": "1", "constructor": "2", "toString": "3"}'),
    );
    assert.deepEqual(read(': x\n'), { '': 'x' });
  });
});

describe('places', () => {
  /** The path and part at the caret. */
  const at = (fixture: string): string => {
    const [own] = parseFixture(fixture);
    const found = nodeAtOffset(parseText(own?.text ?? ''), own?.carets[0] ?? -1);
    return found ? `${found.path} ${found.part}` : 'nothing';
  };

  test('an offset has a path', () => {
    assert.equal(at('a: {b: [x, <|>y]}'), '/a/b/1 value');
    assert.equal(at('a: {b<|>: [x, y]}'), '/a/b key');
    assert.equal(at('a: {b: [x, y<|>]}'), '/a/b/1 value');
    assert.equal(at('a:\n  - b: x\n    c<|>: y\n'), '/a/0/c key');
    assert.equal(at('a:\n  - b: x\n    c: y<|>\n'), '/a/0/c value');
    assert.equal(at('a: |\n  on<|>e\n  two\n'), '/a value');
    assert.equal(at('<|>a: 1'), '/a key');
    assert.equal(at('# a comm<|>ent\na: 1'), 'nothing');
    assert.equal(at('a/b~c: {x: 1<|>}'), '/a~1b~0c/x value');
  });

  test('every node is found at its own offset, and by its own path', () => {
    const parsed = parseText('a: {b: [x, "y"], c: }\nd:\n  - e: |\n      text\n    f: 1\n  - []\n"g h": z\n');
    const visit = (node: YamlNode): void => {
      assert.equal(nodeAtPath(parsed, node.path), node);
      if (node.kind === 'scalar' && node.end > node.start)
        assert.equal(nodeAtOffset(parsed, node.start + 1)?.path, node.path);
      const below =
        node.kind === 'seq' ? node.items : node.kind === 'map' ? node.entries.map(({ value }) => value) : [];
      below.forEach(visit);
    };
    assert.ok(parsed.root);
    visit(parsed.root);
  });

  test('a path has a range: of a scalar the value, of a container its key, of an item its first key', () => {
    const text = 'a: {b: [x, "y"], c: }\nd:\n  - e: |\n      text\n    f: 1\n  - []\n';
    const parsed = parseText(text);
    const range = (path: string, part: 'key' | 'value' = 'value'): string => {
      const { start, end } = rangeInDocument(parsed, { path: path as YamlPath, part });
      return text.slice(start, end);
    };
    assert.equal(range('/a'), 'a');
    assert.equal(range('/a/b/1'), '"y"');
    assert.equal(range('/a/c'), 'c');
    assert.equal(range('/d/0'), 'e: |\n      text');
    assert.equal(range('/d/0/f', 'key'), 'f');
    assert.equal(range('/d/1'), '[]');
    assert.equal(range('/d/7/nothing'), 'd');
    assert.equal(range('/nothing'), 'a');
    assert.equal(range(''), 'a');
  });

  test('steps of a path come back as they were', () => {
    const steps = ['a/b', '~', '~1', '', '0', 'é'];
    const path = steps.reduce<YamlPath>((above, step) => childPath(above, step), ROOT_PATH);
    assert.deepEqual(pathSteps(path), steps);
    assert.deepEqual(pathSteps(ROOT_PATH), []);
  });
});

describe('the lines of a stream', () => {
  const text = fc
    .array(
      fc.constantFrom(
        '\n',
        '\r\n',
        '\r',
        '\u2028',
        '---',
        '---\n',
        '\n---\n',
        '\n--- # x\n',
        'a: 1\n',
        'b',
        ' ',
      ),
      { maxLength: 25 },
    )
    .map((parts) => parts.join(''));
  const marked = fc.tuple(fc.boolean(), text).map(([mark, own]) => (mark ? `\uFEFF${own}` : own));

  test('are those of its whole text, wherever its documents were cut', () => {
    fc.assert(
      fc.property(marked, (own) => {
        const [lines, whole] = [streamLines(split(own)), new LineIndex(own)];
        for (let offset = -1; offset <= own.length + 1; offset++) {
          const position = whole.position(offset);
          assert.deepEqual(lines.position(offset), position, `position of ${String(offset)}`);
          assert.equal(
            lines.offset(position),
            whole.offset(position),
            `offset of ${JSON.stringify(position)}`,
          );
        }
        for (let line = 0; line <= own.length + 1; line++)
          for (const character of [-1, 0, 1, 3, 1_000])
            assert.equal(
              lines.offset({ line, character }),
              whole.offset({ line, character }),
              `offset of ${JSON.stringify({ line, character })}`,
            );
      }),
      { numRuns: 500 },
    );
  });

  test('are those of its text after edits, when most documents are the ones before', () => {
    fc.assert(
      fc.property(marked, marked, (own, other) => {
        const after = split(other, split(own));
        const [lines, whole] = [streamLines(after), new LineIndex(other)];
        for (let offset = 0; offset <= other.length; offset++)
          assert.deepEqual(lines.position(offset), whole.position(offset));
        assert.equal(after.documents.map((document) => document.text).join(''), other.replace(/^\uFEFF/, ''));
        assert.ok(after.changed >= 0 && after.changed < after.documents.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('lines and columns', () => {
  test('count from 0, in UTF-16 units', () => {
    const text = 'é: "😀x"\r\nb: 1\n';
    const index = new LineIndex(text);
    assert.deepEqual(index.position(text.indexOf('x')), { line: 0, character: 6 });
    assert.deepEqual(index.position(text.indexOf('b')), { line: 1, character: 0 });
    assert.deepEqual(index.position(999), { line: 2, character: 0 });
    assert.deepEqual(index.position(-1), { line: 0, character: 0 });
  });

  test('and offsets are each other’s way back', () => {
    const text = '\uFEFFa\n\nü😀: x\r\n';
    const index = new LineIndex(text);
    for (let offset = 0; offset <= text.length; offset++)
      assert.equal(index.offset(index.position(offset)), offset);
    assert.equal(index.offset({ line: 0, character: 99 }), 2);
    assert.equal(index.offset({ line: 99, character: 0 }), text.length);
  });

  test('non-ASCII text before a node does not move it', () => {
    const text = 'a: "😀é", # ü\nb: ñ\n'.replace(',', ' ');
    const parsed = parseText(text);
    assert.deepEqual(parsed.problems, []);
    const node = nodeAtPath(parsed, '/b' as YamlPath);
    assert.equal(text.slice(node?.start, node?.end), 'ñ');
  });
});
