/** Conditions and bounds in words, for readers of an article; facts and their values are named as they are recorded. */
import { describeWants, type Condition } from '../../rules/condition.ts';
import type { Fields } from '../../yaml/fields.ts';
import { code, text, type Inlines } from './article-model.ts';
import { listed, oneLine } from './article-text.ts';

/** `purpose is therapeutic and not (route is iv-push or minutes at most 15 minutes)`. */
export function conditionWords(condition: Condition | undefined, inside = false): Inlines {
  if (!condition) return [];
  if (condition.kind === 'fact') {
    const { fact, wants } = condition;
    const wanted: Inlines =
      wants.kind === 'one-of'
        ? listed(wants.values.map((value) => [code(value)]))
        : [text(describeWants(wants))];
    return [code(fact), text(wants.kind === 'compare' ? ' ' : ' is '), ...wanted];
  }
  const parts = condition.parts.map((part) => conditionWords(part, true)).filter((part) => part.length > 0);
  if (condition.kind === 'not') return parts.length === 0 ? [] : [text('not '), ...listed(parts)];
  const joiner = condition.kind === 'all' ? ' and ' : ' or ';
  const words = listed(parts, joiner, joiner);
  return inside && parts.length > 1 ? [text('('), ...words, text(')')] : words;
}

const BOUNDS: readonly (readonly [key: string, words: string])[] = [
  ['at_least', 'at least'],
  ['more_than', 'more than'],
  ['at_most', 'at most'],
];

/** `at least 16 min and at most 90 min`, with the quantities as written; empty without bounds. */
export function boundWords(threshold: Fields): string {
  const parts = BOUNDS.flatMap(([key, words]) => {
    const quantity = threshold.text(key);
    return quantity ? [`${words} ${oneLine(quantity.value)}`] : [];
  });
  return parts.join(' and ');
}
