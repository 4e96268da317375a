/** Completion where people type: at the end of broken text, in flow style, in lists, at values and codes. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completion } from '../../../server/core/features/completion.ts';
import { checkCompletion, checkHover, hostOf, type ExpectedCompletion } from '../../support/checks.ts';

const offer = (fixture: string, expected: ExpectedCompletion): void => {
  checkCompletion(fixture, expected, { library: true });
};

const offerAt = (fixture: string): ReturnType<typeof checkCompletion> =>
  checkCompletion(fixture, {}, { library: true });

describe('keys', () => {
  test('of an empty file: those that are needed first', () => {
    offer('#- e.encounter.yaml\n<|>', { first: ['new encounter', 'encounter', 'date', 'claim', 'version'] });
    offer('#- s.spec.yaml\n<|>', { first: ['new specification', 'spec', 'title', 'effective'] });
    offer('#- p.policy.yaml\n<|>', { first: ['new policy', 'policy', 'title', 'effective'] });
    offer('#- t.table.yaml\n<|>', { first: ['new table', 'table', 'title', 'release'] });
    offer('#- f.family.yaml\n<|>', { first: ['new family', 'family', 'title', 'classes'] });
  });

  test('that stand already are not offered again, before or behind the cursor', () => {
    offer('#- e.encounter.yaml\nencounter: e\n<|>\ndate: 2026-03-02\n', {
      has: ['claim', 'administrations'],
      lacks: ['encounter', 'date'],
    });
  });

  test('right behind a dash get their space, and so do whole pieces', () => {
    offer('#- e.encounter.yaml\nexpect:\n  -<|>', { accept: 'code', after: 'expect:\n  - code: ' });
    const piece = offerAt('#- e.encounter.yaml\nadministrations:\n  -<|>').find(
      ({ kind }) => kind === 'snippet',
    );
    assert.match(piece?.insertText ?? '', /^ \{/);
    assert.match(piece?.snippet ?? '', /^ \{/);
  });

  test('in braces get a space, whatever follows', () => {
    offer('#- e.encounter.yaml\nexpect: [{code: "96365", mod<|>}]', {
      accept: 'modifiers',
      after: 'expect: [{code: "96365", modifiers: }]',
    });
  });

  test('begun are completed in place, whatever is behind', () => {
    offer('#- e.encounter.yaml\nencounter: e\nadm<|>\n', {
      accept: 'administrations',
      after: 'encounter: e\nadministrations:\n',
    });
    offer('#- e.encounter.yaml\nencounter: e\npla<|>ce\n', {
      accept: 'place_of_service',
      after: 'encounter: e\nplace_of_service: \n',
    });
  });

  test('of an item, after its hyphen and below it', () => {
    offer('#- e.encounter.yaml\nencounter: e\nadministrations:\n  - <|>', {
      has: ['substance', 'purpose', 'start'],
      lacks: ['encounter', 'code'],
    });
    offer('#- e.encounter.yaml\nencounter: e\nadministrations:\n  - substance: x\n    <|>', {
      has: ['purpose', 'start'],
      lacks: ['substance', 'claim'],
    });
    offer('#- e.encounter.yaml\nencounter: e\nadministrations:\n  - substance: x\n  - <|>\nexpect: []\n', {
      has: ['substance'],
    });
    offer('#- e.encounter.yaml\nadministrations:\n- substance: x\n  <|>', {
      has: ['purpose'],
      lacks: ['substance'],
    });
  });

  test('of the level that the indentation says', () => {
    offer('#- s.spec.yaml\nspec: "99999"\nreports:\n  class: x\n<|>', {
      has: ['title', 'time'],
      lacks: ['of', 'reports'],
    });
    offer('#- s.spec.yaml\nspec: "99999"\nreports:\n  class: x\n  <|>', {
      has: ['as', 'of'],
      lacks: ['title', 'class'],
    });
    offer('#- s.spec.yaml\nspec: "99999"\nsettings:\n  professional:\n    <|>', {
      labels: ['places_of_service', 'denied_at', 'reason'],
    });
  });

  test('in braces, open or closed, on one line or several', () => {
    offer('#- e.encounter.yaml\nadministrations:\n  - {substance: x, <|>', {
      has: ['purpose'],
      lacks: ['substance'],
    });
    offer('#- e.encounter.yaml\nadministrations:\n  - {substance: x, <|>}\n', {
      has: ['purpose'],
      lacks: ['substance'],
    });
    offer('#- e.encounter.yaml\nadministrations:\n  - {substance: x,\n     pur<|>}\n', {
      accept: 'purpose',
      after: 'administrations:\n  - {substance: x,\n     purpose: }\n',
    });
    offer('#- s.spec.yaml\neffective: {<|>', { labels: ['from', 'to'] });
    offer('#- s.spec.yaml\nbenchmarks: [{source: {ti<|>}}]', {
      accept: 'title',
      after: 'benchmarks: [{source: {title: }}]',
    });
  });

  test('of a condition: its words and the facts of the families', () => {
    offer('#- p.policy.yaml\nrules:\n  - id: a\n    when:\n      <|>', {
      first: ['all', 'any', 'not'],
      has: ['purpose', 'minutes', 'session'],
    });
    offer('#- p.policy.yaml\nrules:\n  - id: a\n    when: {any: [{<|>}]}', { has: ['purpose'] });
    offer('#- p.policy.yaml\nrules:\n  - id: a\n    when: {minutes: {<|>}}', {
      labels: ['at_least', 'more_than', 'at_most', 'less_than', 'listed_in', 'documented'],
    });
    offer('#- p.policy.yaml\nrules:\n  - id: a\n    then:\n      <|>', {
      labels: ['deny', 'require', 'prefer', 'limit', 'replace', 'note', 'omit'],
    });
  });

  test('in text that is broken above and below', () => {
    offer('#- e.encounter.yaml\nencounter: "e\ndate: [\n<|>', { lacks: ['substance'] });
    offer('#- e.encounter.yaml\nencounter: e\n  bad: : indent\nclaim: professional\n<|>\n}}}', {
      has: ['date'],
      lacks: ['claim'],
    });
    offer(
      '#- e.encounter.yaml\nencounter: e\nadministrations:\n  - substance: x\n    pu<|>\n  - {substance: y, purpose: ther',
      {
        accept: 'purpose',
        after:
          'encounter: e\nadministrations:\n  - substance: x\n    purpose: \n  - {substance: y, purpose: ther',
      },
    );
  });

  test('of the right document of a stream', () => {
    offer('#- e.encounter.yaml\nencounter: e\ndate: 2026-03-02\n---\nencounter: f\n<|>\n---\nclaim: x\n', {
      has: ['date', 'claim'],
      lacks: ['encounter'],
    });
  });

  test('say what they are for', () => {
    const items = checkCompletion('#- e.encounter.yaml\n<|>', {});
    const claim = items.find(({ label }) => label === 'claim');
    assert.match(claim?.detail ?? '', /needed/);
    assert.match(claim?.documentation ?? '', /Whose claim it is/);
    for (const item of items) assert.ok(item.documentation.length > 10, item.label);
    const details = new Map(items.map(({ label, detail }) => [label, detail]));
    assert.equal(
      details.get('services'),
      'Other services of the day that are not administrations of a substance',
    );
    for (const [key, detail] of details)
      assert.notEqual(detail.toLowerCase().replace(/ \(needed\)$/, ''), key.replace(/_/g, ' '));
  });
});

describe('values', () => {
  test('of a list of the schema, at an empty value, a begun one and directly after the colon', () => {
    offer('#- e.encounter.yaml\nclaim: <|>', {
      labels: ['professional', 'facility'],
      accept: 'facility',
      after: 'claim: facility',
    });
    offer('#- e.encounter.yaml\nclaim: pro<|>f\n', {
      accept: 'professional',
      after: 'claim: professional\n',
    });
    offer('#- e.encounter.yaml\nclaim:<|>\n', { accept: 'facility', after: 'claim: facility\n' });
    offer('#- e.encounter.yaml\nadministrations:\n  - {primary_reason: <|>}', { has: ['true', 'false'] });
    offer('#- s.spec.yaml\nreports: {as: <|>, class: x}', {
      has: ['initial', 'additional-time'],
      accept: 'initial',
      after: 'reports: {as: initial, class: x}',
    });
  });

  test('of a fact: those of the families', () => {
    offer('#- e.encounter.yaml\nadministrations:\n  - purpose: <|>', {
      has: ['therapeutic', 'flush', 'chemotherapy'],
      lacks: ['iv-infusion'],
    });
    offer('#- e.encounter.yaml\nadministrations:\n  - {substance: x, route: iv<|>}', {
      accept: 'iv-infusion',
      after: 'administrations:\n  - {substance: x, route: iv-infusion}',
    });
    offer('#- p.policy.yaml\nrules:\n  - when: {purpose: [therapeutic, <|>]}', { has: ['prophylactic'] });
    offer('#- p.policy.yaml\nrules:\n  - when: {not: {route: <|>}}', { has: ['iv-push'] });
  });

  test('of references: families, classes, other administrations', () => {
    offer('#- e.encounter.yaml\nfamily: <|>', { labels: ['drug-administration'] });
    offer('#- s.spec.yaml\nreports: {class: <|>}', { has: ['therapeutic-infusion', 'hydration'] });
    offer('#- s.spec.yaml\nreports:\n  class:\n    - <|>', { has: ['therapeutic-infusion'] });
    offer(
      '#- e.encounter.yaml\nencounter: e\ndate: 2026-03-02\nclaim: facility\nadministrations:\n  - {id: first-bag, substance: x}\n  - {id: second, repeats: <|>}',
      { has: ['first-bag'] },
    );
  });

  test('of policies, plans, tables and drugs', () => {
    offer('#- e.encounter.yaml\npolicies: [<|>]', { has: ['reading-missing-stop-is-a-push'] });
    offer('#- e.encounter.yaml\nplan: <|>', { has: ['Regence'] });
    offer('#- p.policy.yaml\ntables:\n  - table: <|>', { has: ['mue-practitioner', 'medicare-fees'] });
    offer('#- e.encounter.yaml\nadministrations:\n  - {drug: J24<|>}', { has: ['J2405'] });
    offer('#- e.encounter.yaml\npolicies: [reg<|>]', { has: ['regence-109'] });
    offer('#- e.encounter.yaml\nservices:\n  - {code: 992<|>}', { has: ['99213'] });
  });

  test('of another administration: its id, or its substance where only one has it', () => {
    offer(
      '#- e.encounter.yaml\nencounter: e\ndate: 2026-03-02\nclaim: facility\nadministrations:\n  - {substance: ondansetron}\n  - {substance: saline}\n  - {substance: saline}\n  - {id: last, substance: y, concurrent_with: <|>}',
      { has: ['ondansetron'], lacks: ['saline'] },
    );
  });

  test('of another administration: never itself, and each once', () => {
    const at = (own: string): string =>
      `#- e.encounter.yaml\nencounter: e\ndate: 2026-03-02\nclaim: facility\nadministrations:\n  - {id: bag, substance: saline}\n  - {substance: ondansetron}\n  - {${own}}\n`;
    offer(at('substance: vancomycin, concurrent_with: <|>'), { labels: ['bag', 'ondansetron'] });
    offer(at('id: last, mixed_with: <|>, substance: vancomycin'), { labels: ['bag', 'ondansetron'] });
    offer(at('substance: ondansetron, repeats: <|>'), { labels: ['bag', 'ondansetron'] });
  });

  test('of what is known of a line', () => {
    offer('#- p.policy.yaml\nrules:\n  - when: {<|>}', {
      has: ['code', 'as', 'beside', 'payer', 'part', 'differs_by'],
    });
    offer('#- p.policy.yaml\nrules:\n  - when: {as: <|>}', { has: ['initial', 'drug'] });
    offer('#- p.policy.yaml\nrules:\n  - when: {part: <|>}', { labels: ['given', 'wasted'] });
    offer('#- p.policy.yaml\nrules:\n  - when: {claim: <|>}', { has: ['professional', 'facility'] });
    offer('#- p.policy.yaml\nrules:\n  - when: {class: <|>}', { has: ['therapeutic-infusion'] });
    offer('#- p.policy.yaml\nrules:\n  - when: {code: <|>}', { has: ['96365'] });
  });

  test('of texts and numbers: none', () => {
    offer('#- e.encounter.yaml\ntitle: <|>', { labels: [] });
    offer('#- e.encounter.yaml\nadministrations:\n  - minutes: <|>', { labels: [] });
  });
});

describe('codes', () => {
  test('are put in quotes, once', () => {
    offer('#- e.encounter.yaml\nexpect:\n  - code: <|>', {
      has: ['96365', '96366', '96367'],
      accept: '96365',
      after: 'expect:\n  - code: "96365"',
    });
    offer('#- e.encounter.yaml\nexpect:\n  - code: 963<|>', {
      accept: '96365',
      after: 'expect:\n  - code: "96365"',
    });
    offer('#- e.encounter.yaml\nexpect:\n  - code: "963<|>"', {
      accept: '96365',
      after: 'expect:\n  - code: "96365"',
    });
    offer("#- e.encounter.yaml\nexpect: [{code: '<|>'}]", {
      accept: '96365',
      after: "expect: [{code: '96365'}]",
    });
    offer('#- e.encounter.yaml\nexpect:\n  - {code: "96<|>', {
      accept: '96365',
      after: 'expect:\n  - {code: "96365"',
    });
  });

  test('close a quotation mark that is open, and no other', () => {
    offer('#- e.encounter.yaml\nexpect: [{code: "963<|>, units: 1}]', {
      accept: '96365',
      after: 'expect: [{code: "96365", units: 1}]',
    });
    offer("#- e.encounter.yaml\nplace_of_service: '<|>\nclaim: professional\n", {
      accept: '11',
      after: "place_of_service: '11'\nclaim: professional\n",
    });
  });

  test('that are no numbers need none', () => {
    offer('#- e.encounter.yaml\ndiagnoses: [E86<|>]', { accept: 'E86.0', after: 'diagnoses: [E86.0]' });
    offer('#- e.encounter.yaml\nexpect:\n  - modifiers: [<|>]', {
      accept: 'XE',
      after: 'expect:\n  - modifiers: [XE]',
    });
    offer('#- e.encounter.yaml\nexpect:\n  - modifiers: [XE, <|>]', {
      accept: '59',
      after: 'expect:\n  - modifiers: [XE, "59"]',
    });
  });

  test('begin a list where a key takes nothing else', () => {
    offer('#- e.encounter.yaml\ndiagnoses: <|>\n', { accept: 'E86.0', after: 'diagnoses: [E86.0]\n' });
    offer('#- e.encounter.yaml\ndiagnoses: dehyd<|>', { accept: 'E86.0', after: 'diagnoses: [E86.0]' });
    offer('#- e.encounter.yaml\ndiagnoses:<|>', { accept: 'E86.0', after: 'diagnoses: [E86.0]' });
    offer('#- e.encounter.yaml\ndiagnoses:\n  E86<|>', { accept: 'E86.0', after: 'diagnoses:\n  - E86.0' });
    offer('#- e.encounter.yaml\ndiagnoses:\n  - <|>', { accept: 'E86.0', after: 'diagnoses:\n  - E86.0' });
    offer('#- e.encounter.yaml\nexpect: [{modifiers: <|>}]', {
      accept: '59',
      after: 'expect: [{modifiers: ["59"]}]',
    });
    offer('#- s.spec.yaml\nsettings: {facility: {places_of_service: <|>', {
      accept: '22',
      after: 'settings: {facility: {places_of_service: ["22"]',
    });
    offer('#- s.spec.yaml\nreports: {class: <|>}', {
      accept: 'hydration',
      after: 'reports: {class: hydration}',
    });
  });

  test('come with the titles that the documents give them, by which they can be found', () => {
    const items = checkCompletion('#- e.encounter.yaml\ndiagnoses: [<|>]', {}, { library: true });
    const nausea = items.find(({ label }) => label === 'R11.2');
    assert.match(nausea?.detail ?? '', /Nausea with vomiting/);
    assert.match(nausea?.filterText ?? '', /Nausea/);
    assert.match(nausea?.documentation ?? '', /From specification of 9636/);
  });

  test('of payers, taxonomies and places', () => {
    offer('#- e.encounter.yaml\npayer: <|>', { has: ['Medicare', 'Aetna', 'BCBS'] });
    offer('#- e.encounter.yaml\nprovider: {taxonomy: <|>}', { has: ['261QI0500X', '207R00000X'] });
    offer('#- e.encounter.yaml\nplace_of_service: <|>', { accept: '11', after: 'place_of_service: "11"' });
  });

  test('of places come with the titles of the set, also where specifications mention them', () => {
    const items = checkCompletion('#- e.encounter.yaml\nplace_of_service: <|>', {}, { library: true });
    assert.equal(items.find(({ label }) => label === '11')?.detail, 'Office');
    const hover = checkHover('#- e.encounter.yaml\nplace_of_service: "1<|>1"', ['Office'], { library: true });
    assert.equal(hover.match(/\*\*11\*\*/g)?.length, 1, hover);
  });

  test('are never what is being written', () => {
    const places = (typed: string): string =>
      `#- s.spec.yaml\nspec: "99999"\ntitle: T\neffective: {from: 2026-01-01}\nsettings:\n  professional:\n    places_of_service: [${typed}`;
    offer(places('"1<|>'), { has: ['11', '12'], lacks: ['1'] });
    offer(places('home<|>]'), { first: ['12'], lacks: ['home'] });
    checkCompletion(places('"98<|>"]'), { lacks: ['98'] });
    checkCompletion('#- p.policy.yaml\npolicy: p\ntitle: T\npayer: Acm<|>', { labels: [] });
    checkCompletion(
      '#- p.policy.yaml\npolicy: p\ntitle: T\npayer: Acme<|>\n#- q.policy.yaml\npolicy: q\ntitle: U\npayer: Acme',
      { labels: ['Acme'] },
    );
  });
});

test('nothing is offered in files of no kind', () => {
  const { analysis, file } = hostOf('#- notes.yaml\n<|>a: 1');
  assert.deepEqual(completion(analysis, file().id, 0).items, []);
});

describe('in a comment that silences findings', () => {
  test('the rules are offered that may be silenced, with what they find', () => {
    const items = checkCompletion(
      '#- e.encounter.yaml\nencounter: e\ndate: 2026-03-02 # coding-spec-ignore unkn<|>\nclaim: professional\n',
      {
        has: ['unknown-code', 'not-covered'],
        lacks: ['yaml-syntax', 'unused-suppression', 'claim'],
        accept: 'unknown-code',
        after: 'encounter: e\ndate: 2026-03-02 # coding-spec-ignore unknown-code\nclaim: professional\n',
      },
    );
    const [rule] = items.filter(({ label }) => label === 'unknown-code');
    assert.deepEqual(
      [rule?.detail, rule?.documentation],
      ['warning', 'A procedure code that is named but has no specification here.'],
    );
  });

  test('one is not offered again, and a second document has its own', () => {
    offer(
      '#- e.encounter.yaml\nencounter: e\n---\n# coding-spec-ignore unknown-code, <|>: r\nencounter: f\n',
      { has: ['not-covered'], lacks: ['unknown-code'] },
    );
  });

  test('nothing is offered in its reason, in the keyword, or in other comments', () => {
    for (const comment of ['coding-spec-ignore unknown-code: a<|>', 'coding-spec-ignore<|>', 'about unkn<|>'])
      offer(`#- e.encounter.yaml\nencounter: e\ndate: 2026-03-02 # ${comment}\n`, {
        lacks: ['unknown-code'],
      });
  });

  test('hover says what a rule finds', () => {
    checkHover('#- e.encounter.yaml\nencounter: e # coding-spec-ignore not-<|>covered: r\n', [
      '**not-covered** (',
    ]);
    checkHover('#- e.encounter.yaml\nencounter: e # coding-spec-ignore not-<|>a-rule: r\n', []);
  });
});
