/** `patient-identifier`: values in an encounter that look as if they named a patient. The format has no place for them. */
import { origin } from '../base/origin.ts';
import { problem, type Problem } from '../base/problem.ts';
import type { YamlNode } from '../yaml/node.ts';
import type { EncounterCheck } from './shared/check.ts';

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b\d{3}-\d{2}-\d{4}\b/, 'a social security number'],
  [
    /\b(?:MRN|medical record (?:no|number)|patient (?:id|no|number)|member (?:id|no|number)|account (?:no|number))\b\W{0,3}\w*\d/i,
    'a record number',
  ],
  [/\b(?:DOB|date of birth|born)\b\W{0,3}\d/i, 'a date of birth'],
  [/[\w.+-]+@[\w-]+\.[\w.]+/, 'an e-mail address'],
  [/(?:\+1[ .-]?)?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b/, 'a telephone number'],
  [/\b(?:Mr|Mrs|Ms)\.? [A-Z][a-z]+/, 'a name'],
  // A beneficiary identifier: eleven characters of a fixed pattern, without the letters that look like digits.
  [
    /\b[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}\b/,
    'a beneficiary identifier',
  ],
];

/** Places whose values are addresses of sources, not of people. */
const isSource = (key: string): boolean => key === 'source' || key === 'sources';

export const patientIdentifier: EncounterCheck = ({ parsed }) => {
  const problems: Problem[] = [];
  const visit = (node: YamlNode): void => {
    if (node.kind === 'seq') node.items.forEach(visit);
    if (node.kind === 'map') for (const { key, value } of node.entries) if (!isSource(key.text)) visit(value);
    if (node.kind !== 'scalar') return;
    const found = PATTERNS.find(([pattern]) => pattern.test(node.text));
    if (!found) return;
    const message = `This looks like ${found[1]}. Encounters hold nothing that identifies a patient; take it out.`;
    problems.push(problem('patient-identifier', origin(parsed.source.id, node.path), message));
  };
  if (parsed.root) visit(parsed.root);
  return problems;
};
