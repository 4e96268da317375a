/** What stands at a place of a document: a fact, a code, the name of something. By the schemas, and by the facts of the engine. */
import { pathSteps, type YamlPath } from '../base/origin.ts';
import { FACT_FORMATS } from '../rules/known-facts.ts';
import { schemaAtPath, type DocumentKind } from '../schema/schema.ts';

/** The format of the value, or of the items of the list, at a path; of facts that the engine makes, too. */
export function formatAt(kind: DocumentKind, path: YamlPath): string | undefined {
  // Items of a list are all alike.
  const place = `${kind}${path.replace(/\/\d+(?=\/|$)/g, '/0')}`;
  const known = FORMATS.get(place);
  if (known) return known.format;
  const format = readFormat(kind, path);
  if (FORMATS.size < MAX_KEPT) FORMATS.set(place, { format });
  return format;
}

/** Depends on the schemas alone, so it holds for every document. */
const FORMATS = new Map<string, { readonly format: string | undefined }>();
const MAX_KEPT = 10_000;

function readFormat(kind: DocumentKind, path: YamlPath): string | undefined {
  const at = schemaAtPath(kind, path);
  const own = at?.schema.format ?? (at?.allows('array') === true ? at.item()?.schema.format : undefined);
  const fact = factAt(kind, pathSteps(path));
  return own ?? (fact === undefined ? undefined : FACT_FORMATS[fact]);
}

/** The fact that a key of a document stands for; undefined where keys are not facts. */
export function factAt(kind: DocumentKind, steps: readonly string[]): string | undefined {
  const last = [...steps].reverse().find((step) => !/^\d+$/.test(step));
  if (last === undefined) return undefined;
  if (kind === 'encounter')
    return steps[0] === 'administrations' || steps[0] === 'services' ? last : undefined;
  return steps.some((step) => CONDITION_KEYS.has(step)) ? last : undefined;
}

/** Keys below which facts stand. */
const CONDITION_KEYS: ReadonlySet<string> = new Set(['when', 'excludes', 'all', 'any', 'not']);
