/** `coding-spec compare`: payers side by side, in text, as data and as a page. */
import assert from 'node:assert/strict';
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

type NoteJson = LineJson['because'][number];
interface PayerJson {
  readonly label: string;
  readonly same: boolean;
  readonly policies: readonly string[];
  readonly says: readonly NoteJson[];
  readonly notChecked: readonly NoteJson[];
  readonly benchmark?: string;
}
interface ComparisonJson extends Pick<EncounterJson, 'file' | 'document' | 'encounter'> {
  readonly date: string;
  readonly payers: readonly PayerJson[];
  readonly rows: readonly {
    readonly line: string;
    readonly cells: readonly (Pick<LineJson, 'units' | 'outcome'> | null)[];
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
const LABELS = [ALONE, 'Acme', 'Bolt, Gold', 'Bolt, Silver', 'Calm', 'Dusk', 'Echo'];

const rules = (): Record<string, string> => ({ ...drugRules(), 'payers.policy.yaml': POLICIES });
const payersFolder = (t: TestContext, encounters = infusion(95)): string =>
  folder(t, { ...rules(), 'e.encounter.yaml': encounters });

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
      first.rows.map(({ line, cells }) => [
        line,
        cells.map((cell) => cell && `${String(cell.units)} ${cell.outcome}`),
      ]),
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
        ['Dusk', true, []],
        ['Echo', true, ['Policy looks-up']],
      ],
    );
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
    for (const label of [ALONE, 'Bolt, Silver', 'Dusk']) assert.equal(said(label), '', label);
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
    assert.match(stdout, /\n\n {2}Calm\n {6}.*Write it down\.\n/);
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
    for (const format of ['text', 'json', 'html']) {
      const [one, two] = await Promise.all(
        [
          ['a.encounter.yaml', 'b.encounter.yaml', '--payer', 'Acme', '--payer', 'Echo'],
          ['b.encounter.yaml', 'a.encounter.yaml', '--payer', 'Echo', '--payer', 'Acme'],
        ].map((args) => cli(['compare', ...args, '--format', format], { cwd })),
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
    for (const { encounter, label, says } of differing) assert.ok(says.length > 0, `${encounter}, ${label}`);
    assert.ok(comparisons.some(({ payers }) => payers.some(({ benchmark }) => benchmark !== undefined)));
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
    const page = await expectStatus(1, ['compare', '.', '--format', 'html'], { cwd });
    assert.match(page.stderr, /not-text\n.*missing-key\n$/);
    assertNoStack(page.stderr);
    assert.match(page.stdout, /^<!DOCTYPE html>.*infusion-of-95-minutes.*<\/html>\n$/s);
    const nothing = await expectStatus(1, ['compare', 'a.encounter.yaml', '--format', 'html'], { cwd });
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
      [['e.encounter.yaml', '--format', 'xml'], /Allowed choices are text, json, html/],
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
    (await expectStatus(0, ['compare', ...args, '--format', 'html'], options)).stdout;

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
