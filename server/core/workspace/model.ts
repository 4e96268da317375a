/** One document as the workspace sees it: its kind and what it says. */
import type { Problem } from '../base/problem.ts';
import { problem } from '../base/problem.ts';
import { origin, ROOT_PATH, type FileId } from '../base/origin.ts';
import type { Encounter } from '../encounter/encounter.ts';
import { lowerEncounter } from '../encounter/lower.ts';
import type { CodeList } from '../rules/code-list.ts';
import { lowerFamily, type Family } from '../rules/family.ts';
import { lowerPolicy, type Policy } from '../rules/policy.ts';
import { lowerSpec, type Spec } from '../rules/spec.ts';
import { lowerTable, type Table } from '../rules/table.ts';
import { DOCUMENT_KINDS, kindOfFile, type DocumentKind } from '../schema/schema.ts';
import { validate } from '../schema/validate.ts';
import { entryOf, type YamlNode } from '../yaml/node.ts';
import { isCodeListFile, readCodeList } from './read-code-list.ts';
import type { ParsedDocument } from '../yaml/parse.ts';

/** What a document says. Plain data without offsets, so documents that differ in layout alone have equal models. */
export type DocumentModel =
  | { readonly kind: 'family'; readonly family: Family | undefined; readonly problems: readonly Problem[] }
  | { readonly kind: 'spec'; readonly spec: Spec | undefined; readonly problems: readonly Problem[] }
  | { readonly kind: 'policy'; readonly policy: Policy | undefined; readonly problems: readonly Problem[] }
  | { readonly kind: 'table'; readonly table: Table | undefined; readonly problems: readonly Problem[] }
  | {
      readonly kind: 'encounter';
      readonly encounter: Encounter | undefined;
      readonly problems: readonly Problem[];
    }
  | { readonly kind: 'codes'; readonly list: CodeList | undefined; readonly problems: readonly Problem[] }
  | { readonly kind: undefined; readonly problems: readonly Problem[] };

/** Whether a file is one of ours by its name. */
export const isOurFile = (name: string): boolean => kindOfFile(name) !== undefined || isCodeListFile(name);

/** The kind of a document: what the suffix of its file says, or else the key that names it. */
export const kindOfDocument = (file: FileId, root: YamlNode | undefined): DocumentKind | undefined =>
  kindOfFile(file) ?? namedKind(root);

/** The other kinds may name the family that they belong to, so that key says the kind only where no other does. */
const NAMING_KEYS: readonly DocumentKind[] = ['spec', 'policy', 'table', 'encounter', 'family'];

const namedKind = (root: YamlNode | undefined): DocumentKind | undefined =>
  NAMING_KEYS.find((kind) => entryOf(root, kind) !== undefined);

/** Validates and lowers a parsed document. `problems` are those of the schema and of the facts themselves. */
export function lowerDocument(parsed: ParsedDocument): DocumentModel {
  const { root, source } = parsed;
  if (isCodeListFile(source.file)) return { kind: 'codes', ...readCodeList(source) };
  const kind = kindOfDocument(source.file, root);
  if (!root) return { kind: undefined, problems: [] };
  const named = namedKind(root);
  if (!kind) return { kind: undefined, problems: [unnamed(parsed)] };
  if (named && named !== kind && !entryOf(root, kind))
    return { kind: undefined, problems: [wrongKind(parsed, kind, named)] };
  const { problems } = validate(parsed, kind);
  switch (kind) {
    case 'family': {
      const family = lowerFamily(root, source.id);
      return { kind, family, problems: [...problems, ...(family?.problems ?? [])] };
    }
    case 'spec': {
      const spec = lowerSpec(root, source.id);
      return { kind, spec, problems: [...problems, ...(spec?.problems ?? [])] };
    }
    case 'policy': {
      const policy = lowerPolicy(root, source.id);
      return { kind, policy, problems: [...problems, ...(policy?.problems ?? [])] };
    }
    case 'table': {
      const table = lowerTable(root, source.id);
      return { kind, table, problems: [...problems, ...(table?.problems ?? [])] };
    }
    case 'encounter': {
      const encounter = lowerEncounter(root, source.id);
      return { kind, encounter, problems: [...problems, ...encounter.problems] };
    }
  }
}

function wrongKind({ source }: ParsedDocument, kind: DocumentKind, named: DocumentKind): Problem {
  const message = `By its suffix this file holds documents of kind ${kind}, but this one is of kind ${named}. Move it to a file that ends in .${named}.yaml.`;
  return problem('wrong-kind', origin(source.id, ROOT_PATH), message);
}

function unnamed({ source }: ParsedDocument): Problem {
  const message = `This document has none of the keys ${DOCUMENT_KINDS.join(', ')}, so its kind is not known.`;
  return problem('wrong-kind', origin(source.id, ROOT_PATH), message);
}
