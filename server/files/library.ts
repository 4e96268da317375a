/** Where the library is on disk. */
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The documents that ship with the program, which lies in dist/, beside examples/. Undefined when they are missing. */
export function libraryFolder(): string | undefined {
  const folder = path.resolve(import.meta.dirname, '../examples/drug-administration');
  return existsSync(folder) ? folder : undefined;
}
