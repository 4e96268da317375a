/** What a line begins with when it is started: its indentation, and the dash where an item of a list is wanted. */
import type { FileId } from '../base/origin.ts';
import { schemaAtPath, type DocumentKind } from '../schema/schema.ts';
import type { Analysis } from '../workspace/analysis.ts';
import { kindOfDocument } from '../workspace/model.ts';
import { commentsOf, isInsideContent, lexemesOf } from '../yaml/lexemes.ts';
import { STEP } from '../yaml/pieces.ts';
import type { SourceDocument } from '../yaml/stream.ts';
import { cursorContext } from './shared/cursor.ts';
import type { TextEdit } from './shared/edit.ts';

/** The edits after a line break was typed; `offset` lies behind it, in the new line. In offsets of the file. */
export function formatNewline(analysis: Analysis, file: FileId, offset: number): readonly TextEdit[] {
  const document = analysis.documentAt(file, offset);
  if (!document) return [];
  const { source } = document;
  const kind = kindOfDocument(file, analysis.parsed(source).root);
  const edit = newlineEdit(source, kind, Math.max(0, offset - document.offset));
  if (!edit || source.text.slice(edit.start, edit.end) === edit.text) return [];
  return [{ ...edit, start: edit.start + document.offset, end: edit.end + document.offset }];
}

/** The line above, read as far as its layout goes. */
interface Above {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  /** The dashes before its content, with their blanks. */
  readonly dashes: string;
  /** Its content without a comment. */
  readonly body: string;
}

function newlineEdit(
  source: SourceDocument,
  kind: DocumentKind | undefined,
  offset: number,
): TextEdit | undefined {
  const { text } = source;
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  if (start === 0 || isInsideContent(source, start)) return undefined;
  const above = lineAbove(source, start);
  const blanks = /^[ \t]*/.exec(text.slice(start))?.[0].length ?? 0;
  const line = { start, end: start + blanks };
  if (above.body === '' && above.dashes === '') return undefined;
  const isEmpty = /^\r?$/m.test(text.slice(line.end, line.end + 2).split('\n')[0] ?? '');
  if (above.body === '') return isEmpty ? endOfList(above, line.end) : undefined;
  const [column, dash] = depthAt(source, start) > 0 ? [flowColumn(above), ''] : blockStart(text, kind, above);
  return { ...line, text: ' '.repeat(column) + (isEmpty ? dash : '') };
}

function lineAbove(source: SourceDocument, lineStart: number): Above {
  const { text } = source;
  const start = text.lastIndexOf('\n', lineStart - 2) + 1;
  const comment = commentsOf(source).find((own) => own.start >= start && own.start < lineStart);
  const content = text.slice(start, comment?.start ?? lineStart).trimEnd();
  const [, blanks = '', dashes = '', body = ''] = /^( *)((?:- +|-$)*)(.*)$/.exec(content) ?? [];
  return { start, end: start + content.length, indent: blanks.length, dashes, body };
}

/** An item without content, left by a line break, is the end of its list. */
const endOfList = ({ start, indent, dashes }: Above, end: number): TextEdit => ({
  start,
  end,
  text: ' '.repeat(Math.max(0, dashes.length > STEP ? indent : indent - STEP)),
});

/** How many brackets are open. */
function depthAt(source: SourceDocument, offset: number): number {
  return lexemesOf(source)
    .filter(({ start, kind }) => start < offset && kind === 'content')
    .map(({ start, end }) => source.text.slice(start, end))
    .reduce((depth, piece) => depth + Number(/^[[{]$/.test(piece)) - Number(/^[\]}]$/.test(piece)), 0);
}

const flowColumn = ({ indent, dashes, body }: Above): number =>
  indent + dashes.length + (/[[{]$/.test(body) ? STEP : 0);

/** The column in which a line of a block begins, and the dash of a new item. */
function blockStart(text: string, kind: DocumentKind | undefined, above: Above): [number, string] {
  const { indent, dashes, body, end } = above;
  const column = indent + dashes.length;
  if (/:(?: +[&!]\S+)*$/.test(body)) return [column + STEP, isList(text, kind, end) ? '- ' : ''];
  if (/(?:^|: +)(?:[&!]\S+ +)*[|>][-+0-9]*$/.test(body)) return [column + STEP, ''];
  const isKey = /^(?:"[^"]*"|'[^']*'|[^\s#[\]{},"'][^#[\]{},]*?)\s*:\s/.test(body);
  if (dashes !== '' && !isKey) return [column - STEP, '- '];
  return [column, ''];
}

/** Whether the value that begins at an offset is a list. */
function isList(text: string, kind: DocumentKind | undefined, offset: number): boolean {
  const at = kind && schemaAtPath(kind, cursorContext(text, offset).path);
  return at?.allows('array') === true && !at.allows('object');
}
