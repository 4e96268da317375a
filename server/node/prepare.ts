/** Part of the build, never of a program that ships: reads the documents of a folder for `dist/library.prepared`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AnalysisHost, fileId, prepareRules, type FileChange } from '../core/index.ts';
import { decode } from '../files/decode.ts';
import { findSync } from '../files/find.ts';
import { RULE_FILES } from '../files/patterns.ts';

/** What is known of the rule documents in a folder, as text. */
export function prepareFolder(folder: string): string {
  const { files } = findSync(RULE_FILES, { cwd: folder });
  const host = new AnalysisHost();
  host.apply({
    files: [...files].sort().map((name): FileChange => ({
      file: fileId(name),
      content: decode(readFileSync(path.join(folder, name))),
    })),
  });
  return prepareRules(host.snapshot());
}
