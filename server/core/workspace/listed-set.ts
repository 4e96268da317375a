/** A code list as a code set, so that its codes are found, completed and explained like those of a release. */
import { parseDate, type IsoDate } from '../base/clock.ts';
import { lazy, perInput } from '../base/memo.ts';
import { plainCode, readHeader } from '../codes/code-set.ts';
import type { CodeSetFile } from '../codes/releases.ts';
import type { ReleaseInfo } from '../codes/rows.ts';
import { countsOf, writeCodeSet } from '../codes/write.ts';
import type { CodeList } from '../rules/code-list.ts';

/** A starter set yields to a release of the set of its name; what another list has stands beside every release. */
export const asCodeSet: (list: CodeList) => CodeSetFile = perInput((list) =>
  packed(list, list.starter === true ? { starter: true } : { local: true }),
);

function packed(list: CodeList, kind: Pick<ReleaseInfo, 'local' | 'starter'>): CodeSetFile {
  const { name, format, title, codes, asOf } = list;
  const points = new Set(codes.map(({ code }) => code.indexOf('.')).filter((at) => at !== -1));
  const [pointAfter] = points;
  const info: ReleaseInfo = {
    set: name,
    answers: format,
    release: asOf ?? (kind.starter === true ? 'starter' : 'local'),
    title,
    publisher: '',
    effective: { from: ALWAYS },
    ...(kind.starter === true && { lists: beginningsOf(codes) }),
    // A list with and without points, or with points in several places, keeps none: codes are compared without.
    ...(points.size === 1 && pointAfter !== undefined && { pointAfter }),
    ...kind,
  };
  const rows = codes.map(({ code, title: own, from, to }) => ({
    code: plainCode(code),
    title: own,
    billable: true,
    ...(from && { from }),
    ...(to && { to }),
  }));
  // Most lists are never searched, and what a list says of itself is told without packing it.
  const bytes = lazy(() => writeCodeSet(info, rows));
  const sections = lazy(() => {
    const header = readHeader(bytes());
    if ('refused' in header) throw new Error(`The code list ${name} was packed wrongly: ${header.refused}`);
    return header.sections;
  });
  const header: CodeSetFile['header'] = {
    ...info,
    ...countsOf(rows),
    get sections() {
      return sections();
    },
  };
  return { header, name, read: bytes };
}

/** A few codes tell of which kind the others are: where none begins with a digit, nothing is said of codes that do. */
function beginningsOf(codes: CodeList['codes']): string {
  const kinds = ['0-9', 'A-Z'].filter((signs) =>
    codes.some(({ code }) => new RegExp(`^[${signs}]`).test(code)),
  );
  return `^[${kinds.join('')}]`;
}

const ALWAYS = parseDate('1900-01-01') as IsoDate;
