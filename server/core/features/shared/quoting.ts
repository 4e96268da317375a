/** Writing a text in place of a scalar's, with the quotes that YAML asks for. */
import type { TextRange } from '../../base/line-index.ts';

/** What any YAML reader takes as this text wherever a plain scalar may stand. */
const PLAIN = /^[\p{L}_](?:[\p{L}\p{N} _.+/-]*[\p{L}\p{N}_.])?$/u;
const WORDS_OF_YAML = /^(?:null|true|false|yes|no|on|off|y|n)$/i;
/** Names that begin with a digit, as long as they cannot be numbers or dates. */
const NAME = /^[a-z0-9]+(?:[-_.][a-z0-9]+)*$/;
const NUMBER = /^[\d.+-]+(?:e\d+)?$|^0[xo]/i;

const isPlain = (text: string): boolean =>
  (PLAIN.test(text) || (NAME.test(text) && !NUMBER.test(text))) && !WORDS_OF_YAML.test(text);

/** What to put where the bare text of a scalar stands, so that it says `name`. */
export function writtenAs(name: string, text: string, { start, end }: TextRange): string {
  const quote = text.charAt(start - 1);
  const isQuoted = (quote === '"' || quote === "'") && text.charAt(end) === quote;
  if (!isQuoted) return isPlain(name) ? name : JSON.stringify(name);
  return quote === '"' ? JSON.stringify(name).slice(1, -1) : name.replace(/'/g, "''");
}
