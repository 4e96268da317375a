/** `npm run build`: the programs that ship, each one file in dist/; what is inside them goes to out/meta/. */
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, root } from './prepare-tree.mjs';

/** @type {Record<string, {entry: string, external?: string[], shebang?: string}>} */
const programs = {
  client: { entry: 'client/main.ts', external: ['vscode'] },
  server: { entry: 'server/node/main.ts' },
  installer: { entry: 'server/node/installer.ts' },
  cli: { entry: 'server/cli/main.ts', shebang: '#!/usr/bin/env node\n' },
};

/** Builds everything; throws when something doesn't build. esbuild prints what and where. */
export async function bundle() {
  const esbuild = await import('esbuild');
  for (const folder of ['dist', 'out/meta'])
    rmSync(path.join(root, folder), { recursive: true, force: true });
  mkdirSync(path.join(root, 'out/meta'), { recursive: true });
  const metafiles = await Promise.all(
    Object.entries(programs).map(async ([name, { entry, external = [], shebang = '' }]) => {
      const { metafile } = await esbuild.build({
        absWorkingDir: root,
        entryPoints: [entry],
        outfile: `dist/${name}.cjs`,
        bundle: true,
        platform: 'node',
        target: 'node20.19',
        format: 'cjs',
        mainFields: ['module', 'main'],
        external,
        banner: {
          js: `${shebang}'use strict';const importMetaUrl = require('node:url').pathToFileURL(__filename).href;`,
        },
        define: {
          'import.meta.dirname': '__dirname',
          'import.meta.filename': '__filename',
          'import.meta.url': 'importMetaUrl',
        },
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
  writeFileSync(path.join(root, 'dist/library.prepared'), await preparedLibrary(esbuild));
  writeFileSync(path.join(root, 'dist/THIRD-PARTY-NOTICES.txt'), notices(metafiles));
  return metafiles;
}

/**
 * The documents that ship, as the engine has read them: reading them takes longer than everything else that a program does
 * when it starts.
 * @param {typeof import('esbuild')} esbuild
 * @returns {Promise<string>}
 */
async function preparedLibrary(esbuild) {
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
