/** Coverage in VS Code: specifications as declarations, clauses as statements, the two ways of a condition as branches. */
import {
  BranchCoverage,
  DeclarationCoverage,
  FileCoverage,
  type Range,
  StatementCoverage,
  TestCoverageCount,
  Uri,
  type CancellationToken,
  type FileCoverageDetail,
  type TestRun,
} from 'vscode';
import type { FileCoverage as Covered, FileCoverageDetails, Share } from '../../server/protocol/tests.ts';
import { toRange } from '../places.ts';
import type { TestServer } from './server.ts';

/** Coverage of a file that knows whom to ask for its clauses, once somebody looks at them. */
class ClauseCoverage extends FileCoverage {
  readonly details: (token: CancellationToken) => Promise<FileCoverageDetails>;

  constructor(covered: Covered, details: ClauseCoverage['details']) {
    super(
      Uri.parse(covered.uri),
      countOf(covered.clauses),
      countOf(covered.ways),
      countOf(covered.documents),
    );
    this.details = details;
  }
}

const countOf = ({ covered, total }: Share): TestCoverageCount => new TestCoverageCount(covered, total);

/** Adds what a run put to the test, by file. */
export async function addCoverage(
  run: TestRun,
  server: TestServer,
  name: string,
  token: CancellationToken,
): Promise<readonly FileCoverage[]> {
  const files = await server.coverage({ run: name }, token);
  return files.map((covered) => {
    const of = { run: name, uri: covered.uri };
    const own = new ClauseCoverage(covered, (cancel) => server.coverageDetails(of, cancel));
    run.addCoverage(own);
    return own;
  });
}

/** For the run profile: the clauses of a file that {@link addCoverage} added. */
export async function loadDetails(
  _run: TestRun,
  coverage: FileCoverage,
  token: CancellationToken,
): Promise<FileCoverageDetail[]> {
  if (!(coverage instanceof ClauseCoverage)) return [];
  const { documents, clauses } = await coverage.details(token);
  return [
    ...documents.map(
      ({ name, encounters, range }) => new DeclarationCoverage(name, encounters, toRange(range)),
    ),
    ...clauses.map(
      ({ encounters, range, answers }) =>
        new StatementCoverage(encounters, toRange(range), answers && branchesOf(answers, toRange(range))),
    ),
  ];
}

const branchesOf = (
  { yes, no }: NonNullable<FileCoverageDetails['clauses'][number]['answers']>,
  range: Range,
): BranchCoverage[] => [new BranchCoverage(yes, range, 'true'), new BranchCoverage(no, range, 'false')];
