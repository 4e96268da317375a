/** What an installed table says has no place in a file: the editor names the release at the place of the finding. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemsOf } from '../../server/core/index.ts';
import { problemToDiagnostic } from '../../server/lsp/to-proto.ts';
import { hostOf } from '../support/checks.ts';
import { relation, tableFile } from '../support/tables.ts';

test('the release stands beside a finding that its figures made', () => {
  const { host, file } = hostOf(
    `#- e.encounter.yaml
encounter: e
date: 2026-05-04
payer: Medicare
claim: professional
place_of_service: "11"
administrations:
  - {substance: ondansetron, purpose: therapeutic, route: iv-infusion, minutes: 255}
`,
    { library: true },
  );
  host.apply({
    tables: [tableFile([relation('limits', '96366 | 1 | 3 | Data')], { set: 'mue-practitioner' })],
  });
  const analysis = host.snapshot();
  const found = problemsOf(analysis, file().id).find(({ code }) => code === 'units-over-limit');
  assert.ok(found);
  const { range, relatedInformation = [] } = problemToDiagnostic(analysis, found);
  assert.deepEqual(
    relatedInformation.map(({ location, message }) => [location.uri, location.range, message]),
    [
      [
        'e.encounter.yaml',
        range,
        'Most units a day, practitioner (MUE) (2026q2, installed): at most 1 of 96366 a day, indicator 3 (a limit of the day, which the record may justify on appeal). mue-practitioner 2026q2 (installed)',
      ],
    ],
  );
});
