/**
 * What each key and value of a document stands for, for colours: from the schema of its place and the facts of the families,
 * as hover and completion know it. Prose has none.
 */
import type { TextRange } from '../base/line-index.ts';
import { perPair } from '../base/memo.ts';
import { childPath, pathSteps, ROOT_PATH, type FileId, type YamlPath } from '../base/origin.ts';
import { RELATIONS } from '../encounter/encounter.ts';
import { LINE_FACTS } from '../rules/known-facts.ts';
import type { RuleDocuments } from '../rules/rule-set.ts';
import { schemaAtPath, schemaOf, schemaStep, type DocumentKind, type SchemaAt } from '../schema/schema.ts';
import type { Analysis, DocumentInFile } from '../workspace/analysis.ts';
import { kindOfDocument } from '../workspace/model.ts';
import { factAt, formatAt } from '../workspace/places.ts';
import type { Entry, ScalarNode, YamlNode } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import type { SourceDocument } from '../yaml/stream.ts';

/** Standard types of the language server protocol, so that every theme has a colour for them. */
export const TOKEN_TYPES = [
  'property',
  'keyword',
  'parameter',
  'class',
  'enumMember',
  'variable',
  'namespace',
  'type',
  'number',
] as const;
export const TOKEN_MODIFIERS = ['declaration', 'readonly'] as const;

export type TokenType = (typeof TOKEN_TYPES)[number];
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];

interface Meaning {
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

/** Within one line, in offsets of the file. */
export interface SemanticToken extends TextRange, Meaning {}

const meaning = (type: TokenType, ...modifiers: TokenModifier[]): Meaning => ({ type, modifiers });

const CODE = meaning('variable', 'readonly');
const FORMATS: Readonly<Record<string, Meaning | undefined>> = {
  'procedure-code': CODE,
  modifier: CODE,
  'icd-10-cm': CODE,
  'nucc-taxonomy': CODE,
  'place-of-service': CODE,
  'class-ref': meaning('class'),
  'fact-ref': meaning('parameter'),
  'family-ref': meaning('namespace'),
  'policy-ref': meaning('namespace'),
  'table-ref': meaning('namespace'),
  payer: meaning('type'),
  plan: meaning('type'),
  date: meaning('number'),
  'clock-time': meaning('number'),
  quantity: meaning('number'),
  figure: meaning('number'),
};

/** The tokens of a file, or of a range of it, in the order of the text. */
export function semanticTokens(
  analysis: Analysis,
  file: FileId,
  range?: TextRange,
): readonly SemanticToken[] {
  const rules = analysis.rules().documents;
  return analysis
    .documents(file)
    .filter(
      ({ source, offset }) => !range || (offset <= range.end && offset + source.text.length >= range.start),
    )
    .flatMap((document) => inFile(document, documentTokens(document.source, rules)))
    .filter(({ start, end }) => !range || (start <= range.end && end >= range.start));
}

const inFile = ({ offset }: DocumentInFile, tokens: readonly SemanticToken[]): SemanticToken[] =>
  tokens.map(({ start, end, type, modifiers }) => ({
    start: start + offset,
    end: end + offset,
    type,
    modifiers,
  }));

/** Kept as long as the document and the rules stay the same. */
const documentTokens: (source: SourceDocument, rules: RuleDocuments) => readonly SemanticToken[] = perPair(
  (source, rules) => {
    const { root } = parse(source);
    const kind = kindOfDocument(source.file, root);
    if (!root || !kind) return [];
    const painter = new Painter(source, kind, rules);
    painter.node(root, ROOT_PATH, schemaOf(kind));
    return painter.tokens.sort((a, b) => a.start - b.start);
  },
);

/** Goes through a tree as it is written: what aliases and merges repeat has its colours where it stands. */
class Painter {
  readonly tokens: SemanticToken[] = [];
  readonly #source: SourceDocument;
  readonly #kind: DocumentKind;
  readonly #rules: RuleDocuments;

  constructor(source: SourceDocument, kind: DocumentKind, rules: RuleDocuments) {
    this.#source = source;
    this.#kind = kind;
    this.#rules = rules;
  }

  node(node: YamlNode, path: YamlPath, at: SchemaAt | undefined): void {
    if (node.kind === 'scalar') this.#add(node, this.#valueMeaning(node, path, at));
    if (node.kind === 'seq')
      node.items.forEach((item, i) => {
        if (item.start >= node.start && item.end <= node.end)
          this.node(item, childPath(path, i), at && schemaStep(at, String(i)));
      });
    if (node.kind !== 'map') return;
    for (const entry of node.entries) if (!entry.merged) this.#entry(entry, path, at);
  }

  #entry({ key, value }: Entry, parent: YamlPath, at: SchemaAt | undefined): void {
    const path = childPath(parent, key.text);
    this.#add(key, this.#keyMeaning(key.text, path, at));
    if (value.start >= key.end) this.node(value, path, at?.property(key.text));
  }

  #add({ start, end }: TextRange, found: Meaning | undefined): void {
    if (!found || end <= start || this.#source.text.slice(start, end).includes('\n')) return;
    this.tokens.push({ start, end, ...found });
  }

  #keyMeaning(key: string, path: YamlPath, at: SchemaAt | undefined): Meaning | undefined {
    if (!at) return undefined;
    if (at.keys().includes(key)) return isCondition(at) ? meaning('keyword') : meaning('property');
    if (!at.property(key)) return undefined;
    const steps = pathSteps(path);
    if (this.#kind === 'family') {
      if (steps[0] === 'facts' && steps.length === 2) return meaning('parameter', 'declaration');
      if (steps[0] === 'facts' && steps.length === 4) return meaning('enumMember', 'declaration');
    }
    return factAt(this.#kind, steps) === undefined ? meaning('property') : meaning('parameter');
  }

  #valueMeaning(
    { text, plain, value }: ScalarNode,
    path: YamlPath,
    at: SchemaAt | undefined,
  ): Meaning | undefined {
    const steps = pathSteps(path);
    const [first, second] = steps;
    if (first === this.#kind && second === undefined) return declarationOf(this.#kind);
    const fact = factAt(this.#kind, steps);
    if (fact !== undefined && RELATIONS.some((name) => name === fact)) return meaning('variable');
    const format = formatAt(this.#kind, path);
    if (format === 'name' || format === undefined) {
      if (at?.schema.enum || (fact !== undefined && this.#isValueOf(fact, text)))
        return meaning('enumMember');
      if (format === 'name') return nameOf(steps.at(-1) ?? '');
    } else return FORMATS[format];
    // Other numbers and words are coloured by the editor's own grammar of YAML.
    return plain && typeof value === 'string' && /^\d+(?:\.\d+)? [a-z%]+$/i.test(text)
      ? meaning('number')
      : undefined;
  }

  #isValueOf(fact: string, text: string): boolean {
    return (
      this.#rules.families.some(({ facts }) => facts.get(fact)?.values.has(text)) ||
      LINE_FACTS.get(fact)?.values.includes(text) === true ||
      schemaAtPath('encounter', childPath(ROOT_PATH, fact))?.schema.enum?.includes(text) === true
    );
  }
}

const declarationOf = (kind: DocumentKind): Meaning =>
  kind === 'spec' ? meaning('variable', 'readonly', 'declaration') : meaning('namespace', 'declaration');

const nameOf = (key: string): Meaning =>
  key === 'class'
    ? meaning('class', 'declaration')
    : key === 'id'
      ? meaning('variable', 'declaration')
      : meaning('variable');

/** Whether a mapping holds tests of facts, or what one of them asks for. */
const isCondition = (at: SchemaAt): boolean => {
  const { properties, additionalProperties } = at.schema;
  return (
    (typeof additionalProperties === 'object' && properties?.['any'] !== undefined) ||
    (properties?.['at_least'] !== undefined && properties['documented'] !== undefined)
  );
};
