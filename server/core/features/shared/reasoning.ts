/** The reasoning about lines in Markdown, for hovers: steps with their sentences, and the near misses. */
import { lineLabel, type BillingLine, type NotBilled } from '../../billing/line.ts';

/** Markdown with nothing of the text taken for markup. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&');

export function lineMarkdown(line: BillingLine): string {
  const title = `**${escapeMarkdown(lineLabel(line))}** — ${line.outcome}`;
  const steps = line.because.map(({ sentence }, i) => `${String(i + 1)}. ${escapeMarkdown(sentence)}`);
  const pointers =
    line.diagnoses.length > 0 ? [`\nDiagnoses: ${line.diagnoses.map(escapeMarkdown).join(', ')}`] : [];
  return [title, '', ...steps, ...pointers].join('\n');
}

export function notBilledMarkdown(misses: readonly NotBilled[]): string {
  if (misses.length === 0) return '';
  return ['**Not billed**', '', ...misses.map(({ because }) => `- ${escapeMarkdown(because.sentence)}`)].join(
    '\n',
  );
}
