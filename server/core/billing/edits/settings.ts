/** Where a code is reported: claims from other places are denied, with the reason that the specification gives. */
import { describeFact } from '../../rules/condition.ts';
import { withOutcome } from '../draft.ts';
import { factUse } from '../line.ts';
import type { Edit } from './edit.ts';

export const checkSetting: Edit = (draft, { encounter }) => {
  const claim = encounter.facts.get('claim');
  const setting = claim && draft.spec?.settings.get(String(claim.value));
  if (!claim || !setting) return draft;
  const place = encounter.facts.get('place_of_service');
  const facts = [claim, ...(place ? [place] : [])].map((fact) =>
    factUse(fact.name, describeFact(fact), fact.origin),
  );
  if (!place) {
    setting.watch?.('unknown');
    const sentence = `Unknown: ${draft.code} depends on the place of service, which is not documented.`;
    return withOutcome(draft, 'unknown', { clause: setting.origin, facts, sentence });
  }
  const value = String(place.value);
  if (setting.places.includes(value)) {
    setting.watch?.('yes');
    const sentence = `${draft.code} is reported on a ${describeFact(claim)} claim at place of service ${value}.`;
    return withOutcome(draft, 'billable', { clause: setting.placesOrigin, facts, sentence });
  }
  if (setting.deniedAt && !setting.deniedAt.includes(value)) {
    setting.watch?.('unknown');
    const sentence = `Unknown: the specification of ${draft.code} does not say whether it is reported at place of service ${value}.`;
    return withOutcome(draft, 'unknown', { clause: setting.origin, facts, sentence });
  }
  setting.watch?.('no');
  const sentence = `Denied at place of service ${value} on a ${describeFact(claim)} claim: ${(setting.reason ?? 'it is not reported there').replace(/\.$/, '')}.`;
  return withOutcome(draft, 'denied', { clause: setting.deniedOrigin, facts, sentence });
};
