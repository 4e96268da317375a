/** Coverage of test runs: which clauses they put to the test, told by file, and clause by clause when somebody looks. */
import {
  tallyCoverage,
  type Analysis,
  type ClauseCoverage,
  type CoverageTally,
  type FileCoverage as Covered,
} from '../../core/index.ts';
import {
  coverageDetailsRequest,
  coverageRequest,
  type CoverageOfFile,
  type CoverageOfRun,
  type FileCoverage,
  type FileCoverageDetails,
} from '../../protocol/tests.ts';
import { guarded } from '../guard.ts';
import { fileOf, type Session } from '../session.ts';
import { toLocation, emptyRange } from '../to-proto.ts';

/** Runs whose details can still be asked for: each keeps the documents as they were. */
const KEPT = 5;

interface CoveredRun {
  readonly tally: CoverageTally;
  /** The documents that it speaks of. */
  readonly analysis: Analysis;
}

/** Where a run counts; its first request decides of which rules it speaks. */
export type TallyOfRun = (run: string) => CoverageTally;

export function registerTestCoverage(session: Session): TallyOfRun {
  const runs = new Map<string, CoveredRun>();
  const { connection } = session;
  connection.onRequest(
    coverageRequest,
    guarded<CoverageOfRun, FileCoverage[]>(session, 'the coverage of a run', [], ({ run }) =>
      (runs.get(run)?.tally.report() ?? []).map(fileCoverage),
    ),
  );
  connection.onRequest(
    coverageDetailsRequest,
    guarded<CoverageOfFile, FileCoverageDetails>(
      session,
      'the coverage of a file',
      { documents: [], clauses: [] },
      ({ run, uri }) => detailsOf(runs.get(run), uri),
    ),
  );
  return (run) => {
    const known = runs.get(run);
    if (known) return known.tally;
    const { analysis } = session;
    const tally = tallyCoverage(analysis);
    runs.set(run, { tally, analysis });
    const [oldest] = runs.keys();
    if (runs.size > KEPT && oldest !== undefined) runs.delete(oldest);
    return tally;
  };
}

const fileCoverage = ({ file, documents, clauses, ways }: Covered): FileCoverage => ({
  uri: file,
  documents: {
    covered: documents.filter(({ encounters }) => encounters > 0).length,
    total: documents.length,
  },
  clauses,
  ways,
});

function detailsOf(run: CoveredRun | undefined, uri: string): FileCoverageDetails {
  const found = run?.tally.report().find(({ file }) => file === fileOf(uri));
  if (!run || !found) return { documents: [], clauses: [] };
  const rangeOf = (at: ClauseCoverage['at']): FileCoverageDetails['clauses'][number]['range'] =>
    toLocation(run.analysis, at)?.range ?? emptyRange();
  return {
    documents: found.documents.map(({ name, at, encounters }) => ({ name, encounters, range: rangeOf(at) })),
    clauses: found.documents.flatMap(({ clauses }) =>
      clauses.map(({ at, encounters, answers }) => ({
        range: rangeOf(at),
        encounters,
        ...(answers && { answers }),
      })),
    ),
  };
}
