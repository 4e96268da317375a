/** A document that does not exist yet: what its file is called, and what it begins with. */
import { ROOT_PATH, type YamlPath } from '../base/origin.ts';
import { CODE_FORMATS } from '../schema/code-formats.ts';
import { formatSentence } from '../schema/formats.ts';
import { DOCUMENT_KINDS, schemaAtPath, type DocumentKind, type JsonSchema } from '../schema/schema.ts';
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

/** The document that completion would offer in an empty file, with its name. */
export function newDocument(kind: NewKind, name: string): NewDocument | RefusedName {
  const named = schemaOfName(kind);
  if (!new RegExp(named?.pattern ?? '').test(name))
    return {
      refused: name === '' ? 'A name is needed.' : `“${name}” is ${withoutWhich(formatSentence(named))}`,
    };
  if (kind === 'codes') return codeList(name);
  const [whole] = snippetsAt(kind, ROOT_PATH, 0, name);
  return {
    file: `${name}.${kind}.yaml`,
    snippet: `${whole?.snippet ?? ''}\n`,
    text: `${whole?.plain ?? ''}\n`,
  };
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
