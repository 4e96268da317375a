/** `coding-spec format`: the layout that the editor gives files, on disk or on standard input. */
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import {
  applyEdits,
  format,
  kindOfFile,
  notFormatted,
  type Analysis,
  type FileId,
} from '../../core/index.ts';
import { loadWorkspace, STDIN } from '../files.ts';
import { EXIT } from '../findings.ts';
import { UsageError } from '../usage-error.ts';
import { writeExactly, writeText } from '../write.ts';

interface FormatOptions {
  readonly check?: boolean;
}

export function addFormat(program: Command): void {
  program
    .command('format')
    .description('lay out specifications, policies, families, tables and encounters, as the editor does')
    .argument('<paths...>', 'files, folders and globs; - is standard input, written to standard output')
    .option('--check', 'change nothing; name the files that would change, and end with 1 if there are any')
    .action(async (paths: string[], { check = false }: FormatOptions) => {
      const { host, asked } = await loadWorkspace({
        paths,
        rules: [],
        library: false,
        settings: { severity: {} },
      });
      const analysis = host.snapshot();
      const files = asked.filter((file) => file === STDIN || kindOfFile(file));
      if (files.length === 0)
        throw new UsageError(
          `${paths.join(' ')}: no file here ends in .family.yaml, .spec.yaml, .policy.yaml, .table.yaml or .encounter.yaml.`,
        );
      const left = files.filter((file) => tellLeft(analysis, file));
      const changed = files.filter((file) => format(analysis, file).length > 0);
      for (const file of check ? changed : files) await (check ? writeText(file) : settle(analysis, file));
      process.exitCode = left.length > 0 || (check && changed.length > 0) ? EXIT.findings : EXIT.fine;
    });
}

/** Writes a file that is laid out otherwise, and names it; standard input is written in any case. */
async function settle(analysis: Analysis, file: FileId): Promise<void> {
  const edits = format(analysis, file);
  const after = applyEdits(analysis.file(file)?.source.text ?? '', edits);
  if (file === STDIN) return writeExactly(after);
  if (edits.length === 0) return;
  try {
    writeFileSync(file, after);
  } catch (error) {
    throw new UsageError(
      `${file}: cannot be written (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
  return writeText(file);
}

/** Says what is left as it is, and whether anything is. */
function tellLeft(analysis: Analysis, file: FileId): boolean {
  const unreadable = analysis.file(file)?.unreadable;
  if (unreadable !== undefined) {
    console.error(`coding-spec: ${file}: ${unreadable}. It is left as it is.`);
    return true;
  }
  const broken = notFormatted(analysis, file);
  for (const { offset, index } of broken) {
    const { line } = analysis.position(file, offset);
    console.error(
      `coding-spec: ${file}:${String(line + 1)}: document ${String(index + 1)} has errors of YAML and is left as it is; \`coding-spec check\` names them.`,
    );
  }
  return broken.length > 0;
}
