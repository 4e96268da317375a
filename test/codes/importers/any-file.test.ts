/** Files that were damaged at random: no importer throws, and each row is either taken or refused. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  importCptConsumer,
  importCptLong,
  importCptMedium,
  importCptModifiers,
  importCptShort,
  importGpci,
  importHcpcs,
  importHcpcsCsv,
  importIcdAddenda,
  importIcdOrder,
  importIcdTabular,
  importMue,
  importNcciPairs,
  importNucc,
  importPprrvu,
  isFailure,
  recognise,
  type Source,
} from '../../../server/codes/importers/index.ts';
import { bytes, columns } from './support.ts';

const many = (row: (index: number) => string): string =>
  Array.from({ length: 6 }, (_, index) => row(index)).join('\n');

interface Outcome {
  readonly rows?: readonly unknown[];
  readonly modifiers?: readonly unknown[];
  readonly changes?: readonly { readonly kind: string }[];
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
  readonly read: number;
}

const importers: readonly (readonly [name: string, read: (source: Source) => object, text: string])[] = [
  [
    'icd-order',
    importIcdOrder,
    many((n) =>
      columns([1, `0000${String(n)}`], [7, `A00${String(n)}`], [15, '1'], [17, 'One'], [78, 'One']),
    ),
  ],
  [
    'icd-addenda',
    importIcdAddenda,
    many((n) =>
      columns(
        [1, ['Add:', 'Delete:', 'Revise from:', 'Revise to:'][n] ?? 'Add:'],
        [14, '1'],
        [16, 'A000'],
        [24, 'x'],
        [85, 'x'],
      ),
    ),
  ],
  [
    'icd-tabular',
    importIcdTabular,
    `<ICD10CM.tabular><chapter><section id="A00-A09">${many((n) => `<diag><name>A0${String(n)}</name><desc>x</desc><excludes1><note>a (B0${String(n)}.-)</note></excludes1><sevenChrDef><extension char="A">a</extension></sevenChrDef></diag>`)}</section></chapter></ICD10CM.tabular>`,
  ],
  [
    'hcpcs',
    importHcpcs,
    many((n) => columns([1, `A000${String(n)}`], [6, '001003Text'], [92, 'x'], [269, '20200101'])) +
      `\n${columns([1, 'A0005'], [6, '002004Text'])}`,
  ],
  [
    'hcpcs-csv',
    importHcpcsCsv,
    `HCPCS_CODE,SHORT_DESCRIPTION,LONG_DESCRIPTION\n${many((n) => `A000${String(n)},x,"y, z"`)}`,
  ],
  [
    'nucc',
    importNucc,
    `Code,Grouping,Classification,Specialization,Definition,Notes\n${many((n) => `111A0000${String(n)}X,G,H,S,"a\nb",n`)}`,
  ],
  [
    'mue',
    importMue,
    `"A\nnotice",,,\n"HCPCS/\nCPT Code",MUE Values,MUE Adjudication Indicator,MUE Rationale\n${many((n) => `A000${String(n)},1,1 Line Edit,x`)}`,
  ],
  ['ncci-pairs', importNcciPairs, many((n) => `10000\t1000${String(n)}\t\t20220101\t*\t1\tx`)],
  [
    'pprrvu',
    importPprrvu,
    ',,,,,,,NON-FAC,,FACILITY\n,,,STATUS,x,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,CONV\n' +
      `HCPCS,MOD,DESCRIPTION,CODE,x,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,FACTOR\n${many((n) => `A000${String(n)},,,A,,1.0,2.0,,3.0,NA,0.1,3.1,4.1,32.5`)}`,
  ],
  [
    'gpci',
    importGpci,
    `MAC,State,Locality Number,Locality Name,PW GPCI,PE GPCI,MP GPCI\n${many((n) => `01112,AL,0${String(n)},A,1,0.9,1.1`)}\n*A footnote`,
  ],
  ['cpt-long', importCptLong, `A notice\n\n${many((n) => `1000${String(n)}\tAn invented thing`)}`],
  ['cpt-medium', importCptMedium, `A notice\n\n${many((n) => `1000${String(n)} AN INVENTED THING`)}`],
  ['cpt-short', importCptShort, `A notice\n\n${many((n) => `1000${String(n)} INVENTED`)}`],
  [
    'cpt-consumer',
    importCptConsumer,
    `Concept Id\tCPT Code\tText\n${many((n) => `100000${String(n)}\t1000${String(n)}\tx`)}`,
  ],
  [
    'cpt-modifiers',
    importCptModifiers,
    `A notice\n\nAppendix A\n\n${many((n) => `2${String(n + 1)} An invented one: x\n`)}`,
  ],
];

/** A piece of the text taken out, and something put there. */
const damage = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  out: fc.nat(12),
  put: fc.oneof(
    fc.constantFrom(
      '',
      '"',
      '\n',
      '\r\n',
      '\t',
      ',',
      '*',
      '0',
      '99999999',
      '<',
      '>',
      '\u0000',
      'é',
      '\uFEFF',
    ),
    fc.string({ maxLength: 6 }),
  ),
});

const damaged = (text: string, all: readonly { at: number; out: number; put: string }[]): string =>
  all.reduce((now, { at, out, put }) => {
    const place = Math.floor(at * now.length);
    return now.slice(0, place) + put + now.slice(place + out);
  }, text);

describe('each importer answers, and leaves no row out', () => {
  for (const [name, read, text] of importers) {
    test(`${name}, whole`, () => {
      const result = read(text);
      assert.ok(!isFailure(result), isFailure(result) ? result.failure : '');
      const { read: count, refused } = result as Outcome;
      assert.deepEqual([count >= 6, refused], [true, []]);
    });

    test(`${name}, damaged`, () => {
      fc.assert(
        fc.property(fc.array(damage, { minLength: 1, maxLength: 4 }), fc.boolean(), (all, asBytes) => {
          const broken = damaged(text, all);
          const result = read(asBytes ? bytes(broken) : broken);
          if (isFailure(result)) assert.match(result.failure, /\S\.$/);
          else if (name !== 'icd-tabular') assertWhole(result as Outcome, broken.split(/\r\n|\r|\n/).length);
        }),
        { seed: 11, numRuns: 300 },
      );
    });
  }
});

test('bytes of any kind', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom([], [0x50, 0x4b, 3, 4], [0x50, 0x4b, 5, 6]),
      (tail, head) => {
        const file = Uint8Array.from([...head, ...tail]);
        for (const [, read] of importers) assert.ok(isFailure(read(file)));
        assert.ok('unknown' in recognise('a.bin', file));
      },
    ),
    { seed: 7, numRuns: 50 },
  );
});

function assertWhole(
  { rows = [], modifiers = [], changes = [], refused, read }: Outcome,
  lines: number,
): void {
  const changed = changes.reduce((sum, { kind }) => sum + (kind === 'revised' ? 2 : 1), 0);
  assert.equal(rows.length + modifiers.length + changed + refused.length, read);
  for (const { line, reason } of refused) {
    assert.ok(line >= 1 && line <= lines, `line ${String(line)} of ${String(lines)}`);
    assert.match(reason, /\S\.$/);
    assert.doesNotMatch(reason, /\p{Cc}/u);
  }
}
