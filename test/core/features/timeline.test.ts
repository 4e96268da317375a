/** Timelines: what ran when, which minutes each line counts, the ticks of the next unit, and the page they are drawn on. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { timeline, type Timeline } from '../../../server/core/features/timeline.ts';
import { timelinePage } from '../../../server/core/features/timeline-html.ts';
import { AnalysisHost } from '../../../server/core/workspace/host.ts';
import { kindOfFile } from '../../../server/core/schema/schema.ts';
import { readExamples, toChanges } from '../../support/examples.ts';
import { hostOf } from '../../support/checks.ts';
import { encounterOf, given, infusion } from '../../support/bench.ts';

/** The timeline of an encounter, with what stands at a text of it as selected. */
function timelineOf(text: string, at?: string): Timeline | undefined {
  const { analysis, file } = hostOf(`#- e.encounter.yaml\n${text}`, { library: true });
  const [document] = analysis.documents(file().id);
  assert.ok(document);
  return timeline(analysis, document, at === undefined ? undefined : document.source.text.indexOf(at));
}

const day = (administrations: readonly string[]): string => encounterOf(administrations);

const rowsOf = (drawn: Timeline | undefined): Timeline['groups'][number]['rows'] =>
  drawn?.groups.flatMap(({ rows }) => rows) ?? [];

const parts = (drawn: Timeline | undefined): readonly string[] =>
  rowsOf(drawn).flatMap((row) =>
    row.parts.map(
      ({ label, words, pieces }) =>
        `${label} ${words} at ${pieces.map(({ from, to }) => `${String(from)}-${String(to)}`).join(' and ')}`,
    ),
  );

const ticks = (drawn: Timeline | undefined): readonly string[] =>
  rowsOf(drawn).flatMap((row) =>
    row.ticks.map(
      ({ code, minute, at, reached }) => `${reached ? '' : 'not '}${code} ${String(minute)} at ${String(at)}`,
    ),
  );

describe('a timeline', () => {
  test('shows which minutes each line counts, and from which minute the next unit would come', () => {
    const drawn = timelineOf(day([infusion('x', '10:00', 95)]));
    assert.deepEqual([drawn?.from, drawn?.to, drawn?.lines], [600, 695, '96365 × 1, 96366 × 1']);
    assert.deepEqual(parts(drawn), [
      '96365 × 1 minutes 1 to 60 at 600-660',
      '96366 × 1 minutes 61 to 95 at 660-695',
    ]);
    assert.deepEqual(ticks(drawn), ['96365 16 at 616', '96366 91 at 691', 'not 96366 151 at 751']);
  });

  test('has a tick for a code that is not reached', () => {
    const drawn = timelineOf(day([infusion('x', '10:00', 88)]));
    assert.deepEqual(parts(drawn), ['96365 × 1 minutes 1 to 60 at 600-660']);
    assert.deepEqual(ticks(drawn), ['96365 16 at 616', 'not 96366 91 at 691']);
  });

  test('goes on after an interruption: what one service counts may lie in two pieces', () => {
    const first = infusion('x', '10:00', 45, 'id: first');
    const second = infusion('x', '11:00', 50, 'resumes: first');
    const drawn = timelineOf(day([first, second]));
    assert.deepEqual(parts(drawn), [
      '96365 × 1 minutes 1 to 60 at 600-645 and 660-675',
      '96366 × 1 minutes 61 to 95 at 675-710',
    ]);
    assert.deepEqual(ticks(drawn), ['96365 16 at 616', '96366 91 at 706', 'not 96366 151 at 766']);
    assert.equal(rowsOf(drawn)[0]?.name, 'x (2 administrations)');
    assert.equal(rowsOf(drawn)[0]?.bars.length, 2);
  });

  test('puts what competes together, and a moment beside what takes time', () => {
    const drawn = timelineOf(
      day([
        infusion('x', '10:00', 60),
        given('y', 'therapeutic iv-push', 'start: "10:05"'),
        infusion('z', '10:30', 40, 'access_site: right'),
      ]),
    );
    assert.deepEqual(
      drawn?.groups.map(({ label, rows }) => [label, rows.length]),
      [['access site right', 3]],
    );
    const moment = rowsOf(drawn).find(({ name }) => name === 'y');
    assert.deepEqual(
      moment?.bars.map(({ from, to, time }) => [from, to, time]),
      [[605, 605, 'at 10:05']],
    );
    assert.deepEqual(moment?.parts, []);
  });

  test('marks the administration at the cursor', () => {
    const text = day([infusion('x', '10:00', 60), infusion('y', '11:00', 60)]);
    const selected = (at?: string): readonly string[] =>
      rowsOf(timelineOf(text, at)).flatMap(({ bars }) =>
        bars.filter(({ isSelected }) => isSelected).map(({ name }) => name),
      );
    assert.deepEqual(selected('substance: y'), ['y']);
    assert.deepEqual(selected('  - {substance: y'), ['y']);
    assert.deepEqual(selected('encounter:'), []);
    assert.deepEqual(selected(), []);
  });

  test('without a clock begins at nought, and says so', () => {
    const drawn = timelineOf(day(['substance: x, purpose: therapeutic, route: iv-infusion, minutes: 95']));
    assert.deepEqual([drawn?.hasClock, drawn?.from, drawn?.to], [false, 0, 95]);
    assert.match(timelinePage(drawn as Timeline).body, /the record has no times/);
    assert.deepEqual(parts(drawn)[1], '96366 × 1 minutes 61 to 95 at 60-95');
  });

  test('is undefined where nothing can be computed', () => {
    assert.equal(timelineOf('encounter: e\ndate: 2026-03-02\n'), undefined);
    assert.equal(timelineOf(day([infusion('x', '10:00', 95)]).replace(/date: .*\n/, '')), undefined);
  });
});

describe('the page of a timeline', () => {
  test('escapes every text, leads to every administration, and has the same in words', () => {
    const evil = day([infusion('"<b>x</b>"', '10:00', 95)]);
    const drawn = timelineOf(evil, 'substance');
    assert.ok(drawn);
    const page = timelinePage(drawn);
    assert.ok(!page.body.includes('<b>'));
    assert.match(page.body, /&lt;b&gt;x&lt;\/b&gt;/);
    assert.deepEqual(
      page.places.map(({ path }) => path),
      ['/administrations/0'],
    );
    assert.match(page.body, /data-place="0" aria-label="&lt;b&gt;x&lt;\/b&gt;, 10:00 to 11:35"/);
    assert.match(page.body, /<rect class="ran selected"/);
    assert.match(
      page.body,
      /<span>96366 × 1: minutes 61 to 95<\/span><span>next: 96366 from minute 151 on<\/span>/,
    );
    assert.match(page.svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]*><style>/);
  });

  test('of every example is drawn within its frame, and counts no minute twice', () => {
    const host = new AnalysisHost();
    host.apply({ files: toChanges(readExamples('drug-administration'), false) });
    const analysis = host.snapshot();
    let count = 0;
    for (const file of analysis.files().filter((own) => kindOfFile(own) === 'encounter'))
      for (const document of analysis.documents(file)) {
        const drawn = timeline(analysis, document);
        if (!drawn) continue;
        count++;
        const { body } = timelinePage(drawn);
        assert.ok(!/NaN|undefined|Infinity/.test(body), `${drawn.title}: ${body}`);
        for (const row of rowsOf(drawn)) {
          const pieces = row.parts.flatMap((part) => part.pieces).sort((a, b) => a.from - b.from);
          pieces.forEach((piece, i) => {
            assert.ok(piece.from < piece.to && piece.from >= drawn.from && piece.to <= drawn.to, drawn.title);
            assert.ok(
              i === 0 || (pieces[i - 1]?.to ?? 0) <= piece.from,
              `${drawn.title}: a minute counts twice`,
            );
          });
          for (const { label, outcome } of row.parts)
            assert.ok(
              outcome === 'dropped' || row.labels.some((own) => own.startsWith(label.split(' ')[0] ?? '')),
              `${drawn.title}: ${label} is no line`,
            );
        }
      }
    assert.ok(count > 250, `only ${String(count)} timelines`);
  });
});
