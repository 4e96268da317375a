/** How lines are called in one line of text. */
import { lineLabel, type BillingLine } from '../../billing/line.ts';

/** Code, modifiers and units; outcomes other than billable are always named. */
export const labelWithOutcome = (line: BillingLine): string =>
  `${lineLabel(line)}${line.outcome === 'billable' ? '' : ` (${line.outcome})`}`;

/** All lines in one line of text; `none` where there are none. */
export const labelOfLines = (lines: readonly BillingLine[], none: string): string =>
  lines.length === 0 ? none : lines.map(labelWithOutcome).join(', ');
