/** Which documents are ours: those that the server is told of, and whose status is shown. */
import { languages, type DocumentFilter, type TextDocument } from 'vscode';

const patterns = ['**/*.{family,spec,policy,table,encounter}.{yaml,yml}', '**/*.codes.csv'];

export const ourDocuments: (DocumentFilter & { scheme: string; pattern: string })[] = patterns.flatMap(
  (pattern) => [
    { scheme: 'file', pattern },
    { scheme: 'untitled', pattern },
  ],
);

/** Whether the server is told of a document. */
export const isOurs = (document: TextDocument): boolean => languages.match(ourDocuments, document) > 0;
