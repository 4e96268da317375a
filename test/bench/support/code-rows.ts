/** A full release of ICD-10-CM: of ../shared/codesets where it is there, else as many invented rows; and what is typed to find codes. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { importIcdOrder } from '../../../server/codes/importers/icd-order.ts';
import { displayCode, writeCodeSet, type CodeRow, type ReleaseInfo } from '../../../server/core/index.ts';
import { root } from '../../checks/support.ts';

type IsoDate = ReleaseInfo['effective']['from'];

/** Of the folder beside the project, or of the one beside that where the project is a second working tree. */
export const ORDER_FILE = ['../shared/codesets', '../../shared/codesets']
  .map((folder) => path.resolve(root, folder, 'icd10cm-order-2027-rebuilt.zip'))
  .find((file) => existsSync(file));

export const INFO: ReleaseInfo = {
  set: 'icd-10-cm',
  release: 'FY2027',
  effective: { from: '2026-10-01' as IsoDate },
  title: 'ICD-10-CM',
  publisher: 'CDC',
  pointAfter: 3,
};

export function readRows(): readonly CodeRow[] {
  if (ORDER_FILE === undefined) return inventedRows(98_276);
  const imported = importIcdOrder(readFileSync(ORDER_FILE));
  if ('failure' in imported) throw new Error(imported.failure);
  return imported.rows;
}

export const rowsAre = (rows: readonly CodeRow[]): string =>
  `${rows.length.toLocaleString('en-US')} rows ${ORDER_FILE === undefined ? 'that were invented' : 'of the ICD-10-CM order file'}`;

/** Titles of seven words out of eight thousand, as many as a full release has. */
function inventedRows(count: number): readonly CodeRow[] {
  let state = 1;
  const next = (most: number): number => (state = (state * 48_271) % 2_147_483_647) % most;
  const word = (): string => {
    const rank = Math.floor(8000 * (next(1_000_000) / 1_000_000) ** 3);
    return Array.from({ length: 4 + (rank % 7) }, (_, i) =>
      String.fromCharCode(97 + ((rank * (i + 3)) % 26)),
    ).join('');
  };
  return Array.from({ length: count }, (_, i) => ({
    code: `${String.fromCharCode(65 + (i % 26))}${String(Math.floor(i / 26)).padStart(6, '0')}`,
    title: Array.from({ length: 7 }, word).join(' '),
    billable: i % 4 !== 0,
  }));
}

/** Codes and words as people type them, with mistakes; of invented rows, codes and words that they have. */
export const typedTexts = (rows: readonly CodeRow[]): readonly string[] =>
  ORDER_FILE === undefined ? ofRows(rows) : TYPED;

const TYPED = [
  'E86.0',
  'S72.002A',
  'dehydration',
  'hypokalmia',
  'fracture of left femur',
  'type 2 diabetes with neuropathy',
  'nausea vomitting',
  'malignant neoplasm breast',
  'anemia chemotherapy',
  'encouter for antineoplastic',
  'sjogren',
  'initial encounter',
];

const ofRows = (rows: readonly CodeRow[]): readonly string[] =>
  [11, 4_711, 77_777].flatMap((i) => {
    const { code = '', title = '' } = rows[i] ?? {};
    const words = title.split(' ');
    return [
      displayCode(code, INFO.pointAfter),
      words[0] ?? '',
      words.slice(2, 4).join(' '),
      `${(words[1] ?? '').slice(1)} ${words[5] ?? ''}`,
    ];
  });

/** Puts a release into a folder as if it was installed; in force from a day on. */
export function install(
  folder: string,
  rows: readonly CodeRow[],
  from: IsoDate = INFO.effective.from,
): string {
  const codes = path.join(folder, 'codes');
  mkdirSync(codes, { recursive: true });
  writeFileSync(
    path.join(codes, `${INFO.set}.${INFO.release}.codes`),
    writeCodeSet({ ...INFO, effective: { from } }, rows),
  );
  return codes;
}

/** Rows in the layout of the official order file. */
export const orderFile = (rows: readonly CodeRow[]): string =>
  rows
    .map(({ code, title, billable }, i) => {
      const number = String(i + 1).padStart(5, '0');
      return `${number} ${code.padEnd(7)} ${billable ? '1' : '0'} ${title.slice(0, 60).padEnd(60)} ${title}\n`;
    })
    .join('');
