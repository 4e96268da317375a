/** When findings make a command fail: errors and warnings do, information and hints do not. */
import type { ProblemReport } from '../core/index.ts';

export const EXIT = { fine: 0, findings: 1, couldNotRun: 2 } as const;

export const isFinding = ({ severity }: Pick<ProblemReport, 'severity'>): boolean =>
  severity === 'error' || severity === 'warning';

export const exitStatus = (problems: readonly Pick<ProblemReport, 'severity'>[]): number =>
  problems.some(isFinding) ? EXIT.findings : EXIT.fine;
