/** What the extension says of code sets and asks about them, without an editor. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { installWithQuestions, whyNoAddress, whyNoAnswer } from '../../client/codes/answers.ts';
import {
  catalogueWords,
  codesMarkdown,
  installedWords,
  languageStatus,
  refusedText,
  releasesText,
  removedWords,
} from '../../client/codes/words.ts';
import type {
  AnsweringRelease,
  Installed,
  InstallParams,
  InstallResult,
  ListedRelease,
} from '../../server/protocol/codes.ts';

const RELEASE = {
  set: 'icd-10-cm',
  title: 'ICD-10-CM',
  release: 'FY2027',
  publisher: 'CDC',
  from: '2026-10-01',
  to: '2027-09-30',
  rows: 98_276,
  billable: 74_879,
  starter: false,
  source: { name: 'order.zip', sha256: 'abc' },
  file: '/data/codes/icd-10-cm.FY2027.codes',
  bytes: 9_168_656,
};
const TABLE = {
  set: 'medicare-fees',
  title: 'Relative values',
  release: '2026q2',
  publisher: 'CMS',
  from: '2026-04-01',
  to: '2026-06-30',
  rows: 19_000,
  kind: 'fees' as const,
  sources: [
    { name: 'PPRRVU.csv', sha256: 'abc' },
    { name: 'GPCI.csv', sha256: 'def' },
  ],
  localities: 109,
  file: '/data/codes/medicare-fees.2026q2.table',
  bytes: 1024,
};
const installed = (more: Partial<Installed> = {}): Installed => ({
  outcome: 'installed',
  releases: [{ ...RELEASE, replaced: false }],
  read: 98_276,
  refused: [],
  doubts: [],
  ...more,
});
const listed = (more: Partial<ListedRelease> = {}): ListedRelease => ({
  ...RELEASE,
  place: 'user',
  used: true,
  ...more,
});

describe('what is said after an installation', () => {
  it('has the release, its counts and its days', () => {
    assert.deepEqual(installedWords(installed()), {
      text: 'ICD-10-CM FY2027 is installed: 98,276 codes, 74,879 of them billable, in force from 2026-10-01 to 2027-09-30. 98,276 rows read, none refused.',
      isWarning: false,
    });
  });

  it('is a warning when rows were refused or counts disagree', () => {
    const refused = [{ line: 7, reason: 'no code' }];
    const { text, isWarning } = installedWords(
      installed({
        releases: [{ ...RELEASE, rows: 1, billable: 1, replaced: true }],
        refused,
        noted: 2,
        doubts: ['It disagrees.'],
      }),
    );
    assert.match(
      text,
      /installed again: 1 code, in force .* 98,276 rows read, 1 refused; 2 codes with instructions\. It disagrees\.$/,
    );
    assert.equal(isWarning, true);
    assert.equal(installedWords(installed({ doubts: ['It disagrees.'] })).isWarning, true);
  });

  it('lists refused rows with their lines', () => {
    const refused = [
      { line: 7, reason: 'no code' },
      { line: 120, reason: 'no title' },
    ];
    assert.equal(
      refusedText(installed({ refused })),
      '2 rows of order.zip were not taken.\n\nline   7: no code\nline 120: no title\n',
    );
    const releases = [{ ...TABLE, replaced: false }];
    assert.equal(
      refusedText(installed({ releases, refused: [{ file: 'GPCI.csv', line: 7, reason: 'no index' }] })),
      '1 row of PPRRVU.csv and GPCI.csv was not taken.\n\nGPCI.csv, line 7: no index\n',
    );
  });
});

describe('what is said after removing', () => {
  it('counts, and names what stayed', () => {
    assert.deepEqual(removedWords({ removed: ['a', 'b'], failed: [] }), {
      text: '2 releases removed.',
      isWarning: false,
    });
    assert.deepEqual(
      removedWords({ removed: [], failed: [{ file: 'C:\\x\\a.codes', reason: 'It stays.' }] }),
      {
        text: 'a.codes: It stays.',
        isWarning: true,
      },
    );
  });
});

describe('the document of releases', () => {
  const folders = [{ folder: '/data/codes', place: 'user' as const }];

  it('says how to install one where there is none', () => {
    const text = releasesText({ folders, releases: [], damaged: [] }, '2026-11-02');
    assert.match(text, /No release of a code set is installed\. The command “Install Code Set Release…”/);
    assert.match(text, /^ {2}\/data\/codes {2}\(for you, in every workspace\)$/m);
  });

  it('has everything that is known of a release', () => {
    const releases = [listed(), listed({ used: false, place: 'program', starter: true })];
    const text = releasesText({ folders, releases, damaged: [] }, '2026-11-02');
    assert.match(
      text,
      /^ICD-10-CM FY2027 {2}\(icd-10-cm\)\n {2}in force {2}from 2026-10-01 to 2027-09-30, today among them\n {2}holds {5}98,276 codes, 74,879 of them billable\n {2}source {4}order\.zip, sha256 abc\n {12}CDC\n {2}file {6}\/data\S+codes, 8\.7 MB\n {2}for {7}you/m,
    );
    assert.match(text, /starter set, which knows only some codes\n[^]*not used, since the same release lies/);
    assert.doesNotMatch(releasesText({ folders, releases, damaged: [] }, '2026-09-30'), /today among them/);
  });

  it('has what a table holds, and all of its files', () => {
    const releases = [{ ...TABLE, place: 'user' as const, used: true }];
    const text = releasesText({ folders, releases, damaged: [] }, '2026-11-02');
    assert.match(
      text,
      /holds {5}19,000 fees, indices of 109 localities\n {2}source {4}PPRRVU\.csv, sha256 abc\n {12}GPCI\.csv, sha256 def\n {12}CMS\n/,
    );
  });

  it('has damaged files with the reason', () => {
    const damaged = [{ file: '/x/a.codes', reason: 'The file is damaged.', place: 'user' as const }];
    assert.match(
      releasesText({ folders, releases: [], damaged }, '2026-11-02'),
      /^Files that cannot be used\n\n {2}\/x\/a\.codes\n {4}The file is damaged\.$/m,
    );
  });
});

describe('the status', () => {
  it('lists releases by name, and nothing in a name is a link', () => {
    const text = codesMarkdown(
      {
        releases: [listed(), listed({ title: 'HCPCS', release: '[x](command:y)', starter: true })],
        damaged: [{ file: '/x/a.codes', reason: 'It is <b>damaged</b>.' }],
      },
      'LINKS',
    );
    assert.deepEqual(text.split('\n'), [
      'Code sets:',
      '',
      '- HCPCS \\[x\\]\\(command:y\\), from 2026-10-01 to 2027-09-30 (starter: knows only some codes)',
      '- ICD\\-10\\-CM FY2027, from 2026-10-01 to 2027-09-30',
      '',
      '1 file cannot be used:',
      '',
      '- a\\.codes: It is \\<b\\>damaged\\</b\\>\\.',
      '',
      'LINKS',
    ]);
    assert.match(
      codesMarkdown({ releases: [TABLE, listed()], damaged: [] }, ''),
      /^Code sets:\n\n- ICD[^\n]*\n\nTables:\n\n- Relative values 2026q2, from 2026\S+ to \S+\n/,
    );
    const { from: _from, to: _to, ...starter } = listed({ release: 'starter', starter: true });
    assert.match(
      codesMarkdown({ releases: [starter], damaged: [] }, ''),
      /^Code sets:\n\n- ICD\\-10\\-CM starter \(starter: knows only some codes\)\n/,
    );
    assert.match(codesMarkdown({ releases: [], damaged: [] }, ''), /^No code sets are installed\./);
  });

  it('of a document names what answers, and what keeps it from answering fully', () => {
    const answer = (title: string, more: Partial<AnsweringRelease> = {}): AnsweringRelease => ({
      set: title,
      title,
      release: '1',
      starter: false,
      forDate: true,
      ...more,
    });
    assert.deepEqual(languageStatus([answer('A'), answer('B')], []), {
      text: 'A 1 · B 1',
      detail: '',
      isWarning: false,
    });
    assert.deepEqual(
      languageStatus(
        [answer('A', { forDate: false }), answer('B', { starter: true })],
        [{ file: 'x', reason: 'y' }],
      ),
      {
        text: 'A 1 · B 1',
        detail: '1 file cannot be used; not for the date of service: A 1; only some codes: B 1',
        isWarning: true,
      },
    );
    assert.equal(languageStatus([], []).text, 'No code sets installed');
  });
});

describe('the catalogue', () => {
  it('says what becomes of an entry', () => {
    const entry = { ...RELEASE, name: 'x', file: 'a.zip', publishedAt: 'the pages of CMS' };
    assert.equal(catalogueWords({ ...entry, hasAddress: true }), 'Downloads a.zip');
    assert.equal(
      catalogueWords({ ...entry, hasAddress: false }),
      'Asks for the file a.zip, which you get from the pages of CMS',
    );
  });
});

describe('questions', () => {
  const SOURCE: InstallParams = { source: '/x' };
  const unclear: InstallResult = { outcome: 'failed', message: 'Which one?', missing: ['release', 'from'] };
  const doubtful: InstallResult = { outcome: 'failed', message: 'Cut off.', doubted: 'abc' };

  /** What is sent, with the answers of a server in their order. */
  function server(...results: (InstallResult | undefined)[]) {
    const sent: InstallParams[] = [];
    const send = (params: InstallParams): Promise<InstallResult | undefined> => {
      sent.push(params);
      return Promise.resolve(results.shift());
    };
    return { sent, send };
  }
  const never = (): never => assert.fail('nobody should be asked');

  it('are asked only for what the file does not tell, and the server is asked again', async () => {
    const { sent, send } = server(unclear, installed());
    const asked: string[] = [];
    const result = await installWithQuestions(SOURCE, {
      send,
      ask: (what, because) => {
        asked.push(`${because} ${what}`);
        return Promise.resolve({ release: 'FY2027', from: '2026-10-01', to: '' }[what]);
      },
      vouch: never,
    });
    assert.equal(result?.outcome, 'installed');
    assert.deepEqual(asked, ['Which one? release', 'Which one? from', 'Which one? to']);
    assert.deepEqual(sent, [SOURCE, { ...SOURCE, release: 'FY2027', from: '2026-10-01' }]);
  });

  it('may be left unanswered', async () => {
    const { sent, send } = server(unclear);
    const ask = (): Promise<undefined> => Promise.resolve(undefined);
    assert.equal(await installWithQuestions(SOURCE, { send, ask, vouch: never }), undefined);
    assert.equal(sent.length, 1);
  });

  it('about a file that is doubted are asked once', async () => {
    const yes = server(doubtful, doubtful);
    const vouch = (): Promise<boolean> => Promise.resolve(true);
    assert.deepEqual(await installWithQuestions(SOURCE, { ...yes, ask: never, vouch }), doubtful);
    assert.deepEqual(yes.sent, [SOURCE, { ...SOURCE, sha256: 'abc' }]);
    const no = server(doubtful);
    const refuse = (): Promise<boolean> => Promise.resolve(false);
    assert.deepEqual(await installWithQuestions(SOURCE, { ...no, ask: never, vouch: refuse }), doubtful);
    assert.equal(no.sent.length, 1);
  });

  it('are not asked where nothing would help, or where it was cancelled', async () => {
    const failed: InstallResult = { outcome: 'failed', message: 'No.' };
    const { send } = server(failed, undefined);
    const questions = { send, ask: never, vouch: never };
    assert.deepEqual(await installWithQuestions(SOURCE, questions), failed);
    assert.equal(await installWithQuestions(SOURCE, questions), undefined);
  });

  it('take only what the server would take', () => {
    for (const [text, isFine] of [
      ['https://www.cms.gov/x.zip', true],
      ['  http://x/y ', true],
      ['https://', false],
      ['ftp://x/y', false],
      ['x.zip', false],
      ['', false],
    ] as const)
      assert.equal(whyNoAddress(text) === undefined, isFine, text);
    for (const [what, text, isFine] of [
      ['release', 'FY2027', true],
      ['release', '2026-01', true],
      ['release', '', false],
      ['release', '../x', false],
      ['from', '2026-10-01', true],
      ['from', '2026-02-30', false],
      ['from', '2026-13-01', false],
      ['from', '', false],
      ['to', '', true],
      ['to', '1.1.2026', false],
    ] as const)
      assert.equal(whyNoAnswer(what, text) === undefined, isFine, `${what} ${text}`);
  });
});
