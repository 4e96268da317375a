/**
 * A thread that gets an official file and reads it, which takes a second or two: meanwhile the server goes on answering. It is
 * a program of its own, so that the server starts without the importers; it writes nothing, so that it may be ended at any time.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Prepared } from '../codes/install.ts';
import { obtain, type InstallRequest } from '../codes/obtain.ts';
import type { Failure } from '../codes/original.ts';

export type InstallerReport =
  | { readonly kind: 'received'; readonly received: number; readonly expected: number | undefined }
  | { readonly kind: 'reading'; readonly name: string }
  | { readonly kind: 'done'; readonly result: Prepared | Failure };

/** How long a server may send nothing, in milliseconds. */
const PATIENCE = 30_000;
/** How long nothing is said of further pieces of a download, in milliseconds. */
const PAUSE = 100;

async function run(request: InstallRequest, tell: (report: InstallerReport) => void): Promise<void> {
  let told = -PAUSE;
  const result = await obtain(request, {
    patience: PATIENCE,
    progress: (received, expected) => {
      const now = performance.now();
      if (now - told < PAUSE && received !== expected) return;
      told = now;
      tell({ kind: 'received', received, expected });
    },
    reading: (name) => {
      tell({ kind: 'reading', name });
    },
  });
  tell({ kind: 'done', result });
}

void run(workerData as InstallRequest, (report) => parentPort?.postMessage(report));
