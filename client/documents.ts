/** Which documents are ours: those that the server is told of, and whose status is shown. */
import { languages, workspace, type DocumentFilter, type TextDocument } from 'vscode';

const patterns = ['**/*.{family,spec,policy,table,encounter}.{yaml,yml}', '**/*.codes.csv'];

export type OurFilter = DocumentFilter & { scheme: string; pattern: string };

/**
 * In files, new documents, and the folders of the workspace, wherever they come from; not in the older versions that a source
 * control shows beside them, which would seem to say everything twice.
 */
export const ourDocuments = (): OurFilter[] =>
  patterns.flatMap((pattern) => ourSchemes().map((scheme) => ({ scheme, pattern })));

export const ourSchemes = (): readonly string[] => [
  ...new Set(['file', 'untitled', ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme)]),
];

/** Whether the server is told of a document. */
export const isOurs = (document: TextDocument): boolean => languages.match(ourDocuments(), document) > 0;
