/** Part of the build, never of a program that ships: reads the documents of a folder for `dist/library.prepared`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { AnalysisHost, fileId, prepareRules, type FileChange, type FileContent } from '../core/index.ts';
import { decode } from '../files/decode.ts';
import { findSync } from '../files/find.ts';
import { RULE_FILES } from '../files/patterns.ts';

/** The rule documents in a folder: a JSON object of texts by path, and what is known of them, as text. */
export function prepareFolder(folder: string): { readonly texts: string; readonly prepared: string } {
  const { files } = findSync(RULE_FILES, { cwd: folder });
  const host = new AnalysisHost();
  const read = [...files].sort().map((name): FileChange & { readonly content: FileContent } => ({
    file: fileId(name),
    content: decode(readFileSync(path.join(folder, name))),
  }));
  host.apply({ files: read });
  const texts = read.flatMap(({ file, content }) =>
    'text' in content ? [[file, content.text] as const] : [],
  );
  return { texts: JSON.stringify(Object.fromEntries(texts)), prepared: prepareRules(host.snapshot()) };
}
