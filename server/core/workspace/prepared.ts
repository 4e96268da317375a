/**
 * What was worked out before of documents that are known beforehand, such as those of the built-in library: their models, the
 * codes and names in them, and where the things stand that reasons point to. It is looked up by the text, so that a document that was
 * changed is worked out as any other.
 */
import { readPlain, writePlain } from '../base/plain-data.ts';
import { perInput } from '../base/memo.ts';
import type { TextRange } from '../base/line-index.ts';
import { isSpan, type Origin } from '../base/origin.ts';
import { rangeInDocument, rangeKey } from '../yaml/locate.ts';
import type { ParsedDocument } from '../yaml/parse.ts';
import type { SourceDocument } from '../yaml/stream.ts';
import type { DocumentModel } from './model.ts';
import type { SpecNames } from './spec-names.ts';
import type { WrittenCode } from './written-codes.ts';

export interface PreparedDocument {
  readonly model: DocumentModel;
  readonly codes: readonly WrittenCode[];
  readonly names: SpecNames;
  /** By `rangeKey`, of every origin in the model. */
  readonly ranges: ReadonlyMap<string, TextRange>;
}

/** What is known of a document beforehand; undefined of most. */
export type Prepared = (document: SourceDocument) => PreparedDocument | undefined;

export const nothingPrepared: Prepared = () => undefined;

export interface DocumentToPrepare extends Omit<PreparedDocument, 'ranges'> {
  readonly parsed: ParsedDocument;
}

/**
 * For each document a line that names it, its text, and a line with what is known of it. Documents with mistakes are left out: to tell those, they have to be read anyway. The
 * text is for the very program that wrote it, and has no version.
 */
export function writePrepared(documents: readonly DocumentToPrepare[]): string {
  return documents
    .filter(({ parsed, model }) => parsed.problems.length === 0 && model.problems.length === 0)
    .map(({ parsed, ...known }) => {
      const ranges = new Map(
        originsIn(known.model).map((at) => [rangeKey(at), rangeInDocument(parsed, at)] as const),
      );
      const prepared: PreparedDocument = { ...known, ranges };
      const [text, rest] = [inAscii(parsed.source.text), escaped(writePlain(prepared, parsed.source.id))];
      return `${nameOf(parsed.source)} ${String(text.length)} ${String(rest.length)}\n${text}\n${rest}\n`;
    })
    .join('');
}

export function readPrepared(all: string): Prepared {
  // Several documents of one file may be of one length.
  const places = new Map<string, Place[]>();
  for (let at = 0; at < all.length;) {
    const end = all.indexOf('\n', at);
    const [, name = '', text = '', length = ''] = /^(.*) (\d+) (\d+)$/.exec(all.slice(at, end)) ?? [];
    const known = end + 1 + Number(text) + 1;
    places.set(name, [...(places.get(name) ?? []), { text: end + 1, known, end: known + Number(length) }]);
    at = known + Number(length) + 1;
  }
  return perInput((document) => {
    const place = places
      .get(nameOf(document))
      ?.find((own) => all.startsWith(inAscii(document.text), own.text));
    return place && (readPlain(all.slice(place.known, place.end), document.id) as PreparedDocument);
  });
}

/** Offsets of one document: of its text, and of what is known of it. */
interface Place {
  readonly text: number;
  readonly known: number;
  readonly end: number;
}

/** A text in JSON, with nothing beyond ASCII: a text with a single other sign takes twice the memory. */
const inAscii = (text: string): string => escaped(JSON.stringify(text));

const escaped = (json: string): string =>
  json.replace(/[\u0080-\uFFFF]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The name of its file and how long it is. A document's kind is in that name, and so is what a code list is called. */
const nameOf = ({ file, text }: SourceDocument): string =>
  `${file.slice(file.lastIndexOf('/') + 1)} ${String(text.length)}`;

/** Every origin in plain data. */
function originsIn(value: unknown): readonly Origin[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(originsIn);
  if (value instanceof Map) return [...value.values()].flatMap(originsIn);
  return isOrigin(value) ? [value] : Object.values(value).flatMap(originsIn);
}

const isOrigin = (value: object): value is Origin =>
  'document' in value && 'path' in value && 'part' in value && !isSpan(value as Origin);
