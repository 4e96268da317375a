/**
 * Keeps the documents true. It writes docs/reference/ from the schemas and from the family of the library, and in the
 * hand-written documents it puts the output below every command of a `console` block, and what the program says of each
 * rule into docs/diagnostics.md.
 * `--check` writes nothing and fails when a document is not what it would write.
 *
 * A `yaml file=NAME` block is written into an empty folder, in which the `coding-spec` commands below it run; every
 * document has its own folder, and so has every section of docs/diagnostics.md. `node dist/cli.cjs` runs in the
 * repository. After a command stand `| head -n N`, `| tail -n N` or `| grep TEXT`; a line `…` in the output stands for any lines.
 *
 * Below `<!-- file NAME -->` stands the text of that file, named from the document.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { ensureInstalled, root } from './prepare-tree.mjs';

/**
 * @typedef {object} Schema
 * @property {string} [$ref]
 * @property {Record<string, Schema>} [$defs]
 * @property {string | string[]} [type]
 * @property {string} [title]
 * @property {string} [description]
 * @property {unknown[]} [examples]
 * @property {string[]} [enum]
 * @property {unknown} [const]
 * @property {number} [minimum]
 * @property {number} [exclusiveMinimum]
 * @property {Record<string, Schema>} [properties]
 * @property {boolean | Schema} [additionalProperties]
 * @property {string[]} [required]
 * @property {Schema} [items]
 * @property {number} [maxProperties]
 */

/**
 * What the page of a family's words shows of it.
 * @typedef {object} Family
 * @property {string} title
 * @property {Record<string, Fact>} facts
 * @property {{class: string, title?: string, definition?: string}[]} classes
 *
 * @typedef {object} Fact
 * @property {string} definition
 * @property {string} [of]
 * @property {string} [unit]
 * @property {string} [default]
 * @property {Record<string, {title?: string, definition: string, never_reported?: string}>} [values]
 */

ensureInstalled();
const esbuild = await import('esbuild');
const prettier = await import('prettier');
const { globSync } = await import('tinyglobby');
const { parse, stringify } = await import('yaml');

const kinds = ['family', 'spec', 'policy', 'table', 'encounter'];
const family = 'drug-administration';
const diagnostics = 'docs/diagnostics.md';
const checking = process.argv.includes('--check');
/** @type {string[]} */
const faults = [];
/** @type {Map<string, Promise<{output: string, status: number}>>} */
const runs = new Map();
/** @type {Record<string, string>} */
const typeWords = {
  string: 'text',
  integer: 'whole number',
  number: 'number',
  boolean: '`true` or `false`',
};

if (!existsSync(path.join(root, 'dist/cli.cjs'))) await (await import('./bundle.mjs')).bundle();
const pages = new Map([
  ...kinds.map((kind) => /** @type {const} */ ([`docs/reference/${kind}.md`, kindPage(kind)])),
  ['docs/reference/common.md', commonPage()],
  [`docs/reference/${family}.md`, wordsPage(`examples/${family}/${family}.family.yaml`)],
]);
const documents = globSync(['README.md', 'docs/guide/*.md', diagnostics], { cwd: root }).sort();
/** Rules that a comment may suppress. */
const suppressible = new Set();
const rules = await problemRules();
for (const [file, text] of await withOutputs(documents))
  pages.set(file, file === diagnostics ? withRules(text, rules) : withFiles(text, file));
for (const [file, text] of pages) await settle(file, text);
if (faults.length > 0) fail(faults.join('\n'));
if (!checking) console.log(`Wrote ${String(pages.size)} documents.`);

/** Writes a document, or notes that it is not up to date. */
async function settle(/** @type {string} */ file, /** @type {string} */ text) {
  const full = path.join(root, file);
  const options = (await prettier.resolveConfig(full)) ?? {};
  const wanted = await prettier.format(text, {
    ...options,
    parser: 'markdown',
    embeddedLanguageFormatting: 'off',
  });
  const found = existsSync(full) ? read(file) : '';
  if (found === wanted) return;
  if (checking) {
    const line = wanted.split('\n').findIndex((content, index) => content !== found.split('\n')[index]);
    faults.push(`${file}:${String(line + 1)}: is out of date; run npm run generate`);
  } else {
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, wanted);
  }
}

/** @param {string} file */
function read(file) {
  return readFileSync(path.join(root, file), 'utf8').replaceAll('\r\n', '\n');
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}

// Reference ---------------------------------------------------------------------------------------------------------

/**
 * @param {string} name
 * @returns {Schema}
 */
function schemaFile(name) {
  return JSON.parse(read(`schemas/${name}.schema.json`));
}

/** @param {string} kind */
function kindPage(kind) {
  const schema = schemaFile(kind);
  const sections = Object.entries(schema.$defs ?? {}).flatMap(([name, def]) =>
    objectSections(def.title ?? name, def, schema, 2),
  );
  return [
    `<!-- Generated by scripts/generate-docs.mjs from schemas/${kind}.schema.json. Do not edit. -->`,
    `# ${schema.title ?? kind}: \`*.${kind}.yaml\``,
    schema.description ?? '',
    'Shared kinds of value, such as conditions and sources, are described in [Parts shared by all documents](common.md). Values written as text are read as they are written, with quotes or without.',
    ...keyTable(schema, schema, ''),
    ...childSections(schema, schema, '', 2),
    ...sections,
  ].join('\n\n');
}

function commonPage() {
  const schema = schemaFile('common');
  const sections = Object.values(schema.$defs ?? {}).flatMap((def) => {
    const [head = '', ...rest] = objectSections(def.title ?? '', def, schema, 2);
    return [head, typeLine(def, schema), ...rest];
  });
  return [
    '<!-- Generated by scripts/generate-docs.mjs from schemas/common.schema.json. Do not edit. -->',
    `# ${schema.title ?? ''}`,
    schema.description ?? '',
    ...sections,
  ].join('\n\n');
}

/** @returns {string} */
function typeLine(/** @type {Schema} */ def, /** @type {Schema} */ base) {
  const pattern = /** @type {{pattern?: string}} */ (def).pattern;
  return `Type: ${typeOf({ ...def, title: '' }, base, '')}${pattern === undefined ? '' : `, matching \`${pattern}\``}.`;
}

/**
 * The heading, words, keys and example of one place, and below it the places inside.
 * @param {string} name
 * @param {Schema} schema
 * @param {Schema} base whose `$defs` local references mean
 * @param {number} level of the heading
 * @returns {string[]}
 */
function objectSections(name, schema, base, level) {
  const item = placeOf(schema);
  const heading = `${'#'.repeat(Math.min(level, 6))} ${/^[a-z]/.test(name) ? `\`${name}\`` : name}`;
  const words = [
    schema.description ?? '',
    item !== schema && item.description ? `Each: ${item.description}` : '',
  ];
  const one = item.maxProperties === 1 ? ['Exactly one of these keys stands there.'] : [];
  return [
    heading,
    ...words.filter((text) => text !== ''),
    ...one,
    ...keyTable(item, base, name),
    ...example(name, schema),
    ...childSections(item, base, name, level + 1),
  ];
}

/** The object that a place holds: itself, the items of a list, or the values of a mapping with free names. */
function placeOf(/** @type {Schema} */ schema) {
  if (schema.items && !isShared(schema.items)) return schema.items;
  const values = schema.additionalProperties;
  return typeof values === 'object' && !schema.properties && !isShared(values) ? values : schema;
}

function isShared(/** @type {Schema} */ { $ref }) {
  return $ref !== undefined;
}

/**
 * @param {Schema} schema
 * @param {Schema} base
 * @param {string} name
 * @param {number} level
 * @returns {string[]}
 */
function childSections(schema, base, name, level) {
  return Object.entries(schema.properties ?? {})
    .filter(([, child]) => hasSection(child))
    .flatMap(([key, child]) => objectSections(name === '' ? key : `${name}.${key}`, child, base, level))
    .concat(freeSections(schema, base, name, level));
}

/** Values of a mapping with free names that hold mappings themselves, such as the values of a fact. */
function freeSections(
  /** @type {Schema} */ schema,
  /** @type {Schema} */ base,
  /** @type {string} */ name,
  /** @type {number} */ level,
) {
  const values = schema.additionalProperties;
  if (typeof values !== 'object' || schema.properties || isShared(values) || !hasSection(values)) return [];
  return childSections(values, base, name, level);
}

function hasSection(/** @type {Schema} */ schema) {
  if (isShared(schema)) return false;
  const place = placeOf(schema);
  return place.properties !== undefined && !isShared(schema.items ?? {});
}

/**
 * @param {Schema} schema
 * @param {Schema} base
 * @param {string} name
 * @returns {string[]}
 */
function keyTable(schema, base, name) {
  if (!schema.properties) return [];
  const rows = Object.entries(schema.properties).map(([key, child]) => {
    const place = name === '' ? key : `${name}.${key}`;
    const shown = hasSection(child) ? `[\`${key}\`](#${slug(place)})` : `\`${key}\``;
    const needed = schema.required?.includes(key) ? 'yes' : '';
    return [shown, typeOf(child, base, place), needed, `${child.description ?? ''}${inlineExample(child)}`];
  });
  const others = schema.additionalProperties;
  if (typeof others === 'object')
    rows.push(['any other name', typeOf(others, base, name), '', others.description ?? '']);
  const table = [['Key', 'Type', 'Needed', 'What it says'], ['---', '---', '---', '---'], ...rows];
  return [
    table.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n'),
  ];
}

/** GitHub's anchor of a heading. */
function slug(/** @type {string} */ heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

/**
 * @param {Schema} schema
 * @param {Schema} base
 * @param {string} place
 * @returns {string}
 */
function typeOf(schema, base, place) {
  if (schema.$ref) return reference(schema.$ref, base);
  if (schema.enum) return `one of ${schema.enum.map((value) => `\`${value}\``).join(', ')}`;
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  const types = [schema.type ?? []].flat();
  return types
    .map((type) => {
      if (type === 'array') return listOf(schema.items ?? {}, base, place);
      if (type !== 'object') return typeWords[type] ?? type;
      const values = schema.additionalProperties;
      return typeof values === 'object' && !schema.properties
        ? `names, each with ${typeOf(values, base, place)}`
        : 'keys with values';
    })
    .join(', or ');
}

/**
 * @param {Schema} item
 * @param {Schema} base
 * @param {string} place
 */
function listOf(item, base, place) {
  return item.properties && !isShared(item) && item.type === 'object'
    ? 'list of entries, each with keys'
    : `list of ${typeOf(item, base, place)}`;
}

/** A link to where a shared or repeated kind of value is described. */
function reference(/** @type {string} */ ref, /** @type {Schema} */ base) {
  const [file, name = ''] = ref.split('#/$defs/');
  const target = (file === '' ? base : schemaFile('common')).$defs?.[name];
  const title = target?.title ?? name;
  const page = file === '' ? '' : 'common.md';
  return `[${title.toLowerCase()}](${page}#${slug(title)})`;
}

/** The first example of a plain value, in the table. */
function inlineExample(/** @type {Schema} */ schema) {
  if (hasSection(schema) || schema.examples === undefined) return '';
  const shown = JSON.stringify(schema.examples[0]);
  return shown.length > 90 ? '' : ` For example \`${shown}\`.`;
}

/** The first example of a place, as YAML. */
function example(/** @type {string} */ name, /** @type {Schema} */ schema) {
  const [first] = schema.examples ?? [];
  if (first === undefined) return [];
  const value = /^[a-z]/.test(name) ? { [name.split('.').at(-1) ?? name]: first } : first;
  const text = typeof value === 'string' ? value : stringify(value, { lineWidth: 100 });
  return ['Example:', `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``];
}

// Words of the library's family -------------------------------------------------------------------------------------

/** @param {string} file */
function wordsPage(file) {
  /** @type {Family} */
  const { title, facts, classes } = parse(read(file));
  const names = Object.entries(facts).map(([name, fact]) => [
    fact.values ? `[\`${name}\`](#${slug(name)})` : `\`${name}\``,
    placesOf(name, fact),
    fact.unit ?? '',
    fact.default === undefined ? '' : `\`${fact.default}\``,
    fact.definition,
  ]);
  const values = Object.entries(facts).flatMap(([name, fact]) => {
    if (!fact.values) return [];
    const rows = Object.entries(fact.values).map(
      ([value, { title: words = '', definition, never_reported: why = '' }]) => [
        `\`${value}\``,
        words,
        definition,
        why,
      ],
    );
    return [
      `### \`${name}\``,
      fact.definition,
      filledTable(['Value', 'Title', 'When to record it', 'Never reported'], rows),
    ];
  });
  const classRows = classes.map(({ class: name, title: words = '', definition = '' }) => [
    `\`${name}\``,
    words,
    definition,
  ]);
  return [
    `<!-- Generated by scripts/generate-docs.mjs from ${file}. Do not edit. -->`,
    `# Words of the library: ${title}`,
    'What an encounter may say of drug administration, in the words of the built-in family. All keys of an encounter, such as `start` and `repeats`, are in [its reference](encounter.md); which words to write for which prose is in [Writing an encounter](../guide/writing-an-encounter.md).',
    '## Facts of the encounter',
    'Conditions may ask for these keys of the encounter itself, too; `diagnoses` are asked for as `diagnosis`.',
    filledTable(['Key', 'Type', 'What it says'], encounterRows()),
    '## Facts of administrations and services',
    'A fact is a key of the entries named under “Written in”, or stands under their `facts`. The default is what holds where the record says nothing; without one, a missing fact is unknown.',
    filledTable(['Fact', 'Written in', 'Unit', 'Default', 'What it says'], names),
    '## Values',
    'These facts have no values but those listed here. A value that is never reported ends the matter: whatever has it makes no line, and the bill says why.',
    ...values,
    '## Classes',
    'What an administration or service counts as. The classes are tried in this order, and the first that fits is taken. Nobody writes them: they follow from the facts.',
    filledTable(['Class', 'Title', 'Definition'], classRows),
  ].join('\n\n');
}

function encounterRows() {
  const schema = schemaFile('encounter');
  return ['date', 'claim', 'place_of_service', 'payer', 'plan', 'locality', 'diagnoses'].map((key) => {
    const { description = '', ...rest } = schema.properties?.[key] ?? {};
    return [`\`${key}\``, typeOf(rest, schema, key), description];
  });
}

/** In which lists of an encounter a fact is recorded, and whether it has a key of its own there. */
function placesOf(/** @type {string} */ name, /** @type {Fact} */ { of }) {
  const { properties } = schemaFile('encounter');
  const lists = ['administrations', 'services'].filter((list) => of === undefined || of === list);
  const keyed = lists.filter((list) => properties?.[list]?.items?.properties?.[name] !== undefined);
  const shown = (keyed.length > 0 ? keyed : lists).map((list) => `\`${list}\``).join(', ');
  return keyed.length > 0 ? shown : `${shown}, under \`facts\``;
}

/** A table without the columns in which nothing stands. */
function filledTable(/** @type {string[]} */ heads, /** @type {string[][]} */ rows) {
  const filled = heads.map((_head, column) => rows.some((row) => row[column] !== ''));
  return [heads, heads.map(() => '---'), ...rows]
    .map((row) =>
      row.filter((_cell, column) => filled[column]).map((cell) => cell.trim().replaceAll('|', '\\|')),
    )
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

// Files -------------------------------------------------------------------------------------------------------------

/**
 * Puts in the files that a document shows, which are those that tests use.
 * @param {string} text
 * @param {string} document
 */
function withFiles(text, document) {
  return text.replace(
    /(<!-- file (\S+) -->\n\n)(?:```[^]*?\n```\n)?/g,
    (_found, /** @type {string} */ mark, /** @type {string} */ name) => {
      const file = path.posix.join(path.posix.dirname(document), name);
      if (!existsSync(path.join(root, file))) {
        faults.push(`${document}:1: shows ${name}, which does not exist`);
        return mark;
      }
      const language = path.extname(name).slice(1);
      return `${mark}\`\`\`${language}\n${read(file).trimEnd()}\n\`\`\`\n`;
    },
  );
}

// Rules -------------------------------------------------------------------------------------------------------------

/** @returns {Promise<Record<string, readonly [string, string]>>} severity and text by rule id, as the program has them */
async function problemRules() {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['server/core/base/problem.ts'],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'warning',
  });
  const source = outputFiles[0]?.text ?? '';
  const { PROBLEM_RULES, isSuppressible } = await import(
    `data:text/javascript,${encodeURIComponent(source)}`
  );
  for (const rule of Object.keys(PROBLEM_RULES)) if (isSuppressible(rule)) suppressible.add(rule);
  return PROBLEM_RULES;
}

/**
 * Puts the table of rules, and below each rule's heading its severity and text; the rest of a section is written by hand.
 * @param {string} text
 * @param {Record<string, readonly [string, string]>} rules
 */
function withRules(text, rules) {
  const [intro = '', ...sections] = text.split(/^## /m);
  const names = sections.map((section) => section.slice(0, section.indexOf('\n')).trim());
  for (const name of Object.keys(rules))
    if (!names.includes(name)) faults.push(`${diagnostics}:1: has no section "## ${name}"`);
  const rows = Object.entries(rules).map(
    ([name, [severity, words]]) =>
      `| [\`${name}\`](#${name}) | ${severity} | ${words.replaceAll('|', '\\|')} |`,
  );
  const table = ['| Rule | Severity | What is wrong |', '| --- | --- | --- |', ...rows].join('\n');
  const head = intro.replace(/(?<=<!-- rules -->\n)[^]*(?=<!-- end of rules -->)/, `\n${table}\n\n`);
  return [head, ...sections.map((section, index) => withRule(section, names[index] ?? '', rules))].join(
    '## ',
  );
}

/**
 * @param {string} section without its `## `
 * @param {string} name
 * @param {Record<string, readonly [string, string]>} rules
 */
function withRule(section, name, rules) {
  const rule = rules[name];
  if (!rule) {
    faults.push(`${diagnostics}:1: "## ${name}" is about a rule that does not exist`);
    return section;
  }
  for (const part of ['**Why.**', '**Mend.**'])
    if (!section.includes(part)) faults.push(`${diagnostics}:1: "## ${name}" has no ${part}`);
  if (/^\$ coding-spec/m.test(section) && !section.includes(`  ${name}\n`))
    faults.push(`${diagnostics}:1: the example of "## ${name}" does not report it`);
  const body = section.slice(section.search(/^\*\*Why\.\*\*/m));
  const [severity, words] = rule;
  const level = severity.charAt(0).toUpperCase() + severity.slice(1);
  const silence = `Change or silence: \`"codingSpec.rules.severity": {"${name}": "off"}\` or \`--severity ${name}=off\`${suppressible.has(name) ? `; in one place, \`# coding-spec-ignore ${name}: reason\`` : ''}.`;
  return `${name}\n\n**${level}.** ${words}\n${silence}\n\n${body}`;
}

// Commands ----------------------------------------------------------------------------------------------------------

/**
 * The documents with what their commands print. Parts that have a folder of their own run side by side.
 * @param {string[]} files
 * @returns {Promise<[string, string][]>}
 */
async function withOutputs(files) {
  const parts = files.map((file) => (file === diagnostics ? read(file).split(/(?=^## )/m) : [read(file)]));
  const jobs = files.flatMap((file, i) => (parts[i] ?? []).map((text) => ({ file, text })));
  /** @type {string[]} */
  const done = [];
  let next = 0;
  const worker = async () => {
    for (let i = next++; i < jobs.length; i = next++) {
      const job = jobs[i];
      if (job) done[i] = await withOutputsOf(job.file, job.text);
    }
  };
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, worker));
  return files.map((file) => [file, done.filter((_text, i) => jobs[i]?.file === file).join('')]);
}

/**
 * Writes the `yaml file=NAME` blocks, runs the commands of the `console` blocks, and puts what they print below them.
 * @param {string} file
 * @param {string} text
 */
async function withOutputsOf(file, text) {
  const folder = mkdtempSync(path.join(tmpdir(), 'docs-'));
  let status = 0;
  let result = '';
  for (const part of text.split(/(^```[^]*?^```$)/m)) {
    const [, language, name, body = ''] = /^```(\w+)(?: file=(\S+))?\n([^]*)^```$/m.exec(part) ?? [];
    if (name !== undefined) writeInto(folder, name, body);
    if (language !== 'console') {
      result += part;
      continue;
    }
    const commands = [];
    for (const run of body.split(/^(?=\$ )/m)) {
      const [line = '', ...printed] = run.trimEnd().split('\n');
      const outcome =
        line === '$ echo $?'
          ? { output: String(status), status }
          : await runLine(line.slice(2), folder, file);
      status = outcome.status;
      const output = shortened(outcome.output.trimEnd(), printed.join('\n'), `${file}: ${line}`);
      commands.push(`${line}\n${output}`.trimEnd());
    }
    result += `\`\`\`console\n${commands.join('\n')}\n\`\`\``;
  }
  rmSync(folder, { recursive: true, force: true });
  return result;
}

/**
 * @param {string} folder
 * @param {string} name
 * @param {string} body
 */
function writeInto(folder, name, body) {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), body);
}

/**
 * Runs one command line and gives what it prints.
 * @param {string} line
 * @param {string} folder
 * @param {string} file
 * @returns {Promise<{output: string, status: number}>}
 */
async function runLine(line, folder, file) {
  const [command = '', ...filters] = line.split(' | ');
  const [, program, rest = ''] = /^(coding-spec|node dist\/cli\.cjs) ?(.*)$/.exec(command) ?? [];
  if (program === undefined) fail(`${file}: "${line}" is not a command that can be checked.`);
  const args = [...rest.matchAll(/"([^"]*)"|\S+/g)].map(([whole, quoted]) => quoted ?? whole);
  const cwd = program === 'coding-spec' ? folder : root;
  // The same call twice, with another filter, runs once.
  const call = JSON.stringify([cwd, args, filesIn(cwd)]);
  const ran = runs.get(call) ?? runProgram(args, cwd);
  runs.set(call, ran);
  const { output, status } = await ran;
  const printed = output.replaceAll(`${root.split(path.sep).join('/')}/`, '');
  return { output: filters.reduce(filtered, printed), status };
}

/** What a command could read in the folder of a document. */
function filesIn(/** @type {string} */ cwd) {
  if (cwd === root) return [];
  return globSync('**', { cwd }).map((name) => [name, readFileSync(path.join(cwd, name), 'utf8')]);
}

/**
 * @param {string[]} args
 * @param {string} cwd
 * @returns {Promise<{output: string, status: number}>}
 */
function runProgram(args, cwd) {
  // What the user has installed is no part of the documents.
  const env = {
    ...process.env,
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
    CODING_SPEC_CODES: path.join(root, 'out/none'),
  };
  return new Promise((resolve) => {
    const program = [path.join(root, 'dist/cli.cjs'), ...args];
    const child = execFile(process.execPath, program, { cwd, env }, (error, stdout, stderr) => {
      const status = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      resolve({ output: `${stdout}${stderr}`, status });
    });
    child.stdin?.end();
  });
}

/**
 * @param {string} text
 * @param {string} filter
 */
function filtered(text, filter) {
  const [, count] = /^head -n (\d+)$/.exec(filter) ?? [];
  const lines = text.trimEnd().split('\n');
  if (count !== undefined) return lines.slice(0, Number(count)).join('\n');
  const [, last] = /^tail -n (\d+)$/.exec(filter) ?? [];
  if (last !== undefined) return lines.slice(-Number(last)).join('\n');
  const [, , quoted, bare] = /^(grep) (?:"([^"]+)"|(\S+))$/.exec(filter) ?? [];
  const word = quoted ?? bare;
  if (word === undefined) fail(`"${filter}" is not a filter that can be checked.`);
  return lines.filter((line) => line.includes(word)).join('\n');
}

/**
 * What stands in the document where the author left lines out and the rest still holds; else the whole output.
 * @param {string} output
 * @param {string} printed
 * @param {string} where
 */
function shortened(output, printed, where) {
  const wanted = printed.split('\n');
  if (!wanted.some((line) => line.trim() === '…')) return output;
  const escape = (/** @type {string} */ line) => line.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const pattern = wanted.map((line) => (line.trim() === '…' ? '(?:.*\\n)*?' : `${escape(line)}\\n`)).join('');
  if (new RegExp(`^${pattern}$`).test(`${output}\n`)) return printed;
  faults.push(`${where}: the shortened output below it is not what it prints`);
  return printed;
}
