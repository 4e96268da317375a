/** What administrations have in common, written once: an anchor at the first, and merges in the others. */
import { childPath, pathSteps, type FileId } from '../base/origin.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { commentsOf } from '../yaml/lexemes.ts';
import { nodeAtOffset, nodeAtPath } from '../yaml/locate.ts';
import type { Entry, MapNode, YamlNode } from '../yaml/node.ts';
import { ROOT_PATH } from '../base/origin.ts';
import type { Refactoring, TextEdit } from './shared/edit.ts';

/** Fewer entries in common are not worth a name. */
const LEAST = 2;

export function extractAnchor(analysis: Analysis, file: FileId, offset: number): readonly Refactoring[] {
  const document = analysis.documentAt(file, offset);
  const found = document && shared(analysis, document, offset - document.offset);
  if (!document || !found) return [];
  return [
    {
      id: 'extract-anchor',
      title: `Share what ${String(found.others.length + 1)} administrations have in common by the anchor &${found.name}`,
      kind: 'extract',
      files: () => [
        {
          file,
          create: false,
          edits: editsOf(document.source.text, found).map(({ start, end, text }) => ({
            start: start + document.offset,
            end: end + document.offset,
            text,
          })),
        },
      ],
    },
  ];
}

interface Shared {
  readonly name: string;
  readonly first: MapNode;
  readonly others: readonly MapNode[];
}

/** The administration at an offset, and those below it that say everything that it says, some of it otherwise. */
function shared(analysis: Analysis, { source }: DocumentInFile, offset: number): Shared | undefined {
  const parsed = analysis.parsed(source);
  const at = nodeAtOffset(parsed, offset);
  const [list, index] = at ? pathSteps(at.path) : [];
  if (list !== 'administrations' || index === undefined || parsed.problems.length > 0) return undefined;
  const node = nodeAtPath(parsed, childPath(ROOT_PATH, list));
  if (node?.kind !== 'seq') return undefined;
  const isWritten = (item: YamlNode): item is MapNode =>
    item.kind === 'map' &&
    item.start >= node.start &&
    item.end <= node.end &&
    item.entries.every(isPlainEntry);
  const first = node.items[Number(index)];
  if (!first || !isWritten(first) || hasAnchor(source.text, first)) return undefined;
  const others = node.items
    .slice(Number(index) + 1)
    .filter(isWritten)
    .filter((item) => !hasAnchor(source.text, item) && !hasComment(commentsOf(source), item))
    .filter((item) => first.entries.every(({ key }) => item.entries.some((own) => own.key.text === key.text)))
    .filter((item) => item.entries.filter((entry) => isSame(source.text, first, entry)).length >= LEAST);
  return others.length === 0 ? undefined : { name: nameOf(source.text, first), first, others };
}

/** Written here, and neither by an alias nor through a merge. */
const isPlainEntry = ({ key, value, merged }: Entry): boolean => !merged && value.start >= key.end;

const hasAnchor = (text: string, { start }: MapNode): boolean =>
  /[&!*]\S+\s+$/.test(text.slice(Math.max(0, start - 80), start));

const hasComment = (comments: readonly { readonly start: number }[], { start, end }: MapNode): boolean =>
  comments.some((comment) => comment.start >= start && comment.start < end);

/** Whether a mapping has an entry that is written in the same words. Names are each administration's own. */
function isSame(text: string, { entries }: MapNode, entry: Entry): boolean {
  const own = entries.find(({ key }) => key.text === entry.key.text);
  return (
    own !== undefined &&
    text.slice(own.value.start, own.value.end) === text.slice(entry.value.start, entry.value.end)
  );
}

/** After the substance; a name that the document does not use yet. */
function nameOf(text: string, { entries }: MapNode): string {
  const substance = entries.find(({ key }) => key.text === 'substance')?.value;
  const words = substance?.kind === 'scalar' ? substance.text.toLowerCase().replace(/[^a-z\d]+/g, '-') : '';
  const base = words.replace(/^-+|-+$/g, '') || 'shared';
  let name = base;
  for (let number = 2; new RegExp(`[&*]${name}(?![\\w-])`).test(text); number++)
    name = `${base}-${String(number)}`;
  return name;
}

function editsOf(text: string, { name, first, others }: Shared): TextEdit[] {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = (at: number): string => ' '.repeat(at - (text.lastIndexOf('\n', at - 1) + 1));
  const anchor = first.flow ? `&${name} ` : `&${name}${eol}${indent(first.start)}`;
  return [
    { start: first.start, end: first.start, text: anchor },
    ...others.map((item) => {
      const rest = item.entries
        .filter((entry) => !isSame(text, first, entry))
        .map(({ key, value }) => text.slice(key.start, Math.max(key.end + 1, value.end)));
      const parts = [`<<: *${name}`, ...rest];
      const merged = item.flow ? `{${parts.join(', ')}}` : parts.join(`${eol}${indent(item.start)}`);
      return { start: item.start, end: item.end, text: merged };
    }),
  ];
}
