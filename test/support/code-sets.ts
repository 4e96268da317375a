/** Small releases of code sets, written and opened as installed ones are. */
import assert from 'node:assert/strict';
import type { IsoDate } from '../../server/core/base/clock.ts';
import { CodeSet, openCodeSet, readHeader } from '../../server/core/codes/code-set.ts';
import type { CodeSetFile } from '../../server/core/codes/releases.ts';
import type { CodeRow, ReleaseInfo } from '../../server/core/codes/rows.ts';
import { writeCodeSet } from '../../server/core/codes/write.ts';

export const date = (text: string): IsoDate => text as IsoDate;

/** `E86.0 Dehydration`; a header has a star before its code: `*E86 Volume depletion`. */
export const rowsOf = (text: string): readonly CodeRow[] =>
  text
    .trim()
    .split('\n')
    .map((line) => {
      const [, star, code = '', title = ''] = /^\s*(\*?)(\S+)\s+(.*)$/.exec(line) ?? [];
      return { code: code.replace('.', ''), title, billable: star === '' };
    });

export const DIAGNOSES = rowsOf(`
  *E86 Volume depletion
  E86.0 Dehydration
  E86.1 Hypovolemia
  E86.9 Volume depletion, unspecified
  *E87 Other disorders of fluid, electrolyte and acid-base balance
  E87.6 Hypokalemia
  P74.1 Dehydration of newborn
  P74.32 Hypokalemia of newborn
  R11.0 Nausea
  *R11 Nausea and vomiting
  R11.2 Nausea with vomiting, unspecified
  S72.002A Fracture of unspecified part of neck of left femur, initial encounter
  S72.002D Fracture of unspecified part of neck of left femur, subsequent encounter
  M35.00 Sjögren syndrome, unspecified
  T78.40XA Allergy, unspecified, initial encounter
  Z88.0 Allergy status to penicillin
  D64.81 Anemia due to antineoplastic chemotherapy
`);

export const YEAR = { from: date('2025-10-01'), to: date('2026-09-30') };

export const info = (more: Partial<ReleaseInfo> = {}): ReleaseInfo => ({
  set: 'icd-10-cm',
  release: 'FY2026',
  effective: YEAR,
  title: 'ICD-10-CM',
  publisher: 'CDC',
  pointAfter: 3,
  ...more,
});

export function setOf(rows: readonly CodeRow[] = DIAGNOSES, more: Partial<ReleaseInfo> = {}): CodeSet {
  const opened = openCodeSet(writeCodeSet(info(more), rows));
  assert.ok(opened instanceof CodeSet, JSON.stringify(opened));
  return opened;
}

export function fileOf(rows: readonly CodeRow[] = DIAGNOSES, more: Partial<ReleaseInfo> = {}): CodeSetFile {
  const bytes = writeCodeSet(info(more), rows);
  const header = readHeader(bytes);
  assert.ok(!('refused' in header));
  return { header, name: `${header.set}.${header.release}.codes`, read: () => bytes };
}
