/** `npi-check-digit`: a National Provider Identifier whose last digit does not fit the others, so one of them is mistyped. */
import { childPath, origin, ROOT_PATH } from '../base/origin.ts';
import { problem } from '../base/problem.ts';
import { nodeAtPath } from '../yaml/locate.ts';
import type { EncounterCheck } from './shared/check.ts';

const PLACE = childPath(childPath(ROOT_PATH, 'provider'), 'npi');

export const npiCheckDigit: EncounterCheck = ({ parsed }) => {
  const node = nodeAtPath(parsed, PLACE);
  if (node?.kind !== 'scalar' || !/^\d{10}$/.test(node.text)) return [];
  const digit = checkDigitOf(node.text.slice(0, -1));
  if (node.text.endsWith(digit)) return [];
  const message = `The last digit of the NPI ${node.text} does not fit the others: it would be ${digit}. One of the ten is mistyped.`;
  return [problem('npi-check-digit', origin(parsed.source.id, node.path), message)];
};

/**
 * By the formula of Luhn, over the number with the prefix 80840 of cards for United States health, whose digits add 24 (CMS, Requirements
 * for National Provider Identifier and NPI Check Digit).
 */
function checkDigitOf(nine: string): string {
  const sum = [...nine].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, PREFIX_SUM);
  return String((10 - (sum % 10)) % 10);
}

const PREFIX_SUM = 24;
