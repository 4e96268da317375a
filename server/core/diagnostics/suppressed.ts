/** Findings without those that a comment silences, and what is wrong with such comments. */
import type { TextRange } from '../base/line-index.ts';
import {
  isSuppressible,
  PROBLEM_CODES,
  problem,
  type Problem,
  type ProblemCode,
  type ProblemFix,
} from '../base/problem.ts';
import type { SourceDocument } from '../yaml/stream.ts';
import { didYouMean } from './shared/did-you-mean.ts';
import { KEYWORD, suppressionsOf, type NamedRule, type Suppression } from './shared/suppression.ts';

/** Rules whose findings depend on which encounters are at hand: that they find nothing here says little. */
const NEVER_UNUSED: readonly string[] = ['not-exercised'] satisfies ProblemCode[];

/** The problems of one document. `startOf` answers with the offset at which one begins in the document. */
export function withoutSuppressed(
  source: SourceDocument,
  problems: readonly Problem[],
  startOf: (found: Problem) => number,
): readonly Problem[] {
  const suppressions = suppressionsOf(source);
  if (suppressions.length === 0) return problems;
  const placed = problems.map((found) => ({ found, start: startOf(found) }));
  const silences = ({ reach, rules }: Suppression, found: Problem, start: number): boolean =>
    isSuppressible(found.code) &&
    start >= reach.start &&
    start < reach.end &&
    rules.some(({ name }) => name === found.code);
  const left = placed.filter(({ found, start }) => !suppressions.some((own) => silences(own, found, start)));
  // A document that cannot be read as it is meant has fewer findings than it will have.
  const isBroken = problems.some(({ code, severity }) => !isSuppressible(code) && severity === 'error');
  const isUsed = (own: Suppression, rule: NamedRule): boolean =>
    isBroken ||
    NEVER_UNUSED.includes(rule.name) ||
    placed.some(({ found, start }) => found.code === rule.name && silences(own, found, start));
  return [
    ...left.map(({ found }) => found),
    ...suppressions.flatMap((own) => commentProblems(source, own, (rule) => isUsed(own, rule))),
  ];
}

function commentProblems(
  source: SourceDocument,
  own: Suppression,
  isUsed: (rule: NamedRule) => boolean,
): Problem[] {
  const at = ({ start, end }: TextRange): Problem['at'] => ({ document: source.id, start, end });
  if (own.rules.length === 0)
    return [
      problem(
        'unknown-rule',
        at(own.at),
        `The comment names no rule; write \`# ${KEYWORD} rule-id: reason\`.`,
      ),
    ];
  const ofRules = own.rules.flatMap((rule): Problem[] => {
    const known = PROBLEM_CODES.find((code) => code === rule.name);
    if (!known) return [unknownRule(source, own, rule)];
    const remove = removal(source, own, rule);
    if (!isSuppressible(known)) {
      const message = `"${rule.name}" is about the format itself, so no comment suppresses it; mend what it finds.`;
      return [problem('not-suppressible', at(rule), message, { fix: remove })];
    }
    if (isUsed(rule)) return [];
    const message = `Nothing in its reach is reported as "${rule.name}", so the comment suppresses nothing.`;
    return [problem('unused-suppression', at(rule), message, { fix: remove })];
  });
  if (own.reason !== '') return ofRules;
  const message = `The comment does not say why; write the reason behind a colon: \`# ${KEYWORD} rule-id: reason\`.`;
  return [...ofRules, problem('suppression-without-reason', at(own.at), message)];
}

function unknownRule(source: SourceDocument, own: Suppression, rule: NamedRule): Problem {
  const { hint, fix } = didYouMean(
    rule.name,
    PROBLEM_CODES.filter(isSuppressible),
    'The id of a rule stands behind the message of its findings.',
  );
  const at = { document: source.id, start: rule.start, end: rule.end };
  return problem('unknown-rule', at, `There is no rule "${rule.name}". ${hint}`, {
    fix: fix ?? removal(source, own, rule),
  });
}

/** Takes a rule out of a comment, and the comment with the last of them. */
function removal(source: SourceDocument, own: Suppression, rule: NamedRule): ProblemFix {
  const index = own.rules.indexOf(rule);
  const [before, after] = [own.rules[index - 1], own.rules[index + 1]];
  const range = after
    ? { start: rule.start, end: after.start }
    : before
      ? { start: before.end, end: rule.end }
      : wholeComment(source, own);
  const title = after || before ? `Remove "${rule.name}" from the comment` : 'Remove the comment';
  return { kind: 'edit', title, edits: [{ ...range, text: '' }] };
}

function wholeComment({ text }: SourceDocument, { at, alone }: Suppression): TextRange {
  if (!alone)
    return { start: at.start - (/[ \t]*$/.exec(text.slice(0, at.start))?.[0].length ?? 0), end: at.end };
  const lineEnd = text.indexOf('\n', at.end);
  return { start: text.lastIndexOf('\n', at.start - 1) + 1, end: lineEnd === -1 ? text.length : lineEnd + 1 };
}
