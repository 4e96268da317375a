/**
 * Names in all files, found by some of their letters in order. Encounters are found by the line that names them, so that
 * tens of thousands need not be parsed.
 */
import { decodedName, type FileId } from '../base/origin.ts';
import type { Mention, NameKind } from '../names/mention.ts';
import { kindOfFile } from '../schema/schema.ts';
import type { Analysis, DocumentInFile, Location } from '../workspace/analysis.ts';
import { visibleDocuments } from './shared/named.ts';

export interface FoundSymbol {
  readonly name: string;
  readonly kind: NameKind;
  /** What it belongs to: a family, a policy, a file. */
  readonly container: string;
  readonly at: Location;
  /** The better it fits, the lower. */
  readonly distance: number;
}

/** So many are shown; more make a list that nobody reads. */
const MAX_SYMBOLS = 200;

/** Everything that fits, one list for each document, so that whoever asks can stop in between. */
export function* workspaceSymbols(analysis: Analysis, query: string): Generator<readonly FoundSymbol[]> {
  for (const document of visibleDocuments(analysis))
    yield namesIn(analysis, document).flatMap((symbol) => {
      const distance = distanceOf(symbol.name, query);
      return distance === undefined ? [] : [{ ...symbol, distance }];
    });
}

/** What fits best, those of rule documents before encounters. */
export function bestSymbols(found: readonly FoundSymbol[]): readonly FoundSymbol[] {
  const rank = ({ kind, distance }: FoundSymbol): number => distance * 2 + (kind === 'encounter' ? 1 : 0);
  return [...found]
    .sort((a, b) => rank(a) - rank(b) || a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, MAX_SYMBOLS);
}

type Name = Omit<FoundSymbol, 'distance'>;

function namesIn(analysis: Analysis, document: DocumentInFile): Name[] {
  const { source, offset } = document;
  if (kindOfFile(source.file) === 'encounter') {
    const named = encounterName(source.text);
    if (!named) return [];
    const at = {
      file: source.file,
      start: offset + named.start,
      end: offset + named.start + named.name.length,
    };
    return [{ name: named.name, kind: 'encounter', container: baseName(source.file), at }];
  }
  return analysis
    .mentions(source)
    .filter(({ naming }) => naming.role === 'declaration' && SHOWN.has(naming.kind))
    .map((mention) => ({
      name:
        mention.naming.kind === 'procedure-code' ? codeWithTitle(analysis, document, mention) : mention.name,
      kind: mention.naming.kind,
      container: containerOf(analysis, document, mention),
      at: { file: source.file, start: offset + mention.start, end: offset + mention.end },
    }));
}

const SHOWN: ReadonlySet<NameKind> = new Set<NameKind>([
  'procedure-code',
  'family',
  'class',
  'fact',
  'value',
  'clause',
  'policy',
  'rule',
  'table',
  'code-list',
  'encounter',
]);

/** The name in the line that names an encounter, wherever that line stands. */
function encounterName(text: string): { readonly name: string; readonly start: number } | undefined {
  const found = /^(?:---[ \t]+)?encounter:[ \t]*(["']?)([^\s"'#][^\r\n"'#]*?)\1[ \t]*(?:#.*)?$/m.exec(text);
  const name = found?.[2];
  return found && name !== undefined
    ? { name, start: found.index + found[0].indexOf(name, 'encounter:'.length) }
    : undefined;
}

function codeWithTitle(analysis: Analysis, { source }: DocumentInFile, { name }: Mention): string {
  const model = analysis.model(source);
  const title = model.kind === 'spec' ? (model.spec?.title ?? '') : '';
  return title === '' ? name : `${name} ${title}`;
}

function containerOf(analysis: Analysis, { source }: DocumentInFile, { naming, family }: Mention): string {
  const model = analysis.model(source);
  if (naming.kind === 'value') return naming.of ?? '';
  if (naming.kind === 'rule' && model.kind === 'policy') return model.policy?.id.value ?? '';
  return naming.kind === 'family' ? baseName(source.file) : (family ?? baseName(source.file));
}

const baseName = (file: FileId): string =>
  decodedName(file.slice(file.lastIndexOf('/') + 1)).replace(/\.\w+\.ya?ml$/i, '');

/** How far a name is from what was typed; undefined where its letters do not stand in the name in their order. */
function distanceOf(name: string, query: string): number | undefined {
  const [whole, wanted] = [name.toLowerCase(), query.toLowerCase().replace(/\s+/g, '')];
  if (whole === wanted) return 0;
  const at = whole.indexOf(wanted);
  if (at === 0) return 1;
  if (at > 0) return /[\p{L}\p{N}]/u.test(whole.charAt(at - 1)) ? 3 : 2;
  let from = 0;
  for (const letter of wanted) {
    const next = whole.indexOf(letter, from);
    if (next === -1) return undefined;
    from = next + letter.length;
  }
  return 4;
}
