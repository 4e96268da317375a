/**
 * The reasoning about lines in Markdown, for hovers: steps with their sentences, each with a link
 * to its clause, and the near misses.
 */
import type { Origin } from '../../base/origin.ts';
import { lineLabel, type BillingLine, type NotBilled, type Reason } from '../../billing/line.ts';
import type { Analysis } from '../../workspace/analysis.ts';
import { placeReport } from './place-report.ts';

/** Markdown with nothing of the text taken for markup. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]()#+!|<>~]/g, '\\$&');

/** A link to a clause, named by its document and keys; of an installed release its name, since nothing can be opened. */
function clauseLink(analysis: Analysis, clause: Origin): string {
  const { file, name, line, column, installed } = placeReport(analysis, clause);
  if (installed) return `*${escapeMarkdown(name === '' ? file : `${file}: ${name}`)}*`;
  const document = decodeURIComponent(file.slice(file.lastIndexOf('/') + 1)).replace(/\..*$/, '');
  const label = escapeMarkdown(name === '' ? document : `${document}: ${name}`);
  return `[${label}](${file.replace(/[()<>\s]/g, encodeURIComponent)}#L${String(line)},${String(column)})`;
}

const told = (analysis: Analysis, { sentence, clause }: Reason): string =>
  `${escapeMarkdown(sentence)} ${clauseLink(analysis, clause)}`;

export function lineMarkdown(analysis: Analysis, line: BillingLine): string {
  const title = `**${escapeMarkdown(lineLabel(line))}** — ${line.outcome}`;
  const steps = line.because.map((reason, i) => `${String(i + 1)}. ${told(analysis, reason)}`);
  const pointers =
    line.diagnoses.length > 0 ? [`\nDiagnoses: ${line.diagnoses.map(escapeMarkdown).join(', ')}`] : [];
  return [title, '', ...steps, ...pointers].join('\n');
}

/** What is not billed, without the codes that report other kinds of service. */
export function notBilledMarkdown(analysis: Analysis, all: readonly NotBilled[]): string {
  const misses = all.filter(({ otherKind }) => !otherKind);
  if (misses.length === 0) return '';
  return ['**Not billed**', '', ...misses.map(({ because }) => `- ${told(analysis, because)}`)].join('\n');
}
