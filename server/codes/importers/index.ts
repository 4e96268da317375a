/**
 * Importers of official code sets and tables: pure functions from text or bytes to rows. Who calls them reads the files; what
 * is wrong with a row or a file is a value, with its line.
 */
export {
  importCptConsumer,
  importCptLong,
  importCptMedium,
  importCptModifiers,
  importCptShort,
} from './cpt.ts';
export { importGpci, type ImportedLocalities } from './gpci.ts';
export { importHcpcsCsv } from './hcpcs-csv.ts';
export { importHcpcs } from './hcpcs.ts';
export { importIcdAddenda, type ImportedChanges } from './icd-addenda.ts';
export { importIcdOrder } from './icd-order.ts';
export { importIcdTabular, type ImportedTabular } from './icd-tabular.ts';
export { importMue } from './mue.ts';
export { importNcciPairs, type CodePair } from './ncci-pairs.ts';
export { importNucc, NUCC_NOTICE, type ImportedTaxonomy } from './nucc.ts';
export { importPprrvu, type ImportedFees } from './pprrvu.ts';
export { namesOf, recognise, type Recognised } from './recognise.ts';
export type { ImportedHcpcs } from './shared/hcpcs-rows.ts';
export {
  isFailure,
  type ImportedTable,
  type ImporterId,
  type LayoutFailure,
  type Source,
} from './shared/layout.ts';
