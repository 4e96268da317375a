/** Placeholder values for keys that are added by a fix. */
const VALUES: Readonly<Record<string, string>> = {
  effective: '{from: 2026-01-01}',
  rules: '[]',
};

/** Something to overwrite: empty text where nothing better is known. */
export const snippetFor = (key: string): string => VALUES[key] ?? '""';
