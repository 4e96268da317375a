/** The encounters that a command is about, and what keeps some of them from being read. */
import {
  kindOfFile,
  problemReport,
  problemsOf,
  type Analysis,
  type DocumentInFile,
  type FileId,
  type Problem,
  type ProblemReport,
} from '../../../core/index.ts';
import { STDIN } from '../../files.ts';
import { UsageError } from '../../usage-error.ts';

export interface Chosen {
  readonly documents: readonly DocumentInFile[];
  /** Of all named files. With one encounter asked for, those of the others are none of the answer. */
  readonly problems: readonly Problem[];
}

/** Whether encounters are looked for in a file; standard input may have any kind. */
export const hasEncounters = (file: string): boolean => file === STDIN || kindOfFile(file) === 'encounter';

/** The documents of the named files with encounters, or those of them that have a name. */
export function chooseEncounters(
  analysis: Analysis,
  asked: readonly FileId[],
  { paths, encounter }: { readonly paths: readonly string[]; readonly encounter?: string },
): Chosen {
  const files = asked.filter(hasEncounters);
  if (files.length === 0)
    throw new UsageError(`${paths.join(' ')}: no encounters here; their files end in .encounter.yaml.`);
  const all = files.flatMap((file) => analysis.documents(file));
  const nameOf = ({ source }: DocumentInFile): string => analysis.encounter(source)?.id?.value ?? '';
  const documents = all.filter((document) => encounter === undefined || nameOf(document) === encounter);
  if (encounter !== undefined && documents.length === 0)
    throw new UsageError(noneSentence(encounter, all.map(nameOf)));
  const wanted = new Set(documents.map(({ source }) => source.id));
  const problems = asked.flatMap((file) =>
    problemsOf(analysis, file).filter(
      ({ at }) => encounter === undefined || !hasEncounters(file) || wanted.has(at.document),
    ),
  );
  return { documents, problems };
}

/**
 * What keeps documents from being read, which must not look as if all was well. That lines are not the expected ones is
 * no such thing.
 */
export const unreadable = (analysis: Analysis, problems: readonly Problem[]): ProblemReport[] =>
  problems
    .filter(({ severity, code }) => severity === 'error' && code !== 'expectation-mismatch')
    .map((found) => problemReport(analysis, found));

/** Names beyond these are counted: a list of hundreds helps nobody. */
const MANY = 20;

function noneSentence(name: string, names: readonly string[]): string {
  const known = [...new Set(names)].filter((own) => own !== '');
  if (known.length === 0) return `No encounter is called "${name}"; there is none with a name.`;
  const more = known.length > MANY ? ` and ${String(known.length - MANY)} more` : '';
  return `No encounter is called "${name}"; there are ${known.slice(0, MANY).join(', ')}${more}.`;
}
