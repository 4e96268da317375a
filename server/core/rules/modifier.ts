/** Modifiers with their use: what specifications and tables say of each, and which lines get it. */
import type { Origin } from '../base/origin.ts';
import type { Fields } from '../yaml/fields.ts';
import { lowerCondition, type Condition } from './condition.ts';

export interface ModifierRule {
  readonly origin: Origin;
  readonly code: string;
  readonly use: string;
  /** Undefined for a modifier that is described and not computed. */
  readonly when: Condition | undefined;
}

/** The list under `modifiers`. */
export const readModifiers = (parent: Fields): ModifierRule[] =>
  parent.list('modifiers').map((fields) => {
    const when = fields.fields('when');
    return {
      origin: fields.origin,
      code: fields.text('code')?.value ?? '',
      use: fields.text('use')?.value ?? '',
      when: when && lowerCondition(when),
    };
  });
