/** `coding-spec compare`: payers side by side, in text, as data and as a page. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import {
  ARTICLE,
  assertNoStack,
  cli,
  DRUGS,
  drugRules,
  expectStatus,
  folder,
  infusion,
  json,
  type CallOptions,
  type EncounterJson,
  type LineJson,
  type ProblemJson,
} from './support.ts';

type NoteJson = LineJson['because'][number] & { readonly remark?: true };
interface NameJson {
  readonly label: string;
  readonly own: boolean;
}
interface PayerJson extends NameJson {
  readonly same: boolean;
  readonly policies: readonly string[];
  readonly says: readonly NoteJson[];
  readonly notChecked: readonly NoteJson[];
  readonly benchmark?: string;
}
interface ComparisonJson extends Pick<EncounterJson, 'file' | 'document' | 'encounter'> {
  readonly date: string;
  readonly payers: readonly PayerJson[];
  readonly notInForce: readonly NameJson[];
  readonly rows: readonly {
    readonly line: string;
    readonly cells: readonly (readonly Pick<LineJson, 'units' | 'outcome'>[])[];
  }[];
}
interface CompareJson {
  readonly comparisons: readonly ComparisonJson[];
  readonly problems: readonly ProblemJson[];
}

const policy = (name: string, payer: string, rest: string, from = '{from: 2020-01-01}'): string =>
  `policy: ${name}\n${payer}\ntitle: Policy ${name}\neffective: ${from}\napplies_to: {family: drug-administration}\n${rest}`;

const rule = (then: string, claim = 'professional'): string =>
  `rules:\n  - {id: own, title: A rule, when: {claim: ${claim}}, then: ${then}}\n`;

/** Payers that deny, that deny for one plan, that only remark, that ended, and that look up a table which nobody has. */
const POLICIES = [
  policy('denies', 'payer: Acme', rule('{deny: Acme does not pay it}')),
  policy('gold', 'payer: Bolt\nplan: Gold', rule('{deny: Gold does not pay it}')),
  policy('silver', 'payer: Bolt\nplan: Silver', rule('{deny: no facility}', 'facility')),
  policy('remarks', 'payer: Calm', rule('{note: Write it down.}')),
  policy('ended', 'payer: Dusk', rule('{deny: it ended}'), '{from: 2010-01-01, to: 2015-12-31}'),
  policy('looks-up', 'payer: Echo', 'tables:\n  - {table: nowhere, when: {claim: professional}}\n'),
].join('---\n');

const ALONE = 'specifications alone';
const LABELS = [ALONE, 'Acme', 'Bolt, Gold', 'Bolt, Silver', 'Calm', 'Echo'];

const rules = (): Record<string, string> => ({ ...drugRules(), 'payers.policy.yaml': POLICIES });
const payersFolder = (t: TestContext, encounters = infusion(95)): string =>
  folder(t, { ...rules(), 'e.encounter.yaml': encounters });

const cellsOf = ({ rows }: ComparisonJson): [line: string, cells: string[]][] =>
  rows.map(({ line, cells }) => [
    line,
    cells.map((cell) => cell.map(({ units, outcome }) => `${String(units)} ${outcome}`).join(', ')),
  ]);

/** The lines of a text before its notes, without its head. */
const tableOf = (stdout: string): string[] => stdout.split('\n\n')[0]?.split('\n').slice(1) ?? [];

describe('compare', { concurrency: 4 }, () => {
  it('bills an encounter for each payer, beside the specifications alone, with the clauses that differ', async (t) => {
    const { comparisons, problems } = await json<CompareJson>(0, ['compare', '.'], { cwd: payersFolder(t) });
    const [first] = comparisons;
    assert.ok(first);
    assert.equal(comparisons.length, 1);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [first.file, first.document, first.encounter, first.date],
      ['e.encounter.yaml', 1, 'infusion-of-95-minutes', '2026-03-02'],
    );
    assert.deepEqual(
      cellsOf(first),
      ['96365', '96366'].map((line) => [
        line,
        LABELS.map((label) => (['Acme', 'Bolt, Gold'].includes(label) ? '1 denied' : '1 billable')),
      ]),
    );
    const payers = new Map(first.payers.map((payer) => [payer.label, payer]));
    assert.deepEqual(
      first.payers.map(({ label, same, policies }) => [label, same, policies]),
      [
        [ALONE, true, []],
        ['Acme', false, ['Policy denies']],
        ['Bolt, Gold', false, ['Policy gold']],
        ['Bolt, Silver', true, ['Policy silver']],
        ['Calm', true, ['Policy remarks']],
        ['Echo', true, ['Policy looks-up']],
      ],
    );
    assert.deepEqual(first.notInForce, [{ payer: 'Dusk', label: 'Dusk', own: false }]);
    const said = (label: string): string =>
      [...(payers.get(label)?.says ?? []), ...(payers.get(label)?.notChecked ?? [])]
        .map(({ sentence, clause }) => `${clause.file} ${clause.name}: ${sentence}`)
        .join('\n');
    for (const [label, words] of [
      ['Acme', /^payers\.policy\.yaml rules\[own\]\.then: .*Acme does not pay it\.$/],
      ['Bolt, Gold', /^payers\.policy\.yaml rules\[own\]\.then: .*Gold does not pay it\.$/],
      ['Calm', /^payers\.policy\.yaml rules\[own\]\.then: .*Write it down\.$/],
      ['Echo', /^payers\.policy\.yaml tables.*: Not checked: .*table nowhere/],
    ] as const)
      assert.match(said(label), words);
    for (const label of [ALONE, 'Bolt, Silver']) assert.equal(said(label), '', label);
    const clause = payers.get('Acme')?.says[0]?.clause;
    assert.match(POLICIES.split('\n')[(clause?.line ?? 0) - 1] ?? '', /Acme does not pay it/);
  });

  it('says so in text: a row for who differs, a sentence for who does not, and every clause', async (t) => {
    const { stdout, stderr } = await expectStatus(0, ['compare', '.'], { cwd: payersFolder(t) });
    assert.equal(stderr, '');
    assert.match(stdout, /^infusion-of-95-minutes {2}e\.encounter\.yaml, document 1, 2026-03-02\n/);
    assert.deepEqual(tableOf(stdout), [
      '                                     96365     96366',
      '  specifications alone               1         1',
      '  Acme                  differs      1 denied  1 denied',
      '  Bolt, Gold            differs      1 denied  1 denied',
      '  Echo                  not checked  1         1',
      '  As the specifications alone: Bolt, Silver; Calm.',
      '  No policy in force on 2026-03-02: Dusk.',
    ]);
    assert.match(
      stdout,
      /\n\n {2}Acme {2}differs\n {6}.*Acme does not pay it\.\n {10}payers\.policy\.yaml:\d+:\d+ {2}rules\[own\]\.then\n/,
    );
    assert.match(stdout, /\n\n {2}Echo {2}not checked\n {6}Not checked: .*table nowhere/);
    assert.match(stdout, /\n\n {2}Calm\n {6}remark: .*Write it down\.\n/);
    assert.ok(stdout.indexOf('\n  Acme  differs') < stdout.indexOf('\n  Calm\n'), 'who differs comes first');
  });

  it('knows no payer before its policy is in force', async (t) => {
    const cwd = payersFolder(t, infusion(95).replace('2026-03-02', '2012-03-02'));
    const { stdout } = await expectStatus(0, ['compare', '.'], { cwd });
    assert.match(
      stdout,
      /\n {2}No policy in force on 2012-03-02: Acme; Bolt, Gold; Bolt, Silver; Calm; Echo\.\n/,
    );
    assert.match(stdout, /\n {2}Dusk {18}differs {2}1 denied/);
  });

  it('marks the own payer, by payer, by plan, or by a plan that is named as the payer', async (t) => {
    const paidBy = (payer: string): string => infusion(95).replace('payer: Medicare', payer);
    const owners = [
      'payer: acme',
      'payer: Bolt\nplan: gold',
      'payer: Silver',
      'payer: Calm\nplan: Any',
      'payer: Dusk',
      'payer: Nobody',
    ];
    const cwd = payersFolder(t, owners.map(paidBy).join('---\n'));
    const { comparisons } = await json<CompareJson>(0, ['compare', '.'], { cwd });
    assert.deepEqual(
      comparisons.map(({ payers, notInForce }) =>
        [payers, notInForce].map((names) =>
          names
            .filter(({ own }) => own)
            .map(({ label }) => label)
            .join(),
        ),
      ),
      [
        ['Acme', ''],
        ['Bolt, Gold', ''],
        ['Bolt, Silver', ''],
        ['Calm', ''],
        ['', 'Dusk'],
        ['', ''],
      ],
    );
    const { stdout } = await expectStatus(0, ['compare', '.'], { cwd });
    assert.deepEqual(
      stdout.split('\n').flatMap((line) => (/own payer/.test(line) ? [line.replaceAll(/ +/g, ' ')] : [])),
      [
        ' Acme own payer, differs 1 denied 1 denied',
        ' Acme own payer, differs',
        ' Bolt, Gold own payer, differs 1 denied 1 denied',
        ' Bolt, Gold own payer, differs',
        // That it changes nothing is worth a row where it is the own payer.
        ' Bolt, Silver own payer 1 1',
        ' Calm own payer 1 1',
        ' Calm own payer',
        ' No policy in force on 2026-03-02: Dusk (own payer).',
      ],
    );
  });

  it('sums the units of each outcome, and tells all outcomes of a line', async (t) => {
    const waste = [
      `${DRUGS}/encounters/payers/drug-waste.encounter.yaml`,
      '--encounter',
      'waste-no-payer',
      '--payer',
      'Horizon',
    ];
    const [found] = (await json<CompareJson>(0, ['compare', ...waste])).comparisons;
    assert.ok(found);
    const cells = new Map(cellsOf(found));
    assert.deepEqual(cells.get('J2405'), ['14 billable', '4 billable, 10 denied']);
    const [text, page] = await Promise.all([
      expectStatus(0, ['compare', ...waste]),
      expectStatus(0, ['compare', ...waste, '--to', 'html']),
    ]);
    assert.match(text.stdout, /\n {2}BCBS, Horizon {2,}differs {2}.* {2}4 billable, 10 denied {2}/);
    assert.match(
      page.stdout,
      /<td class="changed">4 <span class="outcome billable">billable<\/span>, 10 <span class="outcome denied">denied<\/span><\/td>/,
    );

    const limits = policy('limits', 'payer: Acme', rule('{limit: {units: 1, per: day}}'));
    const cwd = folder(t, { ...drugRules(), 'p.policy.yaml': limits, 'e.encounter.yaml': infusion(215) });
    const [limited] = (await json<CompareJson>(0, ['compare', '.', '--no-library'], { cwd })).comparisons;
    assert.ok(limited);
    assert.deepEqual(cellsOf(limited), [
      ['96365', ['1 billable', '1 billable']],
      ['96366', ['3 billable', '1 billable, 2 denied']],
    ]);
  });

  it('sums several encounters up, and says where no payer gets a line', async (t) => {
    const facility = infusion(60).replaceAll('professional', 'facility');
    const flush = infusion(2).replace('therapeutic', 'flush');
    const cwd = payersFolder(t, [infusion(95), facility, flush].join('---\n'));
    const { stdout } = await expectStatus(0, ['compare', '.'], { cwd });
    assert.deepEqual(
      [...stdout.matchAll(/^infusion-of-(\d+)-minutes .*document (\d)/gm)].map(([, ...found]) =>
        found.join(),
      ),
      ['95,1', '60,2', '2,3'],
    );
    assert.match(
      stdout,
      /document 3, 2026-03-02\n {2}No payer gets a line\.\n {2}As the specifications alone: /,
    );
    assert.match(
      stdout,
      /\n\n3 encounters, 6 payers each; in 2 of them a payer has other lines than the specifications alone\n$/,
    );
    const one = await expectStatus(0, ['compare', '.', '--encounter', 'infusion-of-60-minutes'], { cwd });
    assert.doesNotMatch(one.stdout, /of-95|of-2-|encounters/);
  });

  it('writes lists in place of a table that a terminal is too narrow for', async (t) => {
    const narrow = 'Object.assign(process.stdout, {isTTY: true, columns: 45});';
    const cwd = folder(t, { ...rules(), 'e.encounter.yaml': infusion(95), 'narrow.cjs': narrow });
    const { stdout } = await expectStatus(0, ['compare', '.'], { cwd, node: ['--require', './narrow.cjs'] });
    assert.deepEqual(tableOf(stdout).slice(0, 6), [
      '  specifications alone',
      '      96365 × 1',
      '      96366 × 1',
      '  Acme  differs',
      '      96365 × 1 denied',
      '      96366 × 1 denied',
    ]);
    for (const line of tableOf(stdout)) assert.ok(line.length <= 45, line);
  });

  it('writes the same bytes every time, and leaves the order of arguments aside', async (t) => {
    const cwd = folder(t, { ...rules(), 'a.encounter.yaml': infusion(95), 'b.encounter.yaml': infusion(60) });
    for (const options of [[], ['--format', 'json'], ['--to', 'html']]) {
      const [one, two] = await Promise.all(
        [
          ['a.encounter.yaml', 'b.encounter.yaml', '--payer', 'Acme', '--payer', 'Echo'],
          ['b.encounter.yaml', 'a.encounter.yaml', '--payer', 'Echo', '--payer', 'Acme'],
        ].map((args) => cli(['compare', ...args, ...options], { cwd })),
      );
      assert.equal(one?.status, 0);
      assert.equal(two?.stdout, one.stdout);
    }
  });

  it('colours only where colours are wanted, and never says by colour alone', async (t) => {
    const cwd = payersFolder(t);
    const plain = { ...process.env };
    delete plain['NO_COLOR'];
    const coloured = await cli(['compare', '.'], { cwd, env: { ...plain, FORCE_COLOR: '1' } });
    const bare = await cli(['compare', '.'], { cwd });
    const [first, ...parts] = coloured.stdout.split('\u001b[');
    assert.ok(parts.length > 10);
    assert.equal([first, ...parts.map((part) => part.replace(/^\d+m/, ''))].join(''), bare.stdout);
  });

  it('compares the examples, where every payer that differs says why', async () => {
    const args = ['compare', `${DRUGS}/encounters/payers`];
    const { comparisons, problems } = await json<CompareJson>(0, args);
    assert.deepEqual(problems, []);
    const differing = comparisons.flatMap(({ encounter, payers }) =>
      payers.flatMap(({ label, same, says }) => (same ? [] : [{ encounter, label, says }])),
    );
    assert.ok(differing.length > 50);
    for (const { encounter, label, says } of differing)
      assert.ok(
        says.some(({ remark }) => remark !== true),
        `${encounter}, ${label}`,
      );
    assert.ok(comparisons.some(({ payers }) => payers.some(({ benchmark }) => benchmark !== undefined)));
  });
});

/** A payer that counts a further hour one minute earlier than the specification. */
const EARLY = policy(
  'early',
  'payer: Early',
  'amends:\n  - {spec: "96366", because: A minute earlier., time: {at_least: 30 min, covers: 60 min, repeats: true}}\n',
);

describe('what compare says of a payer', { concurrency: 4 }, () => {
  const saysOf = async (t: TestContext, label: string, encounter: string): Promise<readonly NoteJson[]> => {
    const cwd = folder(t, { ...rules(), 'early.policy.yaml': EARLY, 'e.encounter.yaml': encounter });
    const { comparisons } = await json<CompareJson>(0, ['compare', '.', '--no-library'], { cwd });
    const found = comparisons[0]?.payers.find((payer) => payer.label === label);
    assert.ok(found);
    return found.says;
  };

  it('is the amended clause where it changes a line, and nothing where it changes none', async (t) => {
    const [changed, ...more] = await saysOf(t, 'Early', infusion(90));
    assert.match(
      changed?.sentence ?? '',
      /30 minutes beyond what 96365 covers are documented, at least 30 minutes/,
    );
    assert.equal(changed?.clause.file, 'early.policy.yaml');
    for (const { clause } of more) assert.equal(clause.file, 'early.policy.yaml');
    assert.deepEqual(await saysOf(t, 'Early', infusion(95)), []);
  });

  it('is not what the specifications alone say, too, since the encounter names the policy', async (t) => {
    const [remark, ...more] = await saysOf(t, 'Calm', infusion(95));
    assert.match(remark?.sentence ?? '', /Write it down\.$/);
    assert.equal(remark?.remark, true);
    assert.deepEqual(more, []);
    assert.deepEqual(await saysOf(t, 'Calm', infusion(95, 'policies: [remarks]\n')), []);
    assert.deepEqual(await saysOf(t, 'Acme', infusion(95, 'policies: [denies]\n')), []);
  });

  it('is why a service is left out, for which no code is in question', async (t) => {
    const omits = policy(
      'omits',
      'payer: Omits',
      'amends:\n  - {family: drug-administration, because: Short., unreported: [{id: short, class: [therapeutic-infusion], when: {minutes: {less_than: 60 min}}, reason: It is too short.}]}\n',
    );
    const cwd = folder(t, { ...drugRules(), 'p.policy.yaml': omits, 'e.encounter.yaml': infusion(50) });
    const { comparisons } = await json<CompareJson>(0, ['compare', '.', '--no-library'], { cwd });
    assert.deepEqual(comparisons.flatMap(cellsOf), [['96365', ['1 billable', '']]]);
    assert.deepEqual(
      comparisons[0]?.payers[1]?.says.map(({ sentence, clause }) => `${sentence} ${clause.name}`),
      ['ondansetron is not reported: It is too short. amends[0].unreported[short]'],
    );
  });

  it('is what specifications say of the lines that differ, where its own clauses say nothing', async (t) => {
    const derives = policy(
      'derives',
      'payer: Derives',
      'amends:\n  - {family: drug-administration, because: It says so., facts: {minutes: {definition: How long., derive: {divide: volume, by: rate}}}}\n',
    );
    const encounter = infusion(95).replace('minutes: 95', 'start: "10:00", volume: 500 ml, rate: 500 ml/h');
    const cwd = folder(t, { ...drugRules(), 'p.policy.yaml': derives, 'e.encounter.yaml': encounter });
    const { comparisons } = await json<CompareJson>(0, ['compare', '.', '--no-library'], { cwd });
    const found = comparisons[0]?.payers[1];
    assert.equal(found?.same, false);
    assert.ok(found.says.some(({ sentence }) => sentence.includes('60 minutes')));
  });

  it('is causes first, without a mark, and remarks after them', async (t) => {
    const both = policy(
      'both',
      'payer: Both',
      'rules:\n  - {id: a, title: A, when: {claim: professional}, then: {note: Write it down.}}\n  - {id: b, title: B, when: {claim: professional}, then: {deny: it is not paid}}\n',
    );
    const cwd = folder(t, { ...drugRules(), 'p.policy.yaml': both, 'e.encounter.yaml': infusion(95) });
    const { comparisons } = await json<CompareJson>(0, ['compare', '.', '--no-library'], { cwd });
    assert.deepEqual(
      comparisons[0]?.payers[1]?.says.map(({ clause, remark }) => [clause.name, remark]),
      [
        ['rules[b].then', undefined],
        ['rules[a].then', true],
      ],
    );
    const { stdout } = await expectStatus(0, ['compare', '.', '--no-library'], { cwd });
    assert.match(stdout, /\n {6}Policy both, rule b: .*\n.*\n {6}remark: Policy both, rule a: /);
    const page = await expectStatus(0, ['compare', '.', '--no-library', '--to', 'html'], { cwd });
    assert.match(
      page.stdout,
      /<li>Policy both, rule b: [^\n]*\n<li><span class="tag">remark<\/span> Policy both, rule a: /,
    );
  });

  it('has the sum of the amounts of billable lines, and how many lines have one where not all have', async (t) => {
    const fees = `table: fees
title: Fees
release: R1
effective: {from: 2020-01-01}
source: {publisher: P, title: T}
fees:
  currency: USD
  year: 2026
  conversion_factor: 10
  codes:
    "96365": {total: 2}
`;
    const looking = policy('looking', 'payer: Acme', 'tables:\n  - {table: fees}\n');
    const benchmark = async (minutes: number, table: string): Promise<string | undefined> => {
      const files = { ...drugRules(), 'p.policy.yaml': looking, 'f.table.yaml': table };
      const cwd = folder(t, { ...files, 'e.encounter.yaml': infusion(minutes) });
      const { comparisons } = await json<CompareJson>(0, ['compare', '.', '--no-library'], { cwd });
      return comparisons[0]?.payers[1]?.benchmark;
    };
    assert.equal(await benchmark(60, fees), '20.00 USD (2026)');
    assert.equal(await benchmark(95, fees), '20.00 USD (2026), 1 of 2 lines');
    assert.equal(await benchmark(95, `${fees}    "96366": {total: 1.5}\n`), '35.00 USD (2026)');
  });
});

describe('the payers of compare', { concurrency: 4 }, () => {
  const chosen = async (cwd: string, ...payers: string[]): Promise<string[]> => {
    const args = payers.flatMap((name) => ['--payer', name]);
    const { comparisons } = await json<CompareJson>(0, ['compare', 'e.encounter.yaml', ...args], { cwd });
    return comparisons[0]?.payers.map(({ label }) => label) ?? [];
  };

  it('are those that were asked for, by payer, by plan, or by both', async (t) => {
    const cwd = payersFolder(t);
    assert.deepEqual(await chosen(cwd, 'Acme'), [ALONE, 'Acme']);
    assert.deepEqual(await chosen(cwd, 'Bolt'), [ALONE, 'Bolt, Gold', 'Bolt, Silver']);
    assert.deepEqual(await chosen(cwd, 'Bolt, Gold'), [ALONE, 'Bolt, Gold']);
    assert.deepEqual(await chosen(cwd, 'bolt,gold'), [ALONE, 'Bolt, Gold']);
    assert.deepEqual(await chosen(cwd, 'Silver'), [ALONE, 'Bolt, Silver']);
    assert.deepEqual(await chosen(cwd, 'Echo', 'Acme', 'acme'), [ALONE, 'Acme', 'Echo']);
  });

  it('stand in the order of their names, whatever their capitals, and each once', async (t) => {
    const named = ['beta', 'Alpha', 'BETA', 'gamma'].map((name, i) =>
      policy(`p${String(i)}`, `payer: ${name}`, rule('{note: A note.}')),
    );
    const cwd = folder(t, {
      ...drugRules(),
      'p.policy.yaml': named.join('---\n'),
      'e.encounter.yaml': infusion(95),
    });
    const { comparisons } = await json<CompareJson>(0, ['compare', '.', '--no-library'], { cwd });
    assert.deepEqual(
      comparisons[0]?.payers.map(({ label }) => label),
      [ALONE, 'Alpha', 'beta', 'gamma'],
    );
  });

  it('are named when one of them is not known', async (t) => {
    const cwd = payersFolder(t);
    for (const name of ['Nobody', 'Bolt, Nobody', '']) {
      const args = ['compare', '.', '--payer', 'Acme', '--payer', name];
      const { stdout, stderr } = await expectStatus(2, args, { cwd });
      assert.equal(stdout, '');
      assert.equal(
        stderr,
        `coding-spec: No policy is of the payer "${name}"; known are "Acme", "Bolt, Gold", "Bolt, Silver", "Calm", "Dusk", "Echo".\n`,
      );
    }
    const none = folder(t, { ...drugRules(), 'e.encounter.yaml': infusion(95) });
    const args = ['compare', '.', '--no-library', '--payer', 'Acme'];
    const { stderr } = await expectStatus(2, args, { cwd: none });
    assert.equal(stderr, 'coding-spec: No policy is of the payer "Acme"; no payer is known here.\n');
    assert.deepEqual(await chosen(none), [ALONE]);
  });
});

describe('the files of compare', { concurrency: 4 }, () => {
  it('are one for each file of encounters, in a folder that may exist, named on standard output', async (t) => {
    const cwd = folder(t, {
      ...rules(),
      'a/e.encounter.yaml': [infusion(95), infusion(60)].join('---\n'),
      'b/e.encounter.yml': infusion(61),
      'out/kept.txt': 'kept',
      'out/e.html': 'old',
    });
    for (const [options, suffix] of [
      [[], 'txt'],
      [['--to', 'html'], 'html'],
      [['--format', 'json'], 'json'],
    ] as const) {
      // Colours are the terminal's.
      const env = { ...process.env, FORCE_COLOR: '1' };
      delete (env as NodeJS.ProcessEnv)['NO_COLOR'];
      const args = ['compare', 'a', 'b', '--payer', 'Acme', '--out', 'out', ...options];
      const { stdout, stderr } = await expectStatus(0, args, { cwd, env });
      assert.equal(stderr, '');
      assert.equal(stdout, `out/e.${suffix}\nout/e-2.${suffix}\n`);
      const texts = ['e', 'e-2'].map((name) => readFileSync(path.join(cwd, `out/${name}.${suffix}`), 'utf8'));
      for (const [i, minutes] of [[95, 60], [61]].entries()) {
        const own = texts[i] ?? '';
        assert.ok(!own.includes('\u001b'));
        assert.ok(own.endsWith('\n') && !own.endsWith('\n\n'));
        const named = new Set([...own.matchAll(/infusion-of-(\d+)/g)].map(([, found]) => Number(found)));
        assert.deepEqual([...named], minutes);
      }
      if (suffix === 'html') texts.forEach(assertWellFormed);
      if (suffix === 'json')
        assert.deepEqual(
          texts.map((own) => (JSON.parse(own) as CompareJson).comparisons.length),
          [2, 1],
        );
    }
    assert.equal(readFileSync(path.join(cwd, 'out/kept.txt'), 'utf8'), 'kept');
  });

  it('leave problems to standard error, and say that a folder cannot be made', async (t) => {
    const cwd = folder(t, {
      ...rules(),
      'a.encounter.yaml': Uint8Array.of(0),
      'e.encounter.yaml': infusion(95),
      'file.txt': '',
    });
    const { stdout, stderr } = await expectStatus(1, ['compare', '.', '--out', 'new/out'], { cwd });
    assert.equal(stdout, 'new/out/e.txt\n');
    assert.match(stderr, /^a\.encounter\.yaml:1:1 {2}error {2}.* {2}not-text\n$/);
    for (const out of ['file.txt', 'file.txt/below']) {
      const failed = await expectStatus(2, ['compare', 'e.encounter.yaml', '--out', out], { cwd });
      assert.equal(failed.stdout, '');
      assert.match(failed.stderr, new RegExp(`^coding-spec: ${out}: cannot be written \\(`));
      assertNoStack(failed.stderr);
    }
  });

  it('of standard input are called stdin', async (t) => {
    const cwd = folder(t, rules());
    const args = ['compare', '-', '--to', 'html', '--out', 'out'];
    const { stdout } = await expectStatus(0, args, { cwd, input: infusion(95) });
    assert.equal(stdout, 'out/stdin.html\n');
  });
});

describe('what compare cannot compare', { concurrency: 4 }, () => {
  it('is told with its place, beside what it can, and ends with 1', async (t) => {
    const cwd = folder(t, {
      ...rules(),
      'a.encounter.yaml': Uint8Array.of(0),
      'b.encounter.yaml': `${infusion(95)}---\n${infusion(60).replace(/^date.*\n/m, '')}`,
    });
    const text = await expectStatus(1, ['compare', '.'], { cwd });
    assert.match(
      text.stdout,
      /\n\na\.encounter\.yaml:1:1 {2}error {2}.* {2}not-text\nb\.encounter\.yaml:11:1 {2}error {2}.* {2}missing-key\n$/,
    );
    assert.equal(text.stderr, '');
    const { comparisons, problems } = await json<CompareJson>(1, ['compare', '.'], { cwd });
    assert.equal(comparisons.length, 1);
    assert.deepEqual(problems.map((found) => found.rule).join(), 'not-text,missing-key');
    const page = await expectStatus(1, ['compare', '.', '--to', 'html'], { cwd });
    assert.match(page.stderr, /not-text\n.*missing-key\n$/);
    assertNoStack(page.stderr);
    assert.match(page.stdout, /^<!DOCTYPE html>.*infusion-of-95-minutes.*<\/html>\n$/s);
    const nothing = await expectStatus(1, ['compare', 'a.encounter.yaml', '--to', 'html'], { cwd });
    assert.match(nothing.stdout, /No encounter here can be billed\./);
  });

  it('reads standard input, and does not count an expectation, which is of the own payer', async (t) => {
    const input = infusion(95, 'expect: []\n');
    const { stdout } = await expectStatus(0, ['compare', '-'], { cwd: folder(t, rules()), input });
    assert.match(stdout, /^infusion-of-95-minutes {2}<stdin>, document 1/);
  });

  it('ends with 2 where there is nothing at all', async (t) => {
    const cwd = folder(t, { ...rules(), 'empty.encounter.yaml': '', 'e.encounter.yaml': infusion(95) });
    for (const [args, said] of [
      [['payers.policy.yaml'], /policy\.yaml: no encounters here; their files end in \.encounter\.yaml/],
      [['empty.encounter.yaml'], /empty\.encounter\.yaml: no encounters here/],
      [['e.encounter.yaml', '--encounter', 'nobody'], /called "nobody"; there are infusion-of-95-minutes/],
      [['e.encounter.yaml', '--format', 'xml'], /Allowed choices are text, json\./],
      [['e.encounter.yaml', '--format', 'html'], /A page is asked for by --to html\./],
      [['e.encounter.yaml', '--to', 'markdown'], /Allowed choices are text, html\./],
      [['e.encounter.yaml', '--payer'], /argument missing/],
    ] as const) {
      const { stdout, stderr } = await expectStatus(2, ['compare', ...args], { cwd });
      assert.equal(stdout, '');
      assert.match(stderr, said);
      assertNoStack(stderr);
    }
    const { stdout } = await expectStatus(0, ['compare', '--help']);
    assert.doesNotMatch(stdout, /default: \[\]/);
  });
});

const TAG = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"<>]*")?)*)>/g;

/** Every tag is closed in its turn, every attribute quoted, and every other `<`, `>` and `&` written as an entity. */
function assertWellFormed(html: string): void {
  const body = html.replace(/<style>[\s\S]*?<\/style>/, '').replace(/^<!DOCTYPE html>/, '');
  const open: string[] = [];
  for (const [, end, name = ''] of body.matchAll(TAG)) {
    if (end === '/') assert.equal(open.pop(), name);
    else if (name !== 'meta') open.push(name);
  }
  assert.deepEqual(open, []);
  assert.doesNotMatch(body.replace(TAG, ''), /[<>]/);
  assert.doesNotMatch(body, /&(?!(?:amp|lt|gt|quot|#39);)/);
}

describe('the page of compare', { concurrency: 4 }, () => {
  const page = async (args: readonly string[], options?: CallOptions): Promise<string> =>
    (await expectStatus(0, ['compare', ...args, '--to', 'html'], options)).stdout;

  it('needs nothing but itself, is well formed, and is light or dark', async () => {
    const html = await page([ARTICLE, `${DRUGS}/encounters/facility.encounter.yaml`]);
    assertWellFormed(html);
    assert.match(html, /^<!DOCTYPE html>\n<html lang="en">/);
    assert.doesNotMatch(html, /<(script|link|img|iframe|object|embed|base|form|svg)\b/i);
    assert.doesNotMatch(html, /\s(src|srcset|action|on\w+|style)=|url\(|@import|https?:/i);
    assert.match(html, /<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;/);
    for (const part of ['prefers-color-scheme: dark', '@media print']) assert.ok(html.includes(part), part);
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    assert.equal(new Set(ids).size, ids.length);
    const anchors = [...html.matchAll(/ (?:href="#|aria-labelledby=")([^"]*)"/g)].map(([, id]) => id);
    for (const id of anchors) assert.ok(ids.includes(id), id);
    assert.equal(html.split('<section').length - 1, 4);
    assert.equal(html.split('<caption>').length, html.split('<table').length);
  });

  it('has a row for who differs, with the clause, and sentences for the rest', async (t) => {
    const html = await page(['.'], { cwd: payersFolder(t) });
    assertWellFormed(html);
    assert.match(html, /<title>Billing lines by payer: infusion-of-95-minutes<\/title>/);
    assert.doesNotMatch(html, /<nav/);
    const rows = [...html.matchAll(/<tr><th scope="row">(.*?)<\/tr>/g)].map(([, row = '']) =>
      row.replaceAll(/(?: |<[^>]*>)+/g, ' ').trim(),
    );
    assert.deepEqual(rows, [
      'specifications alone 1 1',
      'Acme differs 1 denied 1 denied',
      'Bolt, Gold differs 1 denied 1 denied',
      'Echo not checked 1 1',
    ]);
    assert.match(html, /<strong>As the specifications alone:<\/strong> Bolt, Silver; Calm\./);
    assert.match(html, /<strong>No policy in force on 2026-03-02:<\/strong> Dusk\./);
    assert.match(
      html,
      /<h3>Acme <span class="tag">differs<\/span><\/h3>\n<p class="policies">Policies: Policy denies\.<\/p>/,
    );
    assert.match(
      html,
      /<li>[^\n]*Acme does not pay it\. <code>payers\.policy\.yaml:\d+:\d+ {2}rules\[own\]\.then<\/code>/,
    );
    assert.match(html, /<li>Not checked: [^\n]*table nowhere/);
    assert.equal(html.split('class="changed"').length - 1, 4);
  });

  it('takes no text for markup', async (t) => {
    const nasty = `</style><script>alert(1)</script><img src=x onerror="a('b')">&amp;`;
    const quoted = JSON.stringify(nasty);
    const amended = `{class: therapeutic-infusion, title: ${quoted}, when: {purpose: therapeutic}}`;
    const amends = `amends:\n  - {family: drug-administration, classes: [${amended}]}\n`;
    const hostile = policy('p', `payer: ${quoted}\nplan: ${quoted}`, amends + rule(`{deny: ${quoted}}`));
    const html = await page(['e.encounter.yaml', '--no-library'], {
      cwd: folder(t, {
        ...drugRules(),
        'p.policy.yaml': hostile.replace('title: Policy p', `title: ${quoted}`),
        'e.encounter.yaml': infusion(95).replace('ondansetron', quoted),
      }),
    });
    assertWellFormed(html);
    assert.doesNotMatch(html, /<script|<img|<\/style>[^]*<\/style>/);
    const signs: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' };
    const escaped = nasty.replace(/[&<>"']/g, (sign) => `&${signs[sign] ?? ''};`);
    for (const part of [
      `<th scope="row">${escaped}, ${escaped} <span`,
      `<h3>${escaped}, ${escaped} <span`,
      `Policies: ${escaped}.`,
      `<li>${escaped} counts as “${escaped}”`,
      `denied, ${escaped}.`,
    ])
      assert.ok(html.includes(part), part);
  });
});
