import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { importIcdOrder, importIcdTabular } from '../../../server/codes/importers/index.ts';
import { referencesIn } from '../../../server/codes/importers/shared/icd-references.ts';
import { absent, failureOf, full, refusals, taken } from './support.ts';

const list = (content: string): string => `<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular><version>2027</version>
<introduction><introSection type="title"><title>A list</title></introSection></introduction>
<chapter><name>1</name><desc>A chapter (A00-B99)</desc>
<includes><note>what it is about</note></includes>
<section id="A00-A09"><desc>A section (A00-A09)</desc>
<excludes2><note>others (B20-B24)</note></excludes2>
${content}
</section></chapter></ICD10CM.tabular>`;
const diag = (name: string, desc: string, content = ''): string =>
  `<diag><name>${name}</name><desc>${desc}</desc>${content}</diag>`;
const notes = (kind: string, ...texts: readonly string[]): string =>
  `<${kind}>${texts.map((text) => `<note>${text}</note>`).join('')}</${kind}>`;
const seven = (...says: readonly string[]): string =>
  `<sevenChrDef>${says.map((word) => `<extension char="${word.charAt(0).toUpperCase()}">${word}</extension>`).join('')}</sevenChrDef>`;
const codes = (content: string): readonly string[] =>
  taken(importIcdTabular(list(content))).rows.map(
    ({ code, billable }) => `${code}${billable ? '' : ' header'}`,
  );

test('codes with their notes, where the notes stand', () => {
  const result = taken(
    importIcdTabular(
      list(
        diag(
          'A00',
          'Group &amp; header',
          notes('includes', 'an old name', 'another') +
            notes('excludes1', 'one (B01.1)', 'two (B02.-, B03-B04)') +
            notes('excludes2', 'three (C10)') +
            notes('codeFirst', 'underlying disease (D50.0)') +
            notes('useAdditionalCode', 'code to identify it (E86.-)') +
            notes('inclusionTerm', 'ignored') +
            diag('A00.1', 'Leaf'),
        ),
      ),
    ),
  );
  const above = {
    excludes1: ['B011', 'B02', 'B03-B04'],
    excludes2: ['C10'],
    codeFirst: ['D500'],
    useAdditional: ['E86'],
    includes: ['an old name', 'another'],
  };
  assert.deepEqual(result.rows, [
    { code: 'A00', title: 'Group & header', billable: false, notes: above },
    { code: 'A001', title: 'Leaf', billable: true },
  ]);
  assert.deepEqual([...result.notes], [['A00', above]]);
  assert.deepEqual(
    [...result.blockNotes],
    [
      ['A00-B99', { includes: ['what it is about'] }],
      ['A00-A09', { excludes2: ['B20-B24'] }],
    ],
  );
  assert.deepEqual(result.instructions.get('A00')?.[2], {
    kind: 'excludes1',
    text: 'one (B01.1)',
    codes: ['B011'],
  });
  assert.deepEqual([result.version, result.read, result.refused], ['2027', 2, []]);
});

describe('codes of seven characters', () => {
  test('are filled with X, in the order of the definition', () => {
    assert.deepEqual(codes(diag('W52', 'Crushed', seven('a start', 'sequel'))), [
      'W52 header',
      'W52XXXA',
      'W52XXXS',
    ]);
  });

  test('have the words of both in their title', () => {
    const { rows } = taken(importIcdTabular(list(diag('W52', 'Crushed', seven('a start')))));
    assert.deepEqual(rows[1], { code: 'W52XXXA', title: 'Crushed, a start', billable: true });
  });

  test('hold for all codes below, and not for headers among them', () => {
    assert.deepEqual(
      codes(
        diag(
          'T80',
          'x',
          seven('a') + diag('T80.1', 'x', diag('T80.11', 'x') + diag('T80.121', 'x')) + diag('T80.2', 'x'),
        ),
      ),
      [
        'T80 header',
        'T801 header',
        'T8011 header',
        'T8011XA',
        'T80121 header',
        'T80121A',
        'T802 header',
        'T802XXA',
      ],
    );
  });

  test('the definition that is nearest above counts', () => {
    assert.deepEqual(
      codes(diag('S42', 'x', seven('a', 'd') + diag('S42.0', 'x') + diag('S42.1', 'x', seven('k')))).filter(
        (code) => code.length === 7,
      ),
      ['S420XXA', 'S420XXD', 'S421XXK'],
    );
  });

  test('a definition ends with its code', () => {
    assert.deepEqual(codes(diag('S42', 'x', seven('a')) + diag('S43', 'x')), [
      'S42 header',
      'S42XXXA',
      'S43',
    ]);
  });

  test('an exception in words', () => {
    const note =
      '7th characters D and S do not apply to codes in category S06 with 6th character 7 - death of one kind, or 8 - death of another kind.';
    assert.deepEqual(
      codes(
        diag(
          'S06',
          'x',
          seven('a', 'd', 's') + notes('notes', note) + diag('S06.1X1', 'x') + diag('S06.1X7', 'x'),
        ),
      ).filter((code) => code.length === 7),
      ['S061X1A', 'S061X1D', 'S061X1S', 'S061X7A'],
    );
  });

  test('an exception that is not understood is refused', () => {
    const result = taken(
      importIcdTabular(
        list(diag('S06', 'x', seven('a') + notes('notes', '7th character A does not apply on Mondays.'))),
      ),
    );
    assert.deepEqual(refusals(result), [
      '8: An exception of 7th characters is not understood: “7th character A does not apply on Mondays.”.',
    ]);
  });

  test('a definition without a character is refused, and the others stay', () => {
    const result = taken(
      importIcdTabular(
        list(
          diag(
            'S06',
            'x',
            '<sevenChrDef><extension>a</extension><extension char="D">d</extension></sevenChrDef>',
          ),
        ),
      ),
    );
    assert.deepEqual(refusals(result), ['8: The 7th character nothing of S06 is malformed or says nothing.']);
    assert.deepEqual(
      result.rows.map(({ code }) => code),
      ['S06', 'S06XXXD'],
    );
  });
});

describe('codes that a note refers to', () => {
  const of = (note: string): string =>
    referencesIn(note)
      .map(({ code, narrowed }) => `${code}${narrowed ? ' narrowed' : ''}`)
      .join(' ');
  for (const [note, expected] of [
    ['gallstone ileus (K56.3)', 'K563'],
    ['others (B33.-)', 'B33'],
    ['others (H52.51-)', 'H5251'],
    ['others (M47.0-, M47.1-)', 'M470 M471'],
    ['anemias (P61.2-P61.4)', 'P612-P614'],
    ['two of them (K55.0) or (K55.1-K55.3, K56)', 'K550 K551-K553 K56'],
    ['odd dashes (S32.1--S32.9; M50.1.-, F98.2.-F98.3)', 'S321-S329 M501 F982-F983'],
    ['letters (C7A.0, Z3A, QA0.1-)', 'C7A0 Z3A QA01'],
    ['diabetes (E08-E13 with .39)', 'E08-E13 narrowed'],
    ['stroke (I69. with final characters -28)', 'I69 narrowed'],
    ['drugs (F10-F19, with .17, .27)', 'F10-F19 narrowed'],
    ['never closed (T36-T50 with fifth character 5', 'T36-T50 narrowed'],
    ['a comma at the end (K50.014, K50.114,)', 'K50014 K50114'],
    ['jaw pain R68.84', 'R6884'],
    ['congenital syndromes classified to Q87.-', 'Q87'],
    ['code from category Z3A, Weeks of gestation, to identify the week', 'Z3A'],
    ['from categories E08, E09 and E13 to identify it', 'E08 E09 E13'],
    ['tuberculosis, any type in A15 (J65)', 'J65'],
    ['vitamin B12 deficiency (E53.8)', 'E538'],
    ['enzyme (G6PD) deficiency (acute) (with C3 glomerulopathy)', ''],
    ['underlying disease, such as:', ''],
  ] as const)
    test(note, () => {
      assert.equal(of(note), expected);
    });

  test('what is narrowed excludes nothing, and still may stand first', () => {
    const result = taken(
      importIcdTabular(
        list(
          diag(
            'A00',
            'x',
            notes('excludes1', 'a (E08-E13 with .39)', 'b (K56)') +
              notes('codeFirst', 'c (E08-E13 with .39)'),
          ),
        ),
      ),
    );
    assert.deepEqual(result.notes.get('A00'), { excludes1: ['K56'], codeFirst: ['E08-E13'] });
  });
});

describe('refusals', () => {
  for (const [name, content, reason] of [
    ['a malformed code', diag('A.00', 'x'), '8: The code “A.00” is malformed.'],
    ['an eighth character', diag('A00.00000', 'x'), '8: The code “A00.00000” is malformed.'],
    ['no title', diag('A00', ''), '8: The code A00 has no title.'],
    ['twice', `${diag('A00', 'x')}\n${diag('A00', 'y')}`, '9: The code A00 stands on line 8 already.'],
  ] as const)
    test(name, () => {
      assert.deepEqual(refusals(taken(importIcdTabular(list(content)))), [reason]);
    });

  test('codes below a refused one are read', () => {
    assert.deepEqual(codes(diag('?', 'x', seven('a') + diag('A00.1', 'y'))), ['A001 header', 'A001XXA']);
  });

  test('XML that breaks off', () => {
    const broken = list(diag('A00', 'x')).slice(0, -40);
    assert.match(failureOf(importIcdTabular(broken)), /^The XML is broken on line 8: /);
  });

  test('XML that nests without end', () => {
    const deep = list('<diag>'.repeat(100_000));
    assert.equal(
      failureOf(importIcdTabular(deep)),
      'The XML is broken on line 8: elements are nested too deeply.',
    );
  });

  test('XML of something else', () => {
    assert.match(
      failureOf(importIcdTabular('<?xml version="1.0"?><feed/>')),
      /expected XML with the element <ICD10CM\.tabular>, and found “<\?xml version="1\.0"\?><feed\/>” in its first line/,
    );
  });
});

describe('the full file', { skip: absent }, () => {
  test('has exactly the codes and headers of the order file of the same release', () => {
    const tabular = taken(importIcdTabular(full('icd10cm-tabular-2021.zip')));
    const order = taken(importIcdOrder(full('icd10cm-order-2021.zip')));
    const key = (row: { code: string; billable: boolean }): string => `${row.code} ${String(row.billable)}`;
    assert.deepEqual(tabular.refused, []);
    assert.equal(tabular.read, 45_017);
    assert.deepEqual(tabular.rows.map(key).sort(), order.rows.map(key).sort());
    assert.equal(tabular.version, '2021');
    assert.equal(tabular.notes.size, 4048);
    assert.equal(tabular.blockNotes.size, 138);
  });

  test('refers to codes that there are', () => {
    const { rows, instructions } = taken(importIcdTabular(full('icd10cm-tabular-2021.zip')));
    const known = new Set(rows.map(({ code }) => code));
    const unknown = [...instructions.values()]
      .flat()
      .flatMap((instruction) => instruction.codes.flatMap((code) => code.split('-')))
      .filter((code) => !known.has(code));
    // Both are slips of the list itself.
    assert.deepEqual([...new Set(unknown)].sort(), ['R6383', 'V94X']);
  });
});
