/** Views: pages about what stands at a position, made by the engine and shown by the client. */
import type { CancellationToken } from 'vscode-languageserver';
import {
  articleOf,
  articlePage,
  changeOf,
  compare,
  comparisonPage,
  htmlPage,
  impactPage,
  knownPayers,
  styleOf,
  timeline,
  timelinePage,
  unsavedRules,
  type Analysis,
  type ChangedEncounter,
  type Comparison,
  type DocumentInFile,
  type Impact,
  type Origin,
  type Page,
} from '../../core/index.ts';
import { viewRequest, type View, type ViewKind, type ViewParams } from '../../protocol/views.ts';
import { guarded } from '../guard.ts';
import { readView } from '../read-params.ts';
import { fileOf, type Session } from '../session.ts';
import { turns } from '../slices.ts';
import { toLocation } from '../to-proto.ts';

type Drawn = Page & { readonly places?: readonly Origin[]; readonly svg?: string };

interface At {
  readonly analysis: Analysis;
  readonly document: DocumentInFile | undefined;
  /** In the file. */
  readonly offset: number;
  /** How people call a file: by its place in the workspace. */
  readonly nameOf: (file: string) => string;
}

export function registerViews(session: Session): void {
  session.connection.onRequest(
    viewRequest,
    guarded<unknown, View>(session, 'a view', { nothing: 'It could not be worked out.' }, (given, token) => {
      const params = readView(given);
      return 'misread' in params ? { nothing: params.misread } : viewAt(session, params, token);
    }),
  );
}

async function viewAt(
  session: Session,
  { kind, uri, position, asFile }: ViewParams,
  token: CancellationToken,
): Promise<View> {
  const { analysis } = session;
  const file = fileOf(uri);
  const offset = analysis.offset(file, position);
  const nameOf = (own: string): string => session.nameOf(own);
  const at: At = { analysis, document: analysis.documentAt(file, offset), offset, nameOf };
  const drawn = kind === 'impact' ? await impact(session, token) : PAGES[kind](at);
  if (typeof drawn === 'string') return { nothing: drawn };
  const { title, body, places = [], svg } = drawn;
  return {
    title,
    body,
    style: styleOf(drawn),
    // Numbers of places stand in the body, so that none may be left out.
    places: places.map(
      (place) => toLocation(analysis, place) ?? { uri, range: { start: position, end: position } },
    ),
    ...(asFile === true && { html: htmlPage(drawn), ...(svg !== undefined && { svg }) }),
  };
}

/** A page, or why there is none. */
const PAGES: Readonly<Record<Exclude<ViewKind, 'impact'>, (at: At) => Drawn | string>> = {
  timeline: ({ analysis, document, offset }) => {
    const drawn = document && timeline(analysis, document, offset - document.offset);
    return drawn ? timelinePage(drawn) : 'The cursor is in no encounter that has administrations and a date.';
  },
  article: ({ analysis, document }) => {
    const article = document && articleOf(analysis.parsed(document.source));
    return article ? articlePage(article) : 'The cursor is in no specification.';
  },
  comparison: ({ analysis, document, nameOf }) => {
    const compared = document && compare(analysis, document, knownPayers(analysis));
    return compared
      ? comparisonPage([named(compared, nameOf)])
      : 'The cursor is in no encounter that has a date.';
  },
};

/** Files of a comparison by their names. */
function named(comparison: Comparison, nameOf: At['nameOf']): Comparison {
  const reasons = <R extends { readonly clause: { readonly file: string } }>(all: readonly R[]): R[] =>
    all.map((reason) => ({ ...reason, clause: { ...reason.clause, file: nameOf(reason.clause.file) } }));
  return {
    ...comparison,
    file: nameOf(comparison.file),
    payers: comparison.payers.map((payer) => ({
      ...payer,
      says: reasons(payer.says),
      notChecked: reasons(payer.notChecked),
    })),
  };
}

/** Every encounter at hand, with each file of rules as it is saved and as it is now. */
async function impact(session: Session, token: CancellationToken): Promise<Drawn> {
  const { analysis } = session;
  const turn = turns(session, token);
  const changed = new Map(unsavedRules(analysis).map((file) => [file, [] as ChangedEncounter[]]));
  let encounters = 0;
  for (const encounter of changed.size > 0 ? analysis.encounters() : []) {
    encounters++;
    for (const [file, own] of changed)
      own.push(...[changeOf(analysis, file, encounter)].flatMap((one) => one ?? []));
    await turn();
  }
  const impacts = [...changed].map(([file, own]): Impact => ({ file, encounters, changed: own }));
  return impactPage(impacts, (file) => session.nameOf(file));
}
