/** What the build worked out of the documents that ship with the program; it lies beside the program, in dist/. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { nothingPrepared, readPrepared, type Prepared } from '../core/index.ts';

/** Nothing where it is missing, as when the sources run: then the documents are read as any others. */
export function preparedLibrary(): Prepared {
  try {
    return readPrepared(readFileSync(path.join(import.meta.dirname, 'library.prepared'), 'latin1'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return nothingPrepared;
    throw error;
  }
}
