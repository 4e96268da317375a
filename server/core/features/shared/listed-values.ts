/** The values that the rules at hand list for a place of a document, to choose from. */
import type { Analysis } from '../../workspace/analysis.ts';

export function listedAt(analysis: Analysis, path: string): readonly string[] {
  const { families, policies } = analysis.rules().documents;
  const key = path.slice(path.lastIndexOf('/') + 1);
  switch (key) {
    case 'family':
      return unique(families.map(({ id }) => id.value));
    case 'class':
      return unique(families.flatMap(({ classes }) => classes.map(({ name }) => name)));
    case 'payer':
      return unique(policies.flatMap(({ payer }) => payer?.value ?? []));
    default:
      return unique(families.flatMap(({ facts }) => [...(facts.get(key)?.values.keys() ?? [])]));
  }
}

const unique = (names: readonly string[]): readonly string[] => [...new Set(names)];
