/** docs/feature-matrix.md promises nothing without a test that shows it. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { root } from './support.ts';

const DOCUMENT = 'docs/feature-matrix.md';

interface Row {
  readonly feature: string;
  readonly here: string;
  /** Files that the row links to as its tests, from the root. */
  readonly tests: readonly string[];
}

/** The rows of the tables whose columns are a feature, what is here, and its test. */
function rowsOf(text: string): readonly Row[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\| (-+|Feature|They ask for) /.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, feature = '', here = '', tests = '']) => ({ feature, here, tests: linksIn(tests) }));
}

const linksIn = (cell: string): readonly string[] =>
  [...cell.matchAll(/\]\(([^)]+)\)/g)].map(([, link = '']) => path.posix.join('docs', link));

/** What is wrong with the rows, each in a sentence. */
const faultsIn = (rows: readonly Row[]): readonly string[] =>
  rows.flatMap(({ feature, here, tests }) => {
    const state = /^(?:\*\*(yes|partly)\*\*|(missing)\b)/.exec(here);
    if (!state) return [`${feature}: begins with neither yes, partly nor missing`];
    const gone = tests.filter((file) => !/^test\//.test(file) || !existsSync(path.join(root, file)));
    return [
      ...gone.map((file) => `${feature}: ${file} is no test`),
      ...(state[2] === undefined && tests.length === 0 ? [`${feature}: names no test`] : []),
    ];
  });

describe(DOCUMENT, () => {
  const rows = rowsOf(readFileSync(path.join(root, DOCUMENT), 'utf8'));

  test('has a test for all that there is', () => {
    assert.ok(rows.length > 30, `${String(rows.length)} rows`);
    assert.deepEqual(faultsIn(rows), []);
  });

  test('would be found out', () => {
    const planted = [
      '| a | **yes** | |',
      '| b | **partly**: some | [t](../test/nowhere.test.ts) |',
      '| c | soon | [t](../test/checks/feature-matrix.test.ts) |',
      '| d | **yes** | [t](../README.md) |',
      '| e | missing | |',
      '| f | **yes** | [t](../test/checks/feature-matrix.test.ts) |',
    ];
    assert.deepEqual(faultsIn(rowsOf(planted.join('\n'))), [
      'a: names no test',
      'b: test/nowhere.test.ts is no test',
      'c: begins with neither yes, partly nor missing',
      'd: README.md is no test',
    ]);
  });
});
