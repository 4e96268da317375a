/**
 * Where the harness finds and puts things.
 *
 * `.cache` keeps downloads between runs and `out` keeps what is built for tests; git ignores both.
 */
import path from 'node:path';

/** Root of the repository, which is also the extension under development. */
export const root = path.resolve(import.meta.dirname, '../../..');

/** Downloads that are worth keeping between runs. */
export const cache = path.join(root, '.cache');

/** The compiled mocha suite. */
export const suiteOut = path.join(root, 'out', 'vscode');
