/** Names that cannot be changed, with a sentence why; and texts that cannot be names. */
import { spaced } from '../../base/words.ts';
import { isCodeKind, isOfDocument, isOfFamily, type NameKind } from '../../names/mention.ts';
import { ENCOUNTER_FACT_NAMES, LINE_FACTS } from '../../rules/known-facts.ts';
import { kindOfFile, schemaOf } from '../../schema/schema.ts';
import type { Analysis } from '../../workspace/analysis.ts';
import {
  isFreeValue,
  mentionsIn,
  visibleDocuments,
  type MentionAt,
  type Named,
  type NamedAt,
} from './named.ts';

/** What names are called in sentences, where their kind is no word for people. */
const KIND_WORDS: Readonly<Partial<Record<NameKind, string>>> = {
  entry: 'id',
  'code-list': 'code list',
};

/** A name with what it stands for: `class "infusion"`, `purpose "hydration"`. */
export function calledInFull({ kind, of, name }: Pick<Named, 'kind' | 'of' | 'name'>): string {
  const word = kind === 'value' ? spaced(of ?? kind) : (KIND_WORDS[kind] ?? kind);
  return `${word} "${name}"`;
}

/** Why a name cannot be changed by anybody: it comes from a code set, from a payer, or from the format. */
export function whyFixed({ named, document }: NamedAt): string | undefined {
  const { kind, name } = named;
  if (isCodeKind(kind))
    return `${name} is a code: its meaning comes from a code set, so it can be replaced and not renamed.`;
  if (kind === 'payer' || kind === 'plan' || kind === 'locality')
    return `The ${calledInFull(named)} is called so by others, and not by a document here. Change it where it stands.`;
  if (kind === 'code-list')
    return `The ${calledInFull(named)} has the name of its file. Rename ${name}.codes.csv, and change the name where it is used.`;
  if (kind === 'fact' && isFactOfFormat(name))
    return `"${name}" is a key of the format, under which encounters say it, so it cannot be renamed.`;
  if (kind === 'value' && isWordOfFormat(named))
    return `"${name}" is a word of the format, so it cannot be renamed.`;
  if (isFreeValue(named) && kindOfFile(document.source.file) !== 'encounter')
    return `No family defines the ${calledInFull(named)}, so there is nothing to rename.`;
  return undefined;
}

/** Keys under which encounters say facts, and facts that the engine makes. */
function isFactOfFormat(name: string): boolean {
  const ofEntries = ['administrations', 'services'].flatMap(
    (list) => schemaOf('encounter').property(list)?.item()?.keys() ?? [],
  );
  return [...ENCOUNTER_FACT_NAMES, ...LINE_FACTS.keys(), ...ofEntries].includes(name);
}

function isWordOfFormat({ name, of = '' }: Named): boolean {
  const words = schemaOf('encounter').property(of)?.schema.enum ?? [];
  return [...words, ...(LINE_FACTS.get(of)?.values ?? [])].includes(name);
}

/** Why a name cannot be changed from here: it is declared nowhere, in the library, or perhaps by somebody else. */
export function whyNotOurs(analysis: Analysis, { named, document }: NamedAt): string | undefined {
  if (isInLibrary(analysis, document.source))
    return 'This document is of the built-in library, which cannot be changed.';
  if (named.kind === 'entry' && named.local === -1)
    return `No administration here has the ${calledInFull(named)}, so there is nothing to rename.`;
  if (isOfDocument(named.kind) || isFreeValue(named)) return undefined;
  const declared = declaring(analysis, named);
  if (declared.length === 0)
    return `No document defines the ${calledInFull(named)}, so there is nothing to rename.`;
  if (declared.some((own) => isInLibrary(analysis, own)))
    return `The ${calledInFull(named)} is defined in the built-in library, which cannot be changed.`;
  if (isOfFamily(named.kind) && (named.families?.size ?? 0) > 1)
    return `The families ${[...(named.families ?? [])].sort().join(' and ')} have the ${calledInFull(named)}. Rename it in the family that is meant.`;
  return undefined;
}

export const isInLibrary = (analysis: Analysis, { file }: Pick<MentionAt, 'file'>): boolean =>
  analysis.file(file)?.library === true;

function declaring(analysis: Analysis, named: Named): MentionAt[] {
  return [...visibleDocuments(analysis)]
    .filter(({ source }) => kindOfFile(source.file) !== 'encounter')
    .flatMap((document) => mentionsIn(analysis, named, document))
    .filter(({ mention }) => ['declaration', 'amendment'].includes(mention.naming.role));
}

/** Why a text cannot be the new name. */
export function whyNoName(named: Named, name: string): string | undefined {
  if (named.kind === 'anchor')
    return /^[^\s,[\]{}]+$/.test(name)
      ? undefined
      : `"${name}" cannot be the name of an anchor: blanks, commas and brackets end it.`;
  if (isFreeValue(named) || named.kind === 'indicator')
    return /^\S(?:.*\S)?$/.test(name) ? undefined : 'The new name is empty, or begins or ends with a blank.';
  if (!isWrittenAsName(name))
    return `"${name}" is not a name: lower-case letters, digits, and hyphens between them.`;
  if (named.kind === 'fact' && isFactOfFormat(name))
    return `"${name}" is a key of the format already, so a fact of the family cannot have that name.`;
  return undefined;
}

/** Names as the schemas want them. */
function isWrittenAsName(text: string): boolean {
  const pattern = schemaOf('encounter').property('encounter')?.schema.pattern;
  return pattern === undefined || new RegExp(pattern, 'u').test(text);
}
