/** What is given to install: one file of a code set, or the parts of one table. */
import { prepareTable, isTable } from './install-table.ts';
import { prepare, type Prepared, type Wanted } from './install.ts';
import type { Failure, OriginalFile } from './original.ts';

export function prepareFiles(files: readonly OriginalFile[], wanted: Wanted): Prepared | Failure {
  const [file, second] = files;
  return file && !second && !isTable(file) ? prepare(file, wanted) : prepareTable(files, wanted);
}
