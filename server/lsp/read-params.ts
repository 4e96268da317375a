/** Parameters of our own requests, read from whatever a client sends; what makes no sense is said in one sentence. */
import { parseDate, type CodeThere } from '../core/index.ts';
import type { InstallParams, RemoveParams } from '../protocol/codes.ts';
import type { NewDocumentKind, NewDocumentParams } from '../protocol/documents.ts';
import { VIEW_KINDS, type ViewParams } from '../protocol/views.ts';

/** What was wrong, for the user. */
export interface Misread {
  readonly misread: string;
}

const OPTIONAL = ['folder', 'set', 'release', 'from', 'to', 'sha256', 'notes', 'addenda'] as const;

export function readInstall(given: unknown): InstallParams | Misread {
  const params = entriesOf(given);
  const { source } = params;
  if (typeof source !== 'string' || source.trim() === '')
    return { misread: 'Say what to install: `source` is a path, an address, or a name of the catalogue.' };
  const { parts } = params;
  if (isGiven(parts) && !isTexts(parts)) return { misread: '`parts` must be a list of paths or addresses.' };
  const wrong = OPTIONAL.find((name) => isGiven(params[name]) && typeof params[name] !== 'string');
  if (wrong !== undefined) return { misread: `\`${wrong}\` must be text.` };
  const texts = OPTIONAL.flatMap((name) => (isGiven(params[name]) ? [[name, params[name]] as const] : []));
  return {
    source: source.trim(),
    ...(isTexts(parts) && parts.length > 0 && { parts }),
    ...Object.fromEntries(texts),
  };
}

export function readRemove(given: unknown): RemoveParams | Misread {
  const { files } = entriesOf(given);
  return isTexts(files)
    ? { files }
    : { misread: 'Say what to remove: `files` are those that are listed as releases.' };
}

export function readView(given: unknown): ViewParams | Misread {
  const { kind, uri, position, asFile } = entriesOf(given);
  const own = VIEW_KINDS.find((name) => name === kind);
  if (!own) return { misread: `\`kind\` must be one of ${VIEW_KINDS.join(', ')}.` };
  if (typeof uri !== 'string') return { misread: '`uri` must be the address of a file.' };
  const { line, character } = entriesOf(position);
  if (typeof line !== 'number' || typeof character !== 'number')
    return { misread: '`position` must have a line and a character.' };
  return { kind: own, uri, position: { line, character }, asFile: asFile === true };
}

export function readNewDocument(
  given: unknown,
  kinds: readonly NewDocumentKind[],
): NewDocumentParams | Misread {
  const { kind: wanted, name, today } = entriesOf(given);
  const kind = kinds.find((own) => own === wanted);
  if (kind === undefined) return { misread: `\`kind\` is one of ${kinds.join(', ')}.` };
  if (typeof name !== 'string') return { misread: '`name` must be text.' };
  const date = typeof today === 'string' ? parseDate(today) : undefined;
  return { kind, name: name.trim(), ...(date !== undefined && { today: date }) };
}

/** The code of a completion item, as it was sent with it; undefined where the item has none. */
export function readCodeThere(given: unknown): CodeThere | undefined {
  const { format, code, date } = entriesOf(given);
  if (typeof format !== 'string' || typeof code !== 'string') return undefined;
  return { format, code, date: typeof date === 'string' ? parseDate(date) : undefined };
}

/** The token that a request has among its parameters; undefined where its client wants no progress. */
export function workDoneTokenOf(given: unknown): string | number | undefined {
  const { workDoneToken: token } = entriesOf(given);
  return typeof token === 'string' || typeof token === 'number' ? token : undefined;
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string');

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const entriesOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
