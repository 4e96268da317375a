/** An official file as it was published, before anything of it is read. */
import { createHash } from 'node:crypto';

export interface OriginalFile {
  /** Without folders. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Why something was not done: a sentence for people. */
export interface Failure {
  readonly failure: string;
  /** What the command line can do about it, as a sentence of its own; other shells offer the same in their own way. */
  readonly advice?: string;
  /** What the file does not tell and the user must say. */
  readonly missing?: readonly ('release' | 'from')[];
  /** The sha256 of the file, where it would be taken if the user vouched for it. */
  readonly doubted?: string;
}

/** Larger than any of the official files, the pairs of NCCI included, in bytes. */
export const MOST_BYTES = 256 * 1024 * 1024;

/** As it goes on after a name and a colon. */
export const HTML_PAGE =
  'this is a web page and not the file. The site may want consent or a login first: download the file in a browser, and give its path.';

const PAGE = /^(?:\uFEFF)?\s*(?:<!doctype html|<html[\s>]|<head[\s>]|<script[\s>])/i;

export const isHtml = (bytes: Uint8Array): boolean =>
  PAGE.test(new TextDecoder().decode(bytes.subarray(0, 1024)));

/** In lower-case hexadecimal digits. */
export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** `7.2 MB`, `256 MB`. */
export const megabytes = (bytes: number): string =>
  `${(bytes / 1024 / 1024).toFixed(1).replace(/[.]0$/, '')} MB`;
