/** Whole pieces of documents to begin with. What stands in their blanks are the examples of the schema. */
import { ROOT_PATH, type YamlPath } from '../../base/origin.ts';
import { schemaAtPath, type DocumentKind } from '../../schema/schema.ts';

export interface Snippet {
  readonly label: string;
  readonly detail: string;
  /** As text that is valid at once. */
  readonly plain: string;
  /** With blanks to jump to, as the language server protocol writes them. */
  readonly snippet: string;
}

/**
 * A blank is `${path}`, which the schema of the path fills, `${path>steps}` for a part of a greater example, or `${=words}`.
 * After a path, words are for a blank that no example should fill by accident. `#{path}` is filled alike and is no blank.
 */
interface Template {
  readonly label: string;
  readonly detail: string;
  readonly at: RegExp;
  readonly kinds: readonly DocumentKind[];
  readonly lines: readonly string[];
}

const ADMINISTRATION =
  '{substance: ${/administrations/0/substance}, purpose: ${/administrations/0/purpose}, route: ${/administrations/0/route}, start: ${/administrations/0/start}, stop: ${/administrations/0/stop}}';

const PAYER = '${/payer=name of the payer}';

/** Its condition and its words are one example, so that the one says what the other does. */
const RULE = [
  'id: ${/rules/0/id}',
  'when: {claim: ${/rules/0/when>claim}, place_of_service: [${/rules/0/when>place_of_service/0}, ${/rules/0/when>place_of_service/1}]}',
  'then: {deny: ${/rules/0/then/deny}}',
] as const;

const TEMPLATES: readonly Template[] = [
  {
    label: 'new encounter',
    detail: 'what happened on one visit',
    at: /^$/,
    kinds: ['encounter'],
    lines: [
      'encounter: ${/encounter}',
      'date: ${/date}',
      'claim: ${/claim}',
      'place_of_service: ${/place_of_service}',
      `payer: ${PAYER}`,
      'diagnoses: [${/diagnoses/0}]',
      'administrations:',
      '  - substance: ${/administrations/0/substance}',
      '    purpose: ${/administrations/0/purpose}',
      '    route: ${/administrations/0/route}',
      '    start: ${/administrations/0/start}',
      '    stop: ${/administrations/0/stop}',
      '# What should come of it makes this a test; the light bulb takes over the computed lines:',
      '# expect:',
      '#   - {code: #{/expect/0/code}, units: #{/expect/0/units}}',
    ],
  },
  {
    label: 'new specification',
    detail: 'what one code reports',
    at: /^$/,
    kinds: ['spec'],
    lines: [
      'spec: ${/spec}',
      'title: ${=What the code stands for}',
      'family: ${/family}',
      'effective: {from: ${/effective/from}}',
      '# Reported where the record states the code itself. One that follows from what was',
      '# done says instead which part it plays, and for how long:',
      '# reports: {class: #{/reports/0/class}, as: #{/reports/0/as}}',
      '# time: {at_least: #{/time/at_least}, covers: #{/time/covers}}',
      'reports: {as: stated}',
    ],
  },
  {
    label: 'new policy',
    detail: 'what one payer changes',
    at: /^$/,
    kinds: ['policy'],
    lines: [
      'policy: ${/policy}',
      `payer: ${PAYER}`,
      'title: ${=What the payer changes}',
      'effective: {from: ${/effective/from}}',
      'rules:',
      ...RULE.map((line, i) => (i === 0 ? `  - ${line}` : `    ${line}`)),
      '# Where the payer reads a specification otherwise, it amends it:',
      '# amends:',
      '#   - spec: #{/amends/0/spec}',
      '#     because: #{/amends/0/because}',
      '#     time: {at_least: #{/amends/0>time/at_least}}',
    ],
  },
  {
    label: 'new family',
    detail: 'the words and classes of a field',
    at: /^$/,
    kinds: ['family'],
    lines: [
      'family: ${/family}',
      'title: ${/title}',
      'effective: {from: ${/effective/from}}',
      'facts:',
      '  ${=kind}:',
      '    title: ${=Kind}',
      '    definition: ${=What the word means.}',
      '    values:',
      '      ${=first}: {title: ${=First}, definition: ${=What this value means.}}',
      'classes:',
      '  - {class: ${/classes/0/class}, title: ${/classes/0/title}, when: {${=kind}: ${=first}}}',
    ],
  },
  {
    label: 'new table',
    detail: 'figures that policies look up',
    at: /^$/,
    kinds: ['table'],
    lines: [
      'table: ${/table}',
      'title: ${/title}',
      'release: ${/release}',
      'effective: {from: ${/effective/from}}',
    ],
  },
  {
    label: 'administration',
    detail: 'a substance that was given, with its times',
    at: /^\/administrations\/\d+$/,
    kinds: ['encounter'],
    lines: [ADMINISTRATION],
  },
  {
    label: 'expected line',
    detail: 'a code with its units',
    at: /^\/expect(?:_includes)?\/\d+$/,
    kinds: ['encounter'],
    lines: ['{code: ${/expect/0/code}, units: ${/expect/0/units}}'],
  },
  {
    label: 'rule',
    detail: 'what becomes of which lines',
    at: /^\/rules\/\d+$/,
    kinds: ['policy'],
    lines: RULE,
  },
  {
    label: 'modifier rule',
    detail: 'when lines get a modifier',
    at: /^\/modifiers\/\d+$/,
    kinds: ['spec', 'table'],
    lines: ['{code: ${/modifiers/0/code}, use: ${/modifiers/0/use}, when: {${=fact}: ${=value}}}'],
  },
  {
    label: 'reported part',
    detail: 'a class, and the part that its service plays',
    at: /^\/reports\/\d+$/,
    kinds: ['spec'],
    lines: ['{class: ${/reports/0/class}, as: ${/reports/0/as}}'],
  },
];

/** What is known of a document before it is written. */
export interface Given {
  /** Its name, which is then no blank. */
  readonly name?: string;
  /** What may stand at a path, by the rules at hand. */
  readonly listed?: (path: string) => readonly string[];
}

/** The pieces that may begin at a path, for a line that begins in a column. */
export const snippetsAt = (
  kind: DocumentKind,
  path: YamlPath,
  column: number,
  { name, listed = () => [] }: Given = {},
): readonly Snippet[] =>
  TEMPLATES.filter(({ at, kinds }) => kinds.includes(kind) && at.test(path)).map(
    ({ label, detail, lines }) => {
      const values = (place: string): readonly string[] => valuesOf(kind, place, listed);
      const text = lines
        .join(`\n${' '.repeat(column)}`)
        .replace(`\${/${kind}}`, (own) => (name === undefined ? own : asYaml(name)))
        .replace(FILLED, (_, place: string) => values(place)[0] ?? '');
      let blank = 0;
      return {
        label,
        detail,
        plain: text.replace(BLANK, (_, place: string) => values(place)[0] ?? ''),
        snippet: text.replace(BLANK, (_, place: string) => blankText(++blank, values(place))),
      };
    },
  );

const BLANK = /\$\{([^}]+)\}/g;
const FILLED = /#\{([^}]+)\}/g;

/** More than this are no list to choose from at a glance. */
const MOST_CHOICES = 20;

/** What may stand in a blank, as YAML: the first of it stands there. */
function valuesOf(
  kind: DocumentKind,
  place: string,
  listed: (path: string) => readonly string[],
): readonly string[] {
  const [, path = '', steps, words] = /^([^=>]*)(?:>([^=]*))?(?:=(.*))?$/.exec(place) ?? [];
  const examples = words === undefined ? examplesOf(kind, path, steps) : [asYaml(words)];
  const known = listed(path).map(asYaml);
  if (known.length === 0 || known.length > MOST_CHOICES) return examples;
  const first = examples.filter((example) => words !== undefined || known.includes(example));
  return [...new Set([...first, ...known])];
}

/** The values of the schema, or its first example. */
function examplesOf(kind: DocumentKind, path: string, steps: string | undefined): readonly string[] {
  const schema = schemaAtPath(kind, `${ROOT_PATH}${path}` as YamlPath)?.schema;
  if (schema?.enum) return schema.enum;
  const example = (steps?.split('/') ?? []).reduce(partOf, schema?.examples?.[0]);
  const text = typeof example === 'string' || typeof example === 'number' ? String(example) : 'text';
  return [typeof example === 'string' ? asYaml(text) : text];
}

const partOf = (whole: unknown, step: string): unknown =>
  typeof whole === 'object' && whole !== null
    ? (whole as Readonly<Record<string, unknown>>)[step]
    : undefined;

const asYaml = (text: string): string => (needsQuotes(text) ? JSON.stringify(text) : text);

/** Whether YAML would read a text as something else. Dates are texts in the version of YAML that is read here. */
const needsQuotes = (text: string): boolean =>
  (/^[\d.+-]/.test(text) && !/^\d{4}-\d{2}-\d{2}$/.test(text) && !/^\d+ [a-z]+$/.test(text)) ||
  /^(?:true|false|null|yes|no|on|off|~)$/i.test(text) ||
  /: | #|[[\]{},]|^[&*!|>'"%@`?]/.test(text);

/** Quotes stay around the blank, so that what is typed over it has them. */
function blankText(number: number, values: readonly string[]): string {
  const bare = values.map((value) => /^"([^"\\]*)"$/.exec(value)?.[1]);
  return bare.length > 0 && bare.every((value) => value !== undefined)
    ? `"${choice(number, bare)}"`
    : choice(number, values);
}

const choice = (number: number, values: readonly string[]): string =>
  values.length > 1
    ? `\${${String(number)}|${values.map((value) => value.replace(/[\\,|$}]/g, '\\$&')).join(',')}|}`
    : `\${${String(number)}:${(values[0] ?? '').replace(/[\\$}]/g, '\\$&')}}`;
