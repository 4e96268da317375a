/** Options that commands share, and their reading. */
import { Option, InvalidArgumentError, type Command } from 'commander';
import { PROBLEM_CODES, type ProblemCode, type Settings } from '../core/index.ts';

export interface SharedOptions {
  readonly format: 'text' | 'json';
  readonly rules: readonly string[];
  readonly library: boolean;
  readonly severity: Settings['severity'];
}

const SEVERITIES = ['error', 'warning', 'information', 'hint', 'off'] as const;

export function withSharedOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <format>', 'how to write the result').choices(['text', 'json']).default('text'),
    )
    .addOption(
      new Option('--rules <path>', 'folder or file with families, specifications and policies; repeatable')
        .argParser(collect)
        .default([], 'the working folder'),
    )
    .addOption(
      new Option(
        '--severity <rule=level>',
        'severity of a rule: error, warning, information, hint or off; repeatable',
      )
        .argParser(readSeverity)
        .default({}, 'as docs/diagnostics.md says'),
    )
    .option('--no-library', 'do not use the built-in library');
}

const collect = (value: string, previous: readonly string[]): readonly string[] => [...previous, value];

function readSeverity(value: string, previous: Settings['severity']): Settings['severity'] {
  const [rule, level] = value.split('=');
  const code = PROBLEM_CODES.find((known) => known === rule);
  const severity = SEVERITIES.find((known) => known === level);
  if (!code) throw new InvalidArgumentError(`There is no rule "${rule ?? ''}".`);
  if (!severity) throw new InvalidArgumentError(`The level is one of ${SEVERITIES.join(', ')}.`);
  return { ...previous, [code satisfies ProblemCode]: severity };
}
