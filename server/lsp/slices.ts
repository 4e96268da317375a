/** Long work in slices, so that other requests have their turn and a cancelled one ends. */
import type { CancellationToken } from 'vscode-languageserver';
import { cancelled } from './guard.ts';
import type { Session } from './session.ts';

/** So long at a time, in milliseconds. */
const SLICE = 15;

/** Takes lists over one after the other until they end. */
export async function inSlices<T>(
  session: Session,
  token: CancellationToken,
  lists: Iterable<readonly T[]>,
): Promise<T[]> {
  const all: T[] = [];
  let since = Date.now();
  for (const list of lists) {
    for (const item of list) all.push(item);
    if (Date.now() - since < SLICE) continue;
    await session.pause();
    if (token.isCancellationRequested) throw cancelled();
    since = Date.now();
  }
  return all;
}
