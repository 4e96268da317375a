/** `npm start`: from a fresh clone to the billing lines of the article's patient and to the published answers. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, root } from './prepare-tree.mjs';

const encounter = 'examples/drug-administration/encounters/article.encounter.yaml';
const library = 'examples/drug-administration';

ensureInstalled();
const { bundle } = await import('./bundle.mjs');
await bundle();
const { default: color } = await import('picocolors');

show('The patient of the article', 'what the specifications bill, and why', ['bill', encounter]);
show('Published answers', 'how the library agrees with them, by source and by code', ['test', library]);

/**
 * @param {string} title
 * @param {string} about
 * @param {string[]} args of the command line
 */
function show(title, about, args) {
  console.log(`\n${color.bold(title)}: ${about}.`);
  console.log(color.dim(`$ node dist/cli.cjs ${args.join(' ')}\n`));
  const { status, error } = spawnSync(process.execPath, [path.join('dist', 'cli.cjs'), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 2);
}

console.log(`
${color.bold('What to try next')}
  node dist/cli.cjs explain ${encounter}
  node dist/cli.cjs compare ${encounter} --to html --out out/compare
  node dist/cli.cjs check examples
  node dist/cli.cjs publish examples/drug-administration/specs --to html --out out/articles
  npm run package    the extension as a .vsix: install it, open examples/ in VS Code, and change a time
  npm test           everything this project promises, checked`);
