/** `publish`: every fact of a specification is in its article, and no text of it can break the Markdown or the page. */
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { globSync } from 'tinyglobby';
import { parse as readYaml, stringify } from 'yaml';
import { fileId, pathSteps } from '../../server/core/base/origin.ts';
import { renderHtml } from '../../server/core/features/article-html.ts';
import { renderMarkdown } from '../../server/core/features/article-markdown.ts';
import { articleOf, type Article } from '../../server/core/features/article.ts';
import { bandsOf } from '../../server/core/features/shared/article-bands.ts';
import { paragraphsOf, webAddress } from '../../server/core/features/shared/article-text.ts';
import { unitsFor, type Threshold } from '../../server/core/rules/threshold.ts';
import type { YamlNode } from '../../server/core/yaml/node.ts';
import { parse, type ParsedDocument } from '../../server/core/yaml/parse.ts';
import { splitStream } from '../../server/core/yaml/stream.ts';
import { root } from '../checks/support.ts';

/** Every specification of the examples, by its file and, where there are several in it, its number. */
const SPECS = globSync('examples/**/*.spec.yaml', { cwd: root })
  .sort()
  .flatMap((file) => {
    const documents = read(file).split(/^---$/m);
    return documents.map((text, i) => ({
      name: documents.length > 1 ? `${file}, document ${String(i + 1)}` : file,
      text,
    }));
  });
function read(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

const EXAMPLE = 'examples/drug-administration/specs/cpt-96365.spec.yaml';

function parsed(text: string): ParsedDocument {
  const [document] = splitStream(fileId('a.spec.yaml'), text).documents;
  assert.ok(document);
  return parse(document);
}

function article(text: string): Article {
  const found = articleOf(parsed(text));
  assert.ok(found, 'the document has an article');
  return found;
}

/** What a reader of the rendered Markdown sees of its text, and of its addresses. */
const markdownText = (markdown: string): string =>
  markdown.replace(/<br>/g, ' ').replace(/\\([!-/:-@[-`{|}~])/g, '$1');

/** What a reader of the page sees of its text, and of its addresses. */
const htmlText = (html: string): string =>
  unescape(
    html
      .replace(/<style>[\s\S]*?<\/style>/, '')
      .replace(/ href="([^"]*)"/g, '>$1<a')
      .replace(/<[^>]*>/g, ' '),
  ).replace(/\s+/g, ' ');

const unescape = (text: string): string =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');

interface Leaf {
  readonly path: string;
  readonly text: string;
}

function leaves(node: YamlNode | undefined): Leaf[] {
  if (!node) return [];
  if (node.kind === 'map') return node.entries.flatMap(({ value }) => leaves(value));
  if (node.kind === 'seq') return node.items.flatMap(leaves);
  return [{ path: node.path, text: node.text }];
}

/** Keys whose values the article puts into words of its own. */
const IN_WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  kind: { disputed: 'Disputed', hedged: 'Hedged', 'not-stated': 'Not stated' },
  repeats: { true: 'gives more units', false: 'no further unit' },
};

function expectedTexts({ path: at, text }: Leaf): readonly string[] {
  const steps = pathSteps(at as Parameters<typeof pathSteps>[0]);
  if (steps.includes('when')) return [];
  const words = IN_WORDS[steps.at(-1) ?? '']?.[text];
  return words === undefined ? paragraphsOf(text) : [words];
}

/** Markdown encodes the signs that would end an address. */
const includes = (markdown: string, text: string): boolean =>
  markdown.includes(text) || markdown.includes(text.replaceAll('(', '%28').replaceAll(')', '%29'));

describe('every fact of the document is in the article', () => {
  assert.ok(SPECS.length >= 6, 'the examples have specifications');
  for (const { name, text: source } of SPECS) {
    test(name, () => {
      const document = parsed(source);
      assert.deepEqual(document.problems, []);
      const own = article(source);
      const markdown = markdownText(renderMarkdown(own));
      const html = htmlText(renderHtml(own));
      const missing = leaves(document.root).flatMap((leaf) =>
        expectedTexts(leaf)
          .filter((text) => !includes(markdown, text) || !html.includes(text))
          .map((text) => `${leaf.path}: ${text}`),
      );
      assert.deepEqual(missing, []);
    });

    test(`${name}: each at its own place`, () => {
      const marks: string[] = [];
      const marked = replaceLeaves(readYaml(source), (_, steps) => {
        if (!isFreeText(steps)) return undefined;
        marks.push(`mark${String(marks.length)}end`);
        return marks.at(-1);
      });
      const own = article(stringify(marked));
      const [markdown, html] = [renderMarkdown(own), renderHtml(own)];
      assert.ok(marks.length > 3);
      assert.deepEqual(
        marks.filter((mark) => !markdown.includes(mark) || !html.includes(mark)),
        [],
      );
    });
  }
});

type Replacement = (text: string, steps: readonly string[]) => string | undefined;

/** The same data with other texts; `undefined` keeps a text. */
function replaceLeaves(value: unknown, replace: Replacement, steps: readonly string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceLeaves(item, replace, steps));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, child]) => [key, replaceLeaves(child, replace, [...steps, key])]),
    );
  }
  return typeof value === 'string' ? (replace(value, steps) ?? value) : value;
}

/** Whether a text is neither computed with nor one of a list of words. */
function isFreeText(steps: readonly string[]): boolean {
  const last = steps.at(-1) ?? '';
  if (steps.includes('when') || steps.includes('reports')) return false;
  return !['at_least', 'more_than', 'at_most', 'covers', 'kind', 'url', 'per'].includes(last);
}

test('the Markdown of the article is as it was', () => {
  const golden = path.join(root, 'test/core/golden/cpt-96365.md');
  const markdown = renderMarkdown(article(read(EXAMPLE)));
  if (process.env['UPDATE'] === '1') {
    assert.ok(process.env['CI'] === undefined, 'golden files are not rewritten in CI');
    mkdirSync(path.dirname(golden), { recursive: true });
    writeFileSync(golden, markdown);
  }
  const advice = 'UPDATE=1 npm test -- core/article rewrites it';
  assert.equal(markdown, readFileSync(golden, 'utf8').replace(/\r\n/g, '\n'), advice);
});

describe('no text of the document is taken for markup', () => {
  const nasty = [
    '# heading',
    '- item',
    '12. item',
    '> quote',
    '| a | b |',
    '---',
    '```js',
    '`code` and ``more``',
    '**bold** _it_ ~~gone~~ __x__',
    '[link](javascript:alert(1)) ![x](y) [ref]',
    '<script>alert(1)</script> <b onclick="x">',
    '"quoted" \'single\' & &lt; &copy; &#35;',
    'back\\slash \\| \\',
    '--> ]]> </style> </title> </td></table>',
    '    indented\tcode',
    '***',
    '# # #',
    '$x$ {{x}} {% x %}',
    'a\u0000b\u0007\u200b\ud800c',
    'one\n\n\ntwo\n# three\n| four |',
  ];

  const template = readYaml(read(EXAMPLE)) as unknown;
  const filled = (text: string): Article =>
    article(stringify(replaceLeaves(template, (_, steps) => (isFreeText(steps) ? text : undefined))));
  const plain = filled('plain');

  for (const text of nasty) {
    const same = filled(
      paragraphsOf(text)
        .map(() => 'plain')
        .join('\n\n'),
    );
    test(JSON.stringify(text), () => {
      assert.deepEqual(markdownShape(renderMarkdown(filled(text))), markdownShape(renderMarkdown(same)));
      const html = renderHtml(filled(text));
      assertWellFormed(html);
      assert.deepEqual(tags(html), tags(renderHtml(same)));
      assert.ok(!htmlText(html).includes('\u0000'));
    });
  }

  test('and it is all there', () => {
    for (const text of nasty.slice(0, -2)) {
      for (const paragraph of paragraphsOf(text)) {
        assert.ok(htmlText(renderHtml(filled(text))).includes(paragraph), paragraph);
        assert.ok(markdownText(renderMarkdown(filled(text))).includes(paragraph), paragraph);
      }
    }
    assert.ok(renderMarkdown(plain).includes('plain'));
  });

  /** What each line is, by the signs that mean something: how it begins, and what is left when its text is taken away. */
  function markdownShape(markdown: string): string[] {
    return markdown.split('\n').map((line) => {
      const bare = withoutCode(line).replace(/&(?!#?[A-Za-z0-9]+;)/g, 'x');
      const start =
        /^\s*(?:#{1,6} |(?:>|[-+*] |\d+\. )?\s*(?:[-+](?= |$)|\d+[.)](?= |$)|#|>)?)/.exec(bare)?.[0] ?? '';
      return start + bare.slice(start.length).replace(/(?<=\w)_(?=\w)|<br>|[^`*_[\]<|~&\\]/g, '');
    });
  }

  /** The line with a letter for each escaped sign and for each code span. */
  function withoutCode(line: string): string {
    let bare = '';
    for (let at = 0; at < line.length; at++) {
      const fence = /^`+/.exec(line.slice(at))?.[0];
      const end = fence && new RegExp(`(?<!\`)${fence}(?!\`)`).exec(line.slice(at + fence.length));
      if (fence && end) at += fence.length * 2 + end.index - 1;
      else if (line[at] === '\\' && /^[!-/:-@[-`{|}~]/.test(line.slice(at + 1))) at++;
      else if (fence) at += fence.length - 1;
      else {
        bare += line[at] ?? '';
        continue;
      }
      bare += fence && !end ? fence : 'x';
    }
    return bare;
  }
});

describe('addresses', () => {
  const withUrl = (url: string): Article =>
    article(stringify({ spec: '12345', title: 'x', sources: [{ title: 'A source', url }] }));

  test('http and https become links', () => {
    const own = withUrl('https://example.org/a?b=1&copy;=2&c=(d)[e]|f');
    assert.match(
      renderMarkdown(own),
      /\[A source\]\(https:\/\/example\.org\/a\?b=1&amp;copy;=2&c=%28d%29%5Be%5D%7Cf\)/,
    );
    assert.match(
      renderHtml(own),
      /<a href="https:\/\/example\.org\/a\?b=1&amp;copy;=2&amp;c=\(d\)\[e\]\|f" rel="noopener noreferrer">A source<\/a>/,
    );
  });

  for (const url of [
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '//example.org',
    'https://a b',
    'https:',
  ]) {
    test(`${url} stays text`, () => {
      assert.equal(webAddress(url), undefined);
      assert.ok(!renderMarkdown(withUrl(url)).includes(']('));
      assert.ok(!renderHtml(withUrl(url)).includes('rel="noopener'));
      assert.ok(htmlText(renderHtml(withUrl(url))).includes(url.trim()));
    });
  }
});

describe('the page', () => {
  for (const { name: own, text: source } of SPECS) {
    test(`${own}: well formed, and needs nothing but itself`, () => {
      const html = renderHtml(article(source));
      assertWellFormed(html);
      const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      assert.equal(new Set(ids).size, ids.length, 'ids are unique');
      const anchors = [...html.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id);
      assert.deepEqual(
        anchors.filter((id) => !ids.includes(id)),
        [],
      );
      assert.ok(anchors.length > 2);
      assert.doesNotMatch(html, /<(script|link|img|iframe|object|embed|base|form|svg)\b/i);
      assert.doesNotMatch(html, /\s(src|srcset|action|on\w+|style)=|url\(|@import/i);
      assert.match(html, /^<!DOCTYPE html>\n<html lang="en">/);
      assert.match(html, /<title>[^<]+<\/title>/);
      assert.match(
        html,
        /<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;/,
      );
      for (const name of ['charset="utf-8"', 'name="viewport"', 'name="generator"'])
        assert.ok(html.includes(`<meta ${name}`), name);
      for (const rule of ['prefers-color-scheme: dark', '@media print']) assert.ok(html.includes(rule), rule);
      assert.equal(count(html, '<table>'), count(html, '<caption>'));
    });
  }

  test('the check of well-formedness finds what is wrong', () => {
    for (const wrong of ['<p>', '<p><b></p></b>', '</p>', '<p>a < b</p>', '<p a=b>x</p>', '<p>a & b</p>'])
      assert.throws(() => {
        assertWellFormed(wrong);
      }, wrong);
  });
});

const count = (text: string, part: string): number => text.split(part).length - 1;

const VOID = new Set(['meta', 'br']);
const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>/g;

const tags = (html: string): string[] =>
  [...html.matchAll(TAG)].map(([, end, name]) => `${end ?? ''}${name ?? ''}`);

/** Every tag is closed in its turn, every attribute quoted, and every other `<`, `>` and `&` written as an entity. */
function assertWellFormed(html: string): void {
  const body = html.replace(/<style>[\s\S]*?<\/style>/, '').replace(/^<!DOCTYPE html>/, '');
  const open: string[] = [];
  for (const tag of tags(body)) {
    if (VOID.has(tag)) continue;
    if (!tag.startsWith('/')) open.push(tag);
    else assert.equal(`/${open.pop() ?? ''}`, tag);
  }
  assert.deepEqual(open, []);
  assert.doesNotMatch(body.replace(TAG, ''), /[<>]/);
  assert.doesNotMatch(body, /&(?!(?:amp|lt|gt|quot|#39);)/);
}

describe('units worked out from thresholds', () => {
  const threshold = (bounds: Partial<Threshold>): Threshold =>
    ({
      measure: 'minutes',
      unit: 'min',
      atLeast: undefined,
      moreThan: undefined,
      atMost: undefined,
      covers: undefined,
      repeats: false,
      ...bounds,
    }) as Threshold;
  const shown = (bounds: Partial<Threshold>): string =>
    bandsOf(threshold(bounds))
      .bands.map(({ amounts, units }) => `${amounts}: ${String(units)}`)
      .join('; ');

  test('in whole minutes', () => {
    assert.equal(shown({ atLeast: 16, covers: 60 }), '0–15: 0; 16 or more: 1');
    assert.equal(
      shown({ atLeast: 31, covers: 60, repeats: true }),
      '0–30: 0; 31–90: 1; 91–150: 2; 151–210: 3',
    );
    assert.equal(
      shown({ moreThan: 30, covers: 60, repeats: true }),
      '0–30: 0; 31–90: 1; 91–150: 2; 151–210: 3',
    );
    assert.equal(shown({ atLeast: 16, atMost: 90 }), '0–15: 0; 16–90: 1; 91 or more: 0');
    assert.equal(shown({ covers: 15, repeats: true }), '0: 0; 1–15: 1; 16–30: 2; 31–45: 3');
    assert.equal(shown({ atLeast: 1000, covers: 1, repeats: true }), '');
  });

  test('in other measures', () => {
    const bounds = { measure: 'mg', unit: 'mg', covers: 2, repeats: true } as const;
    assert.equal(
      shown({ ...bounds, atLeast: 1 }),
      'less than 1 mg: 0; at least 1 mg, less than 3 mg: 1; at least 3 mg, less than 5 mg: 2; at least 5 mg, less than 7 mg: 3',
    );
    assert.equal(
      shown({ ...bounds, covers: 10, repeats: false, moreThan: 5 }),
      'at most 5 mg: 0; more than 5 mg: 1',
    );
  });

  test('as billing counts them, minute by minute', () => {
    const some = [undefined, 1, 7, 7.5, 8, 16, 31, 60];
    for (const atLeast of some)
      for (const moreThan of [undefined, 0, 7.5, 30])
        for (const atMost of [undefined, 90])
          for (const covers of [undefined, 15, 22.5, 60])
            for (const repeats of [true, false]) {
              const own = threshold({ atLeast, moreThan, atMost, covers, repeats });
              for (const { amounts, units } of bandsOf(own).bands) {
                const [from = 0, to = from + (amounts.endsWith('more') ? 500 : 0)] = [
                  ...amounts.matchAll(/\d+/g),
                ].map(Number);
                for (let minutes = from; minutes <= to; minutes++)
                  assert.equal(
                    unitsFor(own, minutes),
                    units,
                    `${JSON.stringify(own)} ${amounts} ${String(minutes)}`,
                  );
              }
            }
  });
});

describe('documents that are not whole', () => {
  test('without a code there is no article', () => {
    for (const text of ['', '# nothing', 'family: x', 'spec:', '- spec: x', 'spec: [a]', 'just text'])
      assert.equal(articleOf(parsed(text)), undefined);
  });

  test('a code alone is an article', () => {
    const own = article('spec: "12345"');
    assert.equal(own.title, '12345');
    assert.match(renderMarkdown(own), /^# 12345\n\n[\s\S]+\n$/);
    assertWellFormed(renderHtml(own));
  });

  test('broken off anywhere, or with wrong shapes, it is published as far as it goes', () => {
    const text = read(EXAMPLE);
    for (let end = 20; end < text.length; end += 331)
      assertWellFormed(renderHtml(article(text.slice(0, end))));
    const shapes = ['x', [], {}, [1, null, ['a']], { a: { b: 'c' } }, null, 3, true];
    const keys = Object.keys(readYaml(text) as object).filter((key) => key !== 'spec');
    for (const shape of shapes) {
      const own = article(
        stringify({ spec: '12345', ...Object.fromEntries(keys.map((key) => [key, shape])) }),
      );
      assertWellFormed(renderHtml(own));
      assert.ok(renderMarkdown(own).endsWith('\n'));
    }
  });

  test('what is described only says so', () => {
    assert.match(renderMarkdown(article('spec: "12345"')), /describes the code and does not compute it/);
    assert.match(renderMarkdown(article('spec: "12345"\nreports: {as: initial}')), /cannot be read/);
  });
});
