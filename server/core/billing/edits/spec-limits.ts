/** What a code's own specification keeps from being reported: units beyond its limit, and itself beside other codes. */
import { plural } from '../../base/words.ts';
import type { SpecLimit } from '../../rules/spec.ts';
import { addReason, type DraftLine, type DroppedLine, type Edited } from '../draft.ts';
import type { Reason } from '../line.ts';

export function applySpecLimits(drafts: readonly DraftLine[]): Edited {
  const used = new Map<string, number>();
  const groups = [...new Set(drafts.map(({ placed }) => placed.group))];
  const kept: DraftLine[] = [];
  const dropped: DroppedLine[] = [];
  for (const draft of drafts) {
    const limit = draft.spec?.limit;
    if (!limit) {
      kept.push(draft);
      continue;
    }
    const period = { day: draft.date, encounter: '', group: String(groups.indexOf(draft.placed.group)) };
    const key = JSON.stringify([draft.code, period[limit.per]]);
    const before = used.get(key) ?? 0;
    used.set(key, before + draft.units);
    const allowed = Math.max(0, Math.min(draft.units, limit.units - before));
    const reason = limitReason(draft, limit);
    if (allowed === draft.units) kept.push(draft);
    else if (allowed > 0) kept.push(addReason({ ...draft, units: allowed }, reason));
    if (allowed < draft.units) dropped.push({ draft, reason });
  }
  return { drafts: kept, dropped };
}

/** Lines of codes that are not reported beside another line of the day. */
export function dropBeside(drafts: readonly DraftLine[]): Edited {
  const kept: DraftLine[] = [];
  const dropped: DroppedLine[] = [];
  for (const draft of drafts) {
    const reason = besideReason(draft, drafts);
    if (reason) dropped.push({ draft, reason });
    else kept.push(draft);
  }
  return { drafts: kept, dropped };
}

function besideReason(draft: DraftLine, drafts: readonly DraftLine[]): Reason | undefined {
  const others = drafts.filter(
    (other) => other !== draft && other.date === draft.date && other.outcome !== 'denied',
  );
  for (const { codes, origin, reason } of draft.spec?.notBeside ?? []) {
    const other = others.find(({ code }) => codes.length === 0 || codes.some(({ value }) => value === code));
    if (!other) continue;
    const sentence = `${draft.code} not reported for ${draft.placed.service.name} beside ${other.code}: ${reason.replace(/\.$/, '')}.`;
    return { clause: origin, facts: [], sentence };
  }
  return undefined;
}

function limitReason({ code, placed }: DraftLine, { origin, units, per, reason }: SpecLimit): Reason {
  const why = reason === undefined ? '' : ` (${reason.replace(/\.$/, '')})`;
  const sentence = `${code} not reported for ${placed.service.name}: it is reported ${units === 1 ? 'once' : plural(units, 'time')} for each ${per} at most${why}.`;
  return { clause: origin, facts: [], sentence };
}
