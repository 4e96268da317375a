/** Code lenses: computed lines for those who want them so, and beside the clauses of rules the encounters that test them. */
import type { CodeLens, Location, Range } from 'vscode-languageserver';
import {
  kindOfFile,
  testablePlaces,
  type DocumentId,
  type Exercised,
  type FileId,
  type Origin,
} from '../../core/index.ts';
import {
  lensEncountersRequest,
  showEncountersCommand,
  type LensArguments,
  type LensTarget,
} from '../../protocol/clauses.ts';
import { guarded } from '../guard.ts';
import { fileOf, type Session } from '../session.ts';
import { toLocation, toRange } from '../to-proto.ts';
import { lineLenses } from './lines.ts';

/** Longer lists help nobody, and cost the client. */
const MANY = 500;

/** What a lens that has no text yet remembers. */
interface LensData {
  readonly uri: string;
  readonly target: LensTarget;
}

/** `canShow`: whether the client has a command that shows the encounters behind a lens. */
export function registerLenses(session: Session, canShow: () => boolean): void {
  const { connection } = session;
  connection.onCodeLens(
    guarded<{ textDocument: { uri: string } }, CodeLens[]>(session, 'code lenses', [], ({ textDocument }) => [
      ...lineLenses(session, textDocument.uri),
      ...clauseLenses(session, textDocument.uri),
    ]),
  );
  connection.onCodeLensResolve(async (lens, token) =>
    guarded<CodeLens, CodeLens>(session, 'a code lens', lens, (own) => resolved(session, own, canShow()))(
      lens,
      token,
    ),
  );
  connection.onRequest(
    lensEncountersRequest,
    guarded<LensTarget, Location[]>(session, 'the encounters of a lens', [], (target) =>
      encountersOf(session, target),
    ),
  );
}

function clauseLenses(session: Session, uri: string): CodeLens[] {
  const file = fileOf(uri);
  if (!session.settings.clauseLenses || kindOfFile(file) === 'encounter') return [];
  session.countClauses();
  const { analysis } = session;
  const places = testablePlaces(analysis, file).flatMap(({ document, path, part }) => {
    const found = analysis.locate({ document, path, part });
    return found ? [lensAt(toRange(analysis, file, found), uri, { kind: 'clause', document, path })] : [];
  });
  return [...unsavedLens(session, file, uri), ...places];
}

/** At the head of a file with unsaved changes, once it is known what they do. */
function unsavedLens(session: Session, file: FileId, uri: string): CodeLens[] {
  const start = { line: 0, character: 0 };
  return session.whatIf.has(file) ? [lensAt({ start, end: start }, uri, { kind: 'unsaved', uri })] : [];
}

const lensAt = (range: Range, uri: string, target: LensTarget): CodeLens => {
  const data: LensData = { uri, target };
  return { range, data };
};

function resolved(session: Session, lens: CodeLens, canShow: boolean): CodeLens {
  // Clients may ask for the text of a lens that has one.
  if (lens.command) return lens;
  const { uri, target } = lens.data as LensData;
  const documents = documentsBehind(session, target);
  const title = titleOf(session, target);
  const { line, character } = lens.range.start;
  const argument: LensArguments = { uri, line, character, target };
  const isList = canShow && documents.length > 0;
  return {
    range: lens.range,
    command: isList
      ? { title, command: showEncountersCommand, arguments: [argument] }
      : { title, command: '' },
  };
}

function titleOf(session: Session, target: LensTarget): string {
  if (target.kind === 'unsaved') {
    const many = documentsBehind(session, target).length;
    const others = many === 1 ? '1 encounter has' : `${many === 0 ? 'no' : String(many)} encounters have`;
    return `Unsaved changes: ${others} other lines than with the saved text`;
  }
  const known = exercisedBy(session, target);
  if (!known) return session.isCounted ? 'no encounter' : 'counting encounters …';
  const { encounters, differ } = known;
  const many = encounters.length;
  const tested =
    many === 1 ? '1 encounter' : `${many === 0 ? 'no' : String(many)} encounter${many === 0 ? '' : 's'}`;
  if (differ.length === 0) return tested;
  return `${tested} · ${String(differ.length)} ${differ.length === 1 ? 'differs' : 'differ'}`;
}

const exercisedBy = (session: Session, target: LensTarget): Exercised | undefined =>
  target.kind === 'clause' ? session.exercised(originOf(target)) : undefined;

const originOf = ({ document, path }: LensTarget & { kind: 'clause' }): Origin => ({
  document: document as Origin['document'],
  path: path as Origin['path'],
  part: 'value',
});

function documentsBehind(session: Session, target: LensTarget): readonly DocumentId[] {
  if (target.kind === 'unsaved') return session.whatIf.get(fileOf(target.uri)) ?? [];
  const { encounters, differ } = exercisedBy(session, target) ?? { encounters: [], differ: [] };
  const failing = new Set(differ);
  return [...differ, ...encounters.filter((document) => !failing.has(document))];
}

function encountersOf(session: Session, target: LensTarget): Location[] {
  const { analysis } = session;
  return documentsBehind(session, target)
    .slice(0, MANY)
    .flatMap((id) => {
      const document = analysis.document(id);
      const encounter = document && analysis.encounter(document.source);
      const location = encounter && toLocation(analysis, encounter.id?.origin ?? encounter.origin);
      return location ? [location] : [];
    });
}
