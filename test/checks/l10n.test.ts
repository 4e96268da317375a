/** Texts for people in VS Code can be translated: none is missing from the files that translations replace, and none is left over. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { globSync } from 'tinyglobby';
import ts from 'typescript';
import { expectSuccess, root } from './support.ts';

const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as Readonly<Record<string, unknown>>;

/** Every text in a value, with the way to it. */
function textsIn(value: unknown, at = ''): { readonly at: string; readonly text: string }[] {
  if (typeof value === 'string') return [{ at, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => textsIn(child, at === '' ? key : `${at}.${key}`));
}

describe('package.json', () => {
  const keyOf = (text: string): string | undefined => /^%(.+)%$/.exec(text)?.[1];
  const texts = textsIn(manifest);
  const used = texts.flatMap(({ text }) => keyOf(text) ?? []);
  const known = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;

  test('package.nls.json has every key, and no other', () => {
    assert.deepEqual([...new Set(used)].sort(), Object.keys(known).sort());
  });

  test('what people read there stands in package.nls.json', () => {
    const shown =
      /^(displayName|description)$|^(contributes|capabilities)\..*\b(title|category|altText|(markdown)?([dD]eprecationM|[dD]escription)\w*|(markdown)?[eE]numDescriptions\.\d+)$/;
    const plain = texts.filter(({ at, text }) => shown.test(at) && keyOf(text) === undefined);
    assert.deepEqual(plain, []);
    assert.ok(texts.filter(({ at }) => shown.test(at)).length > 40, 'there is something to look at');
  });

  test('the walkthrough shows files that are there, with words for those who do not see them', () => {
    interface Step {
      readonly media: { readonly image?: string; readonly altText?: string; readonly markdown?: string };
    }
    const { walkthroughs } = manifest['contributes'] as {
      readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
    };
    const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    assert.ok(steps.length > 4);
    for (const { media } of steps) {
      const file = media.image ?? media.markdown ?? '';
      assert.ok(existsSync(path.join(root, file)), file);
      assert.equal(media.altText !== undefined, media.image !== undefined, file);
    }
  });

  test('the walkthrough has no code in its descriptions, which VS Code would show with its backticks', () => {
    const steps = Object.entries(known).filter(([key]) => key.startsWith('walkthrough.'));
    assert.deepEqual(
      steps.filter(([, text]) => text.includes('`')),
      [],
    );
  });

  test('the commands that the texts run are ours, or known ones of VS Code', () => {
    const { commands } = manifest['contributes'] as {
      readonly commands: readonly { readonly command: string }[];
    };
    const ours = new Set(commands.map(({ command }) => command));
    const theirs = new Set([
      'workbench.action.openSettings',
      'workbench.view.testing.focus',
      'testing.coverageAll',
    ]);
    const run = Object.values(known).flatMap((text) =>
      [...text.matchAll(/\(command:([\w.]+)/g)].map(([, id]) => id ?? ''),
    );
    assert.ok(run.length > 5);
    assert.deepEqual(
      run.filter((id) => !ours.has(id) && !theirs.has(id)),
      [],
    );
  });
});

describe('the client', () => {
  test('l10n/bundle.l10n.json is what the sources say', async () => {
    await expectSuccess('scripts/l10n.mjs', ['--check'], 'npm run check:generated finds:');
  });

  test('what it shows goes through l10n.t', () => {
    // What is built of the server's answers stays in the server's language: see docs/decisions.
    const sources = globSync('client/**/*.ts', { cwd: root }).filter((file) =>
      / from 'vscode';/.test(read(file)),
    );
    assert.ok(sources.length > 10);
    assert.deepEqual(
      sources.sort().flatMap((file) => untranslated(file, read(file))),
      [],
    );
  });

  const planted: readonly (readonly [string, number])[] = [
    ["window.showErrorMessage('It went wrong.');", 1],
    ['window.showErrorMessage(`${name} went wrong.`);', 1],
    ["window.showQuickPick(items, { title: 'Pick', placeHolder: l10n.t('Which one?') });", 1],
    ["const item = { label: '$(folder) Here', detail: 'There' };", 2],
    ["window.showErrorMessage(l10n.t('It went wrong: {0}', 'File name'));", 0],
    ["log.error('The server did not start', 'Some words'); throw new Error('Not a thing');", 0],
    ["item.text = '$(error) Coding Spec'; const key = { label: 'FY2027', command: 'a.b' };", 0],
  ];
  for (const [text, many] of planted)
    test(`finds ${String(many)} in ${text}`, () => {
      assert.equal(untranslated('x.ts', text).length, many);
    });
});

/** Names of ours, and forms to fill in, which are the same in every language. */
const SAME = /^(Coding Spec|YYYY-MM-DD|FY2027|https:\/\/)?$/;
const SHOWN = new Set([
  'title',
  'label',
  'detail',
  'prompt',
  'placeHolder',
  'description',
  'openLabel',
  'tooltip',
]);

/** Literals that people read: sentences, and what stands under a key that is shown. */
function untranslated(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isThrowStatement(node)) return;
    if (ts.isCallExpression(node) && /^l10n\.t$|[lL]og\.\w+$/.test(node.expression.getText(source))) return;
    const words = wordsOf(node)
      .replace(/\$\([\w~-]+\)/g, '')
      .trim();
    const isShown =
      ts.isPropertyAssignment(node.parent) &&
      node.parent.initializer === node &&
      SHOWN.has(node.parent.name.getText(source)) &&
      /^[A-Z]/.test(words);
    if (!SAME.test(words) && (isShown || /[A-Za-z]{2,} [a-z]{2,}/.test(words)))
      found.push(`${file}: ${words}`);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(source, visit);
  return found;
}

function wordsOf(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node) ? node.text : '';
}
