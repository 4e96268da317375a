/**
 * `npm run package`: the extension as coding-spec-<version>.vsix, and proof that nothing else is inside.
 *
 *   npm run package -- --with-codes DIR   with the installed releases of code sets that lie in DIR, in dist/codes
 *   npm run package -- --out FILE         another name
 *   npm run package -- --no-build         of dist/ as it is
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureInstalled, root } from './prepare-tree.mjs';

/** Everything a .vsix may hold. vsce adds the first two and renames three of ours. */
const allowed = [
  /^extension\.vsixmanifest$/,
  /^\[Content_Types\]\.xml$/,
  /^extension\/(package(\.nls(\.[a-z-]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/dist\/((client|client-browser|server|installer|cli)\.cjs|server-browser\.js)$/,
  /^extension\/dist\/(library\.(prepared|json)|THIRD-PARTY-NOTICES\.txt)$/,
  /^extension\/dist\/codes\/[A-Za-z0-9._-]+\.(codes|table)$/,
  /^extension\/schemas\/[a-z]+\.schema\.json$/,
  /^extension\/examples\/.+\.(yaml|md|codes\.csv)$/,
  /^extension\/docs\/(images\/[a-z-]+\.png|diagnostics\.md)$/,
  /^extension\/l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
  /^extension\/media\/([a-z-]+\.(png|md|json)|document\.svg|coding-spec\.tmLanguage\.json)$/,
];
const required = [
  ...[
    'client.cjs',
    'server.cjs',
    'installer.cjs',
    'cli.cjs',
    'client-browser.cjs',
    'server-browser.js',
    'library.prepared',
    'library.json',
  ].map((name) => `dist/${name}`),
  'package.nls.json',
  'docs/diagnostics.md',
  'l10n/bundle.l10n.json',
  'examples/getting-started/encounters/1-first-visit.encounter.yaml',
  ...shownFiles(),
].map((name) => `extension/${name}`);
/** What .vscodeignore chooses from. */
const sources = [
  '.vscodeignore',
  'package.json',
  'package.nls.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'dist',
  'schemas',
  'examples',
  'docs/images',
  'docs/diagnostics.md',
  'l10n',
  'media',
];

ensureInstalled();
const { options, codes } = readArguments();
if (!options['no-build']) await (await import('./bundle.mjs')).bundle();
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const file = path.resolve(options.out ?? path.join(root, `coding-spec-${version}.vsix`));
const name = path.basename(file);
rmSync(file, { force: true });
const releases = codes === undefined ? [] : checkedReleases(codes);
const place = stage();
try {
  for (const release of releases) cpSync(release, path.join(place, 'dist/codes', path.basename(release)));
  const { createVSIX } = await import('@vscode/vsce');
  await createVSIX({
    cwd: place,
    packagePath: file,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
} finally {
  rmSync(place, { recursive: true, force: true });
}

const entries = zipEntries(readFileSync(file));
for (const { file: entry, bytes } of entries) console.log(`${String(bytes).padStart(9)}  ${entry}`);
const strangers = entries.filter(({ file: entry }) => !allowed.some((pattern) => pattern.test(entry)));
const missing = required.filter((wanted) => !entries.some((entry) => entry.file === wanted));
if (strangers.length > 0 || missing.length > 0) {
  for (const { file: entry } of strangers)
    console.error(`${name}: ${entry} is not on the allow-list of scripts/package.mjs.`);
  for (const wanted of missing) console.error(`${name}: ${wanted} is missing.`);
  process.exit(1);
}
const embedded = entries.filter(({ file: entry }) => entry.startsWith('extension/dist/codes/'));
if (embedded.length > 0)
  console.log(`${name}: code sets ${size(embedded.reduce((sum, { bytes }) => sum + bytes, 0))} unpacked`);
console.log(`${name}: ${String(entries.length)} files, ${size(statSync(file).size)}`);

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        'with-codes': { type: 'string' },
        out: { type: 'string' },
        'no-build': { type: 'boolean', default: false },
      },
    });
    return { options: values, codes: values['with-codes'] };
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** A copy of what ships, so that dist/ stays as it was built. */
function stage() {
  mkdirSync(path.join(root, 'out'), { recursive: true });
  const place = mkdtempSync(path.join(root, 'out/package-'));
  for (const source of sources) {
    const from = path.join(root, source);
    if (existsSync(from))
      cpSync(from, path.join(place, source), { recursive: true, filter: (each) => !each.endsWith('.map') });
  }
  return place;
}

/**
 * The releases of a folder, each looked at from its first row to its last. Both programs read them where they are put, beside them.
 * @param {string} folder
 */
function checkedReleases(folder) {
  const names = existsSync(folder)
    ? readdirSync(folder).filter((entry) => /[.](?:codes|table)$/.test(entry))
    : [];
  if (names.length === 0)
    fail(
      `${folder}: no release of a code set lies here; put some there with: coding-spec codes install FILE --folder ${folder}`,
    );
  const cli = path.join(root, 'dist/cli.cjs');
  const { status, error } = spawnSync(process.execPath, [cli, 'codes', 'verify', '--folder', folder], {
    stdio: 'inherit',
  });
  if (status !== 0) fail(error?.message ?? `${folder}: not every release is fine, so none is packaged.`);
  return names.map((entry) => path.join(folder, entry));
}

/** What package.json and the README show: the icon, the media of the walkthrough, pictures. */
function shownFiles() {
  const { icon, contributes } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  /** @type {{steps: {media: {image?: string, markdown?: string}}[]}[]} */
  const walkthroughs = contributes.walkthroughs;
  const media = walkthroughs.flatMap(({ steps }) => steps.map(({ media: own }) => own.image ?? own.markdown));
  const pictures = readFileSync(path.join(root, 'README.md'), 'utf8').matchAll(/!\[[^\]]*\]\(([^)]+)\)/g);
  return [icon, ...media, ...[...pictures].map(([, file]) => file)];
}

/** @param {number} bytes */
function size(bytes) {
  return `${(bytes / 1000).toFixed(0)} kB`;
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}

/**
 * The names in a zip file's central directory.
 * @param {Buffer} zip
 */
function zipEntries(zip) {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const entries = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = zip.readUInt16LE(at + 28);
    entries.push({
      file: zip.toString('utf8', at + 46, at + 46 + nameLength),
      bytes: zip.readUInt32LE(at + 24),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries.filter(({ file }) => !file.endsWith('/'));
}
