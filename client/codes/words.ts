/** What is said of code sets, from the server's answers. Knows nothing of VS Code. */
import type {
  AnsweringRelease,
  CatalogueRelease,
  Installed,
  ListedRelease,
  Place,
  Release,
  ReleasesResult,
  RemoveResult,
} from '../../server/protocol/codes.ts';
import type { CodesStatus } from '../../server/protocol/status.ts';

type Days = Pick<Release, 'from' | 'to'>;

/** What a message says, and whether it is more than good news. */
export interface Said {
  readonly text: string;
  readonly isWarning: boolean;
}

export function installedWords({ releases, read, refused, noted, doubts }: Installed): Said {
  const rows = `${counted(read, 'row')} read, ${refused.length === 0 ? 'none' : grouped(refused.length)} refused`;
  const notes = noted === undefined ? '' : `; ${counted(noted, 'code')} with instructions`;
  return {
    text: [
      ...releases.map(
        (release) =>
          `${nameOf(release)} is installed${release.replaced ? ' again' : ''}: ${rowsWords(release)}, in force ${daysWords(release)}.`,
      ),
      `${rows}${notes}.`,
      ...doubts,
    ].join(' '),
    isWarning: refused.length + doubts.length > 0,
  };
}

/** A document for people: each row that was refused, with its line in the official file, and which one where there are several. */
export function refusedText({ releases: [release], refused }: Installed): string {
  const names = release ? sourcesOf(release).map(({ name }) => name) : [];
  const source = names.join(' and ') || 'the official file';
  const width = String(Math.max(...refused.map(({ line }) => line))).length;
  return [
    `${counted(refused.length, 'row')} of ${source} ${refused.length === 1 ? 'was' : 'were'} not taken.`,
    '',
    ...refused.map(
      ({ file, line, reason }) =>
        `${file === undefined ? '' : `${file}, `}line ${String(line).padStart(width)}: ${reason}`,
    ),
    '',
  ].join('\n');
}

export function removedWords({ removed, failed }: RemoveResult): Said {
  const done = removed.length === 0 ? [] : [`${counted(removed.length, 'release')} removed.`];
  return {
    text: [...done, ...failed.map(({ file, reason }) => `${baseName(file)}: ${reason}`)].join(' '),
    isWarning: failed.length > 0,
  };
}

const PLACES: Readonly<Record<Place, string>> = {
  workspace: 'this workspace',
  user: 'you, in every workspace',
  program: 'everyone, since it ships with Coding Spec',
};

/** A document for people: everything that is installed, what is damaged, and where it all lies. */
export function releasesText({ folders, releases, damaged }: ReleasesResult, today: string): string {
  const none = 'No release of a code set is installed. The command “Install Code Set Release…” installs one.';
  return [
    'Releases of code sets',
    '',
    ...(releases.length + damaged.length === 0 ? [none, ''] : []),
    ...releases.flatMap((release) => [...releaseLines(release, today), '']),
    ...(damaged.length === 0 ? [] : ['Files that cannot be used', '']),
    ...damaged.flatMap(({ file, reason }) => [`  ${file}`, `    ${reason}`, '']),
    'Folders, in the order in which they are asked',
    '',
    ...folders.map(({ folder, place }) => `  ${folder}  (for ${PLACES[place]})`),
    '',
  ].join('\n');
}

function releaseLines(release: ListedRelease, today: string): readonly string[] {
  const { set, publisher, starter, file, bytes, place, used } = release;
  const sources = sourcesOf(release).map(({ name, sha256 }) => `${name}, sha256 ${sha256}`);
  const unused = used ? [] : ['  not used, since the same release lies in a folder that is asked first'];
  return [
    `${nameOf(release)}  (${set})`,
    `  in force  ${daysWords(release)}${isInForce(release, today) ? ', today among them' : ''}`,
    `  holds     ${rowsWords(release)}${starter ? '; a starter set, which knows only some codes' : ''}`,
    `  source    ${sources[0] ?? 'unknown'}`,
    ...[...sources.slice(1), publisher].map((line) => `            ${line}`),
    `  file      ${file}, ${sizeWords(bytes)}`,
    `  for       ${PLACES[place]}`,
    ...unused,
  ];
}

const isInForce = ({ from, to }: Days, today: string): boolean =>
  from <= today && (to === undefined || today <= to);

/** `ICD-10-CM FY2027`. */
export const nameOf = ({ title, release }: Pick<Release, 'title' | 'release'>): string =>
  `${title} ${release}`;

export const daysWords = ({ from, to }: Days): string =>
  to === undefined ? `from ${from}` : `from ${from} to ${to}`;

/** The official files, one of a code set and perhaps several of a table. */
const sourcesOf = ({ source, sources }: Release): NonNullable<Release['sources']> =>
  sources ?? (source ? [source] : []);

const ROWS = { limits: 'limit', pairs: 'pair', fees: 'fee' } as const;

/** What a release holds: codes, or the rows of a table. */
export function rowsWords({
  rows,
  billable,
  kind,
  localities,
}: Pick<Release, 'rows' | 'billable' | 'kind' | 'localities'>): string {
  if (kind !== undefined)
    return `${counted(rows, ROWS[kind])}${localities === undefined ? '' : `, indices of ${grouped(localities)} localities`}`;
  return `${counted(rows, 'code')}${billable === undefined || rows === billable ? '' : `, ${grouped(billable)} of them billable`}`;
}

/** What becomes of an entry of the catalogue when it is picked. */
export const catalogueWords = ({ hasAddress, file, publishedAt }: CatalogueRelease): string =>
  hasAddress ? `Downloads ${file}` : `Asks for the file ${file}, which you get from ${publishedAt}`;

/** For the tooltip of the status bar item, in Markdown. */
export function codesMarkdown({ releases, damaged }: CodesStatus, links: string): string {
  const sorted = [...releases].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const [sets, tables] = [
    sorted.filter(({ kind }) => kind === undefined),
    sorted.filter(({ kind }) => kind !== undefined),
  ];
  const days = ({ from, to }: Partial<Days>): string =>
    from === undefined ? '' : `, ${daysWords({ from, ...(to !== undefined && { to }) })}`;
  const item = (release: CodesStatus['releases'][number]): string =>
    `- ${escaped(nameOf(release))}${days(release)}${release.starter ? ' (starter: knows only some codes)' : ''}`;
  return [
    sets.length === 0 ? 'No code sets are installed.' : 'Code sets:',
    '',
    ...sets.map(item),
    ...(tables.length === 0 ? [] : ['', 'Tables:', '', ...tables.map(item)]),
    ...(damaged.length === 0 ? [] : ['', `${counted(damaged.length, 'file')} cannot be used:`, '']),
    ...damaged.map(({ file, reason }) => `- ${escaped(baseName(file))}: ${escaped(reason)}`),
    '',
    links,
  ].join('\n');
}

/** Names of files and releases are the user's: nothing in them is a link or a picture. */
const escaped = (text: string): string => text.replace(/[\\`*_{}[\]()#+\-.!|<>&~$]/g, '\\$&');

export interface LanguageStatus {
  readonly text: string;
  readonly detail: string;
  readonly isWarning: boolean;
}

/** What answers for the document in the editor, in a few words, and what keeps it from answering fully. */
export function languageStatus(
  answering: readonly AnsweringRelease[],
  damaged: CodesStatus['damaged'],
): LanguageStatus {
  const named = (which: (release: AnsweringRelease) => boolean): string =>
    answering.filter(which).map(nameOf).join(', ');
  const starters = named(({ starter }) => starter);
  const others = named(({ forDate }) => !forDate);
  return {
    text: answering.map(nameOf).join(' · ') || 'No code sets installed',
    detail: [
      ...(damaged.length === 0 ? [] : [`${counted(damaged.length, 'file')} cannot be used`]),
      ...(others === '' ? [] : [`not for the date of service: ${others}`]),
      ...(starters === '' ? [] : [`only some codes: ${starters}`]),
    ].join('; '),
    isWarning: damaged.length > 0,
  };
}

const sizeWords = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${String(Math.ceil(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/** Without folders, however they are separated. */
export const baseName = (file: string): string => file.split(/[\\/]/).at(-1) ?? file;

const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

const counted = (count: number, word: string): string => `${grouped(count)} ${word}${count === 1 ? '' : 's'}`;
