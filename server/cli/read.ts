/** Reading the files of a command, and standard input. */
import { readFileSync, statSync } from 'node:fs';
import type { FileContent } from '../core/index.ts';
import { decode, MAX_BYTES, tooLarge } from '../files/decode.ts';

export function readContent(file: string): FileContent {
  try {
    const { size } = statSync(file);
    return size > MAX_BYTES ? tooLarge(size) : decode(readFileSync(file));
  } catch (error) {
    return {
      unreadable: `The file cannot be read (${error instanceof Error ? error.message : String(error)})`,
    };
  }
}

export async function readStandardInput(): Promise<FileContent> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return decode(Buffer.concat(chunks));
}
