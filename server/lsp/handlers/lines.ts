/** Computed lines as inlay hints, for those who want them so; those that are code lenses stand among the other lenses. */
import {
  InlayHintKind,
  type CodeLens,
  type InlayHint,
  type Position,
  type Range,
} from 'vscode-languageserver';
import { computedLines, type ComputedLine } from '../../core/index.ts';
import type { ClientAbilities } from '../capabilities.ts';
import { guarded } from '../guard.ts';
import { fileOf, type Session } from '../session.ts';
import { toRange } from '../to-proto.ts';

export function registerLines(session: Session, abilities: () => ClientAbilities): void {
  const { connection } = session;
  connection.languages.inlayHint.on(
    guarded<{ textDocument: { uri: string }; range: Range }, InlayHint[]>(
      session,
      'inlay hints',
      [],
      ({ textDocument, range }) => {
        if (session.settings.lines !== 'inlayHints') return [];
        return shownLines(session, textDocument.uri, range)
          .filter(({ at }) => at.end.line >= range.start.line && at.start.line <= range.end.line)
          .map(({ line, at }) => {
            const own = hint(line, endOfLine(session, textDocument.uri, at));
            return abilities().resolvesHints ? own : told(own, line);
          });
      },
    ),
  );
  connection.languages.inlayHint.resolve((given, token) =>
    guarded<InlayHint, InlayHint>(session, 'an inlay hint', given, (own) => resolved(session, own))(
      given,
      token,
    ),
  );
}

/** A hint with its tooltip, as long as the line is still the same. */
function resolved({ analysis }: Session, given: InlayHint): InlayHint {
  const { document, path, kind } = (given.data ?? {}) as Partial<HintData>;
  const found = document === undefined ? undefined : analysis.document(document);
  const line =
    found &&
    computedLines(analysis, found.source.file, { start: found.offset, end: found.offset }).find(
      (own) => own.at.path === path && own.kind === kind,
    );
  return line ? told(given, line) : given;
}

/** The computed lines of a file as lenses, where the user wants them so. */
export function lineLenses(session: Session, uri: string): CodeLens[] {
  if (session.settings.lines !== 'codeLenses') return [];
  return shownLines(session, uri).map(({ line, at }) => ({
    range: at,
    command: { title: line.label, command: '' },
  }));
}

interface ShownLine {
  readonly line: ComputedLine;
  readonly at: Range;
}

/** The lines of a file, or of the encounters that a part of it touches. */
function shownLines(session: Session, uri: string, part?: Range): ShownLine[] {
  const { analysis } = session;
  const file = fileOf(uri);
  const wanted = part && { start: analysis.offset(file, part.start), end: analysis.offset(file, part.end) };
  return computedLines(analysis, file, wanted).flatMap((line) => {
    const at = analysis.locate(line.at);
    return at ? [{ line, at: toRange(analysis, file, at) }] : [];
  });
}

/** Hints stand at the end of the line, where they push nothing aside. */
function endOfLine(session: Session, uri: string, { start }: Range): Position {
  const { analysis } = session;
  const file = fileOf(uri);
  return analysis.position(
    file,
    analysis.offset(file, { line: start.line, character: Number.MAX_SAFE_INTEGER }),
  );
}

/** Which line a hint shows. */
type HintData = Pick<ComputedLine['at'], 'document' | 'path'> & Pick<ComputedLine, 'kind'>;

const hint = ({ label, kind, at: { document, path } }: ComputedLine, position: Position): InlayHint => {
  const data: HintData = { document, path, kind };
  return {
    position,
    label: `${kind === 'total' ? 'Σ' : '→'} ${label}`,
    kind: InlayHintKind.Type,
    paddingLeft: true,
    data,
  };
};

const told = (hint: InlayHint, { message }: ComputedLine): InlayHint => ({ ...hint, tooltip: message });
