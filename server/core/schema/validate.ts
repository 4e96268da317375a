/**
 * A document against the schema of its kind. Each mistake becomes one sentence at the key or value that is wrong, and
 * says what would be right.
 */
import { perPair } from '../base/memo.ts';
import { isOnlyNear, nearest } from '../base/nearest.ts';
import { childPath, pathSteps, type DocumentId, type Origin, type YamlPath } from '../base/origin.ts';
import { problem, type Problem } from '../base/problem.ts';
import { firstSentence, listWords, shorten } from '../base/words.ts';
import { entryOf, type YamlNode } from '../yaml/node.ts';
import type { ParsedDocument } from '../yaml/parse.ts';
import {
  validateEncounter,
  validateFamily,
  validatePolicy,
  validateSpec,
  validateTable,
  type SchemaError,
  type SchemaValidator,
} from './generated/validators.js';
import { formatSentence } from './formats.ts';
import { readPlain } from './read.ts';
import { DOCUMENT_KINDS, schemaOf, schemaStep, type DocumentKind, type SchemaAt } from './schema.ts';

const VALIDATORS: Readonly<Record<DocumentKind, SchemaValidator>> = {
  family: validateFamily,
  spec: validateSpec,
  policy: validatePolicy,
  table: validateTable,
  encounter: validateEncounter,
};

export interface ValidatedDocument {
  readonly kind: DocumentKind;
  readonly problems: readonly Problem[];
}

const KIND_OBJECTS: Readonly<Record<DocumentKind, { readonly kind: DocumentKind }>> = {
  family: { kind: 'family' },
  spec: { kind: 'spec' },
  policy: { kind: 'policy' },
  table: { kind: 'table' },
  encounter: { kind: 'encounter' },
};

const validateKind = perPair((document: ParsedDocument, { kind }: { readonly kind: DocumentKind }) =>
  new Validation(document, kind).run(),
);

/** Validates a parsed document once for each kind it is asked about. */
export const validate = (document: ParsedDocument, kind: DocumentKind): ValidatedDocument =>
  validateKind(document, KIND_OBJECTS[kind]);

/** One run over one document; turns ajv's errors into problems. */
class Validation {
  readonly #document: ParsedDocument;
  readonly #kind: DocumentKind;
  readonly #id: DocumentId;

  constructor(document: ParsedDocument, kind: DocumentKind) {
    this.#document = document;
    this.#kind = kind;
    this.#id = document.source.id;
  }

  run(): ValidatedDocument {
    const root = this.#document.root;
    if (!root) return { kind: this.#kind, problems: [] };
    const plain = readPlain(root, schemaOf(this.#kind), this.#id);
    const validator = VALIDATORS[this.#kind];
    const errors = validator(plain.data) ? [] : (validator.errors ?? []);
    const problems = errors.map((error) => this.#translate(error)).filter((found) => found !== undefined);
    return { kind: this.#kind, problems: [...plain.problems, ...withoutRepeats(problems)] };
  }

  #translate(error: SchemaError): Problem | undefined {
    const place = this.#place(error.instancePath as YamlPath);
    switch (error.keyword) {
      case 'additionalProperties':
        return this.#unknownKey(place, String(error.params['additionalProperty']));
      case 'required':
        return this.#missingKey(place, String(error.params['missingProperty']));
      case 'type':
        return this.#wrongType(place, error.instancePath as YamlPath);
      default:
        return problem('wrong-value', this.#at(place.path), valueSentence(place, error), {
          fix: replacement(place),
        });
    }
  }

  #unknownKey(place: Place, key: string): Problem {
    const path = childPath(place.path, key);
    const known = place.schema?.keys() ?? [];
    const near = nearest(key, known);
    const where = placeName(place);
    const hint =
      near !== undefined ? `did you mean "${near}"?` : `the keys here are ${listWords(known, 'and')}.`;
    return problem(
      'unknown-key',
      this.#at(path, 'key'),
      `${where} has no key "${shorten(key, 60)}"; ${hint}`,
      {
        fix: near === undefined ? undefined : nearFix(key, near, known),
      },
    );
  }

  #missingKey(place: Place, key: string): Problem {
    const about = place.schema?.property(key)?.schema.description ?? '';
    const sentence = about === '' ? '' : ` ${firstSentence(about)}`;
    const message = `${placeName(place)} needs the key "${key}".${sentence}`;
    return problem('missing-key', this.#at(place.path, place.path === '' ? 'value' : 'key'), message, {
      fix: { kind: 'add-key', key },
    });
  }

  #wrongType(place: Place, asked: YamlPath): Problem {
    const wanted = listWords(typesOf(place.schema));
    const empty = place.node?.kind === 'scalar' && place.node.value === null;
    const name = keyName(place.path);
    const message = empty
      ? `${name} has no value; it takes ${wanted}.`
      : `${name} takes ${wanted}, not ${shapeOf(place.node)}.`;
    // What an alias stands for may be a text elsewhere.
    const fix = place.path === asked ? inBrackets(place, this.#document.source.text) : undefined;
    return problem('wrong-type', this.#at(place.path), message, { fix });
  }

  #at(path: YamlPath, part: Origin['part'] = 'value'): Origin {
    return { document: this.#id, path, part };
  }

  /** The schema and node at an instance path, and the path where that node was written (aliases followed). */
  #place(instancePath: YamlPath): Place {
    let node = this.#document.root;
    let schema: SchemaAt | undefined = schemaOf(this.#kind);
    let path = '' as YamlPath;
    let isNeeded = false;
    for (const step of pathSteps(instancePath)) {
      const entry = entryOf(node, step);
      isNeeded = schema?.schema.required?.includes(step) === true;
      node = node?.kind === 'seq' ? node.items[Number(step)] : entry?.value;
      schema = schema && schemaStep(schema, step);
      path = node?.path ?? childPath(path, step);
    }
    return { path, node, schema, isNeeded };
  }
}

interface Place {
  readonly path: YamlPath;
  readonly node: YamlNode | undefined;
  readonly schema: SchemaAt | undefined;
  /** Whether the mapping around it cannot be without it. */
  readonly isNeeded: boolean;
}

/** `"time" of this spec` and the like: how sentences name a place. */
function placeName({ path, schema }: Place): string {
  if (path === '') return `This ${(schema?.schema.title ?? 'document').toLowerCase()}`;
  return keyName(path);
}

function keyName(path: YamlPath): string {
  const steps = pathSteps(path);
  const last = steps.at(-1);
  if (last === undefined) return 'This document';
  if (!/^\d+$/.test(last)) return `"${shorten(last, 60)}"`;
  return `Item ${String(Number(last) + 1)} of "${shorten(steps.at(-2) ?? 'the list', 60)}"`;
}

function valueSentence(place: Place, error: SchemaError): string {
  const name = keyName(place.path);
  const written = place.node?.kind === 'scalar' ? `"${shorten(place.node.text, 60)}"` : 'this';
  const schema = place.schema?.schema;
  const orNothing = place.isNeeded ? '' : ' or leave the key out';
  switch (error.keyword) {
    case 'enum':
      return `${name} is ${written}, which is not one of ${listWords(schema?.enum ?? [], 'and')}.`;
    case 'const':
      return `${name} is ${written}; the only value it takes is ${String(schema?.const)}.`;
    case 'pattern':
      return `${name} is ${written}, ${formatSentence(schema)}`;
    case 'minimum':
      return `${name} is ${written}, but cannot be less than ${String(schema?.minimum)}.`;
    case 'exclusiveMinimum':
      return `${name} is ${written}, but must be more than ${String(schema?.exclusiveMinimum)}.`;
    case 'minLength':
      return `${name} is empty; write something${orNothing}.`;
    case 'minItems':
      return `${name} is an empty list; name at least one${orNothing}.`;
    case 'uniqueItems':
      return `${name} names the same thing twice.`;
    case 'minProperties':
      return tooFew(name, place, `write at least one entry${orNothing}`);
    case 'maxProperties':
      return `${name} takes only one of ${listWords(place.schema?.keys() ?? [])}.`;
    case 'propertyNames':
      return `${name} has the key "${shorten(String(error.params['propertyName']), 60)}", which is not a name: lower-case letters, digits, hyphens and underscores.`;
    default:
      return `${name} is not allowed: it does not fit.`;
  }
}

/** Of a mapping that has nothing, or nothing but what names something else. */
function tooFew(name: string, { node, schema }: Place, orElse: string): string {
  const present = node?.kind === 'map' ? node.entries.map(({ key }) => key.text) : [];
  const keys = (schema?.keys() ?? []).filter((key) => !present.includes(key));
  if (present.length === 0) return `${name} is empty; ${takesWhat(schema, orElse)}.`;
  const fitting = fittingKeys(present, keys);
  return `${name} says nothing yet beside ${listWords(
    present.map((key) => `"${key}"`),
    'and',
  )}; add ${listWords(fitting)}.`;
}

/** Where a key names a document, those that say something else of it: keys that such a document has, too. */
function fittingKeys(present: readonly string[], keys: readonly string[]): readonly string[] {
  const kinds: readonly string[] = DOCUMENT_KINDS;
  const named = DOCUMENT_KINDS.find((kind) => present.includes(kind));
  const own = named && schemaOf(named).keys();
  return own ? keys.filter((key) => own.includes(key) && !kinds.includes(key)) : keys;
}

/** What a mapping takes: its keys, and where any name may be a key, what stands under it. */
function takesWhat(schema: SchemaAt | undefined, orElse: string): string {
  const keys = schema?.keys() ?? [];
  if (keys.length === 0) return orElse;
  const others = schema?.schema.additionalProperties;
  const other = typeof others === 'object' ? [schema?.property('')?.schema.title ?? 'another name'] : [];
  return `it takes ${listWords([...keys, ...other.map((title) => `a ${title.toLowerCase()}`)])}`;
}

function replacement({ node, schema }: Place): Problem['fix'] {
  if (node?.kind !== 'scalar') return undefined;
  const known = schema?.schema.enum ?? [];
  const near = nearest(node.text, known);
  return near === undefined ? undefined : nearFix(node.text, near, known);
}

const nearFix = (word: string, near: string, known: readonly string[]): Problem['fix'] => ({
  kind: 'replace',
  text: near,
  title: `Change to "${near}"`,
  only: isOnlyNear(word, known),
});

/** A value that stands alone where a list of such values is wanted becomes its only entry. */
function inBrackets({ node, schema }: Place, text: string): Problem['fix'] {
  const isList = schema?.allows('array') === true && schema.item()?.allows('string') === true;
  if (!isList || node?.kind !== 'scalar' || node.value === null) return undefined;
  const { start, end, plain } = node;
  // Brackets would end at those of the text; text of several lines begins with a sign of its own.
  if (plain ? /[[\]{}]/.test(node.text) : !/^["']/.test(text.slice(start, end))) return undefined;
  return {
    kind: 'edit',
    title: `Put "${shorten(node.text, 60)}" in brackets`,
    edits: [
      { start, end: start, text: '[' },
      { start: end, end, text: ']' },
    ],
  };
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with values',
};

function typesOf(schema: SchemaAt | undefined): string[] {
  const type = schema?.schema.type;
  const types = type === undefined ? [] : typeof type === 'string' ? [type] : type;
  return types.map((name) => TYPE_WORDS[name] ?? name);
}

function shapeOf(node: YamlNode | undefined): string {
  if (node?.kind === 'map') return 'keys with values';
  if (node?.kind === 'seq') return 'a list';
  return node === undefined ? 'this' : `"${shorten(node.text, 60)}"`;
}

const pathOf = (at: Problem['at']): YamlPath => (at as Origin).path;

/** ajv reports a mistake once for each keyword that trips over it; one sentence for each place is enough. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  const ofType = new Set(problems.filter(({ code }) => code === 'wrong-type').map(({ at }) => pathOf(at)));
  return problems.filter((found) => {
    const at = found.at as Origin;
    // What is of another type has no value that could be allowed.
    if (found.code === 'wrong-value' && ofType.has(at.path)) return false;
    const key = `${found.code} ${at.path} ${found.code === 'missing-key' ? found.message : ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
