/** `described-only`: says of a specification without `reports` that it computes nothing. */
import { problem } from '../base/problem.ts';
import type { RulesCheck } from './shared/check.ts';

export const describedOnly: RulesCheck = ({ specs }) =>
  specs
    .filter(({ reports }) => reports.length === 0)
    .map(({ code, id }) =>
      problem(
        'described-only',
        id.origin,
        `${code} is described here, not executable: without "reports", its outcome is unknown wherever it is stated.`,
      ),
    );
