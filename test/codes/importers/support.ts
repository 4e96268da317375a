/** What the tests of importers share: results taken apart, and the full files where they are at hand. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isFailure, type LayoutFailure } from '../../../server/codes/importers/index.ts';
import { root } from '../../checks/support.ts';

/** The result of a file that was read; fails with the sentence of one that was not. */
export function taken<Result extends object>(result: Result | LayoutFailure): Result {
  assert.ok(!isFailure(result), isFailure(result) ? `line ${String(result.line)}: ${result.failure}` : '');
  return result;
}

/** The sentence about a file that was not read. */
export function failureOf(result: object): string {
  assert.ok(isFailure(result), 'the file was taken');
  return result.failure;
}

export const refusals = (result: {
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
}): readonly string[] => result.refused.map(({ line, reason }) => `${String(line)}: ${reason}`);

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Each character below 256 as one byte. */
export const oneByteEach = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** Texts at columns from 1, blanks between. */
export function columns(...parts: readonly (readonly [column: number, text: string])[]): string {
  let line = '';
  for (const [column, text] of parts) line = line.padEnd(column - 1) + text;
  return line;
}

const folder = path.join(root, '../shared/codesets');
/** Why tests on the full files are left out, or that they are not. */
export const absent: string | false = existsSync(folder) ? false : 'the full files are not at hand';
export const full = (file: string): Uint8Array => new Uint8Array(readFileSync(path.join(folder, file)));
