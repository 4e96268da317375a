/** Everything that a snapshot says of its files, by place in the text instead of by the names of documents. */
import type { FileId, Origin, Span } from '../../server/core/base/origin.ts';
import { problemsOf } from '../../server/core/diagnostics/registry.ts';
import { computedLines } from '../../server/core/features/computed-lines.ts';
import type { Analysis } from '../../server/core/workspace/analysis.ts';

const placeOf = (analysis: Analysis, at: Origin | Span): string => {
  const found = analysis.locate(at);
  return found ? `${found.file}:${String(found.start)}-${String(found.end)}` : 'nowhere';
};

export function everythingOf(analysis: Analysis, file: FileId): unknown {
  const place = (at: Origin | Span): string => placeOf(analysis, at);
  return {
    problems: problemsOf(analysis, file).map(({ at, related, fix, ...rest }) => ({
      ...rest,
      fix,
      at: place(at),
      related: related.map(({ at: other, message }) => `${place(other)} ${message}`),
    })),
    bills: analysis.documents(file).map(({ source }) => {
      const encounter = analysis.encounter(source);
      const bill = encounter && analysis.bill(encounter);
      return (
        bill && {
          lines: bill.lines.map(({ administrations, because, spec: _, ...line }) => ({
            ...line,
            administrations: administrations.map(place),
            because: because.map(({ clause, facts, sentence }) => [
              place(clause),
              sentence,
              ...facts.map(({ name, value, origin }) => `${name} ${value} ${place(origin)}`),
            ]),
          })),
          notBilled: bill.notBilled.map(({ code, near, administrations, because }) => [
            code,
            near,
            administrations.map(place),
            because.sentence,
          ]),
        }
      );
    }),
    lines: computedLines(analysis, file).map(({ at, message }) => `${place(at)} ${message}`),
  };
}
