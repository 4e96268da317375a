/** Semantic tokens: whole, by range, and as what changed since the last time. */
import {
  SemanticTokensBuilder,
  type SemanticTokens,
  type SemanticTokensDelta,
  type SemanticTokensDeltaParams,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
} from 'vscode-languageserver';
import {
  semanticTokens,
  TOKEN_MODIFIERS,
  TOKEN_TYPES,
  type FileId,
  type SemanticToken,
  type TextRange,
} from '../../core/index.ts';
import { guarded } from '../guard.ts';
import { fileOf, type Session } from '../session.ts';

export function registerTokens(session: Session): void {
  const { semanticTokens: requests } = session.connection.languages;
  /** The last answer for each file, which deltas start from. */
  const answers = new Map<FileId, SemanticTokensBuilder>();
  const builderOf = (file: FileId): SemanticTokensBuilder => {
    const known = answers.get(file) ?? new SemanticTokensBuilder();
    answers.set(file, known);
    return known;
  };
  requests.on(
    guarded<SemanticTokensParams, SemanticTokens>(
      session,
      'semantic tokens',
      { data: [] },
      async ({ textDocument }) => {
        await session.rulesRead;
        const file = fileOf(textDocument.uri);
        const builder = new SemanticTokensBuilder();
        forgetClosed(session, answers);
        answers.set(file, builder);
        fill(session, builder, file);
        return builder.build();
      },
    ),
  );
  requests.onDelta(
    guarded<SemanticTokensDeltaParams, SemanticTokens | SemanticTokensDelta>(
      session,
      'changed semantic tokens',
      { data: [] },
      async ({ textDocument, previousResultId }) => {
        await session.rulesRead;
        const file = fileOf(textDocument.uri);
        const builder = builderOf(file);
        builder.previousResult(previousResultId);
        fill(session, builder, file);
        return builder.buildEdits();
      },
    ),
  );
  requests.onRange(
    guarded<SemanticTokensRangeParams, SemanticTokens>(
      session,
      'semantic tokens of a range',
      { data: [] },
      async ({ textDocument, range }) => {
        await session.rulesRead;
        const { analysis } = session;
        const file = fileOf(textDocument.uri);
        const builder = new SemanticTokensBuilder();
        fill(session, builder, file, {
          start: analysis.offset(file, range.start),
          end: analysis.offset(file, range.end),
        });
        return builder.build();
      },
    ),
  );
}

function forgetClosed({ openFiles }: Session, answers: Map<FileId, SemanticTokensBuilder>): void {
  const open = new Set(openFiles);
  for (const file of [...answers.keys()]) if (!open.has(file)) answers.delete(file);
}

function fill(session: Session, builder: SemanticTokensBuilder, file: FileId, range?: TextRange): void {
  const { analysis } = session;
  for (const token of semanticTokens(analysis, file, range)) {
    const { line, character } = analysis.position(file, token.start);
    builder.push(
      line,
      character,
      token.end - token.start,
      TOKEN_TYPES.indexOf(token.type),
      modifierBits(token),
    );
  }
}

const modifierBits = ({ modifiers }: SemanticToken): number =>
  modifiers.reduce((bits, modifier) => bits | (1 << TOKEN_MODIFIERS.indexOf(modifier)), 0);
