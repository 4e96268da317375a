/** The formats of codes, as the schemas have them. */
import common from '../../../schemas/common.schema.json' with { type: 'json' };

/** Formats whose values are codes: quoted where YAML readers would change them, and looked up in code sets. */
export const CODE_FORMATS: ReadonlySet<string> = new Set([
  'procedure-code',
  'modifier',
  'icd-10-cm',
  'nucc-taxonomy',
  'place-of-service',
]);

const PATTERNS: ReadonlyMap<string, RegExp> = new Map(
  Object.values(common.$defs).flatMap((own) =>
    'format' in own && 'pattern' in own && CODE_FORMATS.has(own.format)
      ? [[own.format, new RegExp(own.pattern)]]
      : [],
  ),
);

/** Whether a text is written as a code of a format, be there such a code or not. */
export const isWrittenAs = (format: string, code: string): boolean =>
  PATTERNS.get(format)?.test(code) === true;
