/** The documents of examples/, read from disk. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import type { FileChange } from '../../server/core/workspace/change.ts';
import { fileId } from '../../server/core/base/origin.ts';
import { root } from '../checks/support.ts';

export interface ExampleFile {
  readonly path: string;
  readonly text: string;
}

/** The files below a folder of examples/, by name. */
export function readExamples(folder = ''): readonly ExampleFile[] {
  const cwd = path.join(root, 'examples', folder);
  return globSync(['**/*.yaml', '**/*.codes.csv'], { cwd })
    .sort()
    .map((file) => ({
      path: path.posix.join('examples', folder, file),
      text: readFileSync(path.join(cwd, file), 'utf8'),
    }));
}

/** Family, specifications and policies of the drug-administration example. */
export const drugAdministration = readExamples('drug-administration').filter(
  ({ path: name }) => !name.endsWith('.encounter.yaml'),
);

/** The family with the first three codes alone: what no specification reports is still to be seen with them. */
export const threeCodes = drugAdministration.filter(({ path: name }) =>
  /\.family\.yaml$|cpt-9636[567]\.spec\.yaml$|regence-109/.test(name),
);

export const toChanges = (files: readonly ExampleFile[], library = false): FileChange[] =>
  files.map((file) => ({ file: fileId(file.path), content: { text: file.text }, library }));
