/** The user's settings, read from whatever the client sends; what makes no sense is left out and logged. */
import { PROBLEM_CODES, type ProblemCode, type Severity } from '../core/index.ts';

export type LinesShown = 'diagnostics' | 'inlayHints' | 'codeLenses' | 'off';

export interface ServerSettings {
  readonly lines: LinesShown;
  readonly severity: Readonly<Partial<Record<ProblemCode, Severity | 'off'>>>;
  readonly library: boolean;
  /** Whether clauses of rules show how many encounters put them to the test. */
  readonly clauseLenses: boolean;
}

export const DEFAULT_SERVER_SETTINGS: ServerSettings = {
  lines: 'diagnostics',
  severity: {},
  library: true,
  clauseLenses: true,
};

const LINES_SHOWN: readonly LinesShown[] = ['diagnostics', 'inlayHints', 'codeLenses', 'off'];
const SEVERITIES: readonly (Severity | 'off')[] = ['error', 'warning', 'information', 'hint', 'off'];

/** Reads the section `codingSpec`. `complain` is told of every value that is not understood. */
export function readSettings(section: unknown, complain: (message: string) => void): ServerSettings {
  const shown = at(section, 'lines', 'show');
  const lines = LINES_SHOWN.find((known) => known === shown);
  if (shown !== undefined && shown !== null && !lines)
    complain(`codingSpec.lines.show: ${JSON.stringify(shown)} is not known.`);
  const library = at(section, 'library', 'enabled');
  const clauses = at(section, 'lens', 'clauses');
  return {
    lines: lines ?? DEFAULT_SERVER_SETTINGS.lines,
    severity: readSeverities(at(section, 'rules', 'severity'), complain),
    library: typeof library === 'boolean' ? library : DEFAULT_SERVER_SETTINGS.library,
    clauseLenses: typeof clauses === 'boolean' ? clauses : DEFAULT_SERVER_SETTINGS.clauseLenses,
  };
}

function readSeverities(given: unknown, complain: (message: string) => void): ServerSettings['severity'] {
  if (typeof given !== 'object' || given === null) return {};
  return Object.fromEntries(
    Object.entries(given).flatMap(([rule, level]): [ProblemCode, Severity | 'off'][] => {
      const code = PROBLEM_CODES.find((known) => known === rule);
      const severity = SEVERITIES.find((known) => known === level);
      if (code && severity) return [[code, severity]];
      complain(`codingSpec.rules.severity: "${rule}: ${String(level)}" is not known.`);
      return [];
    }),
  );
}

function at(value: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    value,
  );
}
