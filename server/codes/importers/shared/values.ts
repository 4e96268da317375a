/** Values in the cells of the official files: codes, dates, decimals. */
import type { CodeRow } from '../../../core/index.ts';

export type Day = NonNullable<CodeRow['from']>;

/** Procedure codes of either level: five characters, of which the last may be a letter, or the first. */
export const PROCEDURE_CODE = /^(?:\d{4}[0-9A-Z]|[A-Z]\d{4})$/;
export const MODIFIER = /^[0-9A-Z]{2}$/;
/** Without its point: a letter, and a digit in one of the next two places (`C7A`; since FY2027 `QA0`); three to seven characters. */
export const DIAGNOSIS_CODE = /^[A-Z](?:\d[0-9A-Z]|[A-Z]\d)[0-9A-Z]{0,4}$/;

/** The day that `YYYYMMDD` means; undefined where there is no such day. */
export function compactDate(text: string): Day | undefined {
  return /^\d{8}$/.test(text)
    ? day(Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6)))
    : undefined;
}

/** The day of a year, a month from 1 and a day from 1; undefined where there is no such day. */
export function day(year: number, month: number, date: number): Day | undefined {
  const at = new Date(Date.UTC(year, month - 1, date));
  const text = Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 10);
  return text === `${two(year, 4)}-${two(month)}-${two(date)}` ? (text as Day) : undefined;
}

/** The last day of a month from 1. */
export const lastDay = (year: number, month: number): Day | undefined =>
  day(year, month, new Date(Date.UTC(year, month, 0)).getUTCDate());

const two = (value: number, width = 2): string => String(value).padStart(width, '0');

/** A decimal number as its publisher writes it, never a binary float: `0.869`, `.5` as `0.5`. Undefined where it is none. */
export function decimal(text: string): string | undefined {
  if (!/^(?:\d+(?:[.]\d*)?|[.]\d+)$/.test(text)) return undefined;
  const whole = text.startsWith('.') ? `0${text}` : text;
  return whole.endsWith('.') ? whole.slice(0, -1) : whole;
}
