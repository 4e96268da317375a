/** What no tool of the trade looks for: the vocabulary of billing in the program, traces of a machine, unfinished work. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { globSync } from 'tinyglobby';
import ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { root } from './support.ts';

/** Says what is wrong with a piece of text, or nothing. */
type Finder = (text: string) => string | undefined;

/** Values that are also words of programming or plain English: only a text that is nothing else is found. */
const ordinary = new Set(['diagnostic', 'contrast', 'flush', 'carrier', 'oral', 'push', 'other', 'none']);

describe('the program knows no billing words; they are data', () => {
  const vocabulary = readVocabulary();
  const find = firstOf(codeIn, wordIn(vocabulary));

  test('no code, modifier, place of service, payer, plan, class or value of a fact in TypeScript', () => {
    const sources = globSync(['server/**/*.ts', 'client/**/*.ts'], { cwd: root, ignore: '**/generated/**' });
    assertNone(
      sources.sort().flatMap((file) => inLiterals(file, readFileSync(path.join(root, file), 'utf8'), find)),
    );
  });

  test('the examples have a vocabulary to look for', () => {
    for (const word of ['hydration', 'iv-push', 'Medicare'])
      assert.ok(vocabulary.includes(word), `${word} is not in it`);
  });

  const planted = [
    "if (code === '96365') bill();",
    'const drug = `code J2405 by the milligram`;',
    'const initial = /96365|96367/;',
    'const first = 96365;',
    "const anesthesia = '00840';",
    "const measure = '2029F';",
    "const office = ['11', '20'];",
    "const nausea = 'R11.2';",
    "const clinic = '261QI0500X';",
    "const distinct = 'XE';",
    "if (payer === 'Medicare') deny();",
    'const sentence = `given as ${x} hydration`;',
    "const why = 'diagnostic';",
  ];
  for (const line of planted) {
    test(`finds ${line}`, () => {
      const found = inLiterals('server/core/planted.ts', `// 96365\n${line}`, find);
      assert.ok(found.length > 0);
      for (const message of found) assert.match(message, /^server\/core\/planted\.ts:2: /);
    });
  }

  test('leaves comments, plain numbers and the language of the engine alone', () => {
    const fine =
      "/* 96365 for Medicare */ const x = ['initial', 'professional', '0', 'textDocument/diagnostic', `${y} min`, 60_000, 2026]; // XE";
    assertNone(inLiterals('server/core/fine.ts', fine, find));
  });
});

describe('the repository', () => {
  // Put together from pieces, so that this file does not find itself.
  const machine = new RegExp(
    `(?<![\\w.:/*<>-])(/(${['work', 'home', 'root', 'Users'].join('|')})/[\\w.-]+|[A-Z]:\\\\Users)`,
  );
  const registries = ['npmjs', 'yarnpkg'].map((name) => `registry[.]${name}`);
  const mirrors = ['arti' + 'factory', 'verd' + 'accio', 'npm' + 'mirror'];
  const registry = new RegExp(['//([^\\s"\'/]*[.@])?registry[.]', ...registries, ...mirrors].join('|'));
  const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME'].join('|')})\\b`);
  const narrowed =
    /\b(test|it|describe|suite)\.(only|skip|todo)\b|\bx(it|describe)\(|\bthis\.skip\(|\b(only|skip|todo): ?(true|['"`])/;
  const loud =
    (pattern: RegExp, advice: string): Finder =>
    (text) =>
      pattern.test(text) ? advice : undefined;

  const checks: readonly {
    title: string;
    files: RegExp;
    find: Finder;
    planted: readonly string[];
    fine: readonly string[];
  }[] = [
    {
      title: 'names no path of one machine',
      files: /./,
      find: loud(machine, 'the path of one machine'),
      planted: [`cd ${'/wo'}rk/main`, `"${'/ho'}me/ann/x"`, `C:${'\\Us'}ers`],
      fine: ['file:///work/a.yaml', 'https://x.org/home/a', '../work/b', 'and/or', './root/x'],
    },
    {
      title: 'names no package registry',
      files: /./,
      find: loud(registry, 'a package registry'),
      planted: [`https://${'regi'}stry.example.org/x`, `${'regi'}stry.npmjs.org`],
      fine: ["import './registry.ts'", 'https://npiregistry.example.gov'],
    },
    {
      title: 'has no unfinished work',
      files: /^(?!package-lock)/,
      find: loud(unfinished, 'unfinished work'),
      planted: [`// ${'TO'}DO: later`, `${'FIX'}ME`],
      fine: ['the method'],
    },
    {
      title: 'has no test that is switched off or narrowed',
      files: /^test\/(?!checks\/hygiene)/,
      find: loud(narrowed, 'a test that is switched off or narrowed'),
      planted: ["test.only('x')", "it.skip('x')", "describe.todo('x')", '{ skip: true }', 'this.skip()'],
      fine: ["test('only')", 'skipped: true'],
    },
    {
      title: 'has no test that ends its own process, which the runner would count as passed',
      files: /^test\/(?!vscode\/).*\.test\.ts$/,
      find: loud(/\bprocess\s*\.\s*exit\(/, 'a test that ends its own process'),
      planted: [`process${'.'}exit(0)`],
      fine: ['process.exitCode = 1'],
    },
  ];

  const files = textFiles();
  for (const { title, files: where, find, planted, fine } of checks) {
    test(title, () => {
      assertNone(
        files.filter(({ file }) => where.test(file)).flatMap(({ file, text }) => inLines(file, text, find)),
      );
    });
    test(`${title}: finds what is planted, and nothing else`, () => {
      assert.deepEqual(
        planted.filter((text) => find(text) === undefined),
        [],
      );
      assert.deepEqual(
        fine.filter((text) => find(text) !== undefined),
        [],
      );
    });
  }

  describe('package-lock.json', () => {
    const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as Lock;
    const entries = Object.entries(lock.packages).filter(([folder]) => folder !== '');

    test('does not say where packages came from, but what they are', () => {
      assert.deepEqual(
        foldersOf(entries, ({ resolved }) => resolved !== undefined),
        [],
      );
      assert.deepEqual(
        foldersOf(entries, ({ integrity }) => integrity === undefined),
        [],
      );
    });

    test('has the packages of every platform: npm ci fails when one is missing', () => {
      const locked = new Set(entries.map(([folder]) => folder.replace(/^.*node_modules\//, '')));
      const named = entries.flatMap(([, { optionalDependencies }]) =>
        Object.keys(optionalDependencies ?? {}),
      );
      assert.deepEqual(
        named.filter((name) => !locked.has(name)),
        [],
      );
    });
  });
});

interface Locked {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, Locked>>;
}

function foldersOf(
  entries: readonly [string, Locked][],
  where: (locked: Locked) => boolean,
): readonly string[] {
  return entries.filter(([, locked]) => where(locked)).map(([folder]) => folder);
}

function assertNone(found: readonly string[]): void {
  assert.equal(found.length, 0, `\n${found.join('\n')}`);
}

function firstOf(...finders: readonly Finder[]): Finder {
  return (text) => finders.map((find) => find(text)).find((found) => found !== undefined);
}

/** Codes of claims: by their form alone. */
function codeIn(text: string): string | undefined {
  const forms: readonly (readonly [RegExp, string])[] = [
    [
      /\b\d{4}[0-9A-Z]\b|\b[A-Z]\d{4}\b/,
      'a procedure code (a plain number of five digits is written 60_000)',
    ],
    [/\b(?=[0-9A-Z]*\d)[0-9A-Z]{9}X\b/, 'a taxonomy code'],
    [/\b[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}\b/, 'a diagnosis code'],
    [/^(?!00)\d\d$/, 'a place of service or a modifier'],
  ];
  return forms.find(([form]) => form.test(text))?.[1];
}

function wordIn(vocabulary: readonly string[]): Finder {
  const anywhere = vocabulary.filter((word) => !ordinary.has(word) && word.length > 2).map(escape);
  const within = new RegExp(`(?<![\\w-])(${anywhere.join('|')})(?![\\w-])`, 'i');
  const alone = new Set(vocabulary.filter((word) => ordinary.has(word) || word.length <= 2));
  return (text) => {
    const word = alone.has(text) ? text : within.exec(text)?.[1];
    return word === undefined ? undefined : `“${word}”, which is a word of the examples`;
  };
}

function escape(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The words of the examples that the engine must not know: what facts may be, classes, payers, plans, modifiers. */
function readVocabulary(): readonly string[] {
  const documents = globSync('examples/**/*.{family,spec,policy}.yaml', { cwd: root })
    .flatMap((file) => parseAllDocuments(readFileSync(path.join(root, file), 'utf8')))
    .map((document): unknown => ('toJS' in document ? document.toJS() : undefined));
  const words = documents.flatMap((document) => [
    ...Object.values(entriesOf(document, 'facts')).flatMap((fact) => Object.keys(entriesOf(fact, 'values'))),
    ...listOf(document, 'classes').flatMap((item) => textsOf(item, 'class')),
    ...[document, ...listOf(document, 'payers')].flatMap((item) => [
      ...textsOf(item, 'payer'),
      ...textsOf(item, 'plan'),
    ]),
    ...listOf(document, 'modifiers').flatMap((item) => textsOf(item, 'code')),
  ]);
  const engine = new Set(['true', 'false', ...languageOfTheEngine()]);
  return [...new Set(words)].filter((word) => !engine.has(word)).sort();
}

/** Keys and enumerated values of the schemas: what the engine does know. */
function languageOfTheEngine(): readonly string[] {
  const collect = (value: unknown): string[] => {
    if (typeof value !== 'object' || value === null) return [];
    const own = [
      ...Object.keys(entriesOf(value, 'properties')),
      ...listOf(value, 'enum').filter((item) => typeof item === 'string'),
    ];
    return [
      ...own,
      ...Object.entries(value).flatMap(([key, child]) => (key === 'examples' ? [] : collect(child))),
    ];
  };
  const files = globSync('schemas/*.schema.json', { cwd: root });
  return files.flatMap((file) => collect(JSON.parse(readFileSync(path.join(root, file), 'utf8'))));
}

function entriesOf(value: unknown, key: string): Record<string, unknown> {
  const found =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
}

function listOf(value: unknown, key: string): readonly unknown[] {
  const found: unknown =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return Array.isArray(found) ? found : [];
}

function textsOf(value: unknown, key: string): readonly string[] {
  const found =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return typeof found === 'string' ? [found] : [];
}

/** Looks at every literal and name of a TypeScript file: what is written in comments is free. */
function inLiterals(file: string, text: string, find: Finder): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const said = textOf(node, source);
    const message = said === undefined ? undefined : find(said);
    if (message !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
      found.push(`${file}:${line + 1}: ${message}: ${said?.trim().slice(0, 80) ?? ''}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function textOf(node: ts.Node, source: ts.SourceFile): string | undefined {
  if (ts.isStringLiteralLike(node)) return isModuleName(node) ? undefined : node.text;
  if (ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) return node.text;
  if (ts.isNumericLiteral(node)) return node.getText(source).padStart(3);
  if (ts.isRegularExpressionLiteral(node) || ts.isIdentifier(node)) return ` ${node.getText(source)} `;
  return undefined;
}

function isModuleName(node: ts.Node): boolean {
  return ts.isImportDeclaration(node.parent) || ts.isExportDeclaration(node.parent);
}

function inLines(file: string, text: string, find: Finder): string[] {
  return text.split('\n').flatMap((line, index) => {
    const message = find(line);
    return message === undefined ? [] : [`${file}:${index + 1}: ${message}: ${line.trim().slice(0, 100)}`];
  });
}

/** What is in the repository, or is about to be. */
function textFiles(): readonly { file: string; text: string }[] {
  const ignore = ['**/node_modules/**', '.git/**', 'dist/**', 'out/**', '.cache/**', '*.vsix'];
  return globSync('**', { cwd: root, dot: true, ignore })
    .sort()
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'latin1') }))
    .filter(({ text }) => !text.includes('\0'));
}
