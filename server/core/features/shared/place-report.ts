/** Places and reasons as plain JSON data: files, documents (from 1), lines and columns (from 1) in place of origins. */
import {
  fileOfDocument,
  childPath,
  isInstalled,
  isSpan,
  pathSteps,
  ROOT_PATH,
  type Origin,
  type Span,
} from '../../base/origin.ts';
import type { FactUse, Reason } from '../../billing/line.ts';
import type { Analysis } from '../../workspace/analysis.ts';
import { nodeAtPath } from '../../yaml/locate.ts';
import { entryOf, type YamlNode } from '../../yaml/node.ts';

export interface PlaceReport {
  /** Of what an installed release of a table says, the release: `mue-practitioner 2026q2 (installed)`. */
  readonly file: string;
  /** Number of the document in its file, from 1. */
  readonly document: number;
  /** JSON pointer into the document. */
  readonly path: string;
  /** The same for people, with the names of items: `modifiers[XE].when`. */
  readonly name: string;
  /** Line and column of the text, from 1. */
  readonly line: number;
  readonly column: number;
  /** True for what an installed release says: there is no text to open, and line and column are 1. Absent otherwise. */
  readonly installed?: true;
}

export interface ReasonReport {
  readonly sentence: string;
  readonly clause: PlaceReport;
  readonly facts: readonly { readonly name: string; readonly value: string; readonly at: PlaceReport }[];
  /** True for what is worth knowing and decided nothing; absent otherwise. */
  readonly remark?: true;
}

export const reasonReport = (
  analysis: Analysis,
  { sentence, clause, facts, remark }: Reason,
): ReasonReport => ({
  sentence,
  clause: placeReport(analysis, clause),
  facts: facts.map(({ name, value, origin }: FactUse) => ({
    name,
    value,
    at: placeReport(analysis, origin),
  })),
  ...(remark === true && { remark }),
});

/** Where something is written, as people and other programs count. */
export function placeReport(analysis: Analysis, at: Origin | Span): PlaceReport {
  if (!isSpan(at) && isInstalled(at.document)) return placeInRelease(at);
  const document = analysis.document(at.document);
  const range = analysis.locate(at);
  const position = range ? analysis.position(range.file, range.start) : { line: 0, character: 0 };
  return {
    file: document?.source.file ?? fileOfDocument(at.document),
    document: (document?.index ?? 0) + 1,
    path: isSpan(at) ? '' : at.path,
    name: isSpan(at) ? '' : clauseName(analysis, at),
    line: position.line + 1,
    column: position.character + 1,
  };
}

const placeInRelease = ({ document, path }: Origin): PlaceReport => ({
  file: document,
  document: 1,
  path,
  name: pathSteps(path).join('.'),
  line: 1,
  column: 1,
  installed: true,
});

/**
 * A clause as people find it: its keys, with the name of an item in place of its number, such as
 * `positions.initial.choose[professional]`. Empty for a whole document.
 */
function clauseName(analysis: Analysis, at: Origin): string {
  const found = analysis.document(at.document);
  if (!found) return '';
  const parsed = analysis.parsed(found.source);
  let path = ROOT_PATH;
  let name = '';
  for (const step of pathSteps(at.path)) {
    path = childPath(path, step);
    if (!/^\d+$/.test(step)) name += name === '' ? step : `.${step}`;
    else name += `[${itemName(nodeAtPath(parsed, path)) ?? step}]`;
  }
  return name;
}

/** What an item of a list is called: its id, class or code, or its own text. */
function itemName(node: YamlNode | undefined): string | undefined {
  if (node?.kind === 'scalar') return node.text;
  const named = ['id', 'class', 'code']
    .map((key) => entryOf(node, key)?.value)
    .find((value) => value?.kind === 'scalar');
  return named?.kind === 'scalar' ? named.text : undefined;
}
