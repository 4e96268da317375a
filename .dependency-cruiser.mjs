/**
 * Who may import whom (ARCHITECTURE.md). test/checks/architecture.test.ts plants a violation of every rule here and expects it
 * to be found, so a new rule needs a planted violation there.
 */
const CORE = '^server/core/';

/** Lower rooms first. A room may import itself and any room named in its list; anything else is an error. */
const rooms = {
  base: [],
  yaml: ['base'],
  schema: ['base', 'yaml'],
  codes: ['base'],
  encounter: ['base', 'yaml', 'codes'],
  rules: ['base', 'yaml', 'codes', 'encounter'],
  billing: ['base', 'codes', 'encounter', 'rules'],
  names: ['base', 'yaml', 'schema', 'codes', 'encounter', 'rules'],
  workspace: ['base', 'yaml', 'schema', 'codes', 'encounter', 'rules', 'billing', 'names'],
  diagnostics: ['base', 'yaml', 'schema', 'codes', 'encounter', 'rules', 'billing', 'workspace'],
  features: [
    'base',
    'yaml',
    'schema',
    'codes',
    'encounter',
    'rules',
    'billing',
    'names',
    'workspace',
    'diagnostics',
  ],
};

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const roomRules = Object.entries(rooms).map(([room, below]) => ({
  name: `core-${room}-looks-down-only`,
  severity: 'error',
  comment: `core/${room} may import only itself${below.length > 0 ? ` and ${below.join(', ')}` : ''}.`,
  from: { path: `${CORE}${room}/` },
  to: { path: CORE, pathNot: [room, ...below].map((name) => `${CORE}${name}/`) },
}));

/** Packages by folder: the rooms of core, and the shells. What is not named may use none. */
const packages = {
  ...Object.fromEntries(Object.keys(rooms).map((room) => [`server/core/${room}`, []])),
  'server/core/yaml': ['yaml'],
  'server/core/schema': ['ajv'],
  'server/core/codes': ['stemmer'],
  'server/core/workspace': ['papaparse'],
  'server/codes': ['csv-parse', 'fflate', 'saxes'],
  'server/protocol': ['vscode-languageserver-types'],
  'server/lsp': ['vscode-languageserver', 'vscode-languageserver-textdocument', 'vscode-uri'],
  'server/node': ['vscode-languageserver', 'vscode-uri'],
  'server/browser': ['vscode-languageserver'],
  'server/virtual': ['vscode-languageserver', 'vscode-uri'],
  'server/files': ['tinyglobby'],
  'server/cli': ['commander', 'picocolors', 'tinyglobby'],
  client: ['vscode-languageclient'],
};

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const packageRules = Object.entries(packages).map(([folder, allowed]) => ({
  name: `${folder.replace(/^server\//, '').replace('/', '-')}-npm`,
  severity: 'error',
  comment: `${folder} may use only these packages: ${allowed.join(', ') || 'none'}.`,
  from: { path: `^${folder}/` },
  to: {
    path: 'node_modules/',
    ...(allowed.length > 0 && { pathNot: allowed.map((name) => `node_modules/(@types/)?${name}/`) }),
  },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...roomRules,
    ...packageRules,
    {
      name: 'core-rooms-are-known',
      severity: 'error',
      comment: 'A new folder of core needs its place in the order: add it to the rooms above.',
      from: {},
      to: { path: CORE, pathNot: [`${CORE}(${Object.keys(rooms).join('|')})/`, `${CORE}index[.]ts$`] },
    },
    {
      name: 'server-rooms-are-known',
      severity: 'error',
      comment: 'A new folder of server needs rules of its own.',
      from: {},
      to: { path: '^server/', pathNot: '^server/(core|codes|protocol|lsp|node|browser|virtual|cli|files)/' },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'No Node built-ins below the shells: no IO, no clock, no environment.',
      from: { path: CORE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-knows-no-shell',
      severity: 'error',
      comment: 'Core returns offsets and plain data; shells translate.',
      from: { path: CORE },
      to: { path: '^(client|server/(codes|lsp|cli|node|browser|virtual|files|protocol))/' },
    },
    {
      name: 'only-core-schema-reads-schemas',
      severity: 'error',
      comment: 'The schemas reach the program through core/schema.',
      from: { path: '^(server|client)/', pathNot: `${CORE}schema/` },
      to: { path: '^schemas/' },
    },
    {
      name: 'examples-are-data',
      severity: 'error',
      comment: 'Examples are read as files, like a user’s own: no code imports them.',
      from: {},
      to: { path: '^examples/' },
    },
    {
      name: 'siblings-do-not-call-siblings',
      severity: 'error',
      comment:
        'One feature, diagnostic, condition, importer or report format per file; what two of them share goes to shared/.',
      from: {
        path: '^(server/core/features|server/core/diagnostics|server/core/rules/conditions|server/codes/importers|server/cli/report)/([^/]+)[.]ts$',
        pathNot: ['/registry[.]ts$', '^server/codes/importers/(index|recognise)[.]ts$'],
      },
      to: { path: '^$1/[^/]+[.]ts$', pathNot: '^$1/$2[.]ts$' },
    },
    {
      name: 'shells-use-the-front-door',
      severity: 'error',
      comment: 'Shells import core through core/index.ts only.',
      from: { path: '^server/(lsp|cli|node|browser|virtual|files)/' },
      to: { path: CORE, pathNot: `${CORE}index[.]ts$` },
    },
    {
      name: 'codes-use-the-front-door',
      severity: 'error',
      comment: 'Code sets import core through core/index.ts only, and no shell: they belong to all of them.',
      from: { path: '^server/codes/' },
      to: {
        path: ['^client/', '^server/(core|lsp|cli|node|browser|virtual|files|protocol)/'],
        pathNot: `${CORE}index[.]ts$`,
      },
    },
    {
      name: 'importers-are-pure',
      severity: 'error',
      comment: 'Importers turn text and bytes into rows; who calls them reads the files.',
      from: { path: '^server/codes/importers/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'lsp-is-host-neutral',
      severity: 'error',
      comment: 'The LSP shell runs in Node and in a worker: built-ins belong in server/node.',
      from: { path: '^server/lsp/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'lsp-picks-no-transport',
      severity: 'error',
      comment: 'stdio and IPC are chosen in server/node, messages of a worker in server/browser.',
      from: { path: '^server/lsp/' },
      to: { path: 'node_modules/vscode-languageserver/lib/(node|browser)/' },
    },
    {
      name: 'lsp-knows-no-host',
      severity: 'error',
      comment: 'server/node and server/browser start server/lsp, never the other way round.',
      from: { path: '^server/lsp/' },
      to: { path: '^(client|server/(node|browser|virtual|cli|files))/' },
    },
    {
      name: 'node-only-hosts-the-server',
      severity: 'error',
      comment: 'server/node may import server/lsp, server/protocol and the front door of core.',
      from: { path: '^server/node/' },
      to: { path: '^(client|server/(cli|browser))/' },
    },
    {
      name: 'browser-only-hosts-the-server',
      severity: 'error',
      comment:
        'server/browser may import server/lsp, server/virtual, server/protocol, the front door of core, and what is pure of files and codes.',
      from: { path: '^server/browser/' },
      to: {
        path: '^(client|server/(cli|node|files|codes))/',
        pathNot: '^server/(files/patterns|codes/days)[.]ts$',
      },
    },
    {
      name: 'virtual-serves-both-hosts',
      severity: 'error',
      comment:
        'server/virtual reads through the client for server/node and server/browser: of files and codes it may import what is pure.',
      from: { path: '^server/virtual/' },
      to: {
        path: '^(client|server/(cli|node|browser|lsp|files|codes))/',
        pathNot: '^server/(lsp/environment|files/(patterns|decode)|codes/entry)[.]ts$',
      },
    },
    {
      name: 'browsers-have-no-node',
      severity: 'error',
      comment: 'What runs in a browser finds no built-ins of Node there.',
      from: {
        path: [
          '^server/(browser|virtual)/',
          '^client/(?!node/)',
          '^server/(files/(patterns|decode)|codes/(days|entry))[.]ts$',
        ],
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'files-serve-both-hosts',
      severity: 'error',
      comment: 'server/files reads files for server/node and server/cli and knows neither of them.',
      from: { path: '^server/files/' },
      to: { path: '^(client|server/(lsp|node|browser|virtual|cli|protocol))/' },
    },
    {
      name: 'cli-has-no-lsp',
      severity: 'error',
      comment:
        'The command line needs the core and nothing of the editor; `lsp` starts dist/server.cjs as a process.',
      from: { path: '^server/cli/' },
      to: {
        path: ['^(client|server/(lsp|node|browser|virtual|protocol))/', 'node_modules/vscode-'],
        pathNot: '^server/protocol/start[.]ts$',
      },
    },
    {
      name: 'client-knows-protocol-only',
      severity: 'error',
      comment: 'The client talks to the server through LSP and server/protocol.',
      from: { path: '^client/' },
      to: { path: '^server/', pathNot: '^server/protocol/' },
    },
    {
      name: 'only-the-client-sees-vscode',
      severity: 'error',
      comment: 'The module vscode exists only in the extension host.',
      from: { pathNot: '^(client|test/vscode)/' },
      to: { path: '(^|node_modules/@types/)vscode($|/)' },
    },
    {
      name: 'protocol-is-types-only',
      severity: 'error',
      comment: 'Both sides import the protocol, so it imports neither.',
      from: { path: '^server/protocol/' },
      to: { path: '^(server|client)/', pathNot: '^server/protocol/' },
    },
    {
      name: 'only-tests-import-tests',
      severity: 'error',
      comment: 'What ships never needs a test helper.',
      from: { pathNot: '^test/' },
      to: { path: '^test/' },
    },
    {
      name: 'programs-import-no-scripts',
      severity: 'error',
      comment: 'Scripts build the programs; they are not part of them.',
      from: { path: '^(server|client)/' },
      to: { path: '^scripts/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Two files that need each other are one file, or three.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A file that imports nothing and that nothing imports is dead.',
      from: { orphan: true, pathNot: ['[.]d[.]ts$', '(^|/)[.][^/]+$', '^test/vscode/'] },
      to: {},
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      comment: 'The import leads nowhere: a missing file, or a package that is not in package.json.',
      from: {},
      to: { couldNotResolve: true, pathNot: '^vscode$' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Anchored: `(^|/)dist/` would also hide node_modules/yaml/dist, and the package rules would never fire.
    exclude: { path: '^(out|dist|[.]cache)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'browser', 'default'],
      extensions: ['.ts', '.js', '.mjs'],
    },
  },
};
