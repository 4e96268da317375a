/** What may become part of the name of an installed file, whoever asks for it. */

/** `icd-10-cm`. */
export const isSetName = (text: string): boolean => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text);

/** `FY2027`, `2026-01`, `25.1`. */
export const isReleaseName = (text: string): boolean => /^[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/.test(text);

/** In hexadecimal digits of any case. */
export const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/i.test(text);

export const SET_NAME = 'A set is named by lower-case letters, digits, and hyphens between them.';
export const RELEASE_NAME = 'A release is named by letters, digits, and points or hyphens between them.';
export const SHA256 = 'It has 64 hexadecimal digits.';
