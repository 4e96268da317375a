/** The codes that rule documents name, of whatever kind they are. */
import { plainCode } from '../codes/code-set.ts';
import type { RuleDocuments } from '../rules/rule-set.ts';
import type { Analysis } from './analysis.ts';

/** Codes by format, without points, that the rule documents name: nobody needs to look those up. */
export type NamedCodes = ReadonlyMap<string, ReadonlySet<string>>;

/** Worked out once for each set of rules. */
export function codesNamedByRules(analysis: Analysis): NamedCodes {
  const { documents } = analysis.rules();
  const known = NAMED.get(documents);
  if (known) return known;
  const named = new Map<string, Set<string>>();
  const add = (format: string, code: string): void => {
    const own = named.get(format);
    if (own) own.add(plainCode(code));
    else named.set(format, new Set([plainCode(code)]));
  };
  const { families, specs, policies, tables } = documents;
  for (const { document } of [...families, ...specs, ...policies, ...tables]) {
    const found = analysis.document(document);
    if (found) for (const { format, value } of analysis.codesIn(found.source)) add(format, value);
  }
  // Keys of a table are codes, too.
  for (const { dosageUnits } of tables) for (const code of dosageUnits.keys()) add('procedure-code', code);
  NAMED.set(documents, named);
  return named;
}

const NAMED = new WeakMap<RuleDocuments, NamedCodes>();
