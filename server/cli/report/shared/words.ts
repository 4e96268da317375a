/** Small pieces of reports about releases. */

export const daysText = ({ from, to }: { readonly from: string; readonly to?: string }): string =>
  to === undefined ? `from ${from}` : `${from} to ${to}`;

export const grouped = (count: number): string => String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');

export const counted = (count: number, word: string): string =>
  `${grouped(count)} ${word}${count === 1 ? '' : 's'}`;

/** A name before the first of some lines, and the others below it. */
export const listOf = (name: string, lines: readonly string[]): readonly string[] =>
  lines.map((line, i) => `  ${(i === 0 ? name : '').padEnd(10)}${line}`);
