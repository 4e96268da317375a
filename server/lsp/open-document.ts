/**
 * A document that a client has open, as what was last told of it: its text, or what was changed in that. The text itself is
 * kept by the engine alone, cut into the documents of the file, so that no edit copies a large file.
 */
import type { TextDocumentContentChangeEvent, TextDocumentsConfiguration } from 'vscode-languageserver';
import type { ContentChanges } from '../core/index.ts';

export interface OpenDocument {
  readonly uri: string;
  readonly content: { readonly text: string } | ContentChanges;
}

export const OpenDocument: TextDocumentsConfiguration<OpenDocument> = {
  create: (uri, _language, _version, text) => ({ uri, content: { text } }),
  update: ({ uri }, changes: TextDocumentContentChangeEvent[]) => ({ uri, content: { changes } }),
};
