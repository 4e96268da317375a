/**
 * Every bound of every code of the examples, on both of its sides. The lines are written by hand; that no bound is
 * forgotten is measured.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { groupBy } from '../../../server/core/base/lists.ts';
import { Bench } from '../../support/bench.ts';
import { drugAdministration } from '../../support/examples.ts';
import { labels, type Case } from './boundaries/case.ts';
import { chemotherapy } from './boundaries/chemotherapy.ts';
import { openEdges } from './boundaries/edges.ts';
import { others } from './boundaries/others.ts';
import { veins } from './boundaries/veins.ts';

const bench = new Bench();
const TABLE = [...veins, ...others, ...chemotherapy];

describe('the lines at the bounds', () => {
  const found = (cases: readonly Case[], linesOf: (own: Case) => readonly string[]): unknown =>
    Object.fromEntries(cases.map((own) => [`${own.at}\n${own.encounter}`, linesOf(own)]));
  for (const [name, cases] of groupBy(TABLE, (own) => own.name))
    test(name, () => {
      const wanted = found(cases, ({ lines }) => labels(lines));
      assert.deepEqual(
        found(cases, ({ encounter }) => bench.lines(encounter)),
        wanted,
      );
    });
});

describe('the table', () => {
  // One way to write the time of an administration is enough to see where it lies.
  const encounters = TABLE.filter(({ name }) => !/, (by the clock|past midnight)$/.test(name)).map(
    ({ encounter }) => encounter,
  );

  test('has every encounter once', () => {
    assert.equal(new Set(TABLE.map(({ encounter }) => encounter)).size, TABLE.length);
  });

  test('has an encounter on each side of every bound of every executable specification', () => {
    assert.deepEqual(openEdges(bench, encounters), []);
  });

  test('would lack those of a code that is forgotten', () => {
    const more = new Bench(drugAdministration, FORGOTTEN);
    const open = openEdges(
      more,
      encounters.filter((text) => /hydration/.test(text)),
    );
    assert.deepEqual(
      open.filter((edge) => edge.startsWith('96998')),
      [
        '96998 as concurrent of hydration: no line',
        '96998 as concurrent of hydration: minutes 44, not reported',
        '96998 as concurrent of hydration: minutes 45, reported',
        '96998 as concurrent of hydration: minutes 104, reported',
        '96998 as concurrent of hydration: minutes 105, reported',
        '96998 as each of iv-push: no line',
        '96998 as each of iv-push: volume 200, not reported',
        '96998 as each of iv-push: volume 201, reported',
        '96998: as many units as its limit',
        '96998: more units than its limit',
        '96998: beside what keeps it away, an example',
        '96998: beside nothing that keeps it away',
      ],
    );
  });

  test('would lack bounds of each kind if it were empty but for one encounter', () => {
    const open = openEdges(bench, encounters.slice(0, 1));
    for (const edge of [
      '96365 as initial of therapeutic-infusion: minutes 15, not reported',
      '96365 as initial of therapeutic-infusion: minutes 16, reported',
      '96376 as repeat of iv-push: minutes_since_previous 30, not reported',
      '96416 as each of prolonged-chemotherapy-infusion: minutes 481, reported',
      '96542: more units than its limit',
      '96523: beside what keeps it away, it is reported only where nothing else is done that day',
      'class iv-push: 15 and 16 minutes',
      'intravenous, drug-beside-another: an overlap of 15 minutes',
      'intravenous, drug-beside-another: an overlap of 50 %',
      'intravenous, same-drug-again: 31 minutes apart',
    ])
      assert.ok(open.includes(edge), `${edge} is not among:\n${open.join('\n')}`);
  });
});

const FORGOTTEN = `
#- more.spec.yaml
spec: "96998"
title: A code that no encounter of the table is about
code_system: CPT
family: drug-administration
effective: {from: 2009-01-01}
reports:
  - {class: hydration, as: concurrent, time: {at_least: 45 min, covers: 60 min, repeats: true}}
  - {class: iv-push, as: each, when: {payer: Nobody}, thresholds: [{measure: volume, more_than: 200 ml}]}
limit: {units: 2, per: day}
not_beside: [{codes: ["96360"], reason: an example}]
`;
