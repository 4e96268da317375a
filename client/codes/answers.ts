/**
 * Installing with questions: what a file does not tell is asked, and the server is asked again. Knows nothing of VS Code: who
 * asks the user is handed in. Also whether what the user types makes sense, as the server will see it.
 */
import type { InstallParams, InstallResult } from '../../server/protocol/codes.ts';

export type Missing = 'release' | 'from' | 'to';

export interface Questions {
  /** Undefined where the user gave up. */
  readonly send: (params: InstallParams) => Promise<InstallResult | undefined>;
  /** The answer, which may be empty for `to`; undefined where the user gave up. */
  readonly ask: (what: Missing, because: string) => Promise<string | undefined>;
  /** Whether the user vouches for a file that is doubted. */
  readonly vouch: (because: string) => Promise<boolean>;
}

/** Ends with what the server answered last, or with undefined where the user gave up. */
export async function installWithQuestions(
  first: InstallParams,
  { send, ask, vouch }: Questions,
): Promise<InstallResult | undefined> {
  let params = first;
  for (;;) {
    const result = await send(params);
    if (result?.outcome !== 'failed') return result;
    const { message, missing = [], doubted } = result;
    if (missing.length > 0) {
      // A release whose first day is not told has no last day either.
      const more = await answers(missing.includes('from') ? [...missing, 'to'] : missing, message, ask);
      if (!more) return undefined;
      params = { ...params, ...more };
    } else if (doubted !== undefined && params.sha256 === undefined) {
      if (!(await vouch(message))) return result;
      params = { ...params, sha256: doubted };
    } else return result;
  }
}

async function answers(
  missing: readonly Missing[],
  because: string,
  ask: Questions['ask'],
): Promise<Partial<Record<Missing, string>> | undefined> {
  const found: Partial<Record<Missing, string>> = {};
  for (const what of missing) {
    const answer = await ask(what, because);
    if (answer === undefined) return undefined;
    if (answer !== '') found[what] = answer;
  }
  return found;
}

/** A sentence about what was typed, or undefined where it is fine. */
export function whyNoAddress(text: string): string | undefined {
  const address = text.trim();
  return URL.canParse(address) && /^https?:\/\/[^/]/i.test(address)
    ? undefined
    : 'An address begins with https:// or http://.';
}

export function whyNoAnswer(what: Missing, text: string): string | undefined {
  if (what === 'release')
    return /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/.test(text)
      ? undefined
      : 'A release is named by letters, digits, and points or hyphens between them.';
  return (what === 'to' && text === '') || isDay(text) ? undefined : 'A date is written YYYY-MM-DD.';
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  // A day that does not exist becomes another one, or none.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
