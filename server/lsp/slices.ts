/** Long work in slices, so that other requests have their turn and a cancelled one ends. */
import type { CancellationToken } from 'vscode-languageserver';
import { cancelled } from './guard.ts';
import type { Session } from './session.ts';

/** So long at a time, in milliseconds. */
const SLICE = 15;

/** Lets others have their turn when a slice is over, after `done` with what there is; stops when nobody waits any more. */
export function turns(
  session: Session,
  token: CancellationToken,
  done: () => Promise<void> = () => Promise.resolve(),
): () => Promise<void> {
  let since = Date.now();
  return async () => {
    if (Date.now() - since < SLICE) return;
    await done();
    await session.pause();
    if (token.isCancellationRequested) throw cancelled();
    since = Date.now();
  };
}

/** Takes lists over one after the other until they end. */
export async function inSlices<T>(
  session: Session,
  token: CancellationToken,
  lists: Iterable<readonly T[]>,
): Promise<T[]> {
  const all: T[] = [];
  const turn = turns(session, token);
  for (const list of lists) {
    for (const item of list) all.push(item);
    await turn();
  }
  return all;
}
