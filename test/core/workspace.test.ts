/** The host: how much an edit makes it compute again, and what the built-in library yields to. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileId, type FileId } from '../../server/core/base/origin.ts';
import { problemsOf } from '../../server/core/diagnostics/registry.ts';
import { computedLines, linesNearChange } from '../../server/core/features/computed-lines.ts';
import { definition } from '../../server/core/features/definition.ts';
import { references } from '../../server/core/features/references.ts';
import { AnalysisHost } from '../../server/core/workspace/host.ts';
import { encounterOf, infusion } from '../support/bench.ts';
import { checkProblems, labelsOf } from '../support/checks.ts';
import { drugAdministration, readExamples, toChanges, type ExampleFile } from '../support/examples.ts';

const many = fileId('many.encounter.yaml');
const spec = fileId('examples/drug-administration/specs/cpt-96366.spec.yaml');
const textOf = (host: AnalysisHost, file: FileId): string => host.snapshot().file(file)?.source.text ?? '';

/** Documents, not files: a file may hold several. */
const documentsIn = (files: readonly ExampleFile[]): number =>
  files.reduce((sum, { text }) => sum + text.split(/^---$/m).length, 0);

/** Asks for everything that an editor shows of a file. */
function show(host: AnalysisHost, file = many): void {
  const analysis = host.snapshot();
  problemsOf(analysis, file);
  computedLines(analysis, file);
}

/** What a step makes the host do. */
function workOf(host: AnalysisHost, step: () => void): Record<string, number> {
  const before = host.work;
  step();
  const after = host.work;
  return {
    parsed: after.parsed - before.parsed,
    lowered: after.lowered - before.lowered,
    evaluated: after.evaluated - before.evaluated,
    compiled: after.compiled - before.compiled,
  };
}

/** How many documents a step reads the names of. */
function indexedIn(host: AnalysisHost, step: () => void): number {
  const before = host.work.indexed;
  step();
  return host.work.indexed - before;
}

function hostOfMany(count = 500): AnalysisHost {
  const host = new AnalysisHost();
  const text = Array.from({ length: count }, (_, i) =>
    encounterOf([infusion('x', '08:00', 16 + i)]).replace('a-case', `case-${String(i)}`),
  ).join('---\n');
  host.apply({ files: [...toChanges(drugAdministration), { file: many, content: { text } }] });
  show(host);
  return host;
}

/** Replaces a piece of a file's text. */
const change = (host: AnalysisHost, file: FileId, from: string | RegExp, to: string): void => {
  const before = textOf(host, file);
  const text = before.replace(from, to);
  assert.notEqual(text, before, 'the edit changes something');
  host.apply({ files: [{ file, content: { text } }] });
};

describe('the work that an edit makes', () => {
  test('is none before anybody asks', () => {
    const host = new AnalysisHost();
    const work = workOf(host, () => {
      host.apply({ files: toChanges(readExamples()) });
      host.snapshot();
    });
    assert.deepEqual(work, { parsed: 0, lowered: 0, evaluated: 0, compiled: 0 });
  });

  test('of 500 encounters is that of 500 encounters, once', () => {
    const host = hostOfMany();
    assert.equal(host.work.parsed, 500 + documentsIn(drugAdministration));
    assert.equal(host.work.evaluated, 500);
    assert.equal(host.work.compiled, 1);
    assert.deepEqual(
      workOf(host, () => {
        show(host);
        host.apply({});
        show(host);
      }),
      { parsed: 0, lowered: 0, evaluated: 0, compiled: 0 },
    );
  });

  test('in one of 500 encounters is that of one', () => {
    const host = hostOfMany();
    for (const [from, to] of [
      ['encounter: case-250\n', 'encounter: case-250\nplan: Another\n'],
      ['encounter: case-0\n', 'encounter: case-zero\n'],
      ['encounter: case-499\n', 'encounter: last\n'],
    ] as const) {
      const work = workOf(host, () => {
        change(host, many, from, to);
        show(host);
      });
      assert.deepEqual(work, { parsed: 1, lowered: 1, evaluated: 1, compiled: 0 }, from);
    }
  });

  test('in one of 5,000 encounters is that of one, and a comment in a specification evaluates none', () => {
    const host = hostOfMany(5_000);
    assert.equal(host.work.evaluated, 5_000);
    const edit = workOf(host, () => {
      change(host, many, 'encounter: case-2500\n', 'encounter: case-2500\nplan: Another\n');
      show(host);
    });
    assert.deepEqual(edit, { parsed: 1, lowered: 1, evaluated: 1, compiled: 0 });
    const typed = workOf(host, () => {
      const at = host.snapshot().position(many, textOf(host, many).indexOf('encounter: case-1250'));
      const changes = [{ range: { start: at, end: at }, text: 'plan: Another\n' }];
      host.apply({ files: [{ file: many, content: { changes } }] });
      show(host);
    });
    assert.deepEqual(typed, { parsed: 1, lowered: 1, evaluated: 1, compiled: 0 });
    assert.match(textOf(host, many), /\nplan: Another\nencounter: case-1250\n/);
    const comment = workOf(host, () => {
      change(host, spec, 'covers: 60 min', 'covers: 60 min # an hour');
      show(host);
    });
    assert.deepEqual(comment, { parsed: 1, lowered: 1, evaluated: 0, compiled: 0 });
  });

  test('leaves the lines of all other encounters as they are', () => {
    const host = hostOfMany(100);
    const linesBefore = computedLines(host.snapshot(), many);
    change(host, many, 'encounter: case-50\n', 'encounter: case-50\nplan: Another\n');
    const lines = computedLines(host.snapshot(), many);
    assert.equal(lines.length, linesBefore.length);
    const fresh = lines.filter((line, i) => line !== linesBefore[i]);
    assert.deepEqual(new Set(fresh.map(({ at }) => at.document)), new Set([`${many}#50`]));
  });

  test('that changes one document reads the names of one, and finds the references again', () => {
    const host = hostOfMany();
    const everywhere = (): number => {
      const at = textOf(host, spec).indexOf('"96366"');
      return [...references(host.snapshot(), spec, at + 1, true)].flat().length;
    };
    const documents = 500 + documentsIn(drugAdministration);
    let found = 0;
    assert.equal(
      indexedIn(host, () => {
        found = everywhere();
      }),
      documents,
    );
    const again = indexedIn(host, () => {
      change(host, many, 'encounter: case-250\n', 'encounter: case-250\nexpect: [{code: "96366"}]\n');
      assert.equal(everywhere(), found + 1);
    });
    assert.equal(again, 1);
    const ofDefinition = indexedIn(host, () => {
      change(host, many, 'encounter: case-251\n', 'encounter: case-251\nexpect: [{code: "96366"}]\n');
      const at = textOf(host, many).indexOf('case-251\nexpect: [{code: "');
      assert.equal(
        definition(host.snapshot(), many, at + 'case-251\nexpect: [{code: "'.length)?.targets.length,
        1,
      );
    });
    assert.equal(ofDefinition, 1, 'the other encounters are not looked at');
  });

  test('of a comment in an encounter is a parse', () => {
    const host = hostOfMany(20);
    const work = workOf(host, () => {
      change(host, many, 'encounter: case-7\n', 'encounter: case-7 # a remark\n');
      show(host);
    });
    assert.deepEqual(work, { parsed: 1, lowered: 1, evaluated: 0, compiled: 0 });
  });

  test('of a title is a parse, since no bill depends on it', () => {
    const host = hostOfMany(20);
    const work = workOf(host, () => {
      change(host, many, 'encounter: case-7\n', 'encounter: case-7\ntitle: Another\n');
      show(host);
    });
    assert.deepEqual(work, { parsed: 1, lowered: 1, evaluated: 0, compiled: 0 });
  });

  test('of an encounter put before all others is that of two: the one that was first now begins with ---', () => {
    const host = hostOfMany(100);
    const work = workOf(host, () => {
      host.apply({
        files: [{ file: many, content: { text: `${encounterOf([])}---\n${textOf(host, many)}` } }],
      });
      show(host);
    });
    assert.deepEqual(work, { parsed: 2, lowered: 2, evaluated: 2, compiled: 0 });
  });

  test('of an encounter put between or behind others is that of one', () => {
    const host = hostOfMany(100);
    for (const insert of [
      (text: string) =>
        text.replace('---\nencounter: case-50\n', `---\n${encounterOf([])}---\nencounter: case-50\n`),
      (text: string) => `${text}---\n${encounterOf([])}`,
    ]) {
      const text = insert(textOf(host, many));
      const work = workOf(host, () => {
        host.apply({ files: [{ file: many, content: { text } }] });
        show(host);
      });
      assert.deepEqual(work, { parsed: 1, lowered: 1, evaluated: 1, compiled: 0 });
    }
  });

  test('of a comment or a blank line in a specification is a parse', () => {
    const host = hostOfMany();
    for (const [from, to] of [
      ['covers: 60 min', 'covers: 60 min # an hour'],
      ['reports:', '\n\nreports:'],
      ['repeats: true', 'repeats:    true'],
    ] as const) {
      const work = workOf(host, () => {
        change(host, spec, from, to);
        show(host);
        show(host, spec);
      });
      assert.deepEqual(work, { parsed: 1, lowered: 1, evaluated: 0, compiled: 0 }, from);
    }
  });

  test('of a threshold evaluates what is asked for, and only that', () => {
    const host = hostOfMany();
    host.apply({ files: toChanges(readExamples('mistakes')) });
    const asked = fileId('examples/mistakes/hospital.encounter.yaml');
    show(host, asked);
    const work = workOf(host, () => {
      change(host, spec, 'at_least: 31 min', 'at_least: 30 min');
    });
    assert.deepEqual(work, { parsed: 0, lowered: 0, evaluated: 0, compiled: 0 });
    const one = workOf(host, () => {
      show(host, asked);
    });
    assert.deepEqual(one, { parsed: 1, lowered: 1, evaluated: 1, compiled: 1 });
    assert.equal(
      workOf(host, () => {
        show(host);
      })['evaluated'],
      500,
    );
  });

  test('of taking a threshold back is none but the parse', () => {
    const host = hostOfMany(50);
    change(host, spec, 'at_least: 31 min', 'at_least: 30 min');
    show(host);
    const work = workOf(host, () => {
      change(host, spec, 'at_least: 30 min', 'at_least: 31 min');
      show(host);
    });
    assert.equal(work['parsed'], 1);
    assert.equal(work['lowered'], 1);
  });

  test('of a setting is none', () => {
    const host = hostOfMany(20);
    const work = workOf(host, () => {
      host.apply({ settings: { severity: { 'missing-time': 'off' } } });
      show(host);
    });
    assert.deepEqual(work, { parsed: 0, lowered: 0, evaluated: 0, compiled: 0 });
  });

  test('of an encounter leaves the rules alone, and of a policy of another date the bills', () => {
    const host = hostOfMany(20);
    const work = workOf(host, () => {
      host.apply({
        files: [
          {
            file: fileId('old.policy.yaml'),
            content: {
              text: 'policy: old\npayer: Medicare\ntitle: T\neffective: {from: 2020-01-01, to: 2020-12-31}\nrules: [{id: a, then: {deny: no}}]\n',
            },
          },
        ],
      });
      show(host);
    });
    assert.equal(work['parsed'], 1);
    assert.equal(work['evaluated'], 0, 'the same documents are in force on the date of service');
  });

  test('follows a threshold: the bills are those of the new one', () => {
    const host = new AnalysisHost();
    const file = fileId('e.encounter.yaml');
    host.apply({
      files: [
        ...toChanges(drugAdministration),
        { file, content: { text: encounterOf([infusion('x', '10:00', 88)]) } },
      ],
    });
    const lines = (): readonly string[] => {
      const analysis = host.snapshot();
      const [document] = analysis.documents(file);
      const encounter = document && analysis.encounter(document.source);
      const bill = encounter && analysis.bill(encounter);
      assert.ok(bill);
      return labelsOf(bill);
    };
    assert.deepEqual(lines(), ['96365 × 1']);
    change(host, spec, 'at_least: 31 min', 'at_least: 28 min');
    assert.deepEqual(lines(), ['96365 × 1', '96366 × 1']);
    change(host, spec, 'at_least: 28 min', 'at_least: 29 min');
    assert.deepEqual(lines(), ['96365 × 1']);
  });
});

describe('lines near the last change', () => {
  /** The encounters that are shown, by their place in the file. */
  const shown = (host: AnalysisHost, limit: number): readonly number[] => {
    const { lines } = linesNearChange(host.snapshot(), many, limit);
    return [...new Set(lines.map(({ at }) => Number(at.document.slice(at.document.lastIndexOf('#') + 1))))];
  };

  test('are all lines of a file that has no more than the limit', () => {
    const host = hostOfMany(10);
    const analysis = host.snapshot();
    const all = computedLines(analysis, many);
    assert.equal(all.length, 20);
    assert.deepEqual(linesNearChange(analysis, many, 20), { lines: all, shown: 10, isAll: true });
    const { shown: own, isAll } = linesNearChange(analysis, many, 19);
    assert.deepEqual({ own, isAll }, { own: 9, isAll: false });
  });

  test('begin at the top, and follow the edits', () => {
    const host = hostOfMany(100);
    assert.deepEqual(shown(host, 8), [0, 1, 2, 3]);
    change(host, many, 'encounter: case-50\n', 'encounter: case-50\nplan: Another\n');
    assert.deepEqual(shown(host, 8), [49, 50, 51, 52]);
    change(host, many, 'encounter: case-99\n', 'encounter: last\n');
    assert.deepEqual(shown(host, 8), [96, 97, 98, 99]);
  });

  test('of the encounter that was edited are shown however many it has', () => {
    const host = hostOfMany(20);
    change(host, many, 'encounter: case-7\n', 'encounter: case-7\nplan: Another\n');
    assert.deepEqual(shown(host, 1), [7]);
  });

  test('are none where nothing is given', () => {
    const host = new AnalysisHost();
    host.apply({ files: [...toChanges(drugAdministration), { file: many, content: { text: '' } }] });
    const none = { lines: [], shown: 0, isAll: true };
    assert.deepEqual(linesNearChange(host.snapshot(), many, 10), none);
    assert.deepEqual(linesNearChange(host.snapshot(), fileId('gone.encounter.yaml'), 10), none);
  });

  test('are worked out for what is shown, as those of a part of a file are', () => {
    const host = hostOfMany(100);
    const analysis = host.snapshot();
    const [from, to] = [40, 42].map((i) => analysis.documents(many)[i]?.offset ?? NaN);
    assert.ok(from !== undefined && to !== undefined);
    const part = computedLines(analysis, many, { start: from, end: to - 1 });
    assert.deepEqual(new Set(part.map(({ at }) => at.document)), new Set([`${many}#40`, `${many}#41`]));
  });
});

describe('the built-in library', () => {
  const own = `
spec: "96366"
title: Our own further hour
family: drug-administration
effective: {from: 2024-01-01}
reports: {class: therapeutic-infusion, as: additional-time, of: ["96365"]}
time: {at_least: 1 min, covers: 60 min}
`;
  const encounter = `#- e.encounter.yaml\n${encounterOf([infusion('x', '10:00', 61)])}`;
  const lines = (fixture: string): readonly string[] => {
    const { analysis, file } = checkProblems(fixture, { library: true });
    const [document] = analysis.documents(file('e.encounter.yaml').id);
    const model = document && analysis.encounter(document.source);
    const bill = model && analysis.bill(model);
    assert.ok(bill);
    return labelsOf(bill);
  };

  test('computes where the workspace says nothing', () => {
    assert.deepEqual(lines(encounter), ['96365 × 1']);
  });

  test('yields code by code to what the workspace defines', () => {
    assert.deepEqual(lines(`#- a.spec.yaml${own}${encounter}`), ['96365 × 1', '96366 × 1']);
  });

  test('yields a whole family to one of the workspace', () => {
    const family = `#- f.family.yaml
family: drug-administration
title: Ours
classes: [{class: therapeutic-infusion, title: T, when: {route: iv-infusion}}]
#- b.spec.yaml
spec: "11111"
title: Ours
family: drug-administration
effective: {from: 2024-01-01}
reports: {class: therapeutic-infusion, as: each}
`;
    assert.deepEqual(lines(`${family}${encounter}`), ['11111 × 1']);
  });
});

describe('settings', () => {
  const fixture = (severity: string): string => `
#- e.encounter.yaml
encounter: e
date: 2026-03-02
claim: professional
place_of_service: 01
#                 ^^ ${severity} unquoted-code Other`;

  test('change the severity of a rule, or switch it off', () => {
    checkProblems(fixture('warning'));
    checkProblems(fixture('error'), { settings: { severity: { 'unquoted-code': 'error' } } });
    checkProblems(fixture('hint'), { settings: { severity: { 'unquoted-code': 'hint' } } });
    checkProblems(fixture('warning').replace(/\n# {2}.*$/, ''), {
      settings: { severity: { 'unquoted-code': 'off' } },
    });
  });
});
