/** Which documents are ours: those that the server is told of, and whose status is shown. */
import type { DocumentFilter } from 'vscode';

const pattern = '**/*.{family,spec,policy,table,encounter}.{yaml,yml}';

export const ourDocuments: (DocumentFilter & { scheme: string; pattern: string })[] = [
  { scheme: 'file', pattern },
  { scheme: 'untitled', pattern },
];
