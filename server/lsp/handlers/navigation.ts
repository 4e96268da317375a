/** From a name to where it is declared and used, and giving it another one. */
import {
  DocumentHighlightKind,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Definition,
  type DefinitionLink,
  type DocumentHighlight,
  type LinkedEditingRanges,
  type Location,
  type ReferenceParams,
  type RenameParams,
  type TextDocumentPositionParams,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import {
  definition,
  highlights,
  linkedNames,
  prepareRename,
  references,
  rename,
  typeDefinition,
  type Analysis,
  type FileEdit,
  type FileId,
  type Target,
  type TextRange,
} from '../../core/index.ts';
import type { ClientAbilities } from '../capabilities.ts';
import { guarded } from '../guard.ts';
import { fileOf, type Session } from '../session.ts';
import { inSlices } from '../slices.ts';
import { placeToLocation, toRange } from '../to-proto.ts';

type Definitions = Definition | DefinitionLink[] | null;

export function registerNavigation(session: Session, abilities: () => ClientAbilities): void {
  const { connection } = session;
  connection.onDefinition(
    guarded<TextDocumentPositionParams, Definitions>(session, 'definition', null, (params) => {
      const { analysis, file, offset } = placeOf(session, params);
      const found = definition(analysis, file, offset);
      return found
        ? toDefinition(analysis, file, found.targets, abilities().linksDefinitions, found.range)
        : null;
    }),
  );
  connection.onTypeDefinition(
    guarded<TextDocumentPositionParams, Definitions>(session, 'type definition', null, (params) => {
      const { analysis, file, offset } = placeOf(session, params);
      const targets = typeDefinition(analysis, file, offset);
      return targets.length === 0 ? null : toDefinition(analysis, file, targets, false);
    }),
  );
  connection.onReferences(
    guarded<ReferenceParams, Location[]>(session, 'references', [], (params, token) =>
      referencesOf(session, params, token),
    ),
  );
  connection.onDocumentHighlight(
    guarded<TextDocumentPositionParams, DocumentHighlight[]>(session, 'highlights', [], (params, token) =>
      highlightsOf(session, params, token),
    ),
  );
  registerRename(session);
}

function registerRename(session: Session): void {
  const { connection } = session;
  connection.onPrepareRename(
    guarded(session, 'preparing a rename', null, (params: TextDocumentPositionParams) => {
      const { analysis, file, offset } = placeOf(session, params);
      const found = prepareRename(analysis, file, offset);
      if ('refused' in found) throw refusal(found.refused);
      return { range: toRange(analysis, file, found.range), placeholder: found.name };
    }),
  );
  connection.onRenameRequest(
    guarded<RenameParams, WorkspaceEdit | null>(session, 'rename', null, (params, token) =>
      editsOf(session, params, token),
    ),
  );
  connection.languages.onLinkedEditingRange(
    guarded<TextDocumentPositionParams, LinkedEditingRanges | null>(
      session,
      'linked editing',
      null,
      (params) => {
        const { analysis, file, offset } = placeOf(session, params);
        const found = linkedNames(analysis, file, offset);
        if (!found) return null;
        return {
          ranges: found.ranges.map((range) => toRange(analysis, file, range)),
          wordPattern: found.pattern,
        };
      },
    ),
  );
}

interface Asked {
  readonly analysis: Analysis;
  readonly file: FileId;
  readonly offset: number;
}

function placeOf(session: Session, { textDocument, position }: TextDocumentPositionParams): Asked {
  const { analysis } = session;
  const file = fileOf(textDocument.uri);
  return { analysis, file, offset: analysis.offset(file, position) };
}

/** The targets as links, which say how much is defined, for clients that know them. */
function toDefinition(
  analysis: Analysis,
  file: FileId,
  targets: readonly Target[],
  asLinks: boolean,
  asked?: TextRange,
): Definition | DefinitionLink[] {
  if (!asLinks || !asked) return targets.map((target) => placeToLocation(analysis, target));
  return targets.map((target) => ({
    originSelectionRange: toRange(analysis, file, asked),
    targetUri: target.file,
    targetRange: toRange(analysis, target.file, target.whole),
    targetSelectionRange: toRange(analysis, target.file, target),
  }));
}

async function referencesOf(
  session: Session,
  params: ReferenceParams,
  token: CancellationToken,
): Promise<Location[]> {
  const { analysis, file, offset } = placeOf(session, params);
  const found = references(analysis, file, offset, params.context.includeDeclaration);
  const places = await inSlices(session, token, found);
  return places.map((place) => placeToLocation(analysis, place));
}

async function highlightsOf(
  session: Session,
  params: TextDocumentPositionParams,
  token: CancellationToken,
): Promise<DocumentHighlight[]> {
  const { analysis, file, offset } = placeOf(session, params);
  const found = await inSlices(session, token, highlights(analysis, file, offset));
  return found.map(({ kind, ...range }) => ({
    range: toRange(analysis, file, range),
    kind: kind === 'write' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

async function editsOf(
  session: Session,
  params: RenameParams,
  token: CancellationToken,
): Promise<WorkspaceEdit> {
  const { analysis, file, offset } = placeOf(session, params);
  const edits = await inSlices(session, token, accepted(rename(analysis, file, offset, params.newName)));
  const changes: Record<string, TextEdit[]> = {};
  for (const edit of edits)
    (changes[edit.file] ??= []).push({
      range: toRange(analysis, edit.file, edit),
      newText: edit.text,
    });
  return { changes };
}

/** The edits of a rename; a refusal is told to whoever asked. */
function* accepted(lists: ReturnType<typeof rename>): Generator<readonly FileEdit[]> {
  for (const list of lists) {
    if ('refused' in list) throw refusal(list.refused);
    yield list;
  }
}

const refusal = (sentence: string): ResponseError<unknown> =>
  new ResponseError(LSPErrorCodes.RequestFailed, sentence);
