/** Files of any length made of the examples, and the schema of encounters as one file for a server that knows schemas alone. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { root } from '../../checks/support.ts';
import { readExamples } from '../../support/examples.ts';

/** A folder of its own for some work, removed after it. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'coding-spec-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The encounters of the examples, one text each, without the line that opens a document. */
const ENCOUNTERS: readonly string[] = readExamples('drug-administration')
  .filter(({ path: name }) => name.endsWith('.encounter.yaml'))
  .flatMap(({ text }) => text.split(/^---\n/m))
  .filter((text) => /^encounter: /m.test(text))
  .map((text) => (text.endsWith('\n') ? text : `${text}\n`));

/** A stream of encounters of at least so many lines: those of the examples in turn, each with a name of its own. */
export function encounterFile(lines: number): string {
  const documents: string[] = [];
  let count = 0;
  for (let i = 0; count < lines; i++) {
    const text = ENCOUNTERS[i % ENCOUNTERS.length] ?? '';
    documents.push(text.replace(/^(encounter: \S+)$/m, `$1-${String(i)}`));
    count += text.split('\n').length;
  }
  return documents.join('---\n');
}

export interface Schema {
  readonly [key: string]: unknown;
}

const readSchema = (name: string): Schema =>
  JSON.parse(readFileSync(path.join(root, 'schemas', `${name}.schema.json`), 'utf8')) as Schema;

/** The schema of encounters with all that it refers to in one file. `diagnosis` says more about a diagnosis code. */
export function bundledSchema(diagnosis: Schema = {}): Schema {
  const encounter = JSON.parse(
    JSON.stringify(readSchema('encounter')).replaceAll('common.schema.json#/$defs/', '#/$defs/'),
  ) as Schema;
  const common = readSchema('common')['$defs'] as Schema;
  return {
    ...encounter,
    $defs: {
      ...(JSON.parse(JSON.stringify(common).replaceAll('common.schema.json#/$defs/', '#/$defs/')) as Schema),
      ...(encounter['$defs'] as Schema),
      diagnosis: { ...(common['diagnosis'] as Schema), ...diagnosis },
    },
  };
}

export function writeSchema(folder: string, schema: Schema): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'encounter.schema.json');
  writeFileSync(file, JSON.stringify(schema));
  return file;
}
