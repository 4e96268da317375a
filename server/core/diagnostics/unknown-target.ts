/** `unknown-table`, `unknown-code-list`, `unknown-code` and `unknown-family`: what is looked up or amended must be at hand. */
import { problem } from '../base/problem.ts';
import { listUsesOf } from '../rules/code-list.ts';
import type { RulesCheck } from './shared/check.ts';
import { didYouMean } from './shared/did-you-mean.ts';

export const unknownTable: RulesCheck = ({ policies, tables }) => {
  const known = tables.map(({ id }) => id.value);
  return policies
    .flatMap((policy) => policy.tables)
    .filter(({ table }) => !known.includes(table.value))
    .map(({ table: { value, origin } }) => {
      const message = `No document defines the table "${value}". Encounters are not checked against it, and say so.`;
      return problem('unknown-table', origin, message);
    });
};

export const unknownCodeList: RulesCheck = ({ families, specs, policies, lists }) => {
  const known = lists.map(({ name }) => name);
  return [...families, ...specs, ...policies]
    .flatMap((document) => listUsesOf(document))
    .filter(({ list }) => !known.includes(list.value))
    .map(({ list: { value, origin } }) => {
      const { hint, fix } = didYouMean(value, known);
      const message = `There is no code list "${value}" here, that is, no file ${value}.codes.csv: whether a code is in it stays unknown. ${hint}`;
      return problem('unknown-code-list', origin, message, { fix });
    });
};

export const unknownAmended: RulesCheck = ({ policies, specs, families }) => {
  const codes = specs.map(({ code }) => code);
  const names = families.map(({ id }) => id.value);
  return policies
    .flatMap(({ amends }) => amends)
    .flatMap(({ spec, family, origin }) => {
      if (!spec && !family) {
        const message = 'An amendment needs "spec" or "family": the document that it amends.';
        return [
          problem('missing-key', { ...origin, part: 'key' }, message, {
            fix: { kind: 'add-key', key: 'spec' },
          }),
        ];
      }
      if (spec && !codes.includes(spec.value)) {
        const { hint, fix } = didYouMean(spec.value, codes);
        const message = `No specification here is about ${spec.value}, so there is nothing to amend. ${hint}`;
        return [problem('unknown-code', spec.origin, message, { fix })];
      }
      if (family && !names.includes(family.value)) {
        const { hint, fix } = didYouMean(family.value, names);
        const message = `No document defines the family "${family.value}". ${hint}`;
        return [problem('unknown-family', family.origin, message, { fix })];
      }
      return [];
    });
};
