/**
 * What the cursor stands on, found from the text before it alone: the path, whether a key or a value is being written,
 * and the word. A light reading of YAML's layout that never fails, since text is mostly broken while it is typed.
 */
import { childPath, ROOT_PATH, type YamlPath } from '../../base/origin.ts';
import { readFlow, type FlowFrame } from './flow.ts';

export interface CursorContext {
  readonly part: 'key' | 'value';
  /** Of the mapping whose key is written, or of the value. */
  readonly path: YamlPath;
  /** Keys that stand before the cursor in the same mapping. */
  readonly siblings: readonly string[];
  readonly word: string;
  /** What completion replaces, in offsets of the text; inside quotes without them. */
  readonly start: number;
  readonly end: number;
  readonly quote: '"' | "'" | '';
  /** Whether the quotation mark is closed again behind the cursor. */
  readonly isClosed: boolean;
  /** Whether a space is missing behind the colon or the dash. */
  readonly needsSpace: boolean;
  /** Whether it stands in `{}` or `[]`. */
  readonly isFlow: boolean;
}

/** One step of the block structure above the cursor. */
interface BlockFrame {
  readonly column: number;
  readonly kind: 'key' | 'item';
  step: string | number;
  readonly siblings: string[];
}

const KEY = /^(?:"([^"]*)"|'([^']*)'|([^\s#[\]{},"'][^#[\]{},]*?)|(<<))\s*:(?=\s|$)/;

export function cursorContext(text: string, offset: number): CursorContext {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const stack: BlockFrame[] = [];
  const open = readLines(text.slice(0, lineStart).split(/\r?\n/).slice(0, -1), stack);
  const line = text.slice(lineStart, offset);
  if (open.length > 0) return flowContext(text, offset, stack, readFlow(line, open));
  const { rest, column } = readMarkers(
    line.replace(/^---\s*/, (mark) => ' '.repeat(mark.length)),
    stack,
  );
  const key = KEY.exec(rest);
  if (!key) {
    const opened = readFlow(rest, []);
    if (opened.length > 0) return flowContext(text, offset, stack, opened);
    return blockKeyContext(text, offset, stack, rest, column);
  }
  pushKey(stack, column, keyText(key));
  const value = rest.slice(key[0].length);
  const flow = readFlow(value, []);
  if (flow.length > 0) return flowContext(text, offset, stack, flow);
  return valueContext(text, offset, pathOf(stack), [], value.trimStart(), value === '');
}

/** Reads whole lines; answers with the flow collection that is still open at the end. */
function readLines(lines: readonly string[], stack: BlockFrame[]): FlowFrame[] {
  let open: FlowFrame[] = [];
  let blockScalarAbove = -1;
  for (const line of lines) {
    if (open.length > 0) {
      open = readFlow(line, open);
      continue;
    }
    const indent = line.search(/\S/);
    if (indent === -1 || line[indent] === '#' || /^(?:---|\.\.\.|%)/.test(line)) continue;
    if (blockScalarAbove >= 0 && indent > blockScalarAbove) continue;
    blockScalarAbove = -1;
    const { rest, column } = readMarkers(line, stack);
    const key = KEY.exec(rest);
    const value = key ? rest.slice(key[0].length) : rest;
    if (key) pushKey(stack, column, keyText(key));
    if (/^\s*(?:[&!]\S+\s+)*[|>][-+0-9]*\s*(?:#.*)?$/.test(value)) blockScalarAbove = key ? column : indent;
    else open = readFlow(value, []);
  }
  return open;
}

const keyText = (key: RegExpExecArray): string => (key[1] ?? key[2] ?? key[3] ?? key[4] ?? '').trim();

/** Goes through the `- ` at the start of a line; answers with what is left and its column. */
function readMarkers(line: string, stack: BlockFrame[]): { rest: string; column: number } {
  let column = line.search(/\S/);
  if (column === -1) column = line.length;
  let rest = line.slice(column);
  while (/^-(?=\s|$)/.test(rest)) {
    pushItem(stack, column);
    const marker = /^-\s*/.exec(rest)?.[0] ?? '-';
    column += marker.length;
    rest = rest.slice(marker.length);
  }
  popTo(stack, column);
  return { rest, column };
}

function popTo(stack: BlockFrame[], column: number): void {
  while ((stack.at(-1)?.column ?? -1) > column) stack.pop();
}

function pushItem(stack: BlockFrame[], column: number): void {
  popTo(stack, column);
  const top = stack.at(-1);
  if (top?.column === column && top.kind === 'item') top.step = Number(top.step) + 1;
  else stack.push({ column, kind: 'item', step: 0, siblings: [] });
}

function pushKey(stack: BlockFrame[], column: number, key: string): void {
  const siblings = closeLevel(stack, column);
  stack.push({ column, kind: 'key', step: key, siblings: [...siblings, key] });
}

/** Leaves the keys and lists that end at a column; answers with the keys of its mapping so far. */
function closeLevel(stack: BlockFrame[], column: number): readonly string[] {
  let siblings: readonly string[] = [];
  for (let top = stack.at(-1); top && top.column >= column; top = stack.at(-1)) {
    if (top.column === column && top.kind === 'key') siblings = top.siblings;
    stack.pop();
  }
  return siblings;
}

const pathOf = (stack: readonly BlockFrame[], flow: readonly FlowFrame[] = []): YamlPath =>
  [
    ...stack.map(({ step }) => step),
    ...flow.map(({ step }) => step).filter((step) => step !== undefined),
  ].reduce<YamlPath>((path, step) => childPath(path, step), ROOT_PATH);

function blockKeyContext(
  text: string,
  offset: number,
  stack: BlockFrame[],
  rest: string,
  column: number,
): CursorContext {
  const siblings = closeLevel(stack, column);
  const needsSpace = rest === '' && /(?:^|\s)-$/.test(text.slice(Math.max(0, offset - 2), offset));
  return { ...valueContext(text, offset, pathOf(stack), siblings, rest, needsSpace), part: 'key' };
}

function flowContext(
  text: string,
  offset: number,
  stack: readonly BlockFrame[],
  flow: readonly FlowFrame[],
): CursorContext {
  const top = flow.at(-1);
  const pending = top?.pending ?? '';
  const path = pathOf(stack, flow);
  if (top?.kind === 'map' && top.step === undefined)
    return { ...valueContext(text, offset, path, top.keys, pending, false), part: 'key', isFlow: true };
  const needsSpace = text.charAt(offset - 1) === ':';
  return { ...valueContext(text, offset, path, [], pending, needsSpace), isFlow: true };
}

function valueContext(
  text: string,
  offset: number,
  path: YamlPath,
  siblings: readonly string[],
  written: string,
  needsSpace: boolean,
): CursorContext {
  const first = written.charAt(0);
  const quote = first === '"' || first === "'" ? first : '';
  const word = quote === '' ? written : written.slice(1);
  const behind = text.slice(offset, offset + 200);
  const rest = /^[^\s,[\]{}#:"']*/.exec(behind)?.[0] ?? '';
  return {
    part: 'value',
    path,
    siblings,
    word,
    start: offset - word.length,
    end: offset + rest.length,
    quote,
    isClosed: quote !== '' && /^[^\n,\]}]*/.exec(behind)?.[0].includes(quote) === true,
    needsSpace,
    isFlow: false,
  };
}
