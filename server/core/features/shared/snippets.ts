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

/** A blank is `${path}`, which the schema of the path fills, or `${=word}`. */
interface Template {
  readonly label: string;
  readonly detail: string;
  readonly at: RegExp;
  readonly kinds: readonly DocumentKind[];
  readonly lines: readonly string[];
}

const ADMINISTRATION =
  '{substance: ${/administrations/0/substance}, purpose: ${/administrations/0/purpose}, route: ${/administrations/0/route}, start: ${/administrations/0/start}, stop: ${/administrations/0/stop}}';

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
      'diagnoses: [${/diagnoses/0}]',
      'administrations:',
      `  - ${ADMINISTRATION}`,
    ],
  },
  {
    label: 'new specification',
    detail: 'what one code reports',
    at: /^$/,
    kinds: ['spec'],
    lines: [
      'spec: ${/spec}',
      'title: ${/title}',
      'family: ${/family}',
      'effective: {from: ${/effective/from}}',
      'reports:',
      '  - {class: ${/reports/0/class}, as: ${/reports/0/as}}',
      'time: {at_least: ${/time/at_least}, covers: ${/time/covers}}',
    ],
  },
  {
    label: 'new policy',
    detail: 'what one payer changes',
    at: /^$/,
    kinds: ['policy'],
    lines: [
      'policy: ${/policy}',
      'payer: ${/payer}',
      'title: ${/title}',
      'effective: {from: ${/effective/from}}',
      'rules:',
      '  - id: ${/rules/0/id}',
      '    when: {code: [${/rules/0/then/replace/code}]}',
      '    then: {deny: ${/rules/0/then/deny}}',
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
    lines: [
      'id: ${/rules/0/id}',
      'when: {code: [${/rules/0/then/replace/code}]}',
      'then: {deny: ${/rules/0/then/deny}}',
    ],
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

/**
 * The pieces that may begin at a path, for a line that begins in a column. A whole document may have its name already, which is
 * then no blank.
 */
export const snippetsAt = (
  kind: DocumentKind,
  path: YamlPath,
  column: number,
  name?: string,
): readonly Snippet[] =>
  TEMPLATES.filter(({ at, kinds }) => kinds.includes(kind) && at.test(path)).map(
    ({ label, detail, lines }) => {
      const text = lines
        .join(`\n${' '.repeat(column)}`)
        .replace(`\${/${kind}}`, (own) => (name === undefined ? own : asYaml(name)));
      let blank = 0;
      return {
        label,
        detail,
        plain: text.replace(BLANK, (_, place: string) => exampleOf(kind, place)[0] ?? ''),
        snippet: text.replace(BLANK, (_, place: string) => blankText(++blank, exampleOf(kind, place))),
      };
    },
  );

const BLANK = /\$\{([^}]+)\}/g;

/** What may stand in a blank: the values of the schema, or its first example. */
function exampleOf(kind: DocumentKind, name: string): readonly string[] {
  if (name.startsWith('=')) return [name.slice(1)];
  const schema = schemaAtPath(kind, `${ROOT_PATH}${name}` as YamlPath)?.schema;
  if (schema?.enum) return schema.enum;
  const example = schema?.examples?.[0];
  const text = typeof example === 'string' || typeof example === 'number' ? String(example) : 'text';
  return [typeof example === 'string' ? asYaml(text) : text];
}

const asYaml = (text: string): string => (needsQuotes(text) ? JSON.stringify(text) : text);

/** Whether YAML would read a text as something else. Dates are texts in the version of YAML that is read here. */
const needsQuotes = (text: string): boolean =>
  (/^[\d.+-]/.test(text) && !/^\d{4}-\d{2}-\d{2}$/.test(text) && !/^\d+ [a-z]+$/.test(text)) ||
  /^(?:true|false|null|yes|no|on|off|~)$/i.test(text) ||
  /: | #|[[\]{},]|^[&*!|>'"%@`?]/.test(text);

const blankText = (number: number, values: readonly string[]): string =>
  values.length > 1
    ? `\${${String(number)}|${values.map((value) => value.replace(/[\\,|$}]/g, '\\$&')).join(',')}|}`
    : `\${${String(number)}:${(values[0] ?? '').replace(/[\\$}]/g, '\\$&')}}`;
