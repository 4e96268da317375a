/** Published cases with their published answers: every settled one holds, and every contested one says how it is read. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { codingSpec } from '../support/cli.ts';
import { readExamples } from '../support/examples.ts';

interface Published {
  readonly encounter: string;
  readonly standing?: string;
  readonly reading?: string;
  readonly policies?: readonly string[];
  readonly payer?: string;
  readonly source?: { readonly publisher?: string; readonly url?: string; readonly title?: string };
}
interface Result {
  readonly encounter: string;
  readonly status: string;
  readonly standing: string;
  readonly expected: string;
  readonly computed: string;
}

const documents = readExamples('drug-administration/published').flatMap(({ text }) =>
  parseAllDocuments(text).map((document) => document.toJS() as Published),
);
/** The case that a document tells: the end of its name, such as `s004`. */
const caseOf = ({ encounter }: Published): string => /-([a-z]\d{3})(?:-|$)/.exec(encounter)?.[1] ?? '';

describe('published cases', () => {
  const { encounters } = JSON.parse(
    codingSpec(['test', 'examples/drug-administration/published', '--format', 'json']).stdout,
  ) as { encounters: readonly Result[] };

  it('compute to their published answers', () => {
    assert.deepEqual(
      encounters
        .filter(({ status }) => status !== 'agrees')
        .map(({ encounter, expected, computed }) => `${encounter}: ${expected}, computed ${computed}`),
      [],
    );
  });

  it('are all there: 83 settled and 68 contested ones', () => {
    const settled = new Set(documents.filter(({ standing }) => standing === 'settled').map(caseOf));
    const contested = new Set(documents.filter(({ standing }) => standing === 'contested').map(caseOf));
    assert.equal(settled.size, 83);
    assert.equal(contested.size, 68);
    assert.ok(!settled.has('') && !contested.has(''), 'every document names its case');
    assert.equal(encounters.length, documents.length);
  });

  it('name who published them', () => {
    const lacking = documents.filter(({ source }) => !source?.publisher || !source.title || !/^https?:/.test(source.url ?? ''));
    assert.deepEqual(lacking.map(({ encounter }) => encounter), []);
  });

  it('say how they are read where they are contested, and why', () => {
    const silent = documents.filter(({ standing, reading }) => standing === 'contested' && (reading ?? '').length < 40);
    assert.deepEqual(silent.map(({ encounter }) => encounter), []);
  });

  it('have the other reading as a policy that changes the answer', () => {
    const answers = new Map(encounters.map(({ encounter, computed }) => [encounter, computed]));
    const readings = documents.filter(({ policies }) => policies !== undefined);
    assert.ok(readings.length >= 30, `only ${String(readings.length)} documents name a reading`);
    for (const reading of readings) {
      const others = documents.filter((other) => other !== reading && caseOf(other) === caseOf(reading));
      const own = answers.get(reading.encounter);
      assert.ok(
        others.some(({ encounter }) => answers.get(encounter) !== own),
        `${reading.encounter} computes ${own ?? 'nothing'}, like the documents without the reading`,
      );
    }
  });
});
