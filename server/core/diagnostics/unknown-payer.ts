/** `unknown-payer`: an encounter names a payer of whom no policy here speaks, so only the specifications hold. */
import { problem } from '../base/problem.ts';
import { factTexts } from '../encounter/fact.ts';
import type { EncounterCheck } from './shared/check.ts';
import { didYouMean } from './shared/did-you-mean.ts';

const REST = 'Only the specifications hold for it.';

export const unknownPayer: EncounterCheck = ({ encounter, rules }) => {
  const payer = encounter.facts.get('payer');
  const [named] = payer ? factTexts(payer) : [];
  const known = rules.policies.flatMap(({ payer: own, plan }) =>
    [own, plan].flatMap((name) => name?.value ?? []),
  );
  // Without any policy there is nothing to mistype.
  if (!payer || named === undefined || known.length === 0) return [];
  if (known.some((name) => name.toLowerCase() === named.toLowerCase())) return [];
  const { hint, fix } = didYouMean(named, known, REST);
  const message = `No policy here speaks for the payer ${named}. ${hint === REST ? hint : `${REST} ${hint}`}`;
  return [problem('unknown-payer', payer.origin, message, { fix })];
};
