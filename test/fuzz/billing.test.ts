/** What holds of every bill, whatever is documented: properties over made-up days of infusions. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fileId } from '../../server/core/base/origin.ts';
import type { BillingLine } from '../../server/core/billing/line.ts';
import { AnalysisHost } from '../../server/core/workspace/host.ts';
import { Bench, encounterOf, infusion } from '../support/bench.ts';
import { day, given, heads, runs, shuffled, written, type Given } from '../support/days.ts';
import { drugAdministration, readExamples, toChanges } from '../support/examples.ts';
import { everythingOf } from '../support/places.ts';

const bench = new Bench();
const unitsOf = (lines: readonly BillingLine[], code: string): number =>
  lines.filter((line) => line.code === code).reduce((sum, { units }) => sum + units, 0);

test('one more minute of a single infusion never lowers its units', () => {
  let before: readonly BillingLine[] = [];
  for (let minutes = 0; minutes <= 600; minutes++) {
    const { lines } = bench.run(encounterOf([infusion('x', '06:00', minutes)])).bill;
    for (const code of ['96365', '96366'])
      assert.ok(unitsOf(lines, code) >= unitsOf(before, code), `${code} at ${String(minutes)} minutes`);
    before = lines;
  }
  assert.equal(unitsOf(before, '96366'), 9);
});

test('the order of the administrations in the file changes nothing', () => {
  fc.assert(
    fc.property(day, heads, fc.integer(), (items, head, seed) => {
      const run = (list: readonly Given[]): readonly string[] =>
        bench.run(
          encounterOf(
            list.map((item) => written(item)),
            head,
          ),
        ).lines;
      assert.deepEqual(run(shuffled(items, seed)), run(items));
    }),
    runs(200, 1),
  );
});

test('moving all times by as much changes nothing, or only the dates', () => {
  fc.assert(
    fc.property(day, heads, fc.integer({ min: -300, max: 200 }), (items, head, shift) => {
      const run = (by: number): readonly string[] =>
        bench.run(
          encounterOf(
            items.map((item) => written(item, by)),
            head,
          ),
        ).lines;
      assert.deepEqual(run(shift), run(0));
      const days = (by: number): readonly string[] =>
        bench
          .run(
            encounterOf(
              items.map((item) => written(item, by)),
              head,
            ),
          )
          .bill.lines.map(({ code, units, outcome, modifiers }) =>
            [code, ...modifiers, units, outcome].join(),
          );
      assert.deepEqual(days(1440), days(0));
    }),
    runs(150, 2),
  );
});

test('the units never exceed what the minutes allow', () => {
  fc.assert(
    fc.property(day, heads, (items, head) => {
      const { lines } = bench.run(
        encounterOf(
          items.map((item) => written(item)),
          head,
        ),
      ).bill;
      const infused = items.filter(
        ({ purpose, route, minutes }) =>
          ['therapeutic', 'prophylactic', 'diagnostic'].includes(purpose) &&
          route === 'iv-infusion' &&
          minutes > 15,
      );
      const minutes = infused.reduce((sum, item) => sum + item.minutes, 0);
      assert.ok(unitsOf(lines, '96365') + unitsOf(lines, '96367') <= infused.length);
      assert.ok(unitsOf(lines, '96366') * 31 <= minutes);
      assert.ok(lines.every(({ units }) => Number.isInteger(units) && units > 0));
    }),
    runs(200, 3),
  );
});

test('each group has at most one initial service, and a line has its reasons and administrations', () => {
  fc.assert(
    fc.property(day, heads, (items, head) => {
      const { bill } = bench.run(
        encounterOf(
          items.map((item) => written(item)),
          head,
        ),
      );
      const sessions = new Set(items.map(({ session, site }) => `${session ?? ''} ${site ?? ''}`));
      assert.ok(unitsOf(bill.lines, '96365') <= sessions.size);
      for (const { because, administrations } of bill.lines) {
        assert.ok(because.length > 1);
        assert.ok(because.every(({ sentence }) => /\.$/.test(sentence)));
        assert.equal(new Set(administrations.map(({ path }) => path)).size, administrations.length);
        assert.ok(administrations.length > 0);
      }
    }),
    runs(100, 4),
  );
});

test('a further administration never makes an earlier drug of another session cheaper', () => {
  fc.assert(
    fc.property(day, given, (items, extra) => {
      const own = items.map((item) => written({ ...item, session: 'own' }));
      const other = written({ ...extra, session: 'other', start: 23 * 60 });
      const units = (list: readonly string[]): number =>
        bench.run(encounterOf(list)).bill.lines.reduce((sum, line) => sum + line.units, 0);
      assert.ok(units([...own, other]) >= units(own));
    }),
    runs(100, 5),
  );
});

test('the order of the files changes nothing', () => {
  const files = readExamples();
  const everything = (order: readonly { path: string; text: string }[]): unknown => {
    const host = new AnalysisHost();
    for (const file of order) host.apply({ files: toChanges([file]) });
    return host
      .snapshot()
      .files()
      .map((file) => [file, everythingOf(host.snapshot(), file)]);
  };
  const wanted = everything(files);
  assert.deepEqual(everything([...files].reverse()), wanted);
  assert.deepEqual(everything(shuffled(files, 6)), wanted);
});

test('edits one after the other give what a fresh host gives', () => {
  const file = fileId('a.encounter.yaml');
  const piece = fc.constantFrom(
    encounterOf([infusion('x', '10:00', 95)]),
    encounterOf([infusion('x', '10:00', 88), infusion('y', '12:00', 40)]),
    encounterOf([infusion('x', '10:00', 30)]).replace('claim: professional', 'claim: ['),
    `# only a comment more\n${encounterOf([infusion('x', '10:00', 95)])}`,
    encounterOf([infusion('x', '10:00', 95)]).replace(/: /g, ':   '),
    '# nothing\n',
    'encounter: e\n',
    '\u00e9: "',
  );
  const stream = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join('---\n'));
  const policy = fc.constantFrom(
    undefined,
    'policy: p\npayer: Medicare\ntitle: T\neffective: {from: 2024-01-01}\nrules: [{id: a, then: {deny: no}}]\n',
    'policy: p\npayer: Medicare\ntitle: T\neffective: {from: 2024-01-01}\nrules: [{id: a, then: {note: x}}]\n',
  );
  const rules = toChanges(drugAdministration);
  const own = fileId('p.policy.yaml');
  const edits = (text: string, rule: string | undefined): Parameters<AnalysisHost['apply']>[0] => ({
    files: [
      { file, content: { text } },
      { file: own, content: rule === undefined ? undefined : { text: rule } },
    ],
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(stream, policy), { minLength: 2, maxLength: 5 }), (steps) => {
      const edited = new AnalysisHost();
      edited.apply({ files: rules });
      for (const [text, rule] of steps) {
        edited.apply(edits(text, rule));
        everythingOf(edited.snapshot(), file);
      }
      const fresh = new AnalysisHost();
      fresh.apply({ files: rules });
      const [text, rule] = steps.at(-1) ?? ['', undefined];
      fresh.apply(edits(text, rule));
      for (const name of [file, own])
        assert.deepEqual(everythingOf(edited.snapshot(), name), everythingOf(fresh.snapshot(), name));
    }),
    runs(16, 8),
  );
});

test('a snapshot taken before an edit goes on saying what it said', () => {
  const host = new AnalysisHost();
  const file = fileId('a.encounter.yaml');
  host.apply({
    files: [
      ...toChanges(drugAdministration),
      { file, content: { text: encounterOf([infusion('x', '10:00', 95)]) } },
    ],
  });
  const before = host.snapshot();
  const said = everythingOf(before, file);
  host.apply({ files: [{ file, content: { text: encounterOf([infusion('x', '10:00', 10)]) } }] });
  assert.notDeepEqual(everythingOf(host.snapshot(), file), said);
  assert.deepEqual(everythingOf(before, file), said);
  host.apply({ files: drugAdministration.map(({ path }) => ({ file: fileId(path), content: undefined })) });
  assert.deepEqual(everythingOf(before, file), said);
});
