/** An expected line takes over the modifiers of the line that is computed for it. */
import { isWithin, childPath, ROOT_PATH, type FileId, type YamlPath } from '../base/origin.ts';
import { listWords } from '../base/words.ts';
import type { BillingLine } from '../billing/line.ts';
import type { Encounter, Expectation, ExpectedLine } from '../encounter/encounter.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { nodeAtOffset, nodeAtPath } from '../yaml/locate.ts';
import { entryOf, type MapNode } from '../yaml/node.ts';
import { addEntry, behindColon } from './shared/add-entry.ts';
import type { Refactoring, TextEdit } from './shared/edit.ts';
import { quoted } from './shared/expect-text.ts';

/** For the expected line at an offset, or for each of them where its list has the cursor at its key. */
export function setModifiers(analysis: Analysis, file: FileId, offset: number): readonly Refactoring[] {
  const document = analysis.documentAt(file, offset);
  const encounter = document && analysis.encounter(document.source);
  if (!document || !encounter?.expect) return [];
  const at = nodeAtOffset(analysis.parsed(document.source), offset - document.offset);
  return counterparts(analysis, encounter, encounter.expect)
    .filter(({ line }) => at && isNamed(at.path, line.origin.path))
    .flatMap(({ line, modifiers }): Refactoring[] => {
      const edit = editOf(analysis, document, line, modifiers);
      if (!edit) return [];
      return [
        {
          id: `set-modifiers ${line.origin.path}`,
          title: titleOf(line, modifiers),
          ...(line.modifiers === undefined
            ? { kind: 'rewrite' }
            : { kind: 'quickfix', mends: 'expectation-mismatch' }),
          files: () => [{ file, create: false, edits: [edit] }],
        },
      ];
    });
}

/** Whether a place is in a line, or is the list that has it. */
const isNamed = (at: YamlPath, line: YamlPath): boolean =>
  isWithin(at, line) || (at !== ROOT_PATH && isWithin(line, at));

interface Counterpart {
  readonly line: ExpectedLine;
  readonly modifiers: readonly string[];
}

/** Expected lines that have a computed one of their own, but for its modifiers. */
function counterparts(
  analysis: Analysis,
  encounter: Encounter,
  { lines, includes }: Expectation,
): readonly Counterpart[] {
  const computed = [...(analysis.bill(encounter)?.lines ?? [])];
  const open = [...(lines ?? []), ...includes].filter((line) => {
    const equal = computed.findIndex((own) => isAlike(own, line) && sameModifiers(own, line));
    if (equal !== -1) computed.splice(equal, 1);
    return equal === -1;
  });
  return open.flatMap((line): Counterpart[] => {
    const alike = computed.filter((own) => isAlike(own, line));
    const [first, ...others] = alike;
    const isOne = first && others.every((own) => sameModifiers(own, first));
    return isOne ? [{ line, modifiers: first.modifiers }] : [];
  });
}

const isAlike = ({ code, units, outcome }: BillingLine, line: ExpectedLine): boolean =>
  code === line.code && units === line.units && outcome === (line.outcome ?? 'billable');

const sameModifiers = (
  { modifiers }: BillingLine,
  { modifiers: others = [] }: Pick<ExpectedLine, 'modifiers'>,
): boolean => [...modifiers].sort().join() === [...others].sort().join();

function titleOf({ code, modifiers: before = [] }: ExpectedLine, modifiers: readonly string[]): string {
  const added = modifiers.filter((own) => !before.includes(own));
  const words = (own: readonly string[]): string =>
    `${own.length === 1 ? 'modifier' : 'modifiers'} ${listWords(own, 'and')}`;
  if (modifiers.length === 0) return `Take the ${words(before)} off the expected ${code}`;
  if (before.every((own) => modifiers.includes(own))) return `Add ${words(added)} to the expected ${code}`;
  return `Give the expected ${code} the ${words(modifiers)} in place of ${listWords(before, 'and')}`;
}

/** Undefined where the line is written elsewhere, by an alias. */
function editOf(
  analysis: Analysis,
  { source, offset }: DocumentInFile,
  { origin }: ExpectedLine,
  modifiers: readonly string[],
): TextEdit | undefined {
  const parsed = analysis.parsed(source);
  const node = nodeAtPath(parsed, origin.path);
  if (node?.kind !== 'map' || node.path !== origin.path) return undefined;
  const value = `[${modifiers.map(quoted).join(', ')}]`;
  const edit = replaceValue(source.text, node, value) ?? addEntry(source.text, node, 'modifiers', value);
  return edit && { start: edit.start + offset, end: edit.end + offset, text: edit.text };
}

function replaceValue(text: string, node: MapNode, value: string): TextEdit | undefined {
  const own = entryOf(node, 'modifiers');
  if (!own || own.merged || own.value.path !== childPath(node.path, 'modifiers')) return undefined;
  return { ...behindColon(text, own), text: ` ${value}` };
}
