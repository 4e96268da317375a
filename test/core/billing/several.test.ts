/** Several administrations: bags, further drugs, drugs side by side, access sites and sessions. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench, encounterOf, infusion } from '../../support/bench.ts';
import { threeCodes } from '../../support/examples.ts';

const bench = new Bench();
const run = (...administrations: string[]): readonly string[] =>
  bench.run(encounterOf(administrations)).lines;

describe('several bags of one drug', () => {
  const minutes = (...bags: (readonly [start: string, minutes: number])[]): readonly string[] =>
    run(...bags.map(([start, length]) => infusion('x', start, length)));

  test('apart: their minutes add up, the pause does not count', () => {
    assert.deepEqual(minutes(['10:00', 45], ['11:30', 46]), ['96365 × 1', '96366 × 1']);
    assert.deepEqual(minutes(['10:00', 45], ['11:30', 45]), ['96365 × 1']);
  });

  test('touching: as one', () => {
    assert.deepEqual(minutes(['10:00', 45], ['10:45', 45]), ['96365 × 1']);
    assert.deepEqual(minutes(['10:00', 45], ['10:45', 46]), ['96365 × 1', '96366 × 1']);
  });

  test('overlapping: a minute of the clock counts once', () => {
    assert.deepEqual(minutes(['10:00', 60], ['10:30', 60]), ['96365 × 1']);
    assert.deepEqual(minutes(['10:00', 60], ['10:30', 61]), ['96365 × 1', '96366 × 1']);
    assert.deepEqual(minutes(['10:00', 90], ['10:10', 20], ['10:20', 70]), ['96365 × 1']);
    assert.deepEqual(minutes(['10:00', 91], ['10:10', 20]), ['96365 × 1', '96366 × 1']);
  });

  test('each too short to be an infusion: none becomes one', () => {
    assert.deepEqual(minutes(['10:00', 10], ['10:20', 10]), ['96374 × 1']);
  });

  test('make 31 minutes beyond the hour however they are cut', () => {
    for (let first = 16; first <= 75; first += 7)
      assert.deepEqual(
        minutes(['10:00', first], ['12:00', 91 - first]),
        ['96365 × 1', '96366 × 1'],
        String(first),
      );
  });

  test('with minutes for one and times for the other: both count', () => {
    const lines = run(
      'substance: x, purpose: therapeutic, route: iv-infusion, minutes: 45',
      infusion('x', '10:00', 46),
    );
    assert.deepEqual(lines, ['96365 × 1', '96366 × 1']);
  });

  test('whose drug is not named are not the same drug', () => {
    const unnamed = (start: string): string => infusion('x', start, 50).replace('substance: x, ', '');
    assert.deepEqual(run(unnamed('10:00'), unnamed('11:00')), ['96365 × 1', '96367 × 1']);
  });

  test('are together the administrations of the line, and the line says how they add up', () => {
    const { bill } = bench.run(encounterOf([infusion('x', '10:00', 45), infusion('x', '10:50', 50)]));
    assert.deepEqual(
      bill.lines[0]?.administrations.map(({ path }) => path),
      ['/administrations/0', '/administrations/1'],
    );
    assert.ok(
      bill.lines[0].because.some(({ sentence }) =>
        /2 administrations alike in substance.*95 minutes together/.test(sentence),
      ),
    );
  });
});

describe('drugs in sequence', () => {
  test('are each reported once, the first as initial', () => {
    assert.deepEqual(run(infusion('x', '10:00', 30), infusion('y', '10:35', 30)), ['96365 × 1', '96367 × 1']);
    assert.deepEqual(
      run(infusion('x', '10:00', 30), infusion('y', '10:35', 30), infusion('z', '11:10', 30)),
      ['96365 × 1', '96367 × 2'],
    );
  });

  test('have further hours each of their own: the rests are not put together', () => {
    assert.deepEqual(run(infusion('x', '10:00', 90), infusion('y', '12:00', 90)), ['96365 × 1', '96367 × 1']);
    assert.deepEqual(run(infusion('x', '10:00', 91), infusion('y', '12:00', 151)), [
      '96365 × 1',
      '96366 × 3',
      '96367 × 1',
    ]);
  });

  test('say which further hours extend which code', () => {
    const encounter = encounterOf([infusion('x', '10:00', 30), infusion('y', '12:00', 95)]);
    const reasons = bench.reasons(encounter, '96366');
    assert.ok(reasons.some((sentence) => /96366 adds to 96367/.test(sentence)));
    assert.ok(!reasons.some((sentence) => /96366 adds to 96365/.test(sentence)));
  });

  test('in an office: the main reason for the visit is initial, even when it ran second', () => {
    const main = infusion('y', '11:00', 95, 'primary_reason: true');
    const initialOf = (claim: string): string =>
      bench
        .run(
          encounterOf([infusion('x', '10:00', 30), main], {
            claim,
            place: claim === 'facility' ? '22' : '11',
          }),
        )
        .bill.lines.find(({ code }) => code === '96365')?.administrations[0]?.path ?? '';
    assert.equal(initialOf('professional'), '/administrations/1');
    assert.equal(initialOf('facility'), '/administrations/0');
  });

  test('in a hospital: a drug is initial before fluid that ran first; in an office by the same hierarchy', () => {
    const fluid = 'substance: saline, purpose: hydration, route: iv-infusion, start: "09:00", stop: "10:00"';
    for (const head of [{ claim: 'facility', place: '22' }, {}]) {
      const { lines } = bench.run(encounterOf([fluid, infusion('x', '10:05', 60)], head));
      assert.deepEqual(lines, ['96361 × 1', '96365 × 1']);
    }
  });

  test('in an office: hydration that is the main reason takes the initial place, and the drug is sequential', () => {
    const fluid =
      'substance: saline, purpose: hydration, route: iv-infusion, start: "09:00", stop: "10:00", primary_reason: true';
    assert.deepEqual(run(fluid, infusion('x', '10:05', 60)), ['96360 × 1', '96367 × 1']);
  });
});

describe('drugs side by side', () => {
  const lines = (first: number, start: string, second: number): readonly string[] =>
    run(infusion('x', '10:00', first), infusion('y', start, second));

  test('are concurrent from an overlap of 16 minutes on, for more than half of the second', () => {
    assert.deepEqual(lines(60, '10:45', 20), ['96365 × 1', '96367 × 1']);
    assert.deepEqual(lines(60, '10:44', 20), ['96365 × 1', '96368 × 1']);
    assert.deepEqual(lines(60, '10:30', 60), ['96365 × 1', '96367 × 1']);
    assert.deepEqual(lines(61, '10:30', 60), ['96365 × 1', '96368 × 1']);
  });

  test('have no code where no specification reports them', () => {
    const few = new Bench(threeCodes);
    const {
      lines: found,
      problems,
      messages,
    } = few.run(encounterOf([infusion('x', '10:00', 60), infusion('y', '10:00', 60)], { payer: undefined }));
    assert.deepEqual(found, ['96365 × 1']);
    assert.deepEqual(problems, ['not-covered']);
    assert.match(messages.join(), /as concurrent/);
  });

  test('are reported once, however many drugs run side by side, and the others are near misses', () => {
    const { lines: found, notBilled } = bench.run(
      encounterOf(['x', 'y', 'z'].map((drug) => infusion(drug, '10:00', 60))),
    );
    assert.deepEqual(found, ['96365 × 1', '96368 × 1']);
    assert.ok(
      notBilled.some((sentence) => /^near: 96368 not reported for .: it is reported once/.test(sentence)),
      notBilled.join('\n'),
    );
  });

  test('are concurrent when the record says so, and there is no clock to tell', () => {
    const stated = (id: string, beside: string): string =>
      `id: ${id}, substance: ${id}, purpose: therapeutic, route: iv-infusion, minutes: 40${beside}`;
    assert.deepEqual(run(stated('a', ''), stated('b', '')), ['96365 × 1', '96367 × 1']);
    assert.deepEqual(run(stated('a', ''), stated('b', ', concurrent_with: a')), ['96365 × 1', '96368 × 1']);
    assert.deepEqual(run(stated('a', ', concurrent_with: b'), stated('b', '')), ['96365 × 1', '96368 × 1']);
    const clocked = infusion('y', '12:00', 40, 'concurrent_with: x');
    assert.deepEqual(run(infusion('x', '10:00', 40), clocked), ['96365 × 1', '96367 × 1']);
  });

  test('at two access sites are not concurrent', () => {
    const lines = run(
      infusion('x', '10:00', 60, 'access_site: left'),
      infusion('y', '10:00', 60, 'access_site: right'),
    );
    assert.deepEqual(lines, ['96365 × 1', '96365-59 × 1']);
  });
});

describe('access sites and sessions', () => {
  const at = (session: string, site: string): string =>
    [session && `session: ${session}`, site && `access_site: ${site}`].filter(Boolean).join(', ');

  test('another site: an initial service of its own, with 59', () => {
    const lines = run(
      infusion('x', '10:00', 95, at('', 'left')),
      infusion('x', '14:00', 95, at('', 'right')),
    );
    assert.deepEqual(lines, ['96365 × 1', '96365-59 × 1', '96366 × 1', '96366-59 × 1']);
  });

  test('another session: with XE', () => {
    const lines = run(infusion('x', '08:00', 95, at('am', '')), infusion('x', '18:00', 95, at('pm', '')));
    assert.deepEqual(lines, ['96365 × 1', '96365-XE × 1', '96366 × 1', '96366-XE × 1']);
  });

  test('both: the session decides', () => {
    const lines = run(
      infusion('x', '08:00', 45, at('am', 'left')),
      infusion('x', '18:00', 45, at('pm', 'right')),
    );
    assert.deepEqual(lines, ['96365 × 1', '96365-XE × 1']);
  });

  test('two sites in each of two sessions: four initial services', () => {
    const lines = run(
      infusion('x', '08:00', 45, at('am', 'left')),
      infusion('x', '09:00', 45, at('am', 'right')),
      infusion('x', '18:00', 45, at('pm', 'left')),
      infusion('x', '19:00', 45, at('pm', 'right')),
    );
    assert.deepEqual(lines, ['96365 × 1', '96365-59 × 1', '96365-XE × 2']);
  });

  test('the first of the day is the one that began first, wherever it is written', () => {
    const early = infusion('x', '08:00', 45, at('am', ''));
    const late = infusion('y', '18:00', 45, at('pm', ''));
    for (const order of [
      [early, late],
      [late, early],
    ]) {
      const { bill } = bench.run(encounterOf(order));
      const plain = bill.lines.find(({ modifiers }) => modifiers.length === 0);
      assert.equal(plain?.administrations[0]?.path, `/administrations/${String(order.indexOf(early))}`);
    }
  });

  test('what names no site belongs to the site that is named, without a second initial service', () => {
    assert.deepEqual(run(infusion('x', '10:00', 45, at('', 'left')), infusion('y', '11:00', 45)), [
      '96365 × 1',
      '96367 × 1',
    ]);
  });

  test('what names no site belongs to the site that was used first, wherever it is written', () => {
    const [right, left, unnamed] = [
      infusion('x', '11:00', 40, at('', 'right')),
      infusion('x', '10:00', 40, at('', 'left')),
      infusion('x', '13:00', 60),
    ] as const;
    const wanted = ['96365 × 1', '96365-59 × 1', '96366 × 1'];
    assert.deepEqual(run(right, left, unnamed), wanted);
    assert.deepEqual(run(left, unnamed, right), wanted);
  });

  test('the first of the day is the initial service that began first, not the site that was used first', () => {
    const fluid =
      'substance: saline, purpose: hydration, route: iv-infusion, start: "08:00", stop: "09:00", access_site: left';
    const { bill } = bench.run(
      encounterOf([
        fluid,
        infusion('x', '12:00', 30, at('', 'left')),
        infusion('y', '10:00', 30, at('', 'right')),
      ]),
    );
    assert.deepEqual(
      bill.lines.map(({ code, modifiers, administrations }) => [
        [code, ...modifiers].join('-'),
        administrations[0]?.path,
      ]),
      [
        ['96365', '/administrations/2'],
        ['96365-59', '/administrations/1'],
        ['96361-59', '/administrations/0'],
      ],
    );
  });

  test('of two sites, the first is that of the service that ranks first, whatever started first', () => {
    const chemotherapy = (start: string): string =>
      infusion('c', start, 60, 'access_site: port').replace('purpose: therapeutic', 'purpose: chemotherapy');
    const drug = (more = ''): string => infusion('x', '10:00', 60, `access_site: arm${more}`);
    for (const start of ['09:00', '10:00', '11:00'])
      assert.deepEqual(run(chemotherapy(start), drug()), ['96365-59 × 1', '96413 × 1'], start);
    assert.deepEqual(run(chemotherapy('09:00'), drug(', primary_reason: true')), [
      '96365 × 1',
      '96413-59 × 1',
    ]);
  });

  test('another day has a first service of its own, without a modifier', () => {
    const next =
      'substance: x, purpose: therapeutic, route: iv-infusion, start: "08:00 +1d", stop: "09:00 +1d", session: tomorrow';
    const { bill } = bench.run(encounterOf([infusion('x', '08:00', 60, 'session: today'), next]));
    assert.deepEqual(
      bill.lines.map(({ code, date, modifiers }) => [code, date, modifiers.join()]),
      [
        ['96365', '2026-03-02', ''],
        ['96365', '2026-03-03', ''],
      ],
    );
  });
});

describe('repetitions', () => {
  const first = infusion('x', '08:00', 45, 'id: a, session: am, given_by: nurse');
  const again = (by: string): string => infusion('x', '18:00', 45, `id: b, session: pm, repeats: a${by}`);

  test('by the same or by another provider carry their modifier', () => {
    assert.deepEqual(run(first, again(', given_by: nurse')), ['96365 × 1', '96365-76 × 1']);
    assert.deepEqual(run(first, again(', given_by: doctor')), ['96365 × 1', '96365-77 × 1']);
  });

  test('by nobody knows whom: which modifier is unknown', () => {
    assert.deepEqual(run(first, again('')), ['96365 × 1', '96365-XE × 1 (unknown)']);
  });
});

describe('a transfusion', () => {
  const blood =
    'substance: red cells, purpose: transfusion, route: iv-infusion, start: "09:00", stop: "11:00"';
  const saline = (start: string, stop: string, more = ''): string =>
    `substance: saline, purpose: hydration, route: iv-infusion, start: "${start}", stop: "${stop}"${more}`;

  test('has no line here, and fluid beside it in the same access does not count', () => {
    assert.deepEqual(run(blood), []);
    assert.deepEqual(run(blood, saline('09:00', '11:00')), []);
    assert.deepEqual(run(blood, saline('09:30', '11:30')), []);
    assert.deepEqual(run(blood, saline('10:00', '11:31')), ['96360 × 1']);
  });

  test('takes nothing from fluid after it, or in another access', () => {
    assert.deepEqual(run(blood, saline('11:00', '12:00')), ['96360 × 1']);
    const right = saline('09:00', '10:00', ', access_site: right');
    assert.deepEqual(run(`${blood}, access_site: left`, right), ['96360 × 1']);
    assert.deepEqual(run(blood, right), []);
  });
});
