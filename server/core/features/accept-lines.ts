/** Accepting what is computed: the lines of an encounter, or of all encounters of a file, become what is expected. */
import { ROOT_PATH, type FileId } from '../base/origin.ts';
import { differencesOf } from '../billing/agreement.ts';
import type { Bill } from '../billing/line.ts';
import type { Encounter } from '../encounter/encounter.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { nodeAtPath } from '../yaml/locate.ts';
import { entryOf, type MapNode } from '../yaml/node.ts';
import { behindColon } from './shared/add-entry.ts';
import type { Refactoring, TextEdit } from './shared/edit.ts';
import { expectText } from './shared/expect-text.ts';

/** What can be accepted at an offset of a file. */
export function acceptLines(analysis: Analysis, file: FileId, offset: number): readonly Refactoring[] {
  const at = analysis.documentAt(file, offset);
  const here = at && acceptable(analysis, at);
  const others = analysis.documents(file).filter((document) => {
    const { encounter } = acceptable(analysis, document) ?? {};
    // What others have published is no matter of what is computed.
    return encounter !== undefined && !encounter.published;
  });
  const one: Refactoring = {
    id: 'accept-lines',
    title: 'Accept the computed lines as expected',
    // Where they differ from what is expected, that is what is wrong; whose answer it is, people must see.
    ...(here?.encounter.expect ? { kind: 'quickfix', mends: 'expectation-mismatch' } : { kind: 'rewrite' }),
    files: () => inFile(file, at ? [at] : [], analysis),
  };
  const all: Refactoring = {
    id: 'accept-all-lines',
    title: `Accept the computed lines of ${String(others.length)} encounters here as expected`,
    kind: 'rewrite',
    files: () => inFile(file, others, analysis),
  };
  return [...(here ? [one] : []), ...(others.length > 1 ? [all] : [])];
}

const inFile = (
  file: FileId,
  documents: readonly DocumentInFile[],
  analysis: Analysis,
): readonly { file: FileId; create: false; edits: readonly TextEdit[] }[] => [
  { file, create: false, edits: documents.flatMap((document) => acceptEdit(analysis, document) ?? []) },
];

interface Acceptable {
  readonly encounter: Encounter;
  readonly bill: Bill;
  readonly root: MapNode;
}

/** The encounter of a document, where what it expects is not what is computed. */
function acceptable(analysis: Analysis, { source }: DocumentInFile): Acceptable | undefined {
  const encounter = analysis.encounter(source);
  const bill = encounter && analysis.bill(encounter);
  const root = nodeAtPath(analysis.parsed(source), ROOT_PATH);
  if (!encounter || !bill || root?.kind !== 'map' || root.flow || encounter.activities.length === 0)
    return undefined;
  const agrees = encounter.expect && differencesOf(encounter.expect, bill).length === 0;
  return agrees === true ? undefined : { encounter, bill, root };
}

function acceptEdit(analysis: Analysis, document: DocumentInFile): TextEdit | undefined {
  const found = acceptable(analysis, document);
  if (!found) return undefined;
  const { text } = document.source;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = expectText(found.bill, eol);
  const own = entryOf(found.root, 'expect');
  if (own && !own.merged) {
    const { start, end } = behindColon(text, own);
    return { start: document.offset + start, end: document.offset + end, text: lines };
  }
  const end = text.trimEnd().length;
  const rest = text.length > end ? '' : eol;
  return { start: document.offset + end, end: document.offset + end, text: `${eol}expect:${lines}${rest}` };
}
