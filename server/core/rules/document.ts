/** What families, specifications and policies have in common: a name, a title, and days on which they are in force. */
import { isWrittenAsDate, parseDate, type EffectiveRange } from '../base/clock.ts';
import type { DocumentId, Origin } from '../base/origin.ts';
import { problem, type Problem } from '../base/problem.ts';
import type { Fields, Sourced } from '../yaml/fields.ts';

export interface RuleDocument {
  readonly document: DocumentId;
  readonly origin: Origin;
  readonly id: Sourced<string>;
  readonly title: string;
  /** Undefined for a document that is in force on every day. */
  readonly effective: EffectiveRange | undefined;
  readonly effectiveOrigin: Origin;
  readonly problems: readonly Problem[];
}

/** Reads the common part; `key` is the key that names the document. Undefined without a name. */
export function readRuleDocument(
  fields: Fields,
  document: DocumentId,
  key: string,
): RuleDocument | undefined {
  const id = fields.text(key);
  if (!id) return undefined;
  const problems: Problem[] = [];
  return {
    document,
    origin: fields.origin,
    id,
    title: fields.text('title')?.value ?? '',
    effective: readRange(fields.fields('effective'), problems),
    effectiveOrigin: fields.originOf('effective'),
    problems,
  };
}

function readRange(fields: Fields | undefined, problems: Problem[]): EffectiveRange | undefined {
  if (!fields) return undefined;
  const toText = fields.text('to');
  const [from, to] = [readDay(fields.text('from'), problems), readDay(toText, problems)];
  if (!from) return undefined;
  if (!to || !toText) return { from };
  if (to < from) {
    const message = `The range ends on ${to}, before it begins on ${from}.`;
    problems.push(problem('reversed-dates', toText.origin, message));
    return { from };
  }
  return { from, to };
}

function readDay(text: Sourced<string> | undefined, problems: Problem[]): EffectiveRange['from'] | undefined {
  const date = text && parseDate(text.value);
  if (text && !date && isWrittenAsDate(text.value)) {
    problems.push(problem('impossible-date', text.origin, `There is no ${text.value} in the calendar.`));
  }
  return date;
}
