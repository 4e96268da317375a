/**
 * Pairs of codes: the edits of a setting are published in four files, which make one release together. One of which a file is
 * missing is not made, since pairs that it lacks would be taken for pairs that are fine.
 */
import { RelationWriter } from '../../core/index.ts';
import { importNcciPairs, namesOf, type CodePair } from '../importers/index.ts';
import type { RefusedIn } from '../install.ts';
import type { Failure } from '../original.ts';
import { failedIn, refusedIn, usable, type Gathered, type Part } from './part.ts';

/** As they are numbered in the names of the files, from 1. */
const FILES = 4;
const SETTINGS = [
  { name: 'ncci-practitioner', words: 'practitioner', named: /ccipra|practitioner/i },
  { name: 'ncci-outpatient-hospital', words: 'outpatient hospital', named: /ccioph|hospital/i },
] as const;
/** Of a pair that was deleted on the day on which it began. */
const NEVER_IN_FORCE = ['9'];

export function gatherPairs(parts: readonly [Part, ...Part[]]): Gathered | Failure {
  const names = parts.map(({ file }) => namesOf(file.name, file.bytes).join(' '));
  const settings = names.map((name) => SETTINGS.find(({ named }) => named.test(name)));
  const [setting] = settings;
  const other = parts.find((_, i) => settings[i] !== setting);
  if (other) return failedIn(other, `it is of another setting than ${parts[0].file.name}.`);
  const ofParts = doubtsOfParts(names);
  if ('failure' in ofParts) return ofParts;
  const doubts = [...ofParts, ...(setting ? [] : [NO_SETTING])];
  const writer = new RelationWriter('pairs');
  let read = 0;
  const refused: RefusedIn[] = [];
  // One after the other: the rows of all of them at once would take too much.
  for (const part of parts) {
    const imported = usable(part, importNcciPairs(part.file.bytes));
    if ('failure' in imported) return imported;
    for (const row of imported.rows) add(writer, row);
    read += imported.read;
    refused.push(...refusedIn(part, imported));
  }
  const table = {
    name: setting?.name ?? 'ncci-pairs',
    title: `NCCI procedure-to-procedure edits${setting ? `, ${setting.words}` : ''}`,
    more: { neverInForce: NEVER_IN_FORCE },
    writers: [writer],
  };
  return { tables: [table], read, refused, doubts };
}

const NO_SETTING =
  'The names of the files do not say whose edits they are: say with --set which table they are for.';

function add(
  writer: RelationWriter<'pairs'>,
  { column1, column2, from, to, modifier, rationale }: CodePair,
): void {
  writer.add({
    first: column1,
    second: column2,
    from,
    to: to ?? '',
    indicator: String(modifier),
    rationale,
  });
}

function doubtsOfParts(names: readonly string[]): readonly string[] | Failure {
  const numbers = names.map((name) => /-f(\d+)(?!\d)/i.exec(name)?.[1]);
  if (numbers.every((number) => number === undefined))
    return [
      'The names of the files do not say which parts of the edits they are: pairs of parts that were not given are not found.',
    ];
  const all = Array.from({ length: FILES }, (_, i) => String(i + 1));
  const missing = all.filter((number) => !numbers.includes(number));
  if (missing.length === 0) return [];
  return {
    failure: `The edits of a setting come in ${String(FILES)} files, -f1 to -f${String(FILES)}, which are installed together: -f${missing.join(', -f')} is missing.`,
  };
}
