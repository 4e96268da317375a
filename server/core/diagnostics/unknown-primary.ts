/** `unknown-code`: an add-on that names a primary code without a specification could never be reported with it. */
import { problem } from '../base/problem.ts';
import type { RulesCheck } from './shared/check.ts';
import { didYouMean } from './shared/did-you-mean.ts';

export const unknownPrimary: RulesCheck = ({ specs }) => {
  const known = specs.map(({ code }) => code);
  return specs.flatMap(({ reports, code }) =>
    reports
      .flatMap(({ of }) => of)
      .filter(({ value }) => !known.includes(value))
      .map(({ value, origin }) => {
        const { hint, fix } = didYouMean(
          value,
          known.filter((other) => other !== code),
          'Write one, or leave the code out.',
        );
        const message = `No specification here is about ${value}, to which ${code} adds. ${hint}`;
        return problem('unknown-code', origin, message, { fix });
      }),
  );
};
