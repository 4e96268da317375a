/** A document that does not exist yet: what its file is called, and what it begins with. */
import { ROOT_PATH, type YamlPath } from '../base/origin.ts';
import type { RuleDocument } from '../rules/document.ts';
import { CODE_FORMATS } from '../schema/code-formats.ts';
import { formatSentence } from '../schema/formats.ts';
import {
  DOCUMENT_KINDS,
  schemaAtPath,
  schemaOf,
  type DocumentKind,
  type JsonSchema,
} from '../schema/schema.ts';
import type { Analysis } from '../workspace/analysis.ts';
import { listedAt } from './shared/listed-values.ts';
import { snippetsAt } from './shared/snippets.ts';

/** The kinds of document, and code lists, which are files of ours as well. */
export type NewKind = DocumentKind | 'codes';
export const NEW_KINDS: readonly NewKind[] = [...DOCUMENT_KINDS, 'codes'];

export interface NewDocument {
  /** The name of its file, without a folder. */
  readonly file: string;
  /** Its text with blanks to jump to, as the language server protocol writes them. */
  readonly snippet: string;
  /** The same, valid at once. */
  readonly text: string;
}

/** A sentence about why a document cannot be named so. */
export interface RefusedName {
  readonly refused: string;
}

export interface NewDocumentAsked {
  readonly kind: NewKind;
  readonly name: string;
  /** The day on which it is written, where somebody knows. */
  readonly today?: string;
}

/** The document that completion would offer in an empty file, with its name, and with choices from the rules at hand. */
export function newDocument(
  analysis: Analysis,
  { kind, name, today }: NewDocumentAsked,
): NewDocument | RefusedName {
  const named = schemaOfName(kind);
  if (!new RegExp(named?.pattern ?? '').test(name))
    return {
      refused: name === '' ? 'A name is needed.' : `“${name}” is ${withoutWhich(formatSentence(named))}`,
    };
  if (kind === 'codes') return codeList(name);
  const listed = (path: string): readonly string[] =>
    path === '/date' && today !== undefined ? [today] : listedAt(analysis, path);
  const [whole] = snippetsAt(kind, ROOT_PATH, 0, { name, listed });
  const remark = remarkOn(analysis, kind, name);
  return {
    file: `${name}.${kind}.yaml`,
    snippet: `${remark.replace(/[\\$}]/g, '\\$&')}${whole?.snippet ?? ''}\n`,
    text: `${remark}${whole?.plain ?? ''}\n`,
  };
}

/** A comment about a document of the same name, which the new one takes the place of or stands beside; or nothing. */
function remarkOn(analysis: Analysis, kind: DocumentKind, name: string): string {
  const same = namesakes(analysis, kind, name).at(0);
  const there = same && analysis.document(same.document);
  if (!there) return '';
  const { file } = there.source;
  const what = (schemaOf(kind).schema.title ?? kind).toLowerCase();
  return analysis.file(file)?.library === true
    ? `# The library has a ${what} of this name: this one takes its place as a whole${kind === 'family' ? ', and of all that belongs to it' : ''}.\n`
    : `# ${file.slice(file.lastIndexOf('/') + 1)} has a ${what} of this name: give each its own dates under "effective".\n`;
}

function namesakes(analysis: Analysis, kind: DocumentKind, name: string): readonly RuleDocument[] {
  const { specs, families, policies, tables } = analysis.rules().documents;
  const all = { spec: specs, family: families, policy: policies, table: tables, encounter: [] };
  return all[kind].filter(({ id }) => id.value === name);
}

/** A document is named by the key of its kind, a code list by the file, to which conditions refer. */
const schemaOfName = (kind: NewKind): JsonSchema | undefined =>
  kind === 'codes'
    ? schemaAtPath('spec', `${ROOT_PATH}/diagnosis_lists/0` as YamlPath)?.schema
    : schemaAtPath(kind, `${ROOT_PATH}/${kind}` as YamlPath)?.schema;

const withoutWhich = (words: string): string => words.replace(/^which is /, '');

function codeList(name: string): NewDocument {
  const formats = [...CODE_FORMATS];
  const [title, columns] = ['What the list is for', 'title,from,to'];
  return {
    file: `${name}.codes.csv`,
    snippet: `# \${1:${title}}\n\${2|${formats.join(',')}|},${columns}\n`,
    text: `# ${title}\n${formats[0] ?? ''},${columns}\n`,
  };
}
