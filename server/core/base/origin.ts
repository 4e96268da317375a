/**
 * Where something was written, in a form that reformatting does not change: a document and a path inside it.
 * Everything compiled or computed carries origins; offsets are looked up only when something is shown.
 */

import { interned } from './text.ts';

/** The path of a file as its host names it (a URI in the editor, a path on the command line). */
export type FileId = string & { readonly __fileId: unique symbol };
/** One YAML document of a stream. Stable while the document keeps its place, whatever is edited around it. */
export type DocumentId = string & { readonly __documentId: unique symbol };
/** A JSON pointer into a document, such as `/rules/3/when/minutes`. The empty path is the whole document. */
export type YamlPath = string & { readonly __yamlPath: unique symbol };

export type OriginPart = 'key' | 'value';

export interface Origin {
  readonly document: DocumentId;
  readonly path: YamlPath;
  /** Whether the key of the entry is meant, or its value. */
  readonly part: OriginPart;
}

/**
 * What stands in the place of a document for a release that is installed: nobody wrote it in a file of text, so it is named
 * and never opened. Documents have a `#` in their ids; this has none.
 */
export const installedId = (set: string, release: string): DocumentId =>
  `${set} ${release} (installed)` as DocumentId;

export const isInstalled = (document: DocumentId): boolean => !document.includes('#');

/** A name as people read it: those of files come as parts of addresses in an editor. */
export function decodedName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** The file that a document lies in; what is installed lies in none. */
export const fileOfDocument = (document: DocumentId): FileId =>
  document.slice(0, document.lastIndexOf('#')) as FileId;

/** Offsets into the text of a file, end exclusive. Only for mistakes that have no path, such as YAML syntax errors. */
export interface Span {
  readonly document: DocumentId;
  readonly start: number;
  readonly end: number;
}

export const ROOT_PATH = '' as YamlPath;

export const fileId = (name: string): FileId => name as FileId;

export const origin = (document: DocumentId, path: YamlPath, part: OriginPart = 'value'): Origin => ({
  document,
  path,
  part,
});

/** The path one step further down. Escapes as RFC 6901 has it. */
export function childPath(path: YamlPath, step: string | number): YamlPath {
  const text = typeof step === 'number' ? String(step) : step.replace(/~/g, '~0').replace(/\//g, '~1');
  return interned(`${path}/${text}`) as YamlPath;
}

/** Whether a path is another one, or leads on from it. */
export const isWithin = (path: YamlPath, outer: YamlPath): boolean =>
  path === outer || path.startsWith(`${outer}/`);

/** The steps of a path, unescaped. */
export function pathSteps(path: YamlPath): string[] {
  if (path === '') return [];
  return path
    .slice(1)
    .split('/')
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'));
}

export const isSpan = (at: Origin | Span): at is Span => 'start' in at;
