/**
 * The published JSON Schemas as data: validation, reading of scalars, completion, hover and the reference docs all
 * ask here what may stand at a place. The schemas tell alternatives apart by key or by type, never by `oneOf`, so the
 * schema of a place is one object.
 */
import common from '../../../schemas/common.schema.json' with { type: 'json' };
import encounter from '../../../schemas/encounter.schema.json' with { type: 'json' };
import family from '../../../schemas/family.schema.json' with { type: 'json' };
import policy from '../../../schemas/policy.schema.json' with { type: 'json' };
import spec from '../../../schemas/spec.schema.json' with { type: 'json' };
import table from '../../../schemas/table.schema.json' with { type: 'json' };
import { pathSteps, type YamlPath } from '../base/origin.ts';

export type DocumentKind = 'family' | 'spec' | 'policy' | 'table' | 'encounter';
export const DOCUMENT_KINDS: readonly DocumentKind[] = ['family', 'spec', 'policy', 'table', 'encounter'];

/** The part of JSON Schema 2020-12 that our schemas use. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
}

const SCHEMAS: Readonly<Record<DocumentKind, JsonSchema>> = { family, spec, policy, table, encounter };
const FILES: ReadonlyMap<string, JsonSchema> = new Map<string, JsonSchema>([
  ['common.schema.json', common],
  ...DOCUMENT_KINDS.map((kind) => [`${kind}.schema.json`, SCHEMAS[kind]] as const),
]);

/**
 * Follows `$ref`. Words beside a reference (title, description, examples) win over those of its target, since they
 * speak of the place.
 */
function resolve(schema: JsonSchema, root: JsonSchema): { schema: JsonSchema; root: JsonSchema } {
  if (schema.$ref === undefined) return { schema, root };
  const [file = '', pointer = ''] = schema.$ref.split('#');
  const base = file === '' ? root : FILES.get(file);
  const target = base && atPointer(base, pointer);
  if (!target) throw new Error(`The schema refers to ${schema.$ref}, which does not exist.`);
  const { $ref: _, ...beside } = schema;
  const inner = resolve(target, base);
  return { schema: { ...inner.schema, ...beside }, root: inner.root };
}

/** A definition or property: `/$defs/name`, `/properties/name`; the whole schema for an empty pointer. */
function atPointer(base: JsonSchema, pointer: string): JsonSchema | undefined {
  const [, list, name] = /^\/(\$defs|properties)\/(\w+)$/.exec(pointer) ?? [];
  if (name === undefined) return pointer === '' ? base : undefined;
  return (list === 'properties' ? base.properties : base.$defs)?.[name];
}

/** The schema of a place, with a way to go down from it. */
export class SchemaAt {
  readonly schema: JsonSchema;
  readonly #root: JsonSchema;

  constructor(schema: JsonSchema, root: JsonSchema) {
    ({ schema: this.schema, root: this.#root } = resolve(schema, root));
  }

  /** The schema under a key of a mapping; undefined when the key is not known here. */
  property(key: string): SchemaAt | undefined {
    const own = this.schema.properties;
    if (own && Object.hasOwn(own, key) && own[key]) return new SchemaAt(own[key], this.#root);
    const others = this.schema.additionalProperties;
    return typeof others === 'object' ? new SchemaAt(others, this.#root) : undefined;
  }

  /** The schema of the items of a list. */
  item(): SchemaAt | undefined {
    return this.schema.items && new SchemaAt(this.schema.items, this.#root);
  }

  /** The known keys of a mapping, in the order in which an author wants them. */
  keys(): readonly string[] {
    return Object.keys(this.schema.properties ?? {});
  }

  allows(type: string): boolean {
    const own = this.schema.type;
    return own === undefined || (typeof own === 'string' ? own === type : own.includes(type));
  }

  /** Whether a scalar here is text: read as written, whatever YAML would make of it. */
  isText(): boolean {
    return this.allows('string') && !['number', 'integer', 'boolean'].some((type) => this.allows(type));
  }
}

const ROOTS: Readonly<Record<DocumentKind, SchemaAt>> = {
  family: new SchemaAt(SCHEMAS.family, SCHEMAS.family),
  spec: new SchemaAt(SCHEMAS.spec, SCHEMAS.spec),
  policy: new SchemaAt(SCHEMAS.policy, SCHEMAS.policy),
  table: new SchemaAt(SCHEMAS.table, SCHEMAS.table),
  encounter: new SchemaAt(SCHEMAS.encounter, SCHEMAS.encounter),
};

export const schemaOf = (kind: DocumentKind): SchemaAt => ROOTS[kind];

/** One step down from a schema: an index of a list or a key of a mapping. */
export function schemaStep(at: SchemaAt, step: string): SchemaAt | undefined {
  const index = /^\d+$/.test(step) && at.allows('array') ? at.item() : undefined;
  return index ?? at.property(step);
}

/** The schema at a path of a document; undefined where the schema knows no such place. */
export function schemaAtPath(kind: DocumentKind, path: YamlPath): SchemaAt | undefined {
  let at: SchemaAt | undefined = schemaOf(kind);
  for (const step of pathSteps(path)) at = at && schemaStep(at, step);
  return at;
}

/** The kind that the suffix of a file name says, such as `.spec.yaml` or `.spec.yml`. */
export function kindOfFile(name: string): DocumentKind | undefined {
  const suffix = /\.(family|spec|policy|table|encounter)\.ya?ml$/i.exec(name)?.[1]?.toLowerCase();
  return DOCUMENT_KINDS.find((kind) => kind === suffix);
}
