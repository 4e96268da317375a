/** `coding-spec codes`, on the built program, with a server on this machine in place of those of publishers. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { absent, columns } from '../codes/importers/support.ts';
import { assertNoStack, cli, expectStatus, folder, infusion, json, root, type Ended } from './support.ts';

type Row = readonly [code: string, billable: boolean, title: string];

/** The official layout of the order file. */
const order = (...rows: readonly Row[]): string =>
  rows
    .map(([code, billable, title], i) =>
      columns(
        [1, String(i + 1).padStart(5, '0')],
        [7, code],
        [15, billable ? '1' : '0'],
        [17, title.slice(0, 60)],
        [78, `${title}\r\n`],
      ),
    )
    .join('');

const DEPLETION: readonly Row[] = [
  ['E86', false, 'Volume depletion'],
  ['E860', true, 'Dehydration'],
  ['E861', true, 'Hypovolemia'],
  ['E869', true, 'Volume depletion, unspecified'],
];
const ORDER_2026 = order(...DEPLETION, ['E876', true, 'Hypokalemia'], ['E880', true, 'An invented disorder']);
const ORDER_2027 = order(
  ...DEPLETION.slice(0, 3),
  ['E869', true, 'Volume depletion, of unspecified kind'],
  ['E876', true, 'Hypokalemia'],
  ['E880', false, 'An invented disorder'],
  ['E8801', true, 'An invented disorder, acute'],
);
const TABULAR = `<?xml version="1.0"?><ICD10CM.tabular><version>2027</version><chapter><name>4</name>
<desc>Endocrine diseases (E00-E89)</desc><excludes1><note>transitory disorders of newborn (P70-P74)</note></excludes1>
<section id="E70-E88"><desc>Metabolic disorders</desc>
<diag><name>E86</name><desc>Volume depletion</desc><useAdditionalCode><note>disorders of electrolytes (E87.-)</note></useAdditionalCode>
<excludes1><note>dehydration of newborn (P74.1)</note></excludes1>
<diag><name>E86.0</name><desc>Dehydration</desc></diag></diag></section></chapter></ICD10CM.tabular>
`;

interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Names of the files in the folder of releases, those that begin with a point included. */
  readonly stored: () => readonly string[];
  readonly codes: string;
}

/** A folder with some files, and one for releases that belongs to nobody else. */
function place(t: TestContext, files: Readonly<Record<string, string | Uint8Array>> = {}): Place {
  const cwd = folder(t, {
    'icd10cm_order_2026.txt': ORDER_2026,
    'icd10cm_order_2027.txt': ORDER_2027,
    ...files,
  });
  const codes = path.join(cwd, 'codes');
  const env = { ...process.env, NO_COLOR: '1', CODING_SPEC_CODES: codes };
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'])
    env[name as keyof typeof env] = '';
  return { cwd, env, codes, stored: () => (existsSync(codes) ? readdirSync(codes).sort() : []) };
}

/** With both order files installed. */
async function installed(t: TestContext): Promise<Place> {
  const own = place(t);
  for (const year of ['2026', '2027'])
    await expectStatus(0, ['codes', 'install', `icd10cm_order_${year}.txt`], own);
  return own;
}

async function serve(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** One line, without a stack, and nothing else. */
function assertRefused({ stdout, stderr }: Ended, said: RegExp): void {
  assert.equal(stdout, '');
  assert.match(stderr, said);
  assert.match(stderr, /^coding-spec: [^\n]+\n$/);
  assertNoStack(stderr);
}

interface ReleaseJson {
  readonly set: string;
  readonly release: string;
  readonly from: string;
  readonly to?: string;
  readonly rows: number;
  readonly billable: number;
  readonly source: { readonly name: string; readonly sha256: string };
  readonly file: string;
  readonly bytes: number;
  readonly replaced: boolean;
}
interface InstallJson {
  readonly releases: readonly ReleaseJson[];
  readonly read: number;
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
  readonly noted?: number;
  readonly doubts: readonly string[];
}

describe('codes install', { concurrency: 4 }, () => {
  it('installs an order file, and says what it is', async (t) => {
    const own = place(t);
    const { stdout, stderr } = await expectStatus(0, ['codes', 'install', 'icd10cm_order_2027.txt'], own);
    assert.equal(stderr, '');
    const file = path.join(own.codes, 'icd-10-cm.FY2027.codes');
    assert.deepEqual(stdout.split('\n').slice(0, 4), [
      'icd-10-cm FY2027  ICD-10-CM  installed',
      '  in force  2026-10-01 to 2027-09-30',
      '  holds     7 codes, 5 of them billable',
      `  source    icd10cm_order_2027.txt, sha256 ${sha256(ORDER_2027)}`,
    ]);
    assert.match(
      stdout,
      /\n {12}CDC .*\n {2}file {6}\S+icd-10-cm\.FY2027\.codes, \d kB\n7 rows read, none refused\.\n$/,
    );
    assert.deepEqual(own.stored(), [path.basename(file)]);
  });

  it('says the same as data, and that a release was there before', async (t) => {
    const own = place(t);
    const call = ['codes', 'install', 'icd10cm_order_2027.txt'];
    const first = await json<InstallJson>(0, call, own);
    assert.deepEqual(Object.keys(first), ['releases', 'read', 'refused', 'doubts']);
    const [release] = first.releases;
    assert.ok(release);
    assert.deepEqual(
      { ...release, publisher: '', file: path.basename(release.file), bytes: 0 },
      {
        set: 'icd-10-cm',
        release: 'FY2027',
        title: 'ICD-10-CM',
        publisher: '',
        from: '2026-10-01',
        to: '2027-09-30',
        rows: 7,
        billable: 5,
        starter: false,
        source: { name: 'icd10cm_order_2027.txt', sha256: sha256(ORDER_2027) },
        file: 'icd-10-cm.FY2027.codes',
        bytes: 0,
        replaced: false,
      },
    );
    assert.equal(release.bytes, readFileSync(release.file).length);
    const again = await json<InstallJson>(0, call, own);
    assert.equal(again.releases[0]?.replaced, true);
    assert.deepEqual(own.stored(), ['icd-10-cm.FY2027.codes']);
  });

  it('takes name and days from the call where the file does not tell them', async (t) => {
    const own = place(t, { 'own.txt': ORDER_2027 });
    const call = ['codes', 'install', 'own.txt'];
    assertRefused(
      await expectStatus(2, call, own),
      /own\.txt: the file does not tell which release.*--release and --from\./,
    );
    const days = ['--release', 'own-1', '--from', '2026-01-01', '--to', '2026-03-31', '--set', 'own'];
    const { releases } = await json<InstallJson>(0, [...call, ...days], own);
    assert.deepEqual(
      releases.map(({ set, release, from, to }) => [set, release, from, to]),
      [['own', 'own-1', '2026-01-01', '2026-03-31']],
    );
    assert.deepEqual(own.stored(), ['own.own-1.codes']);
    const backwards = ['--release', 'x', '--from', '2026-02-01', '--to', '2026-01-01'];
    assertRefused(await expectStatus(2, [...call, ...backwards], own), /would end on 2026-01-01, before/);
  });

  it('installs into the folder that is named, and into that of the workspace', async (t) => {
    const own = place(t);
    for (const [options, where] of [
      [['--folder', 'else/where'], 'else/where'],
      [['--workspace'], '.coding-spec/codes'],
    ] as const) {
      await expectStatus(0, ['codes', 'install', 'icd10cm_order_2027.txt', ...options], own);
      assert.deepEqual(readdirSync(path.join(own.cwd, where)), ['icd-10-cm.FY2027.codes']);
    }
    assert.deepEqual(own.stored(), []);
    const { releases } = await json<{ releases: ReleaseJson[] }>(0, ['codes', 'releases'], own);
    assert.deepEqual(
      releases.map(({ file }) => file),
      ['.coding-spec/codes/icd-10-cm.FY2027.codes'],
    );
  });

  it('shows the first rows that it refuses, and ends with 1', async (t) => {
    const bad = Array.from({ length: 23 }, (): Row => ['?', true, 'Nothing']);
    const good = Array.from({ length: 40 }, (_, i): Row => [`E${String(i + 10)}`, true, 'Something']);
    const own = place(t, { 'icd10cm_order_2025.txt': order(...good, ...bad) });
    const call = ['codes', 'install', 'icd10cm_order_2025.txt'];
    const { stdout } = await expectStatus(1, call, own);
    assert.match(
      stdout,
      /\n63 rows read, 23 refused\.\n {2}line 41: The code “\?” in columns 7 to 13 is malformed\.\n/,
    );
    assert.equal(stdout.match(/^ {2}line/gm)?.length, 20);
    assert.match(stdout, /\n {2}… and 3 more\.\n$/);
    const { read, refused } = await json<InstallJson>(1, call, own);
    assert.deepEqual([read, refused.length, refused[22]?.line], [63, 23, 63]);
    const hopeless = place(t, { 'icd10cm_order_2025.txt': order(...bad, ...good.slice(0, 3)) });
    assertRefused(
      await expectStatus(2, call, hopeless),
      /23 of its 26 rows cannot be read, the first on line 1: The code/,
    );
    assert.deepEqual(hopeless.stored(), []);
  });

  it('adds the instructions of the tabular list', async (t) => {
    const own = place(t, { 'tabular.zip': zipSync({ 'icd10cm_tabular_2027.xml': strToU8(TABULAR) }) });
    const call = ['codes', 'install', 'icd10cm_order_2027.txt', '--notes', 'tabular.zip'];
    const { stdout } = await expectStatus(0, call, own);
    assert.match(stdout, /source {4}icd10cm_order_2027\.txt and tabular\.zip, sha256/);
    assert.match(stdout, /7 rows read, none refused; 1 code with instructions\.\n$/);
    const shown = await expectStatus(0, ['codes', 'show', 'E86.0', '--date', '2026-11-01'], own);
    assert.match(shown.stdout, /excludes1 \(never billed together\), as all of E86: P74\.1, P70-P74\n/);
    assert.match(shown.stdout, /use additional code, as all of E86: E87\n/);
    const other = ['codes', 'install', 'icd10cm_order_2026.txt', '--notes', 'tabular.zip'];
    assertRefused(
      await expectStatus(2, other, own),
      /tabular\.zip: the notes are those of FY2027, and the codes are of FY2026\./,
    );
    assertRefused(
      await expectStatus(2, ['codes', 'install', 'tabular.zip', '--notes', 'tabular.zip'], own),
      /go with an ICD-10-CM order file/,
    );
  });

  it('checks a release against its addenda', async (t) => {
    const change = (label: string, flag: string, code: string, title: string): string =>
      columns([1, label], [14, flag], [16, code], [24, title], [85, `${title}\r\n`]);
    const footer = (headers: number): string =>
      `\r\nHeaders\r\n  ${String(headers)} headers in icd10cm_order_2027.txt\r\n  1 additions\r\n  0 deletions\r\n  0 revisions\r\n\r\nCodes\r\n  5 codes in icd10cm_order_2027.txt\r\n  1 additions\r\n  1 deletions\r\n  1 revisions\r\n`;
    const changes = [
      change('Delete:', '1', 'E880', 'An invented disorder'),
      change('Add:', '0', 'E880', 'An invented disorder'),
      change('Add:', '1', 'E8801', 'An invented disorder, acute'),
      change('Revise from:', '1', 'E869', 'Volume depletion, unspecified'),
      change('Revise to:', '1', 'E869', 'Volume depletion, of unspecified kind'),
    ].join('');
    const own = place(t, { 'addenda.txt': `${changes}${footer(2)}`, 'other.txt': `${changes}${footer(3)}` });
    const call = ['codes', 'install', 'icd10cm_order_2027.txt', '--addenda'];
    await expectStatus(0, [...call, 'addenda.txt'], own);
    const { doubts } = await json<InstallJson>(1, [...call, 'other.txt'], own);
    assert.deepEqual(doubts, [
      'The addenda count 3 headers in icd10cm_order_2027.txt; the release has 2 headers.',
    ]);
    const earlier = await json<InstallJson>(
      1,
      ['codes', 'install', 'icd10cm_order_2026.txt', '--addenda', 'addenda.txt'],
      own,
    );
    assert.deepEqual(earlier.doubts.slice(1), [
      'Added by the addenda, and not in the release: E8801.',
      'Titles that the addenda revise otherwise: E869.',
    ]);
    assertRefused(
      await expectStatus(2, ['codes', 'install', 'addenda.txt'], own),
      /these are addenda to the ICD-10-CM order file: they say what a release changed/,
    );
  });

  it('refuses files that it does not install, in one line, and leaves nothing', async (t) => {
    const zip = zipSync({ 'icd10cm_order_2027.txt': strToU8(ORDER_2027) });
    const own = place(t, {
      'icd10cm-order-2027.zip': zip.subarray(0, -30),
      'letter.txt': 'Dear colleague,\n',
      'empty.txt': '',
      'page.txt': '<!DOCTYPE html>\n<html></html>\n',
      'short/icd10cm_order_2027.txt': ORDER_2027.slice(0, -20),
      'mue.csv':
        '"HCPCS/\nCPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale\n',
      '2027-code-descriptions-tabular-order.zip': zip,
      'folder/file': '',
    });
    for (const [args, said] of [
      [['icd10cm-order-2027.zip'], /zip/],
      [['letter.txt'], /“letter\.txt” is of no layout that is known/],
      [['empty.txt'], /“empty\.txt” is of no layout that is known/],
      [['page.txt'], /page\.txt: this is a web page and not the file/],
      [['short/icd10cm_order_2027.txt'], /does not end with the end of a line, so it may have been cut off/],
      [['mue.csv'], /mue\.csv: the file holds no rows\./],
      [
        ['2027-code-descriptions-tabular-order.zip'],
        /its sha256 is [0-9a-f]{64}, and not 91c6c9d1\w+, which the catalogue has for FY2027/,
      ],
      [['folder'], /folder: this is a folder/],
      [['nowhere.txt'], /nowhere\.txt: there is no such file, and the catalogue has only icd-10-cm-fy2027\./],
      [
        ['icd-10-cm-fy2027'],
        /address of icd-10-cm-fy2027 is not certain.*get 2027-code-descriptions-tabular-order\.zip/,
      ],
      [['icd10cm_order_2027.txt', '--sha256', '0'.repeat(64)], /and not 0{64}, which was expected/],
      [
        ['icd10cm_order_2027.txt', '--folder', 'letter.txt'],
        /letter\.txt: the release cannot be written there/,
      ],
      [['icd10cm_order_2027.txt', '--notes', 'letter.txt'], /“letter\.txt” is of no layout that is known/],
    ] as const) {
      assertRefused(await expectStatus(2, ['codes', 'install', ...args], own), said);
      assert.deepEqual(own.stored(), [], args.join(' '));
    }
  });

  it('refuses what is written wrongly', async (t) => {
    const own = place(t);
    for (const [args, said] of [
      [[], /missing required argument 'files'/],
      [['a', '--set', '../x'], /A set is named by/],
      [['a', '--release', '../x'], /A release is named by/],
      [['a', '--from', '2026-02-30'], /A date is written YYYY-MM-DD\./],
      [['a', '--sha256', 'abc'], /It has 64 hexadecimal digits\./],
      [['a', '--timeout', '0'], /Give seconds, up to 3600\./],
      [['a', '--folder', 'b', '--workspace'], /cannot be used with option/],
      [['a', '--format', 'xml'], /Allowed choices are text, json\./],
    ] as const) {
      const { stdout, stderr } = await expectStatus(2, ['codes', 'install', ...args], own);
      assert.equal(stdout, '');
      assert.match(stderr, said);
      assertNoStack(stderr);
    }
    assert.match((await expectStatus(2, ['codes', 'nothing'], own)).stderr, /unknown command 'nothing'/);
    assert.match((await expectStatus(0, ['codes', '--help'], own)).stdout, /install .*\n {2}releases /);
  });

  it('takes a file that ends without a line end when its checksum is given', async (t) => {
    const text = ORDER_2027.trimEnd();
    const own = place(t, { 'icd10cm_order_2024.txt': text });
    await expectStatus(
      0,
      ['codes', 'install', 'icd10cm_order_2024.txt', '--sha256', sha256(text).toUpperCase()],
      own,
    );
  });
});

describe('codes install, from a server', { concurrency: 4 }, () => {
  const zip = zipSync({ 'icd10cm_order_2027.txt': strToU8(ORDER_2027) });
  const send = (
    response: ServerResponse,
    body: string | Uint8Array,
    headers: Record<string, string> = {},
  ): void => {
    response.writeHead(200, { 'content-length': String(body.length), ...headers }).end(body);
  };

  it('downloads a file, checks it, and follows redirects', async (t) => {
    const server = await serve(t, ({ url }, response) => {
      if (url === '/start') response.writeHead(302, { location: '/then' }).end();
      else if (url === '/then')
        response.writeHead(307, { location: '/files/icd10cm-order-2027.zip?key=1' }).end();
      else if (url === '/named')
        send(response, zip, { 'content-disposition': 'attachment; filename="icd10cm-order-2027.zip"' });
      else if (url === '/compressed/icd10cm_order_2027.txt')
        send(response, gzipSync(ORDER_2027), { 'content-encoding': 'gzip' });
      else if (url === '/unsaid/icd10cm-order-2027.zip') response.write(zip, () => response.end());
      else send(response, zip);
    });
    for (const address of [
      '/start',
      '/named',
      '/icd10cm-order-2027.zip',
      '/compressed/icd10cm_order_2027.txt',
      '/unsaid/icd10cm-order-2027.zip',
    ]) {
      const own = place(t);
      const expected = address.startsWith('/compressed') ? ORDER_2027 : zip;
      const args = ['codes', 'install', `${server}${address}`, '--sha256', sha256(expected)];
      const { releases } = await json<InstallJson>(0, args, own);
      assert.deepEqual(
        releases.map(({ release, rows, source }) => [release, rows, source.name.slice(0, 7)]),
        [['FY2027', 7, 'icd10cm']],
        address,
      );
      assert.deepEqual(own.stored(), ['icd-10-cm.FY2027.codes']);
    }
  });

  it('shows no progress where nobody looks', async (t) => {
    const server = await serve(t, (_, response) => send(response, zip));
    const { stderr } = await expectStatus(
      0,
      ['codes', 'install', `${server}/icd10cm-order-2027.zip`],
      place(t),
    );
    assert.equal(stderr, '');
  });

  const half = zip.subarray(0, zip.length / 2);
  const failures: Readonly<Record<string, readonly [said: RegExp, answer: RequestListener]>> = {
    'a connection that ends too early': [
      /the connection ended before the file was complete/,
      (_, response) => {
        response.writeHead(200, { 'content-length': String(zip.length) });
        response.write(half, () => response.destroy());
      },
    ],
    'pieces that end too early': [
      /the connection ended before the file was complete/,
      (_, response) => {
        response.write(half, () => response.destroy());
      },
    ],
    'a server that says nothing': [
      /nothing arrived for 0\.4 s, and the download was given up/,
      () => undefined,
    ],
    'a server that stops in the middle': [
      /nothing arrived for 0\.4 s, and the download was given up/,
      (_, response) => {
        response.writeHead(200, { 'content-length': String(zip.length) });
        response.write(half);
      },
    ],
    'a length that is too large': [
      /the connection ended before the file was complete|is not complete/,
      (_, response) => {
        response.writeHead(200, { 'content-length': String(zip.length + 10) });
        response.write(zip, () => response.socket?.end());
      },
    ],
    'a length that is too small, of a zip': [
      /zip/,
      ({ socket }) => {
        socket.end(Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n'), zip]));
      },
    ],
    'a length that is too small, of a text': [
      /may have been cut off/,
      ({ socket }) => {
        socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 300\r\n\r\n${ORDER_2027}`);
      },
    ],
    'a file that is too large': [
      /the file is larger than 256 MB/,
      (_, response) => {
        response.writeHead(200, { 'content-length': String(300 * 1024 * 1024) }).flushHeaders();
      },
    ],
    'an answer that is none': [
      /it cannot be downloaded|the connection ended/,
      ({ socket }) => {
        socket.end('SSH-2.0-OpenSSH_9.2\r\n');
      },
    ],
    'a page that says that it is one': [
      /this is a web page and not the file/,
      (_, response) => {
        send(response, '<p>Please accept.</p>', { 'content-type': 'text/html; charset=utf-8' });
      },
    ],
    'a page that says that it is a zip': [
      /this is a web page and not the file/,
      (_, response) => {
        send(response, '\n<!doctype html><title>Accept</title>', { 'content-type': 'application/zip' });
      },
    ],
    'another file': [
      /is of no layout that is known/,
      (_, response) => {
        send(response, '%PDF-1.7\n', { 'content-disposition': 'attachment; filename=letter.pdf' });
      },
    ],
    'a file that is not there': [
      /the server answers 404 Not Found\./,
      (_, response) => {
        response.writeHead(404, { 'content-type': 'text/html' }).end('<html>Not found</html>');
      },
    ],
    'a part of the file': [
      /the server answers 206 Partial Content\./,
      (_, response) => {
        response.writeHead(206).end(half);
      },
    ],
    'a redirect in a circle': [
      /the server redirects in a circle/,
      ({ url }, response) => {
        response.writeHead(302, { location: url === '/a' ? '/b' : '/a' }).end();
      },
    ],
    'redirects without an end': [
      /the server redirects more than 10 times/,
      ({ url }, response) => {
        response.writeHead(302, { location: `${url ?? ''}x` }).end();
      },
    ],
    'a redirect to nowhere': [
      /redirects without saying where to/,
      (_, response) => response.writeHead(301).end(),
    ],
    'a redirect to a file of this machine': [
      /only https:\/\/ and http:\/\/ can be downloaded/,
      (_, response) => response.writeHead(301, { location: 'file:///etc/hosts' }).end(),
    ],
  };
  for (const [title, [said, answer]] of Object.entries(failures))
    it(`leaves nothing after ${title}`, async (t) => {
      const own = place(t);
      const server = await serve(t, answer);
      const address = `${server}/icd10cm_order_2027.zip?secret=1`;
      // On a loaded machine everything may take a while; who tests the waiting itself does not wait long.
      const patience = said.source.includes('nothing arrived') ? '0.4' : '60';
      const ended = await expectStatus(2, ['codes', 'install', address, '--timeout', patience], own);
      assertRefused(ended, said);
      assert.doesNotMatch(ended.stderr, /secret/);
      assert.deepEqual(own.stored(), []);
    });

  it('keeps the release that was there when a later download fails, and begins anew', async (t) => {
    const own = place(t);
    let calls = 0;
    const ranges: unknown[] = [];
    const server = await serve(t, ({ headers }, response) => {
      ranges.push(headers.range);
      if (++calls !== 2) send(response, zip);
      else response.write(half, () => response.destroy());
    });
    const call = ['codes', 'install', `${server}/icd10cm-order-2027.zip`];
    await expectStatus(0, call, own);
    const before = readFileSync(path.join(own.codes, 'icd-10-cm.FY2027.codes'));
    await expectStatus(2, call, own);
    assert.deepEqual(readFileSync(path.join(own.codes, 'icd-10-cm.FY2027.codes')), before);
    await expectStatus(0, call, own);
    assert.deepEqual(readFileSync(path.join(own.codes, 'icd-10-cm.FY2027.codes')), before);
    assert.deepEqual(ranges, [undefined, undefined, undefined]);
    assert.deepEqual(own.stored(), ['icd-10-cm.FY2027.codes']);
  });

  it('says that nobody listens, and that a proxy is set which Node does not use', async (t) => {
    const own = place(t);
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const call = ['codes', 'install', `http://127.0.0.1:${String(port)}/a.zip`];
    assertRefused(await expectStatus(2, call, own), /127\.0\.0\.1 refuses the connection\.\n$/);
    const env = { ...own.env, HTTPS_PROXY: 'http://127.0.0.1:9', NODE_USE_ENV_PROXY: '' };
    assertRefused(
      await expectStatus(2, call, { ...own, env }),
      /refuses the connection\. HTTPS_PROXY is set; Node 24 and later use it when NODE_USE_ENV_PROXY=1/,
    );
  });

  it('takes no other addresses than those of the web, and none with a password', async (t) => {
    const own = place(t);
    for (const [address, said] of [
      ['ftp://example.org/a.zip', /only https:\/\/ and http:\/\/ can be downloaded/],
      ['file:///etc/hosts', /only https:\/\/ and http:\/\/ can be downloaded/],
      ['http://', /this is no web address/],
      [
        'http://ann:pass@127.0.0.1/a.zip',
        /127\.0\.0\.1\/a\.zip: an address with a name or a password in it is not used/,
      ],
    ] as const)
      assertRefused(await expectStatus(2, ['codes', 'install', address], own), said);
  });
});

describe('codes releases, verify and remove', { concurrency: 4 }, () => {
  it('say that nothing is installed', async (t) => {
    const own = place(t);
    const { stdout } = await expectStatus(0, ['codes', 'releases'], own);
    assert.match(stdout, /^No release of a code set is installed in \S+ or \S+\.\n$/);
    for (const args of [['show', 'E86'], ['search', 'x'], ['diff', 'a', 'b', 'c'], ['verify']])
      assertRefused(await expectStatus(2, ['codes', ...args], own), /No release of a code set is installed/);
    assertRefused(
      await expectStatus(2, ['codes', 'remove', 'a', 'b'], own),
      /The set a is not installed; there are no others\./,
    );
  });

  it('list and check what is installed, and take it away', async (t) => {
    const own = await installed(t);
    const { stdout } = await expectStatus(0, ['codes', 'releases'], own);
    assert.deepEqual(
      stdout.split('\n').filter((line) => !line.startsWith(' ')),
      ['icd-10-cm FY2027  ICD-10-CM', 'icd-10-cm FY2026  ICD-10-CM', ''],
    );
    const listed = await json<{ folders: string[]; releases: ReleaseJson[]; damaged: unknown[] }>(
      0,
      ['codes', 'releases'],
      own,
    );
    assert.deepEqual(
      listed.releases.map(({ release, rows, billable }) => [release, rows, billable]),
      [
        ['FY2027', 7, 5],
        ['FY2026', 6, 5],
      ],
    );
    assert.deepEqual([listed.folders.length, listed.damaged], [2, []]);
    const verified = await expectStatus(0, ['codes', 'verify'], own);
    assert.match(verified.stdout, /^fine {5}icd-10-cm FY2026, 6 rows.*\n2 releases checked, all fine\.\n$/s);
    const removed = await expectStatus(0, ['codes', 'remove', 'icd-10-cm', 'fy2026'], own);
    assert.match(removed.stdout, /^Removed \S+icd-10-cm\.FY2026\.codes\.\n$/);
    assert.deepEqual(own.stored(), ['icd-10-cm.FY2027.codes']);
    assertRefused(
      await expectStatus(2, ['codes', 'remove', 'icd-10-cm', 'FY2026'], own),
      /icd-10-cm FY2026 is not installed; there are FY2027\./,
    );
    const data = await json<{ removed: string }>(0, ['codes', 'remove', 'icd-10-cm', 'FY2027'], own);
    assert.equal(path.basename(data.removed), 'icd-10-cm.FY2027.codes');
    assert.deepEqual(own.stored(), []);
  });

  it('name damaged files with the reason, and others answer', async (t) => {
    const own = await installed(t);
    const file = path.join(own.codes, 'icd-10-cm.FY2027.codes');
    const whole = readFileSync(file);
    writeFileSync(file, whole.subarray(0, -4));
    writeFileSync(path.join(own.codes, 'other.codes'), 'Not a code set.');
    const { stdout } = await expectStatus(1, ['codes', 'releases'], own);
    assert.match(stdout, /^damaged {2}\S+FY2027\.codes: The file is damaged/m);
    assert.match(stdout, /^damaged {2}\S+other\.codes: The file is no code set/m);
    const { damaged } = await json<{ damaged: { file: string }[] }>(1, ['codes', 'releases'], own);
    assert.deepEqual(damaged.map(({ file: name }) => path.basename(name)).sort(), [
      'icd-10-cm.FY2027.codes',
      'other.codes',
    ]);
    const verified = await json<{ files: { file: string; faults: string[] }[] }>(1, ['codes', 'verify'], own);
    assert.deepEqual(
      verified.files.map(({ file: name, faults }) => [path.basename(name), faults.length]),
      [
        ['icd-10-cm.FY2026.codes', 0],
        ['icd-10-cm.FY2027.codes', 1],
        ['other.codes', 1],
      ],
    );
    assert.match(
      (await expectStatus(1, ['codes', 'verify'], own)).stdout,
      /3 releases checked, 2 damaged\.\n$/,
    );
    const shown = await expectStatus(0, ['codes', 'show', 'E86', '--date', '2026-11-01'], own);
    assert.match(shown.stdout, /ICD-10-CM FY2026, .*\n +none is installed for 2026-11-01/);
    assert.match(shown.stderr, /FY2027\.codes: The file is damaged/);
    assert.match(shown.stderr, /other\.codes: The file is no code set/);
    await expectStatus(0, ['codes', 'remove', 'icd-10-cm', 'FY2027'], own);
    assert.deepEqual(own.stored(), ['icd-10-cm.FY2026.codes', 'other.codes']);
  });

  it('are told of by other commands when they turn out damaged, in one line after the work', async (t) => {
    const own = await installed(t);
    writeFileSync(path.join(own.cwd, 'e.encounter.yaml'), infusion(95));
    const file = path.join(own.codes, 'icd-10-cm.FY2026.codes');
    const content = readFileSync(file);
    content[content.length - 1] = (content.at(-1) ?? 0) ^ 1;
    writeFileSync(file, content);
    for (const command of ['check', 'bill']) {
      const { stderr } = await cli([command, 'e.encounter.yaml'], own);
      assert.match(
        stderr,
        /^coding-spec: \S+icd-10-cm\.FY2026\.codes: The file is damaged[^\n]+\n$/,
        command,
      );
    }
  });

  it('ask which one where a release lies in two folders', async (t) => {
    const own = await installed(t);
    await expectStatus(0, ['codes', 'install', 'icd10cm_order_2027.txt', '--workspace'], own);
    const call = ['codes', 'remove', 'icd-10-cm', 'FY2027'];
    assertRefused(await expectStatus(2, call, own), /in several files .* with --folder or --workspace\./);
    await expectStatus(0, [...call, '--workspace'], own);
    assert.deepEqual(own.stored(), ['icd-10-cm.FY2026.codes', 'icd-10-cm.FY2027.codes']);
  });
});

interface ShownJson {
  readonly code: string;
  readonly title: string;
  readonly billable: boolean;
  readonly release: string;
  readonly forDate: boolean;
  readonly inForce: boolean;
  readonly under: readonly { readonly code: string }[];
  readonly children: readonly { readonly code: string }[];
}

describe('codes show', { concurrency: 4 }, () => {
  it('shows a code as the release for the date has it', async (t) => {
    const own = await installed(t);
    const { stdout } = await expectStatus(0, ['codes', 'show', 'e880', '--date', '2026-10-01'], own);
    assert.equal(
      stdout,
      [
        'E88.0  An invented disorder',
        '  release   ICD-10-CM FY2027, in force 2026-10-01 to 2027-09-30',
        '  billable  no, a header',
        '  below     E88.01  An invented disorder, acute',
        '',
      ].join('\n'),
    );
    const before = await expectStatus(0, ['codes', 'show', 'E88.0', '--date', '2026-09-30'], own);
    assert.match(before.stdout, /FY2026.*\n {2}billable {2}yes\n$/);
  });

  it('says the same as data', async (t) => {
    const own = await installed(t);
    const shown = await json<{ code: string; date: string; found: ShownJson[]; notIn: unknown[] }>(
      0,
      ['codes', 'show', 'E86', '--date', '2026-11-01'],
      own,
    );
    const [found] = shown.found;
    assert.ok(found);
    assert.deepEqual(
      found.children.map(({ code }) => code),
      ['E86.0', 'E86.1', 'E86.9'],
    );
    assert.deepEqual(
      [found.release, found.billable, found.forDate, found.inForce],
      ['FY2027', false, true, true],
    );
    assert.deepEqual(shown.notIn, []);
  });

  it('says which releases do not have it, and whether that settles it', async (t) => {
    const own = await installed(t);
    const call = ['codes', 'show', 'Z99.9', '--date'];
    assert.equal(
      (await expectStatus(1, [...call, '2026-11-01'], own)).stdout,
      'Z99.9 is not in icd-10-cm FY2027.\n',
    );
    const later = await expectStatus(1, [...call, '2030-01-01'], own);
    assert.match(
      later.stdout,
      /^Z99\.9 is not in icd-10-cm FY2027\. None of them lists all codes of 2030-01-01/,
    );
    const { found, notIn } = await json<{ found: unknown[]; notIn: unknown }>(
      1,
      [...call, '2026-11-01'],
      own,
    );
    assert.deepEqual([found, notIn], [[], [{ set: 'icd-10-cm', release: 'FY2027', complete: true }]]);
    assertRefused(
      await expectStatus(2, [...call, '2026-11-01', '--set', 'hcpcs'], own),
      /The set hcpcs is not installed; there are icd-10-cm\./,
    );
  });

  it('has today for a date where none is given', async (t) => {
    const { date } = await json<{ date: string }>(0, ['codes', 'show', 'E86'], await installed(t));
    assert.match(date, /^\d{4}-\d\d-\d\d$/);
  });
});

describe('codes search', { concurrency: 4 }, () => {
  it('finds codes by words, misspelt ones too, and by how they begin', async (t) => {
    const own = await installed(t);
    const found = async (...words: string[]): Promise<readonly string[]> =>
      (
        await json<{ sets: { found: { code: string }[] }[] }>(
          0,
          ['codes', 'search', ...words, '--date', '2026-11-01'],
          own,
        )
      ).sets.flatMap((set) => set.found.map(({ code }) => code));
    assert.deepEqual(await found('dehyd'), ['E86.0']);
    assert.deepEqual(await found('hypokalmia'), ['E87.6']);
    assert.deepEqual(await found('depletion', 'volume'), ['E86.9', 'E86']);
    assert.deepEqual(await found('e86'), ['E86.0', 'E86.1', 'E86.9', 'E86']);
  });

  it('says how many there are, and that nothing is like it', async (t) => {
    const own = await installed(t);
    const { stdout } = await expectStatus(
      0,
      ['codes', 'search', 'E86', '--limit', '2', '--date', '2026-11-01'],
      own,
    );
    assert.equal(stdout, 'icd-10-cm FY2027  2 of 4 codes\n  E86.0  Dehydration\n  E86.1  Hypovolemia\n');
    const none = await expectStatus(1, ['codes', 'search', 'xylophone', 'case', '--date', '2026-11-01'], own);
    assert.equal(none.stdout, 'Nothing is like “xylophone case” in icd-10-cm FY2027.\n');
    const data = await json<{ query: string; sets: { total: number }[] }>(
      1,
      ['codes', 'search', 'xylophone'],
      own,
    );
    assert.deepEqual([data.query, data.sets.map(({ total }) => total)], ['xylophone', [0]]);
    const { stderr } = await expectStatus(2, ['codes', 'search', 'E86', '--limit', '0'], own);
    assert.match(stderr, /Give a whole number from 1 to 1000\./);
  });
});

describe('codes diff', { concurrency: 4 }, () => {
  it('lists what was added, deleted and revised', async (t) => {
    const own = await installed(t);
    const { stdout } = await expectStatus(0, ['codes', 'diff', 'icd-10-cm', 'FY2026', 'fy2027'], own);
    assert.equal(
      stdout,
      [
        'icd-10-cm FY2026 → FY2027  2 added, 1 deleted, 1 revised',
        '~ E86.9   Volume depletion, of unspecified kind',
        '          before: Volume depletion, unspecified',
        '- E88.0   An invented disorder',
        '+ E88.0   An invented disorder  (header)',
        '+ E88.01  An invented disorder, acute',
        '',
      ].join('\n'),
    );
    const data = await json<{ added: number; changes: { kind: string; code: string; before?: string }[] }>(
      0,
      ['codes', 'diff', 'icd-10-cm', 'FY2027', 'FY2026'],
      own,
    );
    assert.deepEqual(
      data.changes.map(({ kind, code }) => `${kind} ${code}`),
      ['revised E86.9', 'deleted E88.0', 'added E88.0', 'deleted E88.01'],
    );
    assert.equal(data.changes[0]?.before, 'Volume depletion, of unspecified kind');
    assertRefused(
      await expectStatus(2, ['codes', 'diff', 'icd-10-cm', 'FY2026', 'FY2020'], own),
      /icd-10-cm FY2020 is not installed; there are FY2026, FY2027\./,
    );
  });
});

describe('codes, on the full files', { skip: absent, concurrency: 2 }, () => {
  const full = (file: string): string => path.join(root, '../shared/codesets', file);
  const install = async (
    t: TestContext,
    args: readonly string[],
    status = 0,
  ): Promise<readonly [InstallJson, Place]> => {
    const own = place(t);
    return [await json<InstallJson>(status, ['codes', 'install', ...args], own), own];
  };

  for (const [file, read, releases] of [
    ['icd10cm-order-2027-rebuilt.zip', 98_276, [['icd-10-cm', 'FY2027', 98_276, 74_879]]],
    ['icd10cm-order-2021.zip', 95_358, [['icd-10-cm', 'FY2021', 95_358, 72_621]]],
    ['icd10cm-tabular-2021.zip', 45_017, [['icd-10-cm', 'FY2021', 95_358, 72_621]]],
    [
      'hcpcs-2019.zip',
      6800,
      [
        ['hcpcs', '2019-01', 6440, 6440],
        ['hcpcs-modifiers', '2019-01', 360, 360],
      ],
    ],
    [
      'hcpcs-2026-jan.csv',
      9006,
      [
        ['hcpcs', '2026-01', 8623, 8623],
        ['hcpcs-modifiers', '2026-01', 383, 383],
      ],
    ],
    ['nucc_taxonomy_251.csv', 883, [['nucc-taxonomy', '25.1', 883, 883]]],
  ] as const)
    it(`installs ${file}, whole`, async (t) => {
      const [report, own] = await install(t, [full(file)]);
      assert.deepEqual(
        report.releases.map(({ set, release, rows, billable }) => [set, release, rows, billable]),
        releases,
      );
      assert.deepEqual([report.read, report.refused, report.doubts], [read, [], []]);
      await expectStatus(0, ['codes', 'verify'], own);
    });

  it('adds the instructions of the tabular list of 2021', async (t) => {
    const [{ noted, doubts }] = await install(t, [
      full('icd10cm-order-2021.zip'),
      '--notes',
      full('icd10cm-tabular-2021.zip'),
    ]);
    assert.deepEqual([noted, doubts], [4602, []]);
  });

  it('finds by the addenda of 2027 that the rebuilt file lacks headers', async (t) => {
    const [{ doubts }] = await install(
      t,
      [full('icd10cm-order-2027-rebuilt.zip'), '--addenda', full('icd10cm_order_addenda_2027.txt')],
      1,
    );
    assert.deepEqual(doubts, [
      'The addenda count 23,524 headers in icd10cm_order_2027.txt; the release has 23,397 headers.',
    ]);
  });
});
