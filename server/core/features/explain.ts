/**
 * The whole reasoning of an encounter, step by step: what each administration is, how they are grouped and placed,
 * every question that was asked of a specification, and what became of the lines. Re-runs the evaluator's own stages.
 */
import type { Origin } from '../base/origin.ts';
import { listWords, plural, spaced } from '../base/words.ts';
import type { Bill, Reason } from '../billing/line.ts';
import { stagesOf } from '../billing/evaluate.ts';
import { isOtherKind } from '../billing/near-miss.ts';
import type { Stages } from '../billing/stages.ts';
import type { Encounter } from '../encounter/encounter.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { labelWithOutcome } from './shared/labels.ts';
import { paragraphOf } from './shared/paragraph.ts';

export interface Step {
  readonly stage:
    'facts' | 'classes' | 'groups' | 'positions' | 'specifications' | 'edits' | 'lines' | 'not billed';
  readonly sentence: string;
  readonly clause: Origin | undefined;
  /** What the clause was asked of, for people. */
  readonly facts: readonly string[];
  /** Of a billing line: what led to it, in the order of the reasoning; together a paragraph. */
  readonly because: readonly Reason[];
}

export function explain(rules: RuleSet, encounter: Encounter, bill: Bill): readonly Step[] {
  return [
    ...factSteps(encounter),
    ...stagesOf(rules, encounter).flatMap((stages) => [
      ...classSteps(stages),
      ...groupSteps(stages),
      ...positionSteps(stages),
      ...specificationSteps(stages),
      ...editSteps(stages),
    ]),
    ...lineSteps(bill),
    ...missSteps(bill),
  ];
}

const step = (stage: Step['stage'], sentence: string, reason?: Reason, clause = reason?.clause): Step => ({
  stage,
  sentence,
  clause,
  facts: (reason?.facts ?? []).map(({ name, value }) => `${spaced(name)}: ${value}`),
  because: [],
});

function factSteps(encounter: Encounter): Step[] {
  const known = [...encounter.facts.values()].map(
    ({ name, value }) =>
      `${spaced(name)} ${Array.isArray(value) ? listWords(value as string[], 'and') : String(value)}`,
  );
  return [
    step(
      'facts',
      `The encounter: ${known.join(', ')}; ${plural(encounter.activities.length, 'administration')}.`,
      undefined,
      encounter.origin,
    ),
  ];
}

const classSteps = ({ classified }: Stages): Step[] =>
  classified.map((item) =>
    item.kind === 'none'
      ? step(
          'classes',
          `${item.activity.name} is of no class of this family.`,
          undefined,
          item.activity.origin,
        )
      : step('classes', item.reason.sentence, item.reason),
  );

function groupSteps({ groups }: Stages): Step[] {
  return groups.flatMap(({ key, services, grouping }) => {
    const where = listWords(
      [...key].map(([name, value]) => `${spaced(name)} ${value === '' ? 'not stated' : value}`),
      'and',
    );
    const names = listWords(
      services.map(({ name }) => name),
      'and',
    );
    const combined = services.flatMap(({ reasons }) =>
      reasons.slice(1).map((reason) => step('groups', reason.sentence, reason)),
    );
    return [
      step('groups', `${where === '' ? 'One group' : where}: ${names}.`, undefined, grouping.origin),
      ...combined,
    ];
  });
}

/** Positions, the minutes that services lose by them, and what the family leaves out. */
const positionSteps = ({ placed, groups }: Stages): Step[] => {
  const told = new Set(groups.flatMap(({ services }) => services.flatMap(({ reasons }) => reasons)));
  return [
    ...placed.services.flatMap(({ service, reason }) => [
      step('positions', reason.sentence, reason),
      ...service.reasons.filter((own) => !told.has(own)).map((own) => step('positions', own.sentence, own)),
    ]),
    ...placed.omitted.map(({ reason }) => step('positions', reason.sentence, reason)),
  ];
};

/** What was asked of the specifications; those of another kind of service are told among what is not billed. */
function specificationSteps({ reported }: Stages): Step[] {
  return reported
    .questions()
    .filter((match) => !isOtherKind(match))
    .map(({ spec, part, placed, obstacles, units }) => {
      const [first] = obstacles;
      return first
        ? step(
            'specifications',
            `${spec.code} does not report ${placed.service.name}: ${obstacles.map(({ reason }) => reason.sentence).join('; ')}.`,
            first.reason,
          )
        : step(
            'specifications',
            `${spec.code} reports ${placed.service.name}: ${plural(units, 'unit')}.`,
            undefined,
            part.origin,
          );
    });
}

/** What edits added to a line, beyond the reasons it was made with. */
function editSteps({ made, edited, dropped, notChecked }: Stages): Step[] {
  const known = new Set(made.flatMap(({ because }) => because));
  return [
    ...edited.flatMap(({ because }) =>
      because.filter((reason) => !known.has(reason)).map((reason) => step('edits', reason.sentence, reason)),
    ),
    ...dropped.map(({ reason }) => step('edits', reason.sentence, reason)),
    ...notChecked.map(({ because }) => step('edits', because.sentence, because)),
  ];
}

function lineSteps({ lines }: Bill): Step[] {
  if (lines.length === 0) return [step('lines', 'Nothing is billed.')];
  return lines.map((line) => ({
    ...step('lines', labelWithOutcome(line), undefined, line.spec?.origin),
    because: paragraphOf(line),
  }));
}

/** Every code that is not reported, with the nearest reason. */
const missSteps = ({ notBilled }: Bill): Step[] =>
  notBilled.map(({ because }) => step('not billed', because.sentence, because));
