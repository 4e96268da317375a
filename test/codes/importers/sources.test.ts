/** What a file may be before it is rows: encodings, line ends, zips, and files of something else. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { strToU8, zipSync } from 'fflate';
import { importIcdOrder, importMue, importNucc } from '../../../server/codes/importers/index.ts';
import { bytes, columns, failureOf, oneByteEach, refusals, taken } from './support.ts';

const row = (number: number, code: string, title: string): string =>
  columns([1, String(number).padStart(5, '0')], [7, code], [15, '1'], [17, title], [78, title]);
const order = `${row(1, 'A000', 'One')}\r\n${row(2, 'A001', 'Two')}\r\n`;
const titles = (source: string | Uint8Array): readonly string[] =>
  taken(importIcdOrder(source)).rows.map(({ title }) => title);

describe('encodings and line ends', () => {
  test('bytes are read like text', () => {
    assert.deepEqual(titles(bytes(order)), ['One', 'Two']);
  });

  test('a byte-order mark is no part of the first row, in text or in bytes', () => {
    assert.deepEqual(titles(`\uFEFF${order}`), ['One', 'Two']);
    assert.deepEqual(titles(bytes(`\uFEFF${order}`)), ['One', 'Two']);
  });

  for (const [name, end] of [
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ] as const)
    test(`lines end with ${name}`, () => {
      const { rows, read, refused } = taken(importIcdOrder(order.replaceAll('\r\n', end)));
      assert.deepEqual([rows.map(({ title }) => title), read, refused], [['One', 'Two'], 2, []]);
    });

  test('UTF-8 where it is valid', () => {
    assert.deepEqual(titles(bytes(row(1, 'A000', 'Ménière’s'))), ['Ménière’s']);
  });

  test('Windows-1252 where it is not, with the characters that Latin-1 has not', () => {
    assert.deepEqual(titles(oneByteEach(row(1, 'A000', 'M\u00e9ni\u00e8re\u0092s \u0096 \u0080'))), [
      'Ménière’s – €',
    ]);
  });

  test('a text longer than one piece of decoding', () => {
    const many = Array.from({ length: 300 }, (_, index) =>
      row(index, `A${String(index + 100)}`, 'Caf\u00e9'),
    );
    assert.deepEqual(new Set(titles(oneByteEach(many.join('\n')))), new Set(['Café']));
  });
});

describe('a file of something else is one refusal that says what was expected and found', () => {
  test('another text', () => {
    assert.equal(
      failureOf(importIcdOrder('code;title\nA00;One\n')),
      'This is not the ICD-10-CM order file: expected an order number of five digits, a code in columns 7 to 13, a flag ' +
        'in column 15 and a title from column 17 on, and found “code;title” in its first line.',
    );
  });

  test('an empty file', () => {
    assert.match(failureOf(importIcdOrder(new Uint8Array())), /and found an empty file\.$/);
    assert.match(failureOf(importNucc('\n\n')), /and found an empty file\.$/);
  });

  test('bytes that are no text', () => {
    const message = failureOf(importMue(Uint8Array.from({ length: 500 }, (_, index) => index % 256)));
    // No control characters reach the terminal.
    assert.match(message, /^[^\p{C}]+$/u);
  });

  test('a long first line is shortened', () => {
    assert.match(failureOf(importIcdOrder('x'.repeat(5000))), /“x{59}…” in its first line\.$/);
  });
});

test('a file of more than 200 MB is not read', () => {
  assert.match(
    failureOf(importIcdOrder(new Uint8Array(200 * 1024 * 1024 + 1))),
    /^The file is larger than 200 MB/,
  );
});

describe('zips', () => {
  test('the one entry that looks like the layout, whatever its name', () => {
    const zip = zipSync({
      'folder/notes.txt': strToU8('A note.'),
      'folder/data.txt': strToU8(order),
      'guide.pdf': strToU8(order),
    });
    assert.deepEqual(titles(zip), ['One', 'Two']);
  });

  test('an entry that is stored, not packed', () => {
    assert.deepEqual(titles(zipSync({ 'a.txt': strToU8(order) }, { level: 0 })), ['One', 'Two']);
  });

  test('two entries that look like it', () => {
    assert.equal(
      failureOf(importIcdOrder(zipSync({ 'a.txt': strToU8(order), 'b.txt': strToU8(order) }))),
      'The zip should hold exactly one file that looks like the ICD-10-CM order file; these do: “a.txt”, “b.txt”.',
    );
  });

  test('no entry that looks like it', () => {
    assert.match(
      failureOf(importIcdOrder(zipSync({ 'a.txt': strToU8('A note.'), 'b.pdf': strToU8(order) }))),
      /none of its 2 files does: “a\.txt”, “b\.pdf”\.$/,
    );
  });

  test('an empty zip', () => {
    assert.match(failureOf(importIcdOrder(zipSync({}))), /none of its 0 files does: it is empty\.$/);
  });

  test('an incomplete zip', () => {
    const zip = zipSync({ 'a.txt': strToU8(order) });
    assert.match(failureOf(importIcdOrder(zip.subarray(0, 60))), /damaged or incomplete/);
  });

  test('a zip whose content was damaged on the way', () => {
    const zip = zipSync({ 'a.txt': strToU8(order) }, { level: 0 });
    zip[60] = (zip[60] ?? 0) ^ 1;
    assert.match(failureOf(importIcdOrder(zip)), /“a\.txt” in the zip is damaged: its checksum is another\./);
  });

  test('a packed zip whose content was damaged on the way is refused, never thrown at the caller', () => {
    const zip = zipSync({ 'a.txt': strToU8(order.repeat(50)) });
    for (const at of [45, 50, 60, 80]) {
      const copy = Uint8Array.from(zip);
      copy[at] = (copy[at] ?? 0) ^ 0xff;
      assert.match(failureOf(importIcdOrder(copy)), /damaged|unpacked/);
    }
  });

  test('an entry that declares more than 200 MB is not unpacked', () => {
    const zip = declaring(zipSync({ 'a.txt': strToU8(order) }), 201 * 1024 * 1024);
    assert.equal(
      failureOf(importIcdOrder(zip)),
      '“a.txt” in the zip declares 201 MB; more than 200 MB are not unpacked.',
    );
  });

  test('entries that declare more than 200 MB together are not unpacked', () => {
    const two = zipSync({ 'a.txt': strToU8(order), 'b.txt': strToU8('A note.') });
    assert.match(failureOf(importIcdOrder(declaring(two, 150 * 1024 * 1024))), /declare 300 MB together/);
  });

  test('an entry that declares less than it holds is not taken in part', () => {
    const zip = declaring(zipSync({ 'a.txt': strToU8(order) }), order.length / 2);
    assert.match(failureOf(importIcdOrder(zip)), /damaged/);
  });

  test('a large document beside the data is no matter', () => {
    const zip = zipSync({ 'a.txt': strToU8(order), 'guide.pdf': strToU8('x') });
    assert.deepEqual(titles(declaring(zip, 300 * 1024 * 1024, 1)), ['One', 'Two']);
  });
});

test('a row that is refused keeps its line of the file in a zip', () => {
  const zip = zipSync({ 'a.txt': strToU8(`${order}${row(3, '?', 'Three')}\r\n`) });
  assert.deepEqual(refusals(taken(importIcdOrder(zip))), [
    '3: The code “?” in columns 7 to 13 is malformed.',
  ]);
});

/** A zip whose directory declares another size, of all entries or of one. */
function declaring(zip: Uint8Array, size: number, only?: number): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  let entry = 0;
  for (let at = 0; at + 46 < zip.length; at++)
    if (view.getUint32(at, true) === 0x02014b50 && (only === undefined || only === entry++))
      view.setUint32(at + 24, size, true);
  return zip;
}
