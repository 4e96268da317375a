/** All texts here are invented: descriptors are licensed, and none is repeated anywhere. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  importCptConsumer,
  importCptLong,
  importCptMedium,
  importCptModifiers,
  importCptShort,
} from '../../../server/codes/importers/index.ts';
import { failureOf, oneByteEach, refusals, taken } from './support.ts';

const notice = 'A notice of the licence.\r\n\r\nSecond paragraph,\r\nof two lines.\r\n\r\n';
const row = (code: string, title: string): unknown => ({ code, title, billable: true });

test('long descriptors, below the last blank line of the notice', () => {
  const { rows, read, refused } = taken(
    importCptLong(`${notice}10001\tAn invented  thing, done twice\r\n0002T\tAnother invented thing\r\n\r\n`),
  );
  assert.deepEqual(refused, []);
  assert.equal(read, 2);
  assert.deepEqual(rows, [
    row('10001', 'An invented thing, done twice'),
    row('0002T', 'Another invented thing'),
  ]);
});

test('medium and short descriptors in columns', () => {
  assert.deepEqual(taken(importCptMedium(`${notice}10001 AN INVENTED THING\r\n0002F ANOTHER\r\n`)).rows, [
    row('10001', 'AN INVENTED THING'),
    row('0002F', 'ANOTHER'),
  ]);
  assert.deepEqual(taken(importCptShort(`${notice}10001 INVENTED THING\r\n`)).rows, [
    row('10001', 'INVENTED THING'),
  ]);
});

test('consumer descriptors, below headings', () => {
  const text = `Concept Id\tCPT Code\tConsumer Friendly Descriptor\r\n1000001\t10001\tA thing\r\n1000002\t0002T\tAnother\r\n`;
  const { rows, read, refused } = taken(importCptConsumer(text));
  assert.deepEqual([rows, read, refused], [[row('10001', 'A thing'), row('0002T', 'Another')], 2, []]);
});

test('Windows-1252', () => {
  assert.equal(taken(importCptLong(oneByteEach('10001\tOne\u0092s thing'))).rows[0]?.title, 'One’s thing');
});

describe('the notice', () => {
  const titles = (text: string): readonly string[] =>
    taken(importCptMedium(text)).rows.map(({ title }) => title);

  test('may hold a line that looks like a row', () => {
    assert.deepEqual(titles('A notice of\r\n60000 Chicago\r\nis long.\r\n\r\n10001 ONE\r\n10002 TWO\r\n'), [
      'ONE',
      'TWO',
    ]);
  });

  test('is not made longer by a blank line among the rows', () => {
    assert.deepEqual(titles(`${notice}10001 ONE\r\n10002 TWO\r\n\r\n10003 THREE\r\n`), [
      'ONE',
      'TWO',
      'THREE',
    ]);
  });

  test('need not be there', () => {
    assert.deepEqual(titles('10001 ONE\n10002 TWO'), ['ONE', 'TWO']);
  });
});

describe('refusals name lines and codes, and repeat no text', () => {
  test('long', () => {
    const result = taken(
      importCptLong(
        `${notice}10001\tSecret\r\n1x001\tSecret\r\n10001\tSecret\r\n10002\t\r\n10003\tSecret\tmore\r\n10004\r\n`,
      ),
    );
    assert.deepEqual(refusals(result), [
      '7: The code is malformed: expected four digits, and a digit or a letter.',
      '8: The code 10001 stands on line 6 already.',
      '9: The code 10002 has no text.',
      '10: The row is too short or has other columns: it has 17 characters.',
      '11: The row is too short or has other columns: it has 5 characters.',
    ]);
    assert.deepEqual([result.rows.length, result.read], [1, 6]);
  });

  test('a text that is too long for its file', () => {
    const text = `10001 ONE\r\n10002 TWO\r\n10003 ${'x'.repeat(29)}\r\n`;
    assert.deepEqual(refusals(taken(importCptShort(text))), [
      '3: The text of 10003 is too long: it has 29 of 28 characters.',
    ]);
    assert.deepEqual(refusals(taken(importCptMedium(text))), []);
  });

  test('a first row that is malformed stands below the notice, not in it', () => {
    assert.deepEqual(refusals(taken(importCptMedium(`${notice}1x001 ONE\r\n10002 TWO\r\n10003 THREE\r\n`))), [
      '6: The code is malformed: expected four digits, and a digit or a letter.',
    ]);
  });

  test('another file', () => {
    assert.match(
      failureOf(importCptLong('10001 IN COLUMNS\n')),
      /expected a code of five characters, a tab and a text/,
    );
    assert.match(failureOf(importCptModifiers('10001 IN COLUMNS\n')), /expected the heading “Appendix A”/);
  });
});

describe('modifiers', () => {
  const appendix = `${notice}Appendix A

Modifiers

This list names all of them,
77 of which are invented.

21 An Invented Service: When more of it
99 times was needed than usual.

22 A Second One: Explained.

Physical Status
Modifiers

Physical Status Modifier Q1: An invented state

Physical Status Modifier Q2: Another invented state

Approved for Centres

Level I Modifiers

22 A Second One

Category II Modifiers

8P An invented exclusion
Reasons include:
Something else

Level II (Invented/National) Modifiers

Y1 Upper thing
Y2 Lower thing, which is
on two lines

(*A remark [-59 modifier])
`;

  test('titles, from each of the parts', () => {
    const { rows, read, refused } = taken(importCptModifiers(appendix));
    assert.deepEqual(refused, []);
    assert.deepEqual(rows, [
      row('21', 'An Invented Service'),
      row('22', 'A Second One'),
      row('Q1', 'An invented state'),
      row('Q2', 'Another invented state'),
      row('8P', 'An invented exclusion'),
      row('Y1', 'Upper thing'),
      row('Y2', 'Lower thing, which is on two lines'),
    ]);
    assert.equal(read, 7);
  });

  test('one without a title is refused', () => {
    assert.deepEqual(
      refusals(taken(importCptModifiers('Appendix A\n\n21 : Explained.\n\n23\n\n22 One: x\n'))),
      ['3: The modifier 21 has no title.', '5: The modifier 23 has no title.'],
    );
  });
});
