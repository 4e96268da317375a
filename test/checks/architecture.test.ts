import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type ICruiseResult } from 'dependency-cruiser';
import config from '../../.dependency-cruiser.mjs';
import { expectSuccess, root, run } from './support.ts';

const depcruise = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';
const settings = path.join(root, '.dependency-cruiser.mjs');

/** The rooms of core that each room must not import. Written out, so that loosening the rules shows here. */
const forbiddenRooms = {
  base: [
    'yaml',
    'schema',
    'codes',
    'encounter',
    'rules',
    'billing',
    'names',
    'workspace',
    'diagnostics',
    'features',
  ],
  yaml: ['schema', 'codes', 'encounter', 'rules', 'billing', 'names', 'workspace', 'diagnostics', 'features'],
  schema: ['codes', 'encounter', 'rules', 'billing', 'names', 'workspace', 'diagnostics', 'features'],
  codes: ['yaml', 'schema', 'encounter', 'rules', 'billing', 'names', 'workspace', 'diagnostics', 'features'],
  encounter: ['schema', 'rules', 'billing', 'names', 'workspace', 'diagnostics', 'features'],
  rules: ['schema', 'billing', 'names', 'workspace', 'diagnostics', 'features'],
  billing: ['yaml', 'schema', 'names', 'workspace', 'diagnostics', 'features'],
  names: ['billing', 'workspace', 'diagnostics', 'features'],
  workspace: ['diagnostics', 'features'],
  diagnostics: ['names', 'features'],
  features: [],
};
const rooms = Object.keys(forbiddenRooms);

/** The packages each folder must not import, from those that some other folder may. */
const forbiddenPackages: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    rooms.map((room) => [`server/core/${room}`, ['yaml', 'ajv', 'vscode-uri', 'tinyglobby']]),
  ),
  'server/core/yaml': ['ajv', 'vscode-uri', 'tinyglobby'],
  'server/core/schema': ['yaml', 'vscode-uri', 'tinyglobby'],
  'server/codes': ['yaml', 'ajv', 'tinyglobby'],
  'server/protocol': ['yaml', 'vscode-languageserver'],
  'server/lsp': ['yaml', 'commander', 'tinyglobby', 'vscode-languageclient'],
  'server/node': ['yaml', 'commander', 'tinyglobby', 'vscode-languageclient'],
  'server/browser': ['yaml', 'commander', 'tinyglobby', 'vscode-uri', 'vscode-languageclient'],
  'server/virtual': ['yaml', 'commander', 'tinyglobby', 'vscode-languageclient'],
  'server/files': ['yaml', 'commander', 'vscode-uri'],
  'server/cli': ['yaml', 'ajv', 'vscode-uri'],
  client: ['yaml', 'vscode-languageserver', 'commander'],
};

/** A forbidden import: the file that has it, and what it imports (a file of the tree, a package, or a built-in). */
interface Violation {
  readonly from: string;
  readonly to: string;
}

const planted: Readonly<Record<string, readonly Violation[]>> = {
  ...Object.fromEntries(
    Object.entries(forbiddenRooms).map(([room, others]) => [
      `core-${room}-looks-down-only`,
      upward(room, others),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(forbiddenPackages).map(([folder, names]) => [packageRule(folder), needing(folder, names)]),
  ),
  'core-rooms-are-known': [{ from: 'server/core/base/a.ts', to: 'server/core/utils/planted.ts' }],
  'server-rooms-are-known': [{ from: 'test/a.ts', to: 'server/helpers/planted.ts' }],
  'core-is-pure': rooms.map((room) => ({ from: `server/core/${room}/pure.ts`, to: 'node:fs' })),
  'core-knows-no-shell': [
    'client',
    'server/codes',
    'server/lsp',
    'server/cli',
    'server/node',
    'server/files',
    'server/protocol',
  ].map((shell) => ({ from: 'server/core/features/shell.ts', to: `${shell}/room.ts` })),
  'only-core-schema-reads-schemas': [
    { from: 'server/core/yaml/schemas.ts', to: 'schemas/planted.schema.json' },
    { from: 'server/core/index.ts', to: 'schemas/planted.schema.json' },
    { from: 'server/cli/schemas.ts', to: 'schemas/planted.schema.json' },
    { from: 'client/schemas.ts', to: 'schemas/planted.schema.json' },
  ],
  'examples-are-data': [{ from: 'server/core/schema/examples.ts', to: 'examples/planted.json' }],
  'siblings-do-not-call-siblings': [
    'core/features',
    'core/diagnostics',
    'core/rules/conditions',
    'codes/importers',
    'cli/report',
  ].map((folder) => ({
    from: `server/${folder}/one.ts`,
    to: `server/${folder}/other.ts`,
  })),
  'shells-use-the-front-door': ['lsp', 'cli', 'node', 'browser', 'virtual'].map((shell) => ({
    from: `server/${shell}/door.ts`,
    to: 'server/core/base/room.ts',
  })),
  'codes-use-the-front-door': [
    'server/core/base/room.ts',
    'client/room.ts',
    'server/lsp/room.ts',
    'server/cli/room.ts',
    'server/node/room.ts',
    'server/files/room.ts',
    'server/protocol/room.ts',
  ].map((to) => ({ from: 'server/codes/door.ts', to })),
  'importers-are-pure': [{ from: 'server/codes/importers/pure.ts', to: 'node:fs' }],
  'lsp-is-host-neutral': [{ from: 'server/lsp/host.ts', to: 'node:path' }],
  'lsp-picks-no-transport': [
    { from: 'server/lsp/transport.ts', to: 'vscode-languageserver/node' },
    { from: 'server/lsp/transport.ts', to: 'vscode-languageserver/browser' },
  ],
  'lsp-knows-no-host': [
    'client',
    'server/node',
    'server/browser',
    'server/virtual',
    'server/cli',
    'server/files',
  ].map((host) => ({
    from: 'server/lsp/upward.ts',
    to: `${host}/room.ts`,
  })),
  'node-only-hosts-the-server': ['client', 'server/cli', 'server/browser'].map((other) => ({
    from: 'server/node/sideways.ts',
    to: `${other}/room.ts`,
  })),
  'browser-only-hosts-the-server': [
    'client',
    'server/cli',
    'server/node',
    'server/files',
    'server/codes',
  ].map((other) => ({ from: 'server/browser/sideways.ts', to: `${other}/room.ts` })),
  'virtual-serves-both-hosts': [
    'client',
    'server/cli',
    'server/node',
    'server/browser',
    'server/lsp',
    'server/files',
    'server/codes',
  ].map((other) => ({ from: 'server/virtual/upward.ts', to: `${other}/room.ts` })),
  'browsers-have-no-node': [
    'server/browser/host.ts',
    'server/virtual/host.ts',
    'client/host.ts',
    'client/browser/host.ts',
    'server/files/patterns.ts',
    'server/files/decode.ts',
    'server/codes/days.ts',
    'server/codes/entry.ts',
  ].map((from) => ({ from, to: 'node:path' })),
  'files-serve-both-hosts': ['client', 'server/lsp', 'server/node', 'server/cli', 'server/protocol'].map(
    (other) => ({
      from: 'server/files/upward.ts',
      to: `${other}/room.ts`,
    }),
  ),
  'cli-has-no-lsp': [
    'server/lsp/room.ts',
    'server/node/room.ts',
    'server/protocol/room.ts',
    'client/room.ts',
    'vscode-uri',
  ].map((to) => ({ from: 'server/cli/editor.ts', to })),
  'client-knows-protocol-only': [
    'server/core/index.ts',
    'server/lsp/room.ts',
    'server/cli/room.ts',
    'server/node/room.ts',
  ].map((to) => ({ from: 'client/inside.ts', to })),
  'only-the-client-sees-vscode': [
    { from: 'server/lsp/editor.ts', to: 'vscode' },
    { from: 'server/core/base/editor.ts', to: 'vscode' },
  ],
  'protocol-is-types-only': [
    { from: 'server/protocol/inside.ts', to: 'server/core/index.ts' },
    { from: 'server/protocol/inside.ts', to: 'client/room.ts' },
  ],
  'only-tests-import-tests': [{ from: 'server/core/base/helper.ts', to: 'test/support.ts' }],
  'programs-import-no-scripts': [
    { from: 'server/cli/script.ts', to: 'scripts/planted.mjs' },
    { from: 'client/script.ts', to: 'scripts/planted.mjs' },
  ],
  'no-circular': [{ from: 'server/core/base/chicken.ts', to: 'server/core/base/egg.ts' }],
  'no-orphans': [{ from: 'server/core/base/orphan.ts', to: 'server/core/base/orphan.ts' }],
  'not-to-unresolvable': [{ from: 'server/core/base/nowhere.ts', to: './missing.ts' }],
};

/** Planted as well: the other half of the circle, which is reported once. */
const accomplices: readonly Violation[] = [
  { from: 'server/core/base/egg.ts', to: 'server/core/base/chicken.ts' },
];

test('the tree keeps every import rule', async () => {
  const args = ['--config', settings, '--output-type', 'err-long', 'client', 'server', 'test', 'scripts'];
  await expectSuccess(depcruise, args, 'npm run check:architecture finds:');
});

describe('each import rule finds its planted violation', () => {
  let folder: string;
  let found: ReadonlySet<string>;

  before(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'architecture-')));
    await plant(folder);
    found = await violations(folder);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const name of config.forbidden?.map((rule) => rule.name ?? '(a rule without a name)') ?? []) {
    test(name, () => {
      const wanted = planted[name];
      assert.ok(
        wanted && wanted.length > 0,
        `.dependency-cruiser.mjs:1: nothing is planted for ${name}; add it to architecture.test.ts`,
      );
      const silent = wanted.filter(({ from, to }) => !found.has(`${name}: ${from} → ${to}`));
      assert.deepEqual(silent, [], `.dependency-cruiser.mjs:1: ${name} doesn't find these`);
    });
  }

  test('there is no violation planted for a rule that is gone', () => {
    const names = new Set(config.forbidden?.map((rule) => rule.name));
    assert.deepEqual(
      Object.keys(planted).filter((name) => !names.has(name)),
      [],
    );
  });
});

function upward(room: string, others: readonly string[]): Violation[] {
  const from = `server/core/${room}/upward.ts`;
  return [...others.map((other) => `server/core/${other}/room.ts`), 'server/core/index.ts'].map((to) => ({
    from,
    to,
  }));
}

function packageRule(folder: string): string {
  return `${folder.replace('server/', '').replace('/', '-')}-npm`;
}

function needing(folder: string, names: readonly string[]): Violation[] {
  return names.map((to) => ({ from: `${folder}/packages.ts`, to }));
}

/** Writes a tree that has every violation, packages included. */
async function plant(folder: string): Promise<void> {
  const imports = new Map<string, Set<string>>();
  for (const { from, to } of [...Object.values(planted).flat(), ...accomplices]) {
    if (isFile(to) && !to.startsWith('.')) imports.set(to, imports.get(to) ?? new Set());
    imports.set(from, (imports.get(from) ?? new Set()).add(to));
  }
  for (const [file, targets] of imports) await write(folder, file, contentOf(file, [...targets]));
  const packages = new Set([...imports.values()].flatMap((targets) => [...targets]).filter(isPackage));
  for (const target of packages) await plantPackage(folder, target);
  await write(folder, 'package.json', '{"type": "module"}');
}

/** A package, or its entry for one host: `name/node` is lib/node/main.js, as in vscode-languageserver. */
async function plantPackage(folder: string, target: string): Promise<void> {
  const [name = '', host] = target.split('/');
  const exports = {
    '.': './index.js',
    './node': './lib/node/main.js',
    './browser': './lib/browser/main.js',
  };
  await write(folder, `node_modules/${name}/package.json`, JSON.stringify({ name, exports }));
  await write(folder, `node_modules/${name}/${host ? `lib/${host}/main.js` : 'index.js'}`, '');
}

function contentOf(file: string, targets: readonly string[]): string {
  if (file.endsWith('.json')) return '{}';
  const others = targets.filter((target) => target !== file);
  const lines = others.map(
    (target, index) =>
      `import * as i${index} from '${specifier(file, target)}';\nexport const e${index} = i${index};`,
  );
  return `${lines.join('\n')}\nexport const here = 1;\n`;
}

function specifier(from: string, to: string): string {
  if (!isFile(to) || to.startsWith('.')) return to;
  const relative = path.posix.relative(path.posix.dirname(from), to);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

function isFile(target: string): boolean {
  return /\.(ts|mjs|json)$/.test(target);
}

function isPackage(target: string): boolean {
  return !isFile(target) && !target.startsWith('node:') && target !== 'vscode';
}

async function write(folder: string, file: string, content: string): Promise<void> {
  const full = path.join(folder, file);
  await mkdir(path.dirname(full), { recursive: true });
  await writeFile(full, content);
}

/** What the rules find there, as `rule: from → to`, with packages by their name. */
async function violations(folder: string): Promise<ReadonlySet<string>> {
  const args = ['--config', settings, '--output-type', 'json', 'client', 'server', 'test', 'scripts'];
  const { output } = await run(depcruise, args, folder);
  assert.ok(output.startsWith('{'), output);
  const { summary } = JSON.parse(output) as ICruiseResult;
  return new Set(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${nameOf(to)}`));
}

function nameOf(target: string): string {
  const [, name, host] = /^node_modules\/([^/]+)\/(?:index|lib\/(\w+)\/main)\.js$/.exec(target) ?? [];
  if (name) return host ? `${name}/${host}` : name;
  return target === 'fs' || target === 'path' ? `node:${target}` : target;
}
