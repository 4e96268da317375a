/**
 * Writes l10n/bundle.l10n.json, the texts of the client that a translation replaces: every `l10n.t('…')` in client/.
 * `--check` writes nothing and fails when the file is not what it would write. A translation is a file beside it,
 * `bundle.l10n.LANGUAGE.json`, and `package.nls.LANGUAGE.json` for what package.json says.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root } from './prepare-tree.mjs';

ensureInstalled();
const { default: ts } = await import('typescript');
const { globSync } = await import('tinyglobby');
const file = 'l10n/bundle.l10n.json';

/** @type {Set<string>} */
const texts = new Set();
for (const source of globSync('client/**/*.ts', { cwd: root }).sort()) collect(source);
const wanted = `${JSON.stringify(Object.fromEntries([...texts].sort().map((text) => [text, text])), undefined, 2)}\n`;
const full = path.join(root, file);
if (!process.argv.includes('--check')) {
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, wanted);
  console.log(`Wrote ${file} with ${String(texts.size)} texts.`);
} else if (!existsSync(full) || readFileSync(full, 'utf8').replaceAll('\r\n', '\n') !== wanted) {
  fail(`${file}:1: is out of date; run npm run generate`);
}

/** @param {string} source */
function collect(source) {
  const text = readFileSync(path.join(root, source), 'utf8');
  const tree = ts.createSourceFile(source, text, ts.ScriptTarget.Latest, true);
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.getText(tree) === 'l10n.t') {
      const [first] = node.arguments;
      // Anything else would be a text that no translation can know.
      if (!first || !ts.isStringLiteralLike(first)) {
        const { line } = tree.getLineAndCharacterOfPosition(node.getStart(tree));
        fail(`${source}:${String(line + 1)}: l10n.t takes its text as a literal`);
      }
      texts.add(first.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}
