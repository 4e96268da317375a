/** `npm run build`: the programs that ship, each one file in dist/; what is inside them goes to out/meta/. */
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root } from './prepare-tree.mjs';

/**
 * @typedef {object} Program
 * @property {string} entry
 * @property {string} [outfile] where it is not its name with `.cjs`
 * @property {string[]} [external]
 * @property {string} [shebang]
 * @property {boolean} [browser] runs in a worker of a browser, without Node
 */

/** @type {Record<string, Program>} */
const programs = {
  client: { entry: 'client/node/main.ts', external: ['vscode'] },
  server: { entry: 'server/node/main.ts' },
  installer: { entry: 'server/node/installer.ts' },
  cli: { entry: 'server/cli/main.ts', shebang: '#!/usr/bin/env node\n' },
  'client-browser': { entry: 'client/browser/main.ts', external: ['vscode'], browser: true },
  'server-browser': { entry: 'server/browser/main.ts', outfile: 'server-browser.js', browser: true },
};

/** Builds everything; throws when something doesn't build. esbuild prints what and where. */
export async function bundle() {
  const esbuild = await import('esbuild');
  for (const folder of ['dist', 'out/meta'])
    rmSync(path.join(root, folder), { recursive: true, force: true });
  mkdirSync(path.join(root, 'out/meta'), { recursive: true });
  const metafiles = await Promise.all(
    Object.entries(programs).map(async ([name, program]) => {
      const { entry, outfile = `${name}.cjs`, external = [] } = program;
      const { metafile } = await esbuild.build({
        absWorkingDir: root,
        entryPoints: [entry],
        outfile: `dist/${outfile}`,
        bundle: true,
        external,
        ...(program.browser === true ? inBrowser(name) : onNode(program)),
        minify: true,
        lineLimit: 200,
        legalComments: 'none',
        sourcemap: 'external',
        metafile: true,
        logLevel: 'warning',
      });
      writeFileSync(path.join(root, `out/meta/${name}.json`), JSON.stringify(metafile));
      return metafile;
    }),
  );
  chmodSync(path.join(root, 'dist/cli.cjs'), 0o755);
  const library = await readLibrary(esbuild);
  writeFileSync(path.join(root, 'dist/library.prepared'), library.prepared);
  writeFileSync(path.join(root, 'dist/library.json'), library.texts);
  writeFileSync(path.join(root, 'dist/THIRD-PARTY-NOTICES.txt'), notices(metafiles));
  return metafiles;
}

/**
 * @param {Program} program
 * @returns {import('esbuild').BuildOptions}
 */
function onNode({ shebang = '' }) {
  return {
    platform: 'node',
    target: 'node20.19',
    format: 'cjs',
    mainFields: ['module', 'main'],
    banner: {
      js: `${shebang}'use strict';const importMetaUrl = require('node:url').pathToFileURL(__filename).href;`,
    },
    define: {
      'import.meta.dirname': '__dirname',
      'import.meta.filename': '__filename',
      'import.meta.url': 'importMetaUrl',
    },
  };
}

/**
 * VS Code loads the extension as CommonJS in a browser as well; a worker is a script.
 * @param {string} name
 * @returns {import('esbuild').BuildOptions}
 */
function inBrowser(name) {
  return {
    platform: 'browser',
    target: 'es2022',
    format: name === 'client-browser' ? 'cjs' : 'iife',
    mainFields: ['browser', 'module', 'main'],
  };
}

/**
 * The documents that ship, in one piece for browsers, and as the engine has read them: reading them takes longer than everything
 * else that a program does when it starts.
 * @param {typeof import('esbuild')} esbuild
 * @returns {Promise<{texts: string, prepared: string}>}
 */
async function readLibrary(esbuild) {
  const program = path.join(root, 'out/prepare.mjs');
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['server/node/prepare.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    packages: 'external',
    logLevel: 'warning',
  });
  // By an address of its own, since this is made anew whenever the sources change.
  const { prepareFolder } = await import(`${pathToFileURL(program).href}?${String(Date.now())}`);
  return prepareFolder(path.join(root, 'examples/drug-administration'));
}

/** @param {import('esbuild').Metafile[]} metafiles */
function notices(metafiles) {
  const packages = new Set(
    metafiles
      .flatMap((meta) => Object.keys(meta.inputs))
      .map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0])
      .filter((folder) => folder !== undefined),
  );
  return [...packages]
    .sort()
    .map(noticeOf)
    .join(`\n${'-'.repeat(80)}\n\n`);
}

/** @param {string} folder of a package */
function noticeOf(folder) {
  const { name, version, license } = JSON.parse(
    readFileSync(path.join(root, folder, 'package.json'), 'utf8'),
  );
  const file = readdirSync(path.join(root, folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file ? readFileSync(path.join(root, folder, file), 'utf8').trim() : `Licence: ${license}`;
  return `${name} ${version} (${license})\n\n${text}\n`;
}

if (process.argv[1] === import.meta.filename) {
  ensureInstalled();
  const metafiles = await bundle();
  for (const [file, { bytes }] of metafiles.flatMap((meta) => Object.entries(meta.outputs))) {
    if (!file.endsWith('.map')) console.log(`${file}  ${(bytes / 1000).toFixed(0)} kB`);
  }
}
