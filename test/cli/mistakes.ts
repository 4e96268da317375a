/** Files with one mistake each: what the command line and the editor say of them is tested with both. */
import { infusion } from './support.ts';

/** What is wrong, by the name of a file, and what is said of it: the place, the rule, and words of the message. */
export const MISTAKES: Readonly<
  Record<string, readonly [content: string | Uint8Array, place: string, rule: string, words: RegExp]>
> = {
  'zero-bytes': [Uint8Array.of(101, 0, 99, 1, 2, 255), '1:1', 'not-text', /not text: it has zero bytes/],
  'utf-16': [Buffer.from(`\uFEFF${infusion(95)}`, 'utf16le'), '1:1', 'not-text', /not text/],
  'latin-1': [Buffer.from('encounter: caf\u00e9\n', 'latin1'), '1:1', 'not-text', /not UTF-8 text/],
  'one-line-of-10-mb': [
    'encounter: '.padEnd(10_000_000, 'x'),
    '1:1',
    'too-large',
    /10000000 characters; at most 2000000/,
  ],
  'unclosed-list': [`${infusion(95)}expect: [`, '10:10', 'yaml-syntax', /./],
  'tab-as-indentation': [infusion(95).replace('  - {', '\t- {'), '9:1', 'yaml-syntax', /tabs/],
  'list-at-the-top': ['- 1\n- 2\n', '1:1', 'wrong-type', /./],
  'word-at-the-top': ['hello\n', '1:1', 'wrong-type', /./],
  'another-kind': [
    'spec: "96365"\nfamily: f\ntitle: x\n',
    '1:1',
    'wrong-kind',
    /of kind encounter, but this one is of kind spec.*\.spec\.yaml/,
  ],
  'duplicate-key': [infusion(95, 'claim: facility\n'), '10:1', 'duplicate-key', /claim/],
  'month-13': [infusion(95).replace('2026-03-02', '2026-13-02'), '2:7', 'wrong-value', /"2026-13-02"/],
  'february-30': [infusion(95).replace('2026-03-02', '2026-02-30'), '2:7', 'impossible-date', /./],
  'wrong-type': [infusion(95).replace('[E86.0, R11.2]', '{a: 1}'), '7:1', 'wrong-type', /a list/],
  'code-in-the-wrong-format': [infusion(95).replace('E86.0', 'E860'), '7:13', 'wrong-value', /"E860"/],
  'negative-minutes': [infusion(-5), '9:91', 'wrong-value', /"-5", but cannot be less than 0/],
  'hour-25': [infusion(95).replace('minutes: 95', 'start: "25:00"'), '9:89', 'wrong-value', /"25:00"/],
  'long-before-any-version': [
    infusion(95).replace('2026-03-02', '1999-03-02'),
    '2:7',
    'no-version-in-force',
    /1999-03-02/,
  ],
  'unknown-family': [infusion(95, 'family: nowhere\n'), '10:9', 'unknown-family', /"nowhere"/],
  'deep-nesting': [
    `encounter: x\nnote: ${'['.repeat(100_000)}`,
    '2:107',
    'yaml-syntax',
    /nests deeper than 100 levels/,
  ],
  'aliases-that-multiply': [
    `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((name, i) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghi'.charAt(i)}`).join(',')}]`).join('\n')}\n`,
    '5:11',
    'too-many-aliases',
    /./,
  ],
};
