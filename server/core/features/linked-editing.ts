/**
 * Names that are typed at once wherever they stand in an encounter: an administration's id with what refers to it, an
 * access site, a session.
 */
import type { TextRange } from '../base/line-index.ts';
import type { FileId } from '../base/origin.ts';
import type { Analysis } from '../workspace/analysis.ts';
import { isLocalName, mentionsIn, namedAt, type Named } from './shared/named.ts';

export interface LinkedNames {
  /** In offsets of the file. All of them have the same text. */
  readonly ranges: readonly TextRange[];
  /** A regular expression for what may be typed without ending the linked editing. */
  readonly pattern: string;
}

const ID = '[a-z0-9]*(?:[-_.][a-z0-9]*)*';
const WORDS = '[^\\s,:#"\'\\[\\]{}&*!|>%@`][^,:#"\'\\[\\]{}\\r\\n]*|';

export function linkedNames(analysis: Analysis, file: FileId, offset: number): LinkedNames | undefined {
  const found = namedAt(analysis, file, offset);
  if (!found || !isLinked(analysis, found.named)) return undefined;
  const { text } = found.document.source;
  const mentions = mentionsIn(analysis, found.named, found.document);
  const isAlike = mentions.every(({ mention }) => text.slice(mention.start, mention.end) === mention.name);
  if (mentions.length < 2 || !isAlike) return undefined;
  return {
    ranges: mentions.map(({ start, end }) => ({ start, end })),
    pattern: found.named.kind === 'entry' ? ID : WORDS,
  };
}

const isLinked = (analysis: Analysis, named: Named): boolean =>
  named.kind === 'entry' ? named.local !== -1 : isLocalName(analysis, named);
