/** What both layouts of HCPCS have in common: one file lists procedure codes and modifiers. */
import type { CodeRow, ImportedCodes } from '../../../core/index.ts';

/** Codes in `rows`, modifiers beside them; `read` counts both, a description over several lines once. */
export interface ImportedHcpcs extends ImportedCodes {
  readonly modifiers: readonly CodeRow[];
}

/** A modifier is told by its two characters. */
export function splitByKind(rows: readonly CodeRow[]): Pick<ImportedHcpcs, 'rows' | 'modifiers'> {
  return {
    rows: rows.filter(({ code }) => code.length > 2),
    modifiers: rows.filter(({ code }) => code.length === 2),
  };
}
