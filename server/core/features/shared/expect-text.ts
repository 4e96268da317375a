/** Computed lines as the `expect` of an encounter writes them. */
import type { Bill, BillingLine } from '../../billing/line.ts';

/** Lines of a list, indented as items of a key at the beginning of a line; ` []` for nothing, to stand behind the colon. */
export function expectText({ lines }: Pick<Bill, 'lines'>, eol = '\n'): string {
  if (lines.length === 0) return ' []';
  return lines.map((line) => `${eol}  - ${lineText(line)}`).join('');
}

function lineText({ code, units, modifiers, outcome }: BillingLine): string {
  const parts = [
    `code: ${quoted(code)}`,
    `units: ${String(units)}`,
    ...(modifiers.length > 0 ? [`modifiers: [${modifiers.map(quoted).join(', ')}]`] : []),
    ...(outcome === 'billable' ? [] : [`outcome: ${outcome}`]),
  ];
  return `{${parts.join(', ')}}`;
}

/** Codes that YAML would take for a number are in quotes. */
export const quoted = (code: string): string => (/^[A-Z][A-Z\d]*$/.test(code) ? code : `"${code}"`);
