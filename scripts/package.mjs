/** `npm run package`: the extension as coding-spec-<version>.vsix, and proof that nothing else is inside. */
import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root } from './prepare-tree.mjs';

/** Everything a .vsix may hold. vsce adds the first two and renames three of ours. */
const allowed = [
  /^extension\.vsixmanifest$/,
  /^\[Content_Types\]\.xml$/,
  /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt)$/,
  /^extension\/dist\/((client|server|installer|cli)\.cjs|THIRD-PARTY-NOTICES\.txt)$/,
  /^extension\/schemas\/[a-z]+\.schema\.json$/,
  /^extension\/examples\/.+\.(yaml|md)$/,
  /^extension\/docs\/images\/[a-z-]+\.png$/,
  /^extension\/(syntaxes|media)\/[^/]+\.(json|png|svg)$/,
];
const required = ['client.cjs', 'server.cjs', 'installer.cjs', 'cli.cjs'].map(
  (name) => `extension/dist/${name}`,
);

ensureInstalled();
await (await import('./bundle.mjs')).bundle();
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const name = `coding-spec-${version}.vsix`;
rmSync(path.join(root, name), { force: true });
const { createVSIX } = await import('@vscode/vsce');
await createVSIX({
  cwd: root,
  packagePath: path.join(root, name),
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});

const entries = zipEntries(readFileSync(path.join(root, name)));
for (const { file, bytes } of entries) console.log(`${String(bytes).padStart(9)}  ${file}`);
const strangers = entries.filter(({ file }) => !allowed.some((pattern) => pattern.test(file)));
const missing = required.filter((file) => !entries.some((entry) => entry.file === file));
if (strangers.length > 0 || missing.length > 0) {
  for (const { file } of strangers)
    console.error(`${name}: ${file} is not on the allow-list of scripts/package.mjs.`);
  for (const file of missing) console.error(`${name}: ${file} is missing.`);
  process.exit(1);
}
console.log(
  `${name}: ${String(entries.length)} files, ${(statSync(path.join(root, name)).size / 1000).toFixed(0)} kB`,
);

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
