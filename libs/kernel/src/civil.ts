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
export function startOf(date: CivilDate, zone: string): Instant {
  return iso(DateTime.fromISO(date, { zone }).startOf('day'));
}

/** The deadline that ends with the last instant of a day in a zone. */
export function endOf(date: CivilDate, zone: string): Deadline {
  return { date, instant: iso(DateTime.fromISO(date, { zone }).endOf('day')) };
}

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
