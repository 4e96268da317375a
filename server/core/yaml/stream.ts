/**
 * A file of many documents. The text is cut at the lines that open a document (`---`), so that an edit parses the one
 * document it touches: documents whose text did not change stay the same objects, even when they moved.
 */
import type { DocumentId, FileId } from '../base/origin.ts';
import { lineEnds } from '../base/line-index.ts';
import { endsAlike } from '../base/lists.ts';
import { sameList } from '../base/memo.ts';
import { detached } from '../base/text.ts';

/** One document of a stream: its own text, from its `---` line (if it has one) up to the next. */
export interface SourceDocument {
  readonly id: DocumentId;
  readonly file: FileId;
  readonly text: string;
  /** Line ends in its text, so that the lines of a file are counted without reading it again. */
  readonly lineEnds: number;
}

export interface SourceFile {
  readonly id: FileId;
  /** The whole text, put together when it is asked for: it is kept in its documents alone, and most questions are about one. */
  readonly text: string;
  readonly documents: readonly SourceDocument[];
  /** Their ids: the very same list after an edit that neither brought nor took one. */
  readonly ids: readonly DocumentId[];
  /** Offset of each document in the file, in the order of `documents`. */
  readonly offsets: readonly number[];
  /** How many document ids were given out so far. */
  readonly serial: number;
  /** Place of the first document that the last change touched; 0 when nothing is known of the text before. */
  readonly changed: number;
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Offsets at which the documents of a text begin. Always at least one, so an empty file is one empty document. */
function documentStarts(text: string): number[] {
  const first = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const starts = [first];
  let isFirstMark = true;
  // Several times faster than a regular expression, and a large file is searched after every keystroke.
  for (let at = text.indexOf(MARK); at !== -1; at = text.indexOf(MARK, at + 1)) {
    if (!isBetween(text[at - 1], LINE_ENDS) || !isBetween(text[at + MARK.length], MARK_ENDS)) continue;
    const opensFirst = isFirstMark && isBlankPrologue(text.slice(first, at));
    isFirstMark = false;
    if (!opensFirst) starts.push(at);
  }
  return starts;
}

const MARK = '---';
const LINE_ENDS = '\n\r\u2028\u2029';
const MARK_ENDS = ` \t${LINE_ENDS}`;

/** The sign beside a mark fits, or the text ends there. */
const isBetween = (sign: string | undefined, signs: string): boolean =>
  sign === undefined || signs.includes(sign);

/** Whether nothing but comments, blank lines and directives stands before the first `---`. */
const isBlankPrologue = (text: string): boolean =>
  /^(?:[ \t]*(?:#[^\n]*)?(?:\r?\n|$)|%[^\n]*(?:\r?\n|$))*$/.test(text);

/**
 * Cuts a text into documents. Documents of the previous version are kept by text: first the equal ones at both ends,
 * then any equal one between; a changed document in the place of one that is gone inherits its id.
 */
export function splitStream(id: FileId, text: string, previous?: SourceFile): SourceFile {
  const parts = cut(text, {
    id,
    old: previous?.documents ?? [],
    serial: previous?.serial ?? 0,
    isEdited: previous !== undefined,
  });
  const changed = firstChanged(parts.documents, previous);
  if (previous && previous.offsets[0] === parts.offsets[0] && changed === undefined) return previous;
  const ids = sameList(previous?.ids, idsOf(parts.documents));
  return stream({ id, ...parts, ids, changed: changed ?? parts.documents.length - 1 });
}

export const idsOf = (documents: readonly SourceDocument[]): readonly DocumentId[] =>
  documents.map(({ id }) => id);

/** A file whose text is that of its documents. */
export function stream(parts: Omit<SourceFile, 'text'>): SourceFile {
  const { documents, offsets } = parts;
  return {
    ...parts,
    get text() {
      return (offsets[0] === 0 ? '' : BYTE_ORDER_MARK) + textOf(documents);
    },
  };
}

/** What stood in a text before it was changed. */
export interface Before {
  readonly id: FileId;
  readonly old: readonly SourceDocument[];
  readonly serial: number;
  readonly isEdited: boolean;
}

/** The documents of a text, or of a part of it that begins and ends where documents do, with their offsets in it. */
export function cut(
  text: string,
  { id, old, serial: first, isEdited }: Before,
): Pick<SourceFile, 'documents' | 'offsets' | 'serial'> {
  const offsets = documentStarts(text);
  const texts = offsets.map((start, i) => text.slice(start, offsets[i + 1] ?? text.length));
  const reuse = matchDocuments(old, texts);
  let serial = first;
  const documents = texts.map((part, i): SourceDocument => {
    const before = reuse[i];
    if (before?.text === part) return before;
    const documentId = before?.id ?? (`${id}#${String(serial++)}` as DocumentId);
    // A document keeps its text until it is edited, which for a slice would be the whole file of that time.
    const own = texts.length > 1 || isEdited ? detached(part) : part;
    return { id: documentId, file: id, text: own, lineEnds: lineEnds(part).length };
  });
  return { documents, offsets, serial };
}

/** What some documents that follow one another say together. */
export const textOf = (documents: readonly SourceDocument[]): string =>
  documents.map(({ text }) => text).join('');

/** Place of the first document that is another; undefined where all are the same. */
function firstChanged(
  documents: readonly SourceDocument[],
  previous: SourceFile | undefined,
): number | undefined {
  if (!previous) return 0;
  const at = documents.findIndex((document, i) => document !== previous.documents[i]);
  if (at !== -1) return at;
  return documents.length === previous.documents.length ? undefined : documents.length - 1;
}

/** A file that is one document, whatever lines it has. */
export function wholeFile(id: FileId, text: string, previous?: SourceFile): SourceFile {
  if (previous?.text === text) return previous;
  const document: SourceDocument = {
    id: `${id}#0` as DocumentId,
    file: id,
    text,
    lineEnds: lineEnds(text).length,
  };
  return stream({ id, documents: [document], ids: [document.id], offsets: [0], serial: 1, changed: 0 });
}

/** For each new text the old document whose place (and, when equal, whose object) it takes. */
function matchDocuments(
  old: readonly SourceDocument[],
  texts: readonly string[],
): (SourceDocument | undefined)[] {
  const result: (SourceDocument | undefined)[] = Array.from({ length: texts.length });
  const { head, tail } = endsAlike(old, texts, (document, text) => document?.text === text);
  for (let i = 0; i < head; i++) result[i] = old[i];
  for (let i = 1; i <= tail; i++) result[texts.length - i] = old.at(-i);
  const rest = old.slice(head, old.length - tail);
  const open: number[] = [];
  for (let i = head; i < texts.length - tail; i++) {
    const equal = rest.findIndex((document) => document.text === texts[i]);
    if (equal === -1) open.push(i);
    else [result[i]] = rest.splice(equal, 1);
  }
  for (const i of open) result[i] = rest.shift();
  return result;
}
