/** Results as files, in folders that are made where they are missing. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../usage-error.ts';
import { writeText } from '../../write.ts';

export interface NamedText {
  /** Without suffix. */
  readonly name: string;
  readonly text: string;
}

/** Writes the path of each file to standard output. Files of one name from several folders don't overwrite each other. */
export async function writeFiles(folder: string, suffix: string, files: readonly NamedText[]): Promise<void> {
  const taken = new Set<string>();
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, text } of files) {
      let own = name;
      for (let number = 2; taken.has(own); number++) own = `${name}-${String(number)}`;
      taken.add(own);
      const file = path.join(folder, `${own}.${suffix}`);
      writeFileSync(file, text);
      await writeText(file);
    }
  } catch (error) {
    throw refused(folder, error);
  }
}

/** One file for the whole result. */
export function writeFile(file: string, text: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw refused(file, error);
  }
}

const refused = (name: string, error: unknown): unknown =>
  error instanceof Error && 'code' in error
    ? new UsageError(`${name}: cannot be written (${error.message}).`)
    : error;
