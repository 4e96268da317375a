/** The values that the rules at hand list for a place of a document, to choose from. */
import type { Analysis } from '../../workspace/analysis.ts';
import { factDefinitions, namesOfFormat } from './vocabulary.ts';

export function listedAt(analysis: Analysis, path: string): readonly string[] {
  const key = path.slice(path.lastIndexOf('/') + 1);
  const ofFormat = (format: string): string[] => namesOfFormat(analysis, format).map(({ name }) => name);
  switch (key) {
    case 'family':
      return unique(ofFormat('family-ref'));
    case 'class':
      return unique(ofFormat('class-ref'));
    case 'payer':
      return unique(analysis.rules().documents.policies.flatMap(({ payer }) => payer?.value ?? []));
    default:
      return unique(factDefinitions(analysis, key).flatMap(({ values }) => [...values.keys()]));
  }
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];
