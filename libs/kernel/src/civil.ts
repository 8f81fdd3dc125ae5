import { DateTime } from 'luxon';

/** A day in the community's calendar, `YYYY-MM-DD`. */
export type CivilDate = string;
/** A moment, ISO 8601 in UTC with milliseconds: two of them compare as text. */
export type Instant = string;

/** The last day of something and the last instant of that day in the community's zone (method §0). */
export interface Deadline {
  readonly date: CivilDate;
  readonly instant: Instant;
}

const iso = (moment: DateTime): string => {
  const text = moment.toUTC().toISO();
  if (text === null) throw new Error('an impossible moment');
  return text;
};

const longestMemory = 10_000;

/** What a zone's calendar says of a day never changes while the process lives, and every fold asks for the same few days. */
function remembered<R>(compute: (date: CivilDate, zone: string) => R): (date: CivilDate, zone: string) => R {
  const known = new Map<string, R>();
  return (date, zone) => {
    const key = `${date} ${zone}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const result = compute(date, zone);
    if (known.size >= longestMemory) known.clear();
    known.set(key, result);
    return result;
  };
}

/** Whether the text is a real day written `YYYY-MM-DD`. */
export function isCivilDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

/** Whether the IANA zone is known. */
export function isZone(zone: string): boolean {
  return DateTime.local({ zone }).isValid;
}

/** The day it is at an instant, in a zone. */
export function civilDateOf(instant: Instant, zone: string): CivilDate {
  return DateTime.fromISO(instant, { zone }).toFormat('yyyy-MM-dd');
}

/** The first instant of a day in a zone. */
export const startOf = remembered((date: CivilDate, zone: string): Instant =>
  iso(DateTime.fromISO(date, { zone }).startOf('day')),
);

/** The deadline that ends with the last instant of a day in a zone. */
export const endOf = remembered((date: CivilDate, zone: string): Deadline => ({
  date,
  instant: iso(DateTime.fromISO(date, { zone }).endOf('day')),
}));

/** *n* days opened at an instant: they end with the last instant of that day + n (method §0). */
export function deadlineAfter(instant: Instant, days: number, zone: string): Deadline {
  return endOf(plusDays(civilDateOf(instant, zone), days), zone);
}

export function plusDays(date: CivilDate, days: number): CivilDate {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}

export function plusMonths(date: CivilDate, months: number): CivilDate {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ months }).toFormat('yyyy-MM-dd');
}
