import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { importHcpcs, importHcpcsCsv } from '../../../server/codes/importers/index.ts';
import { absent, bytes, columns, failureOf, full, oneByteEach, refusals, taken } from './support.ts';

interface Parts {
  readonly code: string;
  readonly sequence?: string;
  readonly id?: string;
  readonly text?: string;
  readonly added?: string;
  readonly acted?: string;
  readonly ended?: string;
}

/** A record of 320 characters; a modifier has three blanks before it. */
const record = ({
  code,
  sequence = '00100',
  id = '3',
  text = 'A text',
  added = '20100101',
  acted = '20200101',
  ended = '',
}: Parts): string =>
  columns(
    [1, code],
    [6, sequence],
    [11, id],
    [12, text],
    [92, id === '3' || id === '7' ? 'Short' : ''],
    [269, added],
    [277, acted],
    [285, ended],
    [293, 'N'],
  ).padEnd(320);
const further = (code: string, sequence: string, text: string, id = '4'): string =>
  columns([1, code], [6, sequence], [11, id], [12, text]).padEnd(320);

describe('the fixed-width file', () => {
  test('codes and modifiers, with descriptions over several lines and their days', () => {
    const result = taken(
      importHcpcs(
        [
          '***Disclaimers\t\t',
          '',
          record({ code: '   A1', id: '7', text: 'A modifier' }),
          record({ code: '   B2', id: '7', text: 'Another, whose description' }),
          further('   B2', '00200', 'goes on', '8'),
          record({ code: 'A0001', text: 'One thing' }),
          record({ code: 'A0002', text: 'Another thing, per', added: '19990401', ended: '20191231' }),
          further('A0002', '00200', 'hour  or part'),
          further('A0002', '00300', 'of it'),
          record({ code: 'A0003', text: 'No days', added: '', acted: '' }),
        ].join('\r\n'),
      ),
    );
    assert.deepEqual(refusals(result), []);
    assert.equal(result.read, 5);
    assert.deepEqual(result.modifiers, [
      { code: 'A1', title: 'A modifier', billable: true, from: '2010-01-01' },
      { code: 'B2', title: 'Another, whose description goes on', billable: true, from: '2010-01-01' },
    ]);
    assert.deepEqual(result.rows, [
      { code: 'A0001', title: 'One thing', billable: true, from: '2010-01-01' },
      {
        code: 'A0002',
        title: 'Another thing, per hour or part of it',
        billable: true,
        from: '1999-04-01',
        to: '2019-12-31',
      },
      { code: 'A0003', title: 'No days', billable: true },
    ]);
  });

  test('a disclaimer in Windows-1252', () => {
    const text = `*In some instances\u00a0\r\n${record({ code: 'A0001' })}`;
    assert.equal(taken(importHcpcs(oneByteEach(text))).rows.length, 1);
  });

  describe('a record is refused with its line and the reason', () => {
    for (const [name, lines, reason] of [
      [
        'a code',
        [record({ code: '12345' })],
        '2: The code “12345” is malformed: expected a letter and four digits.',
      ],
      [
        'a modifier in the wrong columns',
        [record({ code: 'AA', id: '7' })],
        '2: The modifier “AA” is malformed: expected two letters or digits in columns 4 and 5.',
      ],
      [
        'a record id',
        [record({ code: 'A0002', id: '5' })],
        '2: The record id in column 11 is “5”, none of 3, 4, 7 and 8.',
      ],
      ['no description', [record({ code: 'A0002', text: '' })], '2: The code A0002 has no description.'],
      [
        'cut off',
        [record({ code: 'A0002' }).slice(0, 50)],
        '2: The row is too short: it has 50 characters, and the short description begins in column 92.',
      ],
      [
        'a day that is none',
        [record({ code: 'A0002', added: '20230229' })],
        '2: The day on which A0002 was added, “20230229”, is none of the calendar.',
      ],
      [
        'a last day that is none',
        [record({ code: 'A0002', ended: '2023' })],
        '2: The day on which A0002 is terminated, “2023”, is none of the calendar.',
      ],
      [
        'an end before the beginning',
        [record({ code: 'A0002', ended: '20091231' })],
        '2: The code A0002 is terminated on 2009-12-31, before it was added on 2010-01-01.',
      ],
      ['the same code', [record({ code: 'A0001' })], '2: The code A0001 stands on line 1 already.'],
      [
        'a description that is not whole, once for the record',
        [record({ code: 'A0002' }), further('A0002', '00300', 'x'), further('A0002', '00400', 'y')],
        '3: The description of A0002 is not whole: it goes on with “00300”, not with 00200.',
      ],
      [
        'a first line that is not the first',
        [record({ code: 'A0002', sequence: '00200' })],
        '2: The description of A0002 is not whole: it goes on with “00200”, not with 00100.',
      ],
      [
        'a line that goes on with nothing',
        [further('A0009', '00200', 'x')],
        '2: The row goes on with a description of “A0009”, which does not stand before it.',
      ],
    ] as const)
      test(name, () => {
        const result = taken(
          importHcpcs([record({ code: 'A0001' }), ...lines, record({ code: 'B0001' })].join('\n')),
        );
        assert.deepEqual(refusals(result), [reason]);
        assert.deepEqual(
          result.rows.map(({ code }) => code),
          ['A0001', 'B0001'],
        );
        assert.equal(result.read, 3);
      });
  });

  test('its record layout is none', () => {
    assert.match(
      failureOf(importHcpcs('  CMS RIF REPORT\n  AS OF: 10/31/2018\n')),
      /^This is not the alpha-numeric HCPCS file: expected .* found “CMS RIF REPORT” in its first line\.$/,
    );
  });
});

describe('the CSV', () => {
  const head = 'HCPCS_CODE,SHORT_DESCRIPTION,LONG_DESCRIPTION\r\n';

  test('codes and modifiers with long titles', () => {
    const result = taken(
      importHcpcsCsv(`${head}A1,Short,A modifier\r\nA0001,Short,"One, two ""and"" three"\r\n`),
    );
    assert.deepEqual(refusals(result), []);
    assert.deepEqual(result.modifiers, [{ code: 'A1', title: 'A modifier', billable: true }]);
    assert.deepEqual(result.rows, [{ code: 'A0001', title: 'One, two "and" three', billable: true }]);
    assert.equal(result.read, 2);
  });

  test('refusals', () => {
    const result = taken(
      importHcpcsCsv(
        bytes(
          `${head}A0001,x,"two\r\nlines"\r\nA1234567,x,y\r\n\r\nA0002,x,\r\nA0001,x,y\r\nA0003,x\r\nB1,x,y\r\n`,
        ),
      ),
    );
    assert.deepEqual(refusals(result), [
      '4: The code “A1234567” is malformed: expected a letter and four digits, or a modifier of two characters.',
      '6: The code A0002 has no title.',
      '7: The code A0001 stands on line 2 already.',
      '8: The row of A0003 is too short: it has 2 cells.',
    ]);
    assert.deepEqual([result.rows[0]?.title, result.modifiers[0]?.code, result.read], ['two lines', 'B1', 6]);
  });

  test('a quotation mark within a cell is text', () => {
    assert.equal(taken(importHcpcsCsv(`${head}A0001,x,3" of it\r\n`)).rows[0]?.title, '3" of it');
  });

  test('a quotation mark that is never closed is no file of the rows before it', () => {
    assert.equal(
      failureOf(importHcpcsCsv(`${head}A0001,x,y\r\nA0002,x,"y\r\nA0003,x,y\r\n`)),
      'The file cannot be read from line 3 on: a quotation mark is opened and never closed.',
    );
  });
});

describe('the full files', { skip: absent }, () => {
  test('2019, fixed width', () => {
    const { rows, modifiers, refused, read } = taken(importHcpcs(full('hcpcs-2019.zip')));
    assert.deepEqual(refused, []);
    assert.deepEqual([rows.length, modifiers.length, read], [6440, 360, 6800]);
    assert.deepEqual([rows.filter(({ to }) => to).length, modifiers.filter(({ to }) => to).length], [506, 9]);
  });

  test('January 2026, CSV', () => {
    const { rows, modifiers, refused, read } = taken(importHcpcsCsv(full('hcpcs-2026-jan.csv')));
    assert.deepEqual(refused, []);
    assert.deepEqual([rows.length, modifiers.length, read], [8623, 383, 9006]);
  });

  test('descriptions over several lines are put together as the other layout has them', () => {
    const older = taken(importHcpcs(full('hcpcs-2019.zip')));
    const newer = taken(importHcpcsCsv(full('hcpcs-2026-jan.csv')));
    const titles = new Map(
      [...newer.rows, ...newer.modifiers].map(({ code, title }) => [code, title.toLowerCase()]),
    );
    const same = [...older.rows, ...older.modifiers].filter(
      ({ code, title }) => title.length > 80 && titles.get(code) === title.toLowerCase(),
    );
    assert.ok(same.length > 2500, `${String(same.length)} are`);
  });
});
