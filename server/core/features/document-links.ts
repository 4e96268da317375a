/** Addresses and names of other files in the text of a file, wherever they stand: in sources, in prose, in comments. */
import type { TextRange } from '../base/line-index.ts';
import { fileId, type FileId } from '../base/origin.ts';
import { placeOf, type Place } from '../names/place.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { kindOfDocument } from '../workspace/model.ts';
import type { YamlNode } from '../yaml/node.ts';

export interface Link extends TextRange {
  /** An address on the web, or a file at hand. */
  readonly to: string;
}

/** The links, one list for each document, so that whoever asks can stop in between. */
export function* documentLinks(analysis: Analysis, file: FileId): Generator<readonly Link[]> {
  for (const document of analysis.documents(file)) yield linksIn(analysis, document);
}

function linksIn(analysis: Analysis, document: DocumentInFile): Link[] {
  const { root } = analysis.parsed(document.source);
  const kind = kindOfDocument(document.source.file, root);
  if (!kind) return [];
  const named = root ? addresses(root, placeOf(kind), document.source.text) : [];
  const written = [...webLinks(document.source.text), ...fileLinks(analysis, document.source)].filter(
    ({ start, end }) => !named.some((link) => link.start < end && start < link.end),
  );
  return [...named, ...written]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, to }) => ({ start: document.offset + start, end: document.offset + end, to }));
}

/** Values that the schema calls addresses: all of them, whatever signs they end in. */
function addresses(node: YamlNode, place: Place, text: string): Link[] {
  if (node.kind === 'seq') return node.items.flatMap((item) => addresses(item, place.child('*'), text));
  if (node.kind === 'map')
    return node.entries
      .filter(({ key, value, merged }) => !merged && value.path === key.path)
      .flatMap(({ key, value }) => addresses(value, place.child(key.text), text));
  if (place.format !== 'uri' || !/^https?:\/\/\S+$/.test(node.text)) return [];
  const start = text.indexOf(node.text, node.start);
  return start === -1 || start > node.end ? [] : [{ start, end: start + node.text.length, to: node.text }];
}

function webLinks(text: string): Link[] {
  return [...text.matchAll(/\bhttps?:\/\/[^\s"'<>`]+/g)].map((match) => {
    // What ends a sentence or a bracket around it is not part of an address in prose.
    const to = match[0].replace(/[.,;:!?)\]}]+$/, '');
    return { start: match.index, end: match.index + to.length, to };
  });
}

/** Names of documents of ours, from the folder of the file on; only of those that are there. */
function fileLinks(analysis: Analysis, { file, text }: DocumentInFile['source']): Link[] {
  const pattern = /(?<![\w./-])[\w./-]+\.(?:family|spec|policy|table|encounter)\.ya?ml\b/g;
  return [...text.matchAll(pattern)].flatMap((match) => {
    const to = beside(file, match[0]);
    const isThere = to !== undefined && to !== file && analysis.file(to) !== undefined;
    return isThere ? [{ start: match.index, end: match.index + match[0].length, to }] : [];
  });
}

/** The file that a relative path leads to; undefined where it leads out of everything. */
function beside(file: FileId, path: string): FileId | undefined {
  const folders = file.split('/').slice(0, -1);
  for (const step of path.split('/')) {
    if (step === '..') {
      if (folders.pop() === undefined) return undefined;
    } else if (step !== '.' && step !== '') folders.push(step);
  }
  return fileId(folders.join('/'));
}
