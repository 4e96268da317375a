/** Which release a file is and when it is in force, by what it says of itself and by the names under which it is published. */
import type { ReleaseInfo } from '../../../core/index.ts';
import type { ImporterId } from './layout.ts';
import { day, lastDay, type Day } from './values.ts';

export interface Release extends Pick<ReleaseInfo, 'release' | 'effective'> {
  /** Of files that are published twice: `QPP`, `non-QPP`. */
  readonly variant?: string;
}

/** A year of this century that is no part of a longer number, nor of a day or a quarter: those say when a file was saved. */
const YEAR = /(?<!\d|\d\d[-_.]\d\d[-_.])(20\d\d)(?!\d|[-_.]?\d\d[-_.]?\d\d(?!\d)|[ _-]?q\d)/i;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const REST = '(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)?';
const MONTH = new RegExp(`(?<![a-z])(${MONTHS.join('|')})${REST}(?![a-z])`, 'i');

/**
 * @param names the file's name and, in a zip, that of the entry
 * @param text what the file begins with
 */
export function releaseOf(importer: ImporterId, names: string, text: string): Release | undefined {
  switch (importer) {
    case 'icd-10-cm-order':
      return fiscalYear(names, yearIn(names));
    case 'icd-10-cm-tabular':
      return fiscalYear(names, yearIn(/<version>\s*(\d{4})/.exec(text)?.[1] ?? '') ?? yearIn(names));
    case 'icd-10-cm-addenda':
      return fiscalYear(names, latest(text, /icd10cm_order_(\d{4})[.]txt/g) ?? yearIn(names));
    case 'hcpcs':
    case 'hcpcs-csv':
      return sinceMonth(yearIn(names) ?? shortYear(names), monthIn(names) ?? 1);
    case 'nucc':
      return taxonomy(names);
    case 'mue':
      return quarterIn(names);
    case 'ncci-pairs':
      return quarterIn(names) ?? versionOfPairs(names);
    case 'pprrvu':
      return feeSchedule(names, text);
    case 'gpci':
      return calendarYear(yearIn(/(20\d\d) P[WE] GPCI/.exec(text)?.[1] ?? '') ?? yearIn(names));
    default:
      return calendarYear(yearIn(names));
  }
}

function yearIn(names: string): number | undefined {
  const [, year] = YEAR.exec(names) ?? [];
  return year === undefined ? undefined : Number(year);
}

const shortYear = (names: string): number | undefined => {
  const [, year] = /(?:HCPC|PPRRVU|RVU)(\d\d)(?!\d)/i.exec(names) ?? [];
  return year === undefined ? undefined : 2000 + Number(year);
};

function monthIn(names: string): number | undefined {
  const [, month] = MONTH.exec(names) ?? [];
  return month === undefined ? undefined : MONTHS.indexOf(month.toLowerCase()) + 1;
}

function latest(text: string, pattern: RegExp): number | undefined {
  const years = [...text.matchAll(pattern)].map(([, year]) => Number(year));
  return years.length > 0 ? Math.max(...years) : undefined;
}

function release(name: string, from: Day | undefined, to?: Day): Release | undefined {
  return from === undefined ? undefined : { release: name, effective: { from, ...(to && { to }) } };
}

/** From October of the year before; an update of January or April replaces the rest of it. */
function fiscalYear(names: string, year: number | undefined): Release | undefined {
  if (year === undefined) return undefined;
  const [, update] = /(?<![a-z])(jan|apr)(?:uary|il)?(?![a-z])/i.exec(names) ?? [];
  const to = day(year, 9, 30);
  if (update === undefined) return release(`FY${String(year)}`, day(year - 1, 10, 1), to);
  const month = update.toLowerCase() === 'jan' ? 1 : 4;
  return release(`FY${String(year)}-0${String(month)}`, day(year, month, 1), to);
}

/** Until the end of its quarter: CMS publishes the next file for the quarter that follows. */
function sinceMonth(year: number | undefined, month: number): Release | undefined {
  if (year === undefined) return undefined;
  const name = `${String(year)}-${String(month).padStart(2, '0')}`;
  return release(name, day(year, month, 1), lastDay(year, Math.ceil(month / 3) * 3));
}

const calendarYear = (year: number | undefined): Release | undefined =>
  year === undefined ? undefined : release(String(year), day(year, 1, 1), day(year, 12, 31));

const quarter = (year: number, number: number): Release | undefined =>
  number < 1 || number > 4
    ? undefined
    : release(`${String(year)}q${String(number)}`, day(year, number * 3 - 2, 1), lastDay(year, number * 3));

/** `2026q2`, or the day on which it takes effect: `Eff_04-01-2026`. */
function quarterIn(names: string): Release | undefined {
  const [, year, number] = /(?<!\d)(20\d\d)[ _-]?q([1-4])(?!\d)/i.exec(names) ?? [];
  if (year !== undefined) return quarter(Number(year), Number(number));
  const [, month, then] = /(?<!\d)(\d\d)-\d\d-(20\d\d)(?!\d)/.exec(names) ?? [];
  return month === undefined ? undefined : quarter(Number(then), Math.ceil(Number(month) / 3));
}

/** `v321r0`: the 32nd year of the edits, which is 2026, and its second quarter, counted from 0. */
function versionOfPairs(names: string): Release | undefined {
  const [, year, number] = /v(\d\d)(\d)r\d/i.exec(names) ?? [];
  return year === undefined ? undefined : quarter(1994 + Number(year), Number(number) + 1);
}

/** `nucc_taxonomy_251`: version 25.1, in effect from October until the next one of April; 25.0 is that of April. */
function taxonomy(names: string): Release | undefined {
  const [, year, half] = /taxonomy[_ -]?(\d\d)[._]?([01])(?!\d)/i.exec(names) ?? [];
  if (year === undefined || half === undefined) return undefined;
  const own = 2000 + Number(year);
  const isApril = half === '0';
  return release(
    `${year}.${half}`,
    day(own, isApril ? 4 : 10, 1),
    isApril ? day(own, 9, 30) : day(own + 1, 3, 31),
  );
}

/** `rvu26a` to `rvu26d`: January, April, July, October. */
function letterIn(names: string): number | undefined {
  const [, letter] = /RVU\d\d([A-D])(?=[^a-z]|r)/i.exec(names) ?? [];
  return letter === undefined ? undefined : 'ABCD'.indexOf(letter.toUpperCase()) * 3 + 1;
}

/** “2025 National Physician Fee Schedule Relative Value File October Release”, or `PPRRVU2025_Oct`. */
function feeSchedule(names: string, text: string): Release | undefined {
  const [, said, month] = /(20\d\d) National Physician Fee Schedule.* (\w{3})\w* Release/i.exec(text) ?? [];
  const year = said === undefined ? (yearIn(names) ?? shortYear(names)) : Number(said);
  const number = monthIn(month ?? names) ?? letterIn(names);
  if (year === undefined || number === undefined) return undefined;
  const found = quarter(year, Math.ceil(number / 3));
  const [variant] = /(?:non[-_ ]?)?QPP/i.exec(names) ?? [];
  if (!found || variant === undefined) return found;
  return { ...found, variant: /^non/i.test(variant) ? 'non-QPP' : 'QPP' };
}
