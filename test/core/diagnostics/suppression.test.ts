/** Comments that suppress findings: how far they reach, what is said of them, and where the quick fix puts them. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { globSync } from 'tinyglobby';
import { fileId } from '../../../server/core/base/origin.ts';
import { isSuppressible, PROBLEM_CODES } from '../../../server/core/base/problem.ts';
import { problemsOf } from '../../../server/core/diagnostics/registry.ts';
import { codeActions } from '../../../server/core/features/code-actions.ts';
import { checkFix, checkProblems, edit, hostOf } from '../../support/checks.ts';

const library = { library: true } as const;
const check = (fixture: string): void => {
  checkProblems(`#- e.encounter.yaml\n${fixture}`, library);
};
const HEAD = 'encounter: e\ndate: 2026-03-02\nclaim: professional\nplace_of_service: "11"';
const OPEN = 'purpose: therapeutic, route: iv-infusion';

describe('a comment suppresses', () => {
  test('at the end of a line what begins there, and nothing below', () => {
    check(`${HEAD}
payer: Nobody Health # coding-spec-ignore unknown-payer: not ours
administrations:
  - {substance: x, ${OPEN}} # coding-spec-ignore missing-time: as it came
  - {substance: y, ${OPEN}}
#    ^^^^^^^^^^^^ warning missing-time y has no minutes`);
  });

  test('on a line of its own what begins on the next line, to its end', () => {
    check(`${HEAD}
administrations:
  # coding-spec-ignore missing-time: as it came

  # (from another program)
  - substance: x
    purpose: therapeutic
    route: iv-infusion
  - {substance: y, ${OPEN}}
#    ^^^^^^^^^^^^ warning missing-time y has no minutes`);
    check(`${HEAD}
# coding-spec-ignore missing-time: as it came
administrations:
- {substance: x, ${OPEN}}
-
  {substance: y, ${OPEN}}
payer: Nobody Health
#      ^^^^^^^^^^^^^ information unknown-payer`);
    check(`${HEAD}
# coding-spec-ignore missing-time: as it came
administrations: [
  {substance: x, ${OPEN}},
  # coding-spec-ignore unused-suppression: no
#                      ^^^^^^^^^^^^^^^^^^ warning not-suppressible
  {substance: y, ${OPEN}}
]`);
  });

  test('before the first key in the whole document, and in no other', () => {
    check(`# Made by hand.
# coding-spec-ignore missing-time: as it came
${HEAD}
administrations:
  - {substance: x, ${OPEN}}
--- # coding-spec-ignore missing-time: as it came
${HEAD.replace(': e', ': f')}
administrations:
  - {substance: x, ${OPEN}}
---
${HEAD.replace(': e', ': g')}
administrations:
  - {substance: x, ${OPEN}}
#    ^^^^^^^^^^^^ warning missing-time`);
  });

  test('several rules at once', () => {
    check(`# coding-spec-ignore missing-time, unknown-payer: as it came
${HEAD}
payer: Nobody Health
administrations:
  - {substance: x, ${OPEN}}`);
  });

  test('nothing where it is text and no comment', () => {
    check(`${HEAD}
title: "a # coding-spec-ignore missing-time: b"
summary: |
  # coding-spec-ignore missing-time: c
administrations:
  - {substance: x, ${OPEN}}
#    ^^^^^^^^^^^^ warning missing-time`);
  });

  test('findings in rules as in encounters', () => {
    checkProblems(
      `#- s.spec.yaml
# coding-spec-ignore described-only: to be computed later
spec: "99999"
title: T
effective: {from: 2024-01-01}`,
    );
  });

  test('in a file with the line ends of Windows', () => {
    const text = `${HEAD}\npayer: Nobody Health # coding-spec-ignore unknown-payer: no\nadministrations:\n  # coding-spec-ignore missing-time: no\n  - {substance: x, ${OPEN}}\n`;
    const { host } = hostOf('', library);
    const file = fileId('w.encounter.yaml');
    host.apply({ files: [{ file, content: { text: text.replaceAll('\n', '\r\n') } }] });
    assert.deepEqual(problemsOf(host.snapshot(), file), []);
  });
});

describe('of a comment that suppresses is reported', () => {
  test('that it is not used, rule by rule', () => {
    check(`${HEAD}
# coding-spec-ignore missing-time, unknown-payer: no
#                                  ^^^^^^^^^^^^^ warning unused-suppression
administrations:
  - {substance: x, ${OPEN}}
# coding-spec-ignore not-covered: nothing follows
#                    ^^^^^^^^^^^ warning unused-suppression`);
  });

  test('nothing of use while the document has errors of the format', () => {
    check(`${HEAD}
colour: red
#<^^^^^ error unknown-key
administrations: [] # coding-spec-ignore missing-time: no`);
  });

  test('an unknown rule, or none', () => {
    check(
      `${HEAD}
payer: Nobody Health # coding-spec-ignore unknown-payr: no
#      ^^^^^^^^^^^^^ information unknown-payer
#                                         ^^^^^^^^^^^^ warning unknown-rule Did you mean "unknown-payer"?
# coding-spec-ignore
#<^^^^^^^^^^^^^^^^^^^ warning unknown-rule The comment names no rule
administrations: []`,
    );
  });

  test('a rule of the format', () => {
    check(`${HEAD}
colour: red # coding-spec-ignore unknown-key: no
#<^^^^^ error unknown-key
#                                ^^^^^^^^^^^ warning not-suppressible
administrations: []`);
    assert.deepEqual(PROBLEM_CODES.filter((code) => !isSuppressible(code)).slice(0, 6), [
      'yaml-syntax',
      'duplicate-key',
      'unresolved-alias',
      'too-many-aliases',
      'not-text',
      'too-large',
    ]);
  });

  test('that it gives no reason, and still it suppresses', () => {
    check(`${HEAD}
payer: Nobody Health # coding-spec-ignore unknown-payer:
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning suppression-without-reason
administrations: []`);
  });
});

describe('quick fixes of such comments', () => {
  const fix = (from: string, to: string): void => {
    const whole = (middle: string): string => `${HEAD}\n${middle}administrations: []\n`;
    checkFix(`#- e.encounter.yaml\n${whole(from)}`, whole(to), library);
  };
  test('remove what is not used: a line, the end of a line, one rule of several', () => {
    fix('# coding-spec-ignore not-covered: no\n', '');
    fix('payer: Medicare  # coding-spec-ignore not-covered: no\n', 'payer: Medicare\n');
    fix(
      'payer: Nobody # coding-spec-ignore not-covered, unknown-payer: no\n',
      'payer: Nobody # coding-spec-ignore unknown-payer: no\n',
    );
    fix(
      'payer: Nobody # coding-spec-ignore unknown-payer, not-covered: no\n',
      'payer: Nobody # coding-spec-ignore unknown-payer: no\n',
    );
  });
  test('correct the name of a rule, or remove it', () => {
    fix('# coding-spec-ignore unknown-payr: no\n', '# coding-spec-ignore unknown-payer: no\n');
    fix('# coding-spec-ignore something: no\n', '');
  });
});

describe('the quick fix that suppresses', () => {
  const suppress = (before: string, after: string, rule = 'missing-time'): void => {
    checkFix(`#- e.encounter.yaml\n${before}`, after, {
      ...library,
      title: `Suppress "${rule}" here with a comment`,
    });
  };
  const list = (item: string): string => `${HEAD}\nadministrations:\n${item}`;

  test('puts a comment above an item of a list, and joins one that is there', () => {
    suppress(
      list(`  - {substance: <|>x, ${OPEN}}\n`),
      list(`  # coding-spec-ignore missing-time:\n  - {substance: x, ${OPEN}}\n`),
    );
    suppress(
      list(`  # coding-spec-ignore not-covered: no\n  - {substance: <|>x, ${OPEN}}\n`),
      list(`  # coding-spec-ignore not-covered, missing-time: no\n  - {substance: x, ${OPEN}}\n`),
    );
    suppress(
      list(`  - {substance: <|>x, ${OPEN}} # coding-spec-ignore not-covered: no\n`),
      list(`  - {substance: x, ${OPEN}} # coding-spec-ignore not-covered, missing-time: no\n`),
    );
    suppress(
      list(`  - {substance: <|>x, ${OPEN}} # a remark\n`),
      list(`  # coding-spec-ignore missing-time:\n  - {substance: x, ${OPEN}} # a remark\n`),
    );
  });

  test('puts it between the lines of a list in brackets, and not into a text of several lines', () => {
    suppress(
      `${HEAD}\nadministrations: [\n    {substance: <|>x, ${OPEN}}\n  ]\n`,
      `${HEAD}\nadministrations: [\n    # coding-spec-ignore missing-time:\n    {substance: x, ${OPEN}}\n  ]\n`,
    );
    suppress(
      `${HEAD}\nadministrations: [{note: "a\n  b"}, {substance: <|>x, ${OPEN}}]\n`,
      `${HEAD}\n# coding-spec-ignore missing-time:\nadministrations: [{note: "a\n  b"}, {substance: x, ${OPEN}}]\n`,
    );
  });

  test('stays out of the head, where it would silence the whole document', () => {
    const spec = 'title: T\neffective: {from: 2024-01-01}\n';
    const both = (before: string, after: string): void => {
      checkFix(`#- s.spec.yaml\n${before}`, after, {
        title: 'Suppress "described-only" here with a comment',
      });
    };
    both(`spec: "<|>99999"\n${spec}`, `spec: "99999"  # coding-spec-ignore described-only:\n${spec}`);
    both(
      `---\nspec: "<|>99999" # mine\n${spec}`,
      `---\n# coding-spec-ignore described-only:\nspec: "99999" # mine\n${spec}`,
    );
  });

  test('is offered for every finding of the examples that can be suppressed, and does what it says', () => {
    const folder = 'examples/mistakes';
    const names = globSync('*.yaml', { cwd: folder });
    const { host } = hostOf('', library);
    for (const name of names) {
      const file = fileId(name);
      const text = readFileSync(`${folder}/${name}`, 'utf8');
      host.apply({ files: [{ file, content: { text } }] });
      const before = problemsOf(host.snapshot(), file);
      const actions = codeActions(host.snapshot(), file, { start: 0, end: text.length }).filter(
        ({ kind }) => kind === 'suppress',
      );
      assert.deepEqual(
        [...new Set(actions.map(({ problem }) => problem.code))].sort(),
        [...new Set(before.map(({ code }) => code).filter(isSuppressible))].sort(),
      );
      for (const { problem, edits } of actions) {
        host.apply({ files: [{ file, content: { text: edit(text, edits) } }] });
        const left = problemsOf(host.snapshot(), file).map(({ code }) => code);
        const gone = before.map(({ code }) => code).filter((code) => code !== problem.code);
        assert.deepEqual(
          left.sort(),
          [...gone, 'suppression-without-reason'].sort(),
          `${name}: ${problem.code}`,
        );
        host.apply({ files: [{ file, content: { text } }] });
      }
    }
    assert.ok(names.length > 3);
  });
});
