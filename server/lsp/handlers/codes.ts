/** Code sets: listing, installing and removing releases, as requests of our own and as commands of standard LSP. */
import type { CancellationToken, WorkDoneProgressReporter } from 'vscode-languageserver';
import { parseDate } from '../../core/index.ts';
import {
  codesCommands,
  codesRequests,
  type AnsweringParams,
  type AnsweringRelease,
  type AnsweringResult,
  type CatalogueResult,
  type InstallResult,
  type NotInstalled,
  type ReleasesResult,
  type RemoveResult,
} from '../../protocol/codes.ts';
import { guarded } from '../guard.ts';
import { readInstall, readRemove, workDoneTokenOf } from '../read-params.ts';
import { fileOf, type Session } from '../session.ts';

const FAULT = 'Something went wrong in the program; its log has the details.';

/** What a request is answered with after a fault of ours. */
const EMPTY = {
  releases: { folders: [], releases: [], damaged: [] } satisfies ReleasesResult,
  catalogue: { entries: [] } satisfies CatalogueResult,
  install: notInstalled(FAULT),
  remove: { removed: [], failed: [] } satisfies RemoveResult,
} as const;

/** A request or a command: what came with it, and where progress is shown. */
interface Asked {
  readonly params: unknown;
  readonly shown: WorkDoneProgressReporter;
}

type Handler = (session: Session, asked: Asked, token: CancellationToken) => unknown;

const HANDLERS: Readonly<Record<keyof typeof EMPTY, Handler>> = {
  releases: (session) => session.codes.list(),
  catalogue: (session) => session.codes.catalogue(),
  install,
  remove: (session, { params: given }) => {
    const params = readRemove(given);
    if ('misread' in params) return { removed: [], failed: [{ file: '', reason: params.misread }] };
    return session.codes.remove(params);
  },
};
const NAMES = Object.keys(EMPTY) as readonly (keyof typeof EMPTY)[];

export function registerCodes(session: Session): void {
  const { connection } = session;
  const handlers = new Map(
    NAMES.map((name) => [
      name,
      guarded<Asked, unknown>(session, `the ${name} of code sets`, EMPTY[name], (asked, token) =>
        HANDLERS[name](session, asked, token),
      ),
    ]),
  );
  for (const [name, handler] of handlers)
    // Of a request without parameters the connection hands over the token alone.
    connection.onRequest(codesRequests[name], (...given: unknown[]) => {
      const params = given.length > 1 ? given[0] : undefined;
      const shown = connection.window.attachWorkDoneProgress(workDoneTokenOf(params));
      return handler({ params, shown }, given.at(-1) as CancellationToken);
    });
  connection.onExecuteCommand(({ command, arguments: given }, token, shown) => {
    // Some clients write null where there are no arguments, which the types do not know of.
    const [params] = Array.isArray(given) ? (given as readonly unknown[]) : [];
    const name = NAMES.find((own) => codesCommands[own] === command);
    const handler = name && handlers.get(name);
    return handler ? handler({ params, shown }, token) : null;
  });
  connection.onRequest(
    codesRequests.answering,
    guarded<AnsweringParams, AnsweringResult>(
      session,
      'the releases that answer',
      { releases: [] },
      ({ textDocument }) => ({ releases: answering(session, textDocument.uri) }),
    ),
  );
}

function notInstalled(message: string): NotInstalled {
  return { outcome: 'failed', message };
}

async function install(
  session: Session,
  { params: given, shown }: Asked,
  token: CancellationToken,
): Promise<InstallResult> {
  const params = readInstall(given);
  if ('misread' in params) return notInstalled(params.misread);
  if (params.folder !== undefined && !session.hasFolder(params.folder))
    return notInstalled(`${params.folder} is no folder of the workspace.`);
  shown.begin('Installing a code set', 0, undefined, true);
  try {
    return await session.codes.install(params, reporter(shown), token);
  } finally {
    shown.done();
  }
}

const reporter =
  (shown: WorkDoneProgressReporter) =>
  ({ message, percentage }: { readonly message: string; readonly percentage?: number }): void => {
    if (percentage === undefined) shown.report(message);
    else shown.report(percentage, message);
  };

/** Each release once, for all dates of service of a file. */
function answering(session: Session, uri: string): readonly AnsweringRelease[] {
  const { analysis } = session;
  const dates = analysis.documents(fileOf(uri)).flatMap(({ source }) => {
    const date = analysis.encounter(source)?.date;
    return date ? [date.value] : [];
  });
  const now = parseDate(session.codes.today());
  const sets = [...new Set(analysis.codes.releases.map(({ header }) => header.set))].sort();
  const found = new Map<string, AnsweringRelease>();
  for (const date of new Set(dates.length > 0 || !now ? dates : [now])) {
    for (const name of sets) {
      const answer = analysis.codes.at(name, date);
      if (!answer) continue;
      const { set, title, release, starter } = answer.set.header;
      const key = `${set} ${release}`;
      const forDate = answer.forDate && (found.get(key)?.forDate ?? true);
      found.set(key, { set, title, release, starter: starter === true, forDate });
    }
  }
  return [...found.values()];
}
