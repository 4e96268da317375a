/**
 * Encounters at the edges of a specification: a minute below, at and above each time at which its lines change, and the days
 * around its effective dates, with the computed lines as what is expected. The facts are taken from the conditions of its
 * classes, and the times are tried out, so that what is written is what the rules say.
 */
import { perPair } from '../base/memo.ts';
import { fileId, type FileId } from '../base/origin.ts';
import { kindOfFile } from '../schema/schema.ts';
import type { Analysis } from '../workspace/analysis.ts';
import { boundaryTexts, mayHaveBoundaries, type Boundaries } from './shared/boundaries.ts';
import type { FileEdits, Refactoring } from './shared/edit.ts';

export function boundaryEncounters(analysis: Analysis, file: FileId, offset: number): readonly Refactoring[] {
  const document = analysis.documentAt(file, offset);
  const model = document && analysis.model(document.source);
  const spec = model?.kind === 'spec' ? model.spec : undefined;
  if (!spec || !mayHaveBoundaries(analysis, spec)) return [];
  const target = targetOf(analysis, file, spec.code);
  const files = (): readonly FileEdits[] => filesOf(analysis, target, textsOf(analysis, spec));
  // Trying times out takes a while: only where encounters are there already, which may be all of them.
  if (analysis.file(target) && files().length === 0) return [];
  return [
    {
      id: 'boundary-encounters',
      title: `Write encounters at the thresholds and dates of ${spec.code}`,
      kind: 'rewrite',
      makesFiles: true,
      files,
    },
  ];
}

const textsOf = perPair(boundaryTexts);

const targetOf = (analysis: Analysis, file: FileId, code: string): FileId =>
  fileId(`${folderOfEncounters(analysis, file)}${code}-boundaries.encounter.yaml`);

/** Behind what stands in the file for them already, without those that it has; or a new file. */
function filesOf(analysis: Analysis, target: FileId, found: Boundaries): readonly FileEdits[] {
  const stored = analysis.file(target);
  const known = new Set(
    analysis.documents(target).flatMap(({ source }) => analysis.encounter(source)?.id?.value ?? []),
  );
  const texts = found.filter(({ name }) => !known.has(name)).map(({ text }) => text);
  if (texts.length === 0) return [];
  const text = texts.join('---\n');
  if (!stored) return [{ file: target, create: true, edits: [{ start: 0, end: 0, text }] }];
  const before = stored.source.text;
  const glue = before.trim() === '' ? '' : before.endsWith('\n') ? '---\n' : '\n---\n';
  return [
    { file: target, create: false, edits: [{ start: before.length, end: before.length, text: glue + text }] },
  ];
}

/** A folder `encounters` of the workspace, beside the specification or above it; or else the specification's own. */
function folderOfEncounters(analysis: Analysis, file: FileId): string {
  const own = file.slice(0, file.lastIndexOf('/') + 1);
  const folders = analysis
    .files()
    .filter((name) => kindOfFile(name) === 'encounter' && analysis.file(name)?.library === false)
    .map((name) => name.slice(0, name.lastIndexOf('/') + 1));
  const above = own.slice(0, own.slice(0, -1).lastIndexOf('/') + 1);
  return folders.find((folder) => folder.startsWith(above) && folder.endsWith('/encounters/')) ?? own;
}
