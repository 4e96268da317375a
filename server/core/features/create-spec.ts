/** A new specification for a code that is named and has none. */
import type { TextRange } from '../base/line-index.ts';
import { fileId, type FileId } from '../base/origin.ts';
import type { Problem } from '../base/problem.ts';
import { kindOfFile } from '../schema/schema.ts';
import type { Analysis } from '../workspace/analysis.ts';
import type { Refactoring } from './shared/edit.ts';
import { quoted } from './shared/expect-text.ts';
import { findingsAt } from './shared/findings.ts';
import { textAt } from './shared/fix-edits.ts';

/** Written as procedure codes are. */
const CODE = /^[\dA-Z]{5}$/;

export function createSpec(analysis: Analysis, file: FileId, range: TextRange): readonly Refactoring[] {
  const codes = findingsAt(analysis, file, range).flatMap(
    ({ problem }): { code: string; problem: Problem }[] => {
      const code = textAt(analysis, problem);
      return problem.code === 'unknown-code' && CODE.test(code) ? [{ code, problem }] : [];
    },
  );
  return codes.flatMap(({ code, problem }): Refactoring[] => {
    const target = fileId(`${folderOfSpecs(analysis, file)}${code}.spec.yaml`);
    if (analysis.file(target)) return [];
    return [
      {
        id: `create-spec-${code}`,
        title: `Create a specification for ${code}`,
        kind: 'quickfix',
        mends: 'unknown-code',
        makesFiles: true,
        files: () => [
          {
            file: target,
            create: true,
            edits: [{ start: 0, end: 0, text: specText(analysis, code, problem) }],
          },
        ],
      },
    ];
  });
}

/** The folder of the workspace's own specifications, or else that of the file; with a slash at its end. */
function folderOfSpecs(analysis: Analysis, file: FileId): string {
  const own = analysis
    .files()
    .filter((name) => kindOfFile(name) === 'spec' && analysis.file(name)?.library === false);
  return folderOf(own.includes(file) ? file : (own[0] ?? file));
}

const folderOf = (file: FileId): string => file.slice(0, file.lastIndexOf('/') + 1);

/** What the document that names the code says of family and dates holds for the new one, too, until its author knows better. */
function specText(analysis: Analysis, code: string, { at }: Problem): string {
  const found = analysis.document(at.document);
  const model = found && analysis.model(found.source);
  const rule = model?.kind === 'spec' ? model.spec : model?.kind === 'policy' ? model.policy : undefined;
  const encounter = model?.kind === 'encounter' ? model.encounter : undefined;
  const family = rule?.family?.value ?? encounter?.family?.value ?? (encounter && onlyFamily(analysis));
  const from = rule?.effective?.from ?? encounter?.date?.value;
  return [
    `spec: ${quoted(code)}`,
    `title: ${code}, in words of your own`,
    ...(family === undefined ? [] : [`family: ${family}`]),
    `effective: {from: ${from ?? '2026-01-01'}}`,
    // An encounter names a code only where its record states it.
    ...(encounter && family !== undefined ? ['reports: {as: stated}'] : []),
    '',
  ].join('\n');
}

function onlyFamily(analysis: Analysis): string | undefined {
  const [first, ...others] = new Set(analysis.rules().documents.families.map(({ id }) => id.value));
  return others.length === 0 ? first : undefined;
}
