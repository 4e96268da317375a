/** One official file of a table, and what was read of one or several. */
import type { RelationWriter, TableInfo, TableKind } from '../../core/index.ts';
import { isFailure, type ImportedTable, type LayoutFailure, type Recognised } from '../importers/index.ts';
import { whyCutOff, whyUnusable, type RefusedIn } from '../install.ts';
import type { Failure, OriginalFile } from '../original.ts';

export interface Part {
  readonly file: OriginalFile;
  readonly recognised: Recognised;
  readonly kind: TableKind;
  /** Whether its sha256 was given and is right, so that it is whole. */
  readonly isSure: boolean;
  /** Whether others are given beside it, so that its name is told with what is refused. */
  readonly isOneOfSeveral: boolean;
}

/** What was read, as the tables that are installed from it. */
export interface Gathered {
  /** Two where a file has figures for two kinds of places. */
  readonly tables: readonly [GatheredTable, ...GatheredTable[]];
  readonly read: number;
  readonly refused: readonly RefusedIn[];
  readonly doubts: readonly string[];
}

export interface GatheredTable {
  readonly name: string;
  readonly title: string;
  readonly more?: Pick<TableInfo, 'neverInForce' | 'paid' | 'year' | 'currency'>;
  readonly writers: readonly RelationWriter[];
}

export const failedIn = (
  { file }: Pick<Part, 'file'>,
  reason: string,
  more?: Omit<Failure, 'failure'>,
): Failure => ({
  ...more,
  failure: `${file.name}: ${reason}`,
});

/** What an importer made of a part, or why the part cannot be used; of a file of another kind most rows cannot be read. */
export function usable<Imported extends ImportedTable<unknown>>(
  part: Part,
  imported: Imported | LayoutFailure,
): Imported | Failure {
  if (isFailure(imported)) return failedIn(part, imported.failure);
  const unusable = whyUnusable(imported);
  if (unusable !== undefined) return failedIn(part, unusable);
  const cutOff = part.isSure ? undefined : whyCutOff(part.file.bytes);
  // Nobody can vouch for one file of several, since a sha256 is of one.
  return cutOff ? failedIn(part, cutOff.failure, part.isOneOfSeveral ? undefined : cutOff) : imported;
}

export const refusedIn = (
  { file, isOneOfSeveral }: Part,
  { refused }: ImportedTable<unknown>,
): readonly RefusedIn[] => refused.map((row) => ({ ...(isOneOfSeveral && { file: file.name }), ...row }));
