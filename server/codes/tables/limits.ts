/** Limits of units: each file is a table of its own, for those to whom its heading says that it applies. */
import { RelationWriter } from '../../core/index.ts';
import { importMue } from '../importers/index.ts';
import type { Failure } from '../original.ts';
import { failedIn, refusedIn, usable, type Gathered, type Part } from './part.ts';

export function gatherLimits([part, other]: readonly [Part, ...Part[]]): Gathered | Failure {
  if (other) return failedIn(other, 'each file of limits is a table of its own: install them one by one.');
  const imported = usable(part, importMue(part.file.bytes));
  if ('failure' in imported) return imported;
  const writer = new RelationWriter('limits');
  for (const { code, units, indicator, rationale } of imported.rows)
    writer.add({ code, units: String(units), indicator: String(indicator), rationale });
  const whom = imported.setting.replace(/ ?Services$/i, '').toLowerCase();
  const name = whom.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return {
    tables: [
      { name: `mue-${name || 'limits'}`, title: `Medically Unlikely Edits, ${whom}`, writers: [writer] },
    ],
    read: imported.read,
    refused: refusedIn(part, imported),
    doubts: [],
  };
}
