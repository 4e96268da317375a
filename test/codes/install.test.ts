/** Installing, comparing and verifying releases, below the command line: what its tests cannot reach from outside. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { CATALOGUE, catalogued, cataloguedFile } from '../../server/codes/catalogue.ts';
import { parseDay, today } from '../../server/codes/days.ts';
import { changesBetween } from '../../server/codes/diff.ts';
import { download } from '../../server/codes/download.ts';
import { prepare, type Prepared, type Wanted } from '../../server/codes/install.ts';
import type { Failure, OriginalFile } from '../../server/codes/original.ts';
import { faultsOf } from '../../server/codes/verify.ts';
import { writeFiles } from '../../server/codes/write.ts';
import { checksumOf, HEADER_AT } from '../../server/core/codes/layout.ts';
import {
  openCodeSet,
  writeCodeSet,
  type CodeRow,
  type CodeSet,
  type ReleaseInfo,
} from '../../server/core/index.ts';
import { bytes, columns } from './importers/support.ts';

const file = (name: string, text: string): OriginalFile => ({ name, bytes: bytes(text) });

function prepared(original: OriginalFile, wanted: Wanted = {}): Prepared {
  const result = prepare(original, wanted);
  assert.ok(!('failure' in result), 'failure' in result ? result.failure : '');
  return result;
}

function failure(result: object | Failure): string {
  assert.ok('failure' in result && typeof result.failure === 'string', 'it was taken');
  return result.failure;
}

function opened(data: Uint8Array): CodeSet {
  const set = openCodeSet(data);
  assert.ok(!('refused' in set), 'refused' in set ? set.refused : '');
  return set;
}

function firstOf({ releases: [first] }: Prepared): CodeSet {
  assert.ok(first);
  return opened(first.bytes);
}

/** A row of the order file for each code, billable unless it ends with a star. */
const order = (...codes: readonly string[]): string =>
  codes
    .map((code, i) =>
      columns(
        [1, String(i + 1).padStart(5, '0')],
        [7, code.replace('*', '')],
        [15, code.endsWith('*') ? '0' : '1'],
        [17, `Title ${String(i)}`],
        [78, `Title ${String(i)}\r\n`],
      ),
    )
    .join('');

function day(text: string): NonNullable<CodeRow['from']> {
  const found = parseDay(text);
  assert.ok(found);
  return found;
}

const INFO: ReleaseInfo = {
  set: 'own',
  release: '1',
  effective: { from: day('2026-01-01') },
  title: 'Own',
  publisher: 'Nobody',
};

const setOf = (...rows: readonly CodeRow[]): CodeSet => opened(writeCodeSet(INFO, rows));

const row = (code: string, title = code, billable = true): CodeRow => ({ code, title, billable });

describe('the catalogue', () => {
  it('has names, releases and checksums in their form, each once', () => {
    const names = new Set(CATALOGUE.map(({ name }) => name));
    assert.equal(names.size, CATALOGUE.length);
    for (const { name, sha256, url, file: published } of CATALOGUE) {
      assert.match(name, /^[a-z0-9-]+$/);
      if (sha256 !== undefined) assert.match(sha256, /^[0-9a-f]{64}$/);
      if (url !== undefined) assert.ok(URL.canParse(url) && url.startsWith('https://'));
      assert.equal(catalogued(name.toUpperCase())?.name, name);
      assert.equal(cataloguedFile(published.toUpperCase(), '')?.name, name);
      assert.equal(cataloguedFile('renamed.zip', sha256 ?? '')?.name, name);
    }
    assert.equal(cataloguedFile('other.zip', ''), undefined);
  });
});

describe('prepare', () => {
  it('packs codes and modifiers of HCPCS as two sets with the days of their rows', () => {
    const line = (id: string, code: string, title: string, until = ''): string =>
      columns(
        [1, code],
        [6, '00100'],
        [11, id],
        [12, title],
        [92, 'Short'],
        [269, '20020701'],
        [285, until],
      ).padEnd(320);
    const text = `${line('3', 'J0120', 'Injection, tetracycline, up to 250 mg', '20251231')}\r\n${line('7', '   JW', 'Drug amount discarded')}\r\n`;
    const { releases, read } = prepared(file('HCPC2026_JAN_ANWEB.txt', text));
    assert.deepEqual(
      releases.map(({ header: { set, title, release, rows, effective } }) => [
        set,
        title,
        release,
        rows,
        effective,
      ]),
      [
        ['hcpcs', 'HCPCS Level II', '2026-01', 1, { from: '2026-01-01', to: '2026-03-31' }],
        [
          'hcpcs-modifiers',
          'HCPCS Level II modifiers',
          '2026-01',
          1,
          { from: '2026-01-01', to: '2026-03-31' },
        ],
      ],
    );
    assert.equal(read, 2);
    const [codes] = releases.map((release) => opened(release.bytes));
    assert.deepEqual(codes?.daysAt(0), { from: '2002-07-01', to: '2025-12-31' });
  });

  it('keeps the notice of the NUCC with the set', () => {
    const text =
      'Code,Grouping,Classification,Specialization,Definition,Notes\r\n261QI0500X,Group,Clinic,Infusion Therapy,,\r\n';
    const [release] = prepared(file('nucc_taxonomy_251.csv', text)).releases;
    assert.match(release?.header.publisher ?? '', /copyright American Medical Association/);
    assert.deepEqual([release?.header.set, release?.header.release], ['nucc-taxonomy', '25.1']);
  });

  it('names the sets of the licensed files apart', () => {
    const invented = 'Notice.\r\n\r\n00001\tAn invented service\r\n00002\tAnother invented service\r\n';
    const [codes] = prepared(file('LONGULT.txt', invented), {
      release: '2026',
      from: day('2026-01-01'),
    }).releases;
    assert.deepEqual([codes?.header.set, codes?.header.rows], ['cpt', 2]);
    const appendix = 'Appendix A\r\n\r\n99 Invented Circumstance: Words on it.\r\n';
    const wanted = { release: '2026', from: day('2026-01-01') };
    assert.equal(prepared(file('MODUL.txt', appendix), wanted).releases[0]?.header.set, 'cpt-modifiers');
  });

  it('writes codes of ICD-10-CM with their point, under any name of the set', () => {
    const set = firstOf(prepared(file('icd10cm_order_2027.txt', order('E86*', 'E860')), { set: 'own' }));
    assert.deepEqual([set.header.set, set.displayAt(1)], ['own', 'E86.0']);
  });

  it('takes the word of the user about days, in part or whole', () => {
    const original = file('icd10cm_order_2027.txt', order('E86*', 'E860'));
    const effective = (wanted: Wanted): unknown => prepared(original, wanted).releases[0]?.header.effective;
    assert.deepEqual(effective({ from: day('2027-01-01') }), { from: '2027-01-01', to: '2027-09-30' });
    assert.deepEqual(effective({ to: day('2027-03-31') }), { from: '2026-10-01', to: '2027-03-31' });
    assert.match(
      failure(prepare(original, { to: day('2026-03-31') })),
      /would end on 2026-03-31, before it begins/,
    );
  });

  it('packs the same bytes each time, with the checksum of the official file', () => {
    const original = file('icd10cm_order_2027.txt', order('E86*', 'E860'));
    const [one, other] = [prepared(original), prepared(original)];
    assert.deepEqual(one, other);
    const sha256 = createHash('sha256').update(original.bytes).digest('hex');
    assert.deepEqual(firstOf(one).header.source, { name: original.name, sha256 });
  });

  it('puts the instructions of blocks at their categories, in the order of the list', () => {
    const diag = (code: string, more = ''): string =>
      `<diag><name>${code}</name><desc>Title</desc>${more}</diag>`;
    const tabular = `<ICD10CM.tabular><version>2027</version><chapter><desc>Some (C00-D49)</desc>
<includes><note>words on the chapter</note></includes><useAdditionalCode><note>tobacco use (F17.-)</note></useAdditionalCode>
<section id="C43-C44"><desc>Skin (C43-C44)</desc><excludes1><note>a thing (D07.1)</note></excludes1>
${diag('C43', '<excludes1><note>another (C60.-)</note></excludes1>')}${diag('C4A')}${diag('C44')}</section>
<section id="C45-C49"><desc>Soft (C45-C49)</desc>${diag('C45')}${diag('C49')}</section></chapter></ICD10CM.tabular>\n`;
    const notes = file('icd10cm_tabular_2027.xml', tabular);
    const codes = ['C43', 'C44', 'C45', 'C4A'];
    const { noted, doubts, releases } = prepared(file('icd10cm_order_2027.txt', order(...codes)), { notes });
    const set = opened(releases[0]?.bytes ?? new Uint8Array());
    assert.deepEqual(
      codes.map((code) => set.notesAt(set.rowOf(code) ?? -1)),
      [
        { excludes1: ['C60', 'D071'], useAdditional: ['F17'] },
        { excludes1: ['D071'], useAdditional: ['F17'] },
        { useAdditional: ['F17'] },
        { excludes1: ['D071'], useAdditional: ['F17'] },
      ],
    );
    assert.equal(noted, 4);
    assert.deepEqual(doubts, ['The notes speak of 1 code that the release does not have: C49.']);
    const alone = firstOf(prepared(notes));
    assert.deepEqual(alone.notesAt(alone.rowOf('C45') ?? -1), { useAdditional: ['F17'] });
  });
});

describe('the changes between two releases', () => {
  it('are additions, deletions and revisions in the order of codes', () => {
    const before = setOf(row('A1'), row('A2'), row('A3', 'Old'), row('A4'), row('A6'));
    const after = setOf(
      row('A0'),
      row('A1'),
      row('A3', 'New'),
      row('A4', 'A4', false),
      row('A41'),
      row('A6'),
      row('A7'),
    );
    assert.deepEqual(
      changesBetween(before, after).map(({ kind, code, billable, before: old }) => [
        kind,
        code,
        billable,
        old,
      ]),
      [
        ['added', 'A0', true, undefined],
        ['deleted', 'A2', true, undefined],
        ['revised', 'A3', true, 'Old'],
        ['deleted', 'A4', true, undefined],
        ['added', 'A4', false, undefined],
        ['added', 'A41', true, undefined],
        ['added', 'A7', true, undefined],
      ],
    );
    assert.deepEqual(changesBetween(after, after), []);
    assert.equal(changesBetween(setOf(), after).length, after.size);
  });
});

describe('verifying', () => {
  it('finds nothing wrong with what was written', () => {
    assert.deepEqual(faultsOf(setOf(row('A1'), row('A2', 'Header', false))), []);
  });

  it('finds an empty set, and an end before the beginning', () => {
    assert.deepEqual(faultsOf(setOf()), ['It has no rows.']);
    const info = { ...INFO, effective: { from: day('2026-01-01'), to: day('2025-01-01') } };
    assert.match(
      faultsOf(opened(writeCodeSet(info, [row('A1')])))[0] ?? '',
      /ends on 2025-01-01, before it begins/,
    );
  });

  it('finds counts, order and look-ups that are wrong', () => {
    const data = writeCodeSet(INFO, [row('A1'), row('A2'), row('A3', 'Header', false)]);
    const { header } = opened(data);
    const start = HEADER_AT + new DataView(data.buffer).getUint32(8, true);
    const [codes] = header.sections.codes;
    const [flags] = header.sections.flags;
    const changed = (at: number, value: number): CodeSet => {
      const copy = data.slice();
      copy[start + at] = value;
      new DataView(copy.buffer).setUint32(12, checksumOf(copy.subarray(HEADER_AT)), true);
      return opened(copy);
    };
    assert.deepEqual(faultsOf(changed(flags, 0)), ['Its header counts 2 billable codes; it has 1.']);
    assert.deepEqual(faultsOf(changed(codes + 1, 0x39)), [
      '1 of its codes are not in their order.',
      '2 of 3 codes that were looked up are not found.',
    ]);
  });
});

describe('writing', () => {
  const temporary = (t: TestContext): string => {
    const folder = mkdtempSync(path.join(tmpdir(), 'coding-spec-codes-'));
    t.after(() => {
      rmSync(folder, { recursive: true, force: true });
    });
    return folder;
  };
  const one = { set: 'own', release: '1', bytes: Uint8Array.of(1) };

  it('makes the folder, and says what it replaces', (t) => {
    const folder = path.join(temporary(t), 'a/b');
    const written = path.join(folder, 'own.1.codes');
    assert.deepEqual(writeFiles(folder, [one]), [{ file: written, replaced: false }]);
    assert.deepEqual(writeFiles(folder, [{ ...one, bytes: Uint8Array.of(2) }]), [
      { file: written, replaced: true },
    ]);
    assert.deepEqual([...readFileSync(written)], [2]);
    assert.deepEqual(readdirSync(folder), ['own.1.codes']);
  });

  it('writes all or none, and leaves nothing behind', (t) => {
    const folder = temporary(t);
    // A folder of the name of the temporary file stands in its way.
    mkdirSync(path.join(folder, `.own.2.codes.${String(process.pid)}.tmp`));
    assert.match(
      failure(writeFiles(folder, [one, { ...one, release: '2' }])),
      /the release cannot be written there/,
    );
    assert.deepEqual(readdirSync(folder), [`.own.2.codes.${String(process.pid)}.tmp`]);
  });

  it('removes what a killed process left, and nothing of one that runs', (t) => {
    const folder = temporary(t);
    const [dead, alive, other] = [
      '.own.1.codes.999999999.tmp',
      `.own.1.codes.${String(process.ppid)}.tmp`,
      'notes.tmp',
    ];
    for (const name of [dead, alive, other]) writeFileSync(path.join(folder, name), 'x');
    writeFiles(folder, [one]);
    assert.deepEqual(readdirSync(folder).sort(), [alive, 'notes.tmp', 'own.1.codes'].sort());
  });
});

describe('downloading', () => {
  async function serve(t: TestContext, answer: RequestListener): Promise<string> {
    const server = createServer(answer).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    t.after(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }

  it('stops at the limit where the server says no length', async (t) => {
    const server = await serve(t, (_, response) => {
      response.write('x'.repeat(3000));
      response.end('x'.repeat(3000));
    });
    const options = { patience: 5000, most: 5000 };
    assert.match(failure(await download(`${server}/a`, options)), /the file is larger than 0 MB/);
    const taken = await download(`${server}/folder/a%20b.txt`, { ...options, most: 6000 });
    assert.ok(!('failure' in taken));
    assert.deepEqual([taken.name, taken.bytes.length], ['a b.txt', 6000]);
  });

  it('tells how far it is, and of how much', async (t) => {
    const server = await serve(t, (_, response) => {
      response.writeHead(200, { 'content-length': '6000' });
      response.write('x'.repeat(2000), () => setTimeout(() => response.end('x'.repeat(4000)), 20));
    });
    const seen: (readonly [number, number | undefined])[] = [];
    const progress = (received: number, expected: number | undefined): void => {
      seen.push([received, expected]);
    };
    await download(server, { patience: 5000, most: 10_000, progress });
    assert.ok(seen.length >= 2);
    assert.deepEqual(seen.at(-1), [6000, 6000]);
  });

  it('is patient with a server that is slow and never stops', async (t) => {
    const server = await serve(t, (_, response) => {
      let sent = 0;
      const timer = setInterval(() => {
        response.write('x');
        if (++sent < 8) return;
        clearInterval(timer);
        response.end();
      }, 60);
    });
    const taken = await download(`${server}/slow`, { patience: 300, most: 100 });
    assert.ok(!('failure' in taken), 'failure' in taken ? taken.failure : '');
    assert.equal(taken.bytes.length, 8);
  });
});

describe('days', () => {
  it('are those of the calendar', () => {
    assert.equal(parseDay('2024-02-29'), '2024-02-29');
    for (const text of ['2023-02-29', '2026-13-01', '2026-1-1', '20260101', 'today', ''])
      assert.equal(parseDay(text), undefined, text);
    assert.equal(today(new Date(2026, 2, 9, 23, 59)), '2026-03-09');
  });
});
