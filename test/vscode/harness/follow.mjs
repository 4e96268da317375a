/** Copies what is appended to a file, as it grows, to a stream: mocha's output while it runs. */
import { open } from 'node:fs/promises';
import { clearInterval, setInterval } from 'node:timers';

/**
 * @param {string} file
 * @param {import('node:stream').Writable} target
 * @returns {() => Promise<void>} copies the rest, and stops
 */
export function followFile(file, target) {
  let offset = 0;
  let last = Promise.resolve();
  const copy = async () => {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const { buffer } = await handle.read(Buffer.alloc(size - offset), 0, size - offset, offset);
      offset = size;
      target.write(buffer);
    } finally {
      await handle.close();
    }
  };
  const timer = setInterval(() => {
    last = last.then(copy);
  }, 200);
  return async () => {
    clearInterval(timer);
    await last;
    await copy();
  };
}
