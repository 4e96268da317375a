/** Changes that are offered beside fixes: accepted lines, new documents, shared administrations, all safe fixes at once. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileId, type FileId } from '../../../server/core/base/origin.ts';
import { tagOf } from '../../../server/core/base/problem.ts';
import { problemsOf } from '../../../server/core/diagnostics/registry.ts';
import { acceptLines } from '../../../server/core/features/accept-lines.ts';
import { boundaryEncounters } from '../../../server/core/features/boundary-encounters.ts';
import { createSpec } from '../../../server/core/features/create-spec.ts';
import { extractAnchor } from '../../../server/core/features/extract-anchor.ts';
import { fixAll } from '../../../server/core/features/fix-all.ts';
import { setModifiers } from '../../../server/core/features/set-modifiers.ts';
import { applyEdits, type Refactoring } from '../../../server/core/features/shared/edit.ts';
import type { Analysis } from '../../../server/core/workspace/analysis.ts';
import { hostOf, labelsOf, type FixtureOptions } from '../../support/checks.ts';
import { drugAdministration, toChanges } from '../../support/examples.ts';

type Offer = (analysis: Analysis, file: FileId, offset: number) => readonly Refactoring[];
const library = { library: true } as const;
const HEAD = 'date: 2026-03-02\nclaim: professional\nplace_of_service: "11"';
const drip = (minutes: number): string =>
  `  - {substance: x, purpose: therapeutic, route: iv-infusion, minutes: ${String(minutes)}}`;

const titles = (fixture: string, offer: Offer, options: FixtureOptions = library): string[] => {
  const { analysis, file } = hostOf(fixture, options);
  return offer(analysis, file().id, file().carets[0] ?? 0).map(({ title }) => title);
};

/** The file after the change of this name. */
function after(fixture: string, offer: Offer, id: string, options: FixtureOptions = library): string {
  const { analysis, file } = hostOf(fixture, options);
  const own = offer(analysis, file().id, file().carets[0] ?? 0).find((one) => one.id === id);
  assert.ok(own, `${id} is not offered`);
  const [change] = own.files();
  assert.equal(change?.file, file().id);
  return applyEdits(file().text, change.edits);
}

describe('taking over modifiers', () => {
  const push = (minute: string): string =>
    `  - {substance: x, purpose: therapeutic, route: iv-push, start: "${minute}", session: ${minute.slice(0, 2)}}`;
  /** Two sessions of a day: the second push has the modifier 59. */
  const base = `encounter: e\n${HEAD}\nadministrations:\n${push('08:00')}\n${push('16:00')}\nexpect:\n  - {code: "96374", units: 1}\n`;
  const withLine = (line: string): string => `#- e.encounter.yaml\n${base}${line}\n`;
  const result = (line: string): string =>
    after(withLine(line), setModifiers, 'set-modifiers /expect/1').slice(base.length);

  test('is offered where the computed line has others', () => {
    assert.deepEqual(titles(withLine('  - {code: "96374", uni<|>ts: 1, modifiers: []}'), setModifiers), [
      'Add modifier 59 to the expected 96374',
    ]);
    assert.deepEqual(
      titles(withLine('  - {code: "96374", uni<|>ts: 1, modifiers: ["59"]}'), setModifiers),
      [],
    );
    assert.deepEqual(titles(withLine('  - {code: "96374", uni<|>ts: 1, modifiers: [XS]}'), setModifiers), [
      'Give the expected 96374 the modifier 59 in place of XS',
    ]);
    assert.deepEqual(titles(withLine('  - {code: "96374", uni<|>ts: 2}'), setModifiers), [], 'another line');
  });

  test('writes them into the line, however it is written', () => {
    assert.equal(
      result('  - {code: "96374", units: 1<|>}'),
      '  - {code: "96374", units: 1, modifiers: ["59"]}\n',
    );
    assert.equal(
      result('  - {code: "96374", units: 1, modifiers: [XS]<|>}'),
      '  - {code: "96374", units: 1, modifiers: ["59"]}\n',
    );
    assert.equal(
      result('  - code: "963<|>74"\n    units: 1'),
      '  - code: "96374"\n    units: 1\n    modifiers: ["59"]\n',
    );
    assert.equal(
      result('  - code: "963<|>74"\n    modifiers:\n      - XS\n    units: 1'),
      '  - code: "96374"\n    modifiers: ["59"]\n    units: 1\n',
    );
    assert.equal(
      result('  - code: "963<|>74"\n    modifiers:\n    units: 1'),
      '  - code: "96374"\n    modifiers: ["59"]\n    units: 1\n',
    );
  });

  test('takes off what the computed line does not have', () => {
    const one = `encounter: e\n${HEAD}\nadministrations:\n${drip(60)}\nexpect:\n  - {code: "96365", modifiers: ["59<|>"]}\n`;
    assert.deepEqual(titles(`#- e.encounter.yaml\n${one}`, setModifiers), [
      'Take the modifier 59 off the expected 96365',
    ]);
  });
});

describe('accepting computed lines', () => {
  const accept = (before: string, wanted: string, id = 'accept-lines'): void => {
    const result = after(`#- e.encounter.yaml\n${before}`, acceptLines, id);
    assert.equal(result, wanted);
    assert.deepEqual(titles(`#- e.encounter.yaml\n${result}`, acceptLines), [], 'nothing is left to accept');
  };
  const base = `encounter: e\n${HEAD}\nadministrations:\n${drip(95)}\n`;

  test('adds them where nothing is expected', () => {
    accept(base, `${base}expect:\n  - {code: "96365", units: 1}\n  - {code: "96366", units: 1}\n`);
    accept(base.trimEnd(), `${base}expect:\n  - {code: "96365", units: 1}\n  - {code: "96366", units: 1}\n`);
    accept(
      base.replace('"11"', '"22"'),
      `${base.replace('"11"', '"22"')}expect:\n  - {code: "96365", units: 1, outcome: denied}\n  - {code: "96366", units: 1, outcome: denied}\n`,
    );
  });

  test('puts them in the place of others', () => {
    const lines = '\n  - {code: "96365", units: 1}\n  - {code: "96366", units: 1}\ntitle: T\n';
    accept(`${base}expect:\n  - code: "96374"\n    units: 2\ntitle: T\n`, `${base}expect:${lines}`);
    accept(`${base}expect: []\ntitle: T\n`, `${base}expect:${lines}`);
    accept(`${base}expect:\ntitle: T\n`, `${base}expect:${lines}`);
    const none = base.replace('iv-infusion', 'oral');
    accept(`${none}expect: [{code: "96365"}]\n`, `${none}expect: []\n`);
  });

  test('of every encounter of a file, except published answers', () => {
    const second = base.replace(': e', ': f').replace('95', '16');
    const published = `${base.replace(': e', ': g')}source: {publisher: P, title: T, url: "https://example.org", retrieved: 2026-01-01}\nexpect: []\n`;
    const result = after(
      `#- e.encounter.yaml\n${base}---\n${second}---\n${published}`,
      acceptLines,
      'accept-all-lines',
    );
    assert.equal(
      result,
      `${base}expect:\n  - {code: "96365", units: 1}\n  - {code: "96366", units: 1}\n---\n${second}expect:\n  - {code: "96365", units: 1}\n---\n${published}`,
    );
  });

  test('is not offered where they are expected, and for files of rules', () => {
    assert.deepEqual(titles('#- s.spec.yaml\nspec: "99999"\n', acceptLines), []);
    assert.deepEqual(
      titles(`#- e.encounter.yaml\n${base}expect:\n  - {code: "96365"}\n  - {code: "96366"}\n`, acceptLines),
      [],
    );
  });
});

describe('all safe fixes', () => {
  test('quote codes, take the only name that can be meant, and remove comments without use; others stay', () => {
    const before = `encounter: e
date: 2026-03-02
clam: professional
diagnosess: [E86.0]
place_of_service: 01
administrations: []
colour: red
---
encounter: f
${HEAD}
administrations: [] # coding-spec-ignore not-covered: no
`;
    assert.equal(
      after(`#- e.encounter.yaml\n${before}`, fixAll, 'fix-all'),
      before
        .replace('diagnosess', 'diagnoses')
        .replace(': 01', ': "01"')
        .replace(' # coding-spec-ignore not-covered: no', ''),
      'clam may be claim or plan',
    );
  });

  test('are not offered where there is none', () => {
    assert.deepEqual(titles(`#- e.encounter.yaml\nencounter: e\n${HEAD}\nadministrations: []\n`, fixAll), []);
  });
});

describe('a specification for a code without one', () => {
  const offer: Offer = (analysis, file, offset) => createSpec(analysis, file, { start: offset, end: offset });
  const fixture = `#- specs/add.spec.yaml
spec: "99998"
title: An add-on
family: drug-administration
effective: {from: 2024-01-01}
reports:
  - {class: therapeutic-infusion, as: additional-time, of: ["9<|>9997"]}
time: {at_least: 31 min, covers: 60 min}
`;
  test('is a new file beside the others, with the family and the dates of what names it', () => {
    const { analysis, file } = hostOf(fixture, library);
    const [own] = offer(analysis, file().id, file().carets[0] ?? 0);
    assert.equal(own?.title, 'Create a specification for 99997');
    const [change] = own.files();
    assert.deepEqual([change?.file, change?.create], ['specs/99997.spec.yaml', true]);
    const text = applyEdits('', change?.edits ?? []);
    assert.equal(
      text,
      'spec: "99997"\ntitle: 99997, in words of your own\nfamily: drug-administration\neffective: {from: 2024-01-01}\n',
    );
    const { host } = hostOf(fixture, library);
    host.apply({ files: [{ file: fileId('specs/99997.spec.yaml'), content: { text } }] });
    const found = (name: string): string[] =>
      problemsOf(host.snapshot(), fileId(name)).map(({ code }) => code);
    assert.ok(!found('specs/add.spec.yaml').includes('unknown-code'));
    assert.deepEqual(found('specs/99997.spec.yaml'), ['described-only']);
  });
  test('that a record states is reported where it does', () => {
    const encounter = `#- encounters/e.encounter.yaml\nencounter: e\n${HEAD}\nservices:\n  - {code: "9<|>9602"}\n`;
    const { host, analysis, file } = hostOf(encounter, library);
    const [own] = offer(analysis, file().id, file().carets[0] ?? 0);
    const [change] = own?.files() ?? [];
    const text = applyEdits('', change?.edits ?? []);
    assert.equal(
      text,
      'spec: "99602"\ntitle: 99602, in words of your own\nfamily: drug-administration\neffective: {from: 2026-03-02}\nreports: {as: stated}\n',
    );
    host.apply({ files: [{ file: fileId('specs/99602.spec.yaml'), content: { text } }] });
    const now = host.snapshot();
    const [document] = now.documents(file().id);
    const read = document && now.encounter(document.source);
    const bill = read && now.bill(read);
    assert.deepEqual(bill && labelsOf(bill), ['99602 × 1']);
  });
  test('is not offered elsewhere', () => {
    assert.deepEqual(titles(fixture.replace('9<|>9997', '99997').replace('An add', 'An<|> add'), offer), []);
  });
});

describe('encounters at the boundaries of a specification', () => {
  interface Written {
    readonly file: string;
    readonly names: readonly string[];
    readonly problems: readonly string[];
    readonly lines: (name: string) => readonly string[];
    /** What is offered once they are there. */
    readonly left: readonly Refactoring[];
  }
  /** What is written for a code of the library, loaded beside it. */
  function written(code: string): Written {
    const { host } = hostOf('', {});
    host.apply({ files: toChanges(drugAdministration, false) });
    const analysis = host.snapshot();
    const spec = analysis.rules().documents.specs.find((own) => own.code === code);
    const at = spec && analysis.document(spec.document);
    assert.ok(at, code);
    const [own] = boundaryEncounters(analysis, at.source.file, at.offset);
    const [change] = own?.files() ?? [];
    assert.ok(change?.create, `encounters for ${code}`);
    host.apply({ files: [{ file: change.file, content: { text: applyEdits('', change.edits) } }] });
    const now = host.snapshot();
    const encounters = now.documents(change.file).flatMap(({ source }) => now.encounter(source) ?? []);
    return {
      file: change.file,
      names: encounters.map(({ id }) => id?.value ?? ''),
      problems: problemsOf(now, change.file)
        .filter(({ severity }) => severity === 'error')
        .map(({ message }) => message),
      lines: (name) => {
        const bill = now.bill(encounters.find(({ id }) => id?.value === name) ?? assert.fail(name));
        return bill ? labelsOf(bill) : [];
      },
      left: boundaryEncounters(now, at.source.file, at.offset),
    };
  }

  test('are a minute below, at and above each time at which its lines change, and on the days around its dates', () => {
    const { names, problems, lines, left, file } = written('96365');
    assert.match(file, /96365-boundaries\.encounter\.yaml$/);
    assert.deepEqual(problems, []);
    assert.deepEqual(lines('96365-of-15-minutes'), ['96374 × 1']);
    assert.deepEqual(lines('96365-of-16-minutes'), ['96365 × 1']);
    assert.ok(names.includes('96365-of-17-minutes'));
    assert.deepEqual(lines('96365-on-the-day-before'), []);
    assert.deepEqual(lines('96365-on-the-first-day'), ['96365 × 1']);
    assert.deepEqual(left, [], 'a second time there is nothing new');
  });

  test('for an add-on, another infusion and a repeated push', () => {
    const addOn = written('96366');
    assert.deepEqual(addOn.lines('96366-of-90-minutes'), ['96365 × 1']);
    assert.deepEqual(addOn.lines('96366-of-91-minutes'), ['96365 × 1', '96366 × 1']);
    assert.deepEqual(addOn.lines('96366-of-151-minutes'), ['96365 × 1', '96366 × 2']);
    const second = written('96367');
    assert.ok(second.lines('96367-of-16-minutes').includes('96367 × 1'));
    for (const { problems } of [addOn, second]) assert.deepEqual(problems, []);
  });

  test('are not offered for a specification that computes nothing, or that no time matters to', () => {
    const spec = 'spec: "99999"\ntitle: T\nfamily: drug-administration\neffective: {from: 2024-01-01}\n';
    for (const reports of [
      '',
      'reports: {as: stated}\n',
      'reports: {class: portable-pump-refill, as: each}\n',
    ])
      assert.deepEqual(titles(`#- s.spec.yaml\n${spec}${reports}`, boundaryEncounters), [], reports);
  });
});

describe('sharing administrations by an anchor', () => {
  const share = (before: string, wanted: string): void => {
    const fixture = `#- e.encounter.yaml\nencounter: e\n${HEAD}\nadministrations:\n${before}`;
    const result = after(fixture, extractAnchor, 'extract-anchor');
    assert.equal(result, `encounter: e\n${HEAD}\nadministrations:\n${wanted}`);
    const bill = (text: string): readonly string[] => {
      const { analysis, file } = hostOf(text.replace('<|>', ''), library);
      const [document] = analysis.documents(file().id);
      const encounter = document && analysis.encounter(document.source);
      const found = encounter && analysis.bill(encounter);
      return found ? labelsOf(found) : assert.fail('no bill');
    };
    assert.deepEqual(bill(`#- e.encounter.yaml\n${result}`), bill(fixture));
  };

  test('in brackets and in lines', () => {
    share(
      '  - {substance: <|>x, purpose: therapeutic, route: iv-infusion, start: "10:00", stop: "10:30"}\n  - {substance: x, purpose: therapeutic, route: iv-infusion, start: "12:00", stop: "12:40", note: n}\n',
      '  - &x {substance: x, purpose: therapeutic, route: iv-infusion, start: "10:00", stop: "10:30"}\n  - {<<: *x, start: "12:00", stop: "12:40", note: n}\n',
    );
    share(
      '  - substance: <|>x y\n    purpose: therapeutic\n    route: iv-infusion\n    minutes: 30\n  - substance: x y\n    purpose: therapeutic\n    route: iv-infusion\n    minutes: 40\n',
      '  - &x-y\n    substance: x y\n    purpose: therapeutic\n    route: iv-infusion\n    minutes: 30\n  - <<: *x-y\n    minutes: 40\n',
    );
  });

  test('is not offered where another says less, has little in common or comments, or shares already', () => {
    const none = (items: string): void => {
      assert.deepEqual(
        titles(`#- e.encounter.yaml\nencounter: e\n${HEAD}\nadministrations:\n${items}`, extractAnchor),
        [],
      );
    };
    const first = '  - {substance: <|>x, purpose: therapeutic, route: iv-infusion}\n';
    none(`${first}  - {substance: x, purpose: therapeutic}\n`);
    none(`${first}  - {substance: y, purpose: hydration, route: iv-infusion}\n`);
    none(`${first}  - substance: x # again\n    purpose: therapeutic\n    route: iv-infusion\n`);
    none(`${first.replace('{', '&a {')}  - {substance: x, purpose: therapeutic, route: iv-infusion}\n`);
  });
});

test('what does nothing is faded', () => {
  const { analysis, file } = hostOf(
    `#- e.encounter.yaml\nencounter: e\n${HEAD}\nadministrations: [] # coding-spec-ignore not-covered: no\n`,
  );
  assert.deepEqual(
    problemsOf(analysis, file().id).map((found) => [found.code, tagOf(found)]),
    [['unused-suppression', 'unnecessary']],
  );
});
