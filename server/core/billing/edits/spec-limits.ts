/** What a code's own specification keeps from being reported: units beyond its limit, and itself beside other codes. */
import { plural } from '../../base/words.ts';
import type { NotBeside, SpecLimit } from '../../rules/spec.ts';
import { addReason, withOutcome, type DraftLine, type DroppedLine, type Edited } from '../draft.ts';
import type { Reason } from '../line.ts';
import { suppressed } from './shared/suppress.ts';

export function applySpecLimits(drafts: readonly DraftLine[]): Edited {
  const used = new Map<string, number>();
  const groups = [...new Set(drafts.map(({ placed }) => placed.group))];
  const left = new Map<DraftLine, DraftLine>();
  const dropped: DroppedLine[] = [];
  for (const draft of surestFirst(drafts)) {
    const limit = draft.spec?.limit;
    // What may be something else altogether is not said to be too much of this.
    if (!limit || draft.outcome === 'unknown') {
      left.set(draft, draft);
      continue;
    }
    const period = { day: draft.date, encounter: '', group: String(groups.indexOf(draft.placed.group)) };
    const key = JSON.stringify([draft.code, period[limit.per]]);
    const before = used.get(key) ?? 0;
    used.set(key, before + draft.units);
    const allowed = Math.max(0, Math.min(draft.units, limit.units - before));
    const reason = limitReason(draft, limit);
    if (allowed === draft.units) left.set(draft, draft);
    else if (allowed > 0) left.set(draft, addReason({ ...draft, units: allowed }, reason));
    if (allowed < draft.units) dropped.push({ draft, reason });
  }
  return { drafts: drafts.flatMap((draft) => left.get(draft) ?? []), dropped };
}

/** Lines that are sure take what a limit allows before those that are not. */
const surestFirst = (drafts: readonly DraftLine[]): readonly DraftLine[] => [
  ...drafts.filter(({ outcome }) => outcome !== 'unknown'),
  ...drafts.filter(({ outcome }) => outcome === 'unknown'),
];

/** Lines of codes that are not reported beside another line of the day; beside one that is unknown, they are unknown. */
export function dropBeside(drafts: readonly DraftLine[]): Edited {
  const gone = suppressed(drafts, (draft) =>
    besides(draft, drafts)
      .filter(isSure)
      .map(({ other }) => other),
  );
  const kept = drafts.filter((draft) => !gone.has(draft));
  const dropped = [...gone].flatMap((draft) => {
    const [beside] = besides(draft, drafts).filter(isSure);
    return beside ? [{ draft, reason: besideReason(draft, beside) }] : [];
  });
  return { drafts: kept.map((draft) => unknownBeside(draft, kept)), dropped };
}

interface Beside {
  readonly other: DraftLine;
  readonly rule: NotBeside;
}

const isSure = ({ other }: Beside): boolean => other.outcome !== 'unknown';

/** The day's lines beside which a line is not reported. One of its own code never stands in its way. */
function besides(draft: DraftLine, drafts: readonly DraftLine[]): readonly Beside[] {
  const others = drafts.filter(
    ({ code, date, outcome }) => code !== draft.code && date === draft.date && outcome !== 'denied',
  );
  return (draft.spec?.notBeside ?? []).flatMap((rule) =>
    others
      .filter(({ code }) => rule.codes.length === 0 || rule.codes.some(({ value }) => value === code))
      .map((other) => ({ other, rule })),
  );
}

function unknownBeside(draft: DraftLine, kept: readonly DraftLine[]): DraftLine {
  const [beside] = besides(draft, kept);
  if (!beside) return draft;
  const { clause, facts, sentence } = besideReason(draft, beside);
  const told = `Unknown, since ${beside.other.code} is unknown: ${sentence}`;
  return withOutcome(draft, 'unknown', { clause, facts, sentence: told });
}

function besideReason({ code, placed }: DraftLine, { other, rule }: Beside): Reason {
  const sentence = `${code} not reported for ${placed.service.name} beside ${other.code}: ${rule.reason.replace(/\.$/, '')}.`;
  return { clause: rule.origin, facts: [], sentence };
}

function limitReason({ code, placed }: DraftLine, { origin, units, per, reason }: SpecLimit): Reason {
  const why = reason === undefined ? '' : ` (${reason.replace(/\.$/, '')})`;
  const sentence = `${code} not reported for ${placed.service.name}: it is reported ${units === 1 ? 'once' : plural(units, 'time')} for each ${per} at most${why}.`;
  return { clause: origin, facts: [], sentence };
}
