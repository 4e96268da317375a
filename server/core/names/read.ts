/** Every mention of a name in one document. */
import { childPath, ROOT_PATH, type YamlPath } from '../base/origin.ts';
import { NAMING_FACTS, RELATIONS, type Activity, type Encounter } from '../encounter/encounter.ts';
import type { DocumentKind } from '../schema/schema.ts';
import { entryOf, textUnder, isNull, type MapNode, type ScalarNode, type YamlNode } from '../yaml/node.ts';
import type { ParsedDocument } from '../yaml/parse.ts';
import type { Mention, Naming } from './mention.ts';
import { placeOf, referenceTo, type Place } from './place.ts';

/** The mentions of a document in the order of its text; none for a document whose kind is not known. */
export function readMentions(
  parsed: ParsedDocument,
  kind: DocumentKind | undefined,
  encounter: Encounter | undefined,
): readonly Mention[] {
  if (!kind) return [];
  const mentions = [...anchorMentions(parsed), ...new MentionReader(parsed, kind, encounter).read()];
  return mentions.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** A code list declares its name by that of its file; its first line stands for it. */
export const codeListMention = (name: string, text: string): Mention => ({
  naming: CODE_LIST,
  name,
  start: 0,
  end: /^[^\r\n]*/.exec(text)?.[0].length ?? 0,
});

const CODE_LIST: Naming = { kind: 'code-list', role: 'declaration' };

const ANCHOR: Naming = { kind: 'anchor', role: 'declaration' };

const anchorMentions = ({ anchors }: ParsedDocument): Mention[] =>
  anchors.flatMap(({ name, start, end, aliases }, local) => [
    { naming: ANCHOR, name, start, end, local },
    ...aliases.map((alias) => ({ naming: referenceTo('anchor'), name, ...alias, local })),
  ]);

/** Whose names are meant: what the document, or the amendment, says. */
type Scope = Pick<Mention, 'family' | 'amended'>;
const ANY: Scope = {};

class MentionReader {
  readonly #parsed: ParsedDocument;
  readonly #kind: DocumentKind;
  readonly #activities: readonly Activity[];
  readonly #mentions: Mention[] = [];

  constructor(parsed: ParsedDocument, kind: DocumentKind, encounter: Encounter | undefined) {
    this.#parsed = parsed;
    this.#kind = kind;
    this.#activities = encounter?.activities ?? [];
  }

  read(): readonly Mention[] {
    const { root } = this.#parsed;
    if (root) this.#visit(root, ROOT_PATH, placeOf(this.#kind), scopeOf(this.#kind, root));
    return this.#mentions;
  }

  /** A node that an alias repeats keeps the path where it was written, and is visited there. */
  #visit(node: YamlNode, path: YamlPath, place: Place, scope: Scope): void {
    if (node.path !== path) return;
    if (node.kind === 'seq') {
      const item = place.child('*');
      node.items.forEach((own, i) => {
        this.#visit(own, childPath(path, i), item, amendmentScope(item, own) ?? scope);
      });
    } else if (node.kind === 'map') this.#visitMap(node, place, scope);
    else if (place.value) this.#scalar(node, place.value, place, scope);
  }

  #visitMap(node: MapNode, place: Place, scope: Scope): void {
    for (const { key, value, merged } of node.entries) {
      if (merged) continue;
      const child = place.child(key.text);
      if (child.key) this.#add(key, child.key, scope);
      this.#visit(value, key.path, child, scope);
    }
    this.#levels(node, scope);
  }

  /** A threshold lists values of the fact that it measures. */
  #levels(node: MapNode, scope: Scope): void {
    const measure = entryOf(node, 'measure')?.value;
    const levels = entryOf(node, 'is')?.value;
    if (measure?.kind !== 'scalar' || levels?.kind !== 'seq') return;
    for (const level of levels.items)
      if (level.kind === 'scalar') this.#add(level, referenceTo('value', measure.text), scope);
  }

  #scalar(node: ScalarNode, naming: Naming, place: Place, scope: Scope): void {
    if (naming.kind !== 'entry') {
      this.#add(node, naming, scope);
      return;
    }
    const [list = '', number = ''] = node.path.slice(1).split('/');
    const own = this.#activities.findIndex(({ origin }) => origin.path === `/${list}/${number}`);
    if (naming.role === 'declaration') this.#add(node, naming, { local: own });
    else this.#relation(node, naming, this.#activities[own], place.steps.at(-1) ?? '');
  }

  /** What one administration says of another names it by its id or, where only one has it, by what it is of. */
  #relation(node: ScalarNode, naming: Naming, from: Activity | undefined, key: string): void {
    const relation = RELATIONS.find((name) => name === key);
    const local = relation === undefined ? undefined : from?.links.get(relation);
    const target = local === undefined ? undefined : this.#activities[local];
    if (local === undefined || !target) this.#add(node, naming, { local: -1 });
    else if (target.id === node.text) this.#add(node, naming, { local });
    else this.#add(node, namedBy(target), { local });
  }

  #add(node: ScalarNode, naming: Naming, more: Omit<Mention, 'naming' | 'name' | 'start' | 'end'>): void {
    const range = isNull(node) || node.text === '' ? undefined : this.#bare(node);
    if (range) this.#mentions.push({ naming, name: node.text, ...range, ...more });
  }

  /** The text of a scalar without its quotes; undefined where it goes over several lines. */
  #bare({ start, end }: ScalarNode): { start: number; end: number } | undefined {
    const { text } = this.#parsed.source;
    const first = text.charAt(start);
    const written = text.slice(start, end);
    if (written.includes('\n') || first === '|' || first === '>') return undefined;
    if (first !== '"' && first !== "'") return { start, end };
    const isClosed = end - start > 1 && text.charAt(end - 1) === first;
    return { start: start + 1, end: isClosed ? end - 1 : end };
  }
}

/** By which of its facts an entry without the wanted id is called. */
function namedBy({ facts }: Activity): Naming {
  const fact = NAMING_FACTS.find((name) => facts.has(name));
  return fact === undefined ? referenceTo('procedure-code') : referenceTo('value', fact);
}

const familyScope = (family: string | undefined): Scope => (family === undefined ? ANY : { family });

/** The family that a document says it is about. */
function scopeOf(kind: DocumentKind, root: YamlNode): Scope {
  const from = kind === 'policy' ? entryOf(root, 'applies_to')?.value : root;
  return familyScope(textUnder(from, 'family'));
}

/** The family that an amendment is about; undefined for what is no amendment. */
function amendmentScope(place: Place, node: YamlNode): Scope | undefined {
  if (!place.amends || place.steps.length > 0) return undefined;
  const code = textUnder(node, 'spec');
  return code === undefined ? familyScope(textUnder(node, 'family')) : { amended: code };
}
