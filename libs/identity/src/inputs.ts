import type { Instant } from '@app/kernel';
import { type Locale, locales } from '@app/wording';
import { refuseUnless } from './refusals.js';

const maxNameLength = 200;
const maxEmailLength = 254;
const maxLabelLength = 100;
export const minPasswordLength = 10;
export const maxPasswordLength = 128;
const day = 86_400_000;

/** Control characters, halves of characters, line separators, and the marks that reorder text around them. */
const unprintable = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
/** What better-auth accepts at sign-in: an address outside it could be kept but never used. */
const address = /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;
const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

function isPlainText(text: unknown, maxLength: number): text is string {
  if (typeof text !== 'string' || unprintable.test(text)) return false;
  return text.trim().length > 0 && text.trim().length <= maxLength;
}

/** The name as it is kept: without surrounding spaces, 1 to 200 characters, nothing unprintable. */
export function allowedName(name: unknown): string {
  refuseUnless(isPlainText(name, maxNameLength), 'NAME_NOT_ALLOWED', { max: maxNameLength });
  return name.trim().normalize('NFC');
}

/** The address as it is kept and compared: lower case, at most 254 characters. */
export function allowedEmail(email: unknown): string {
  const given = typeof email === 'string' ? email.trim() : '';
  refuseUnless(given.length <= maxEmailLength && address.test(given), 'EMAIL_NOT_ALLOWED');
  return given.toLowerCase();
}

export function allowedLabel(label: unknown): string {
  refuseUnless(isPlainText(label, maxLabelLength), 'LABEL_NOT_ALLOWED', { max: maxLabelLength });
  return label.trim().normalize('NFC');
}

export function allowedLocale(locale: unknown): Locale {
  const known = locales.find((candidate) => candidate === locale);
  refuseUnless(known, 'LOCALE_NOT_KNOWN', { known: locales });
  return known;
}

/** Length is what makes a password strong; one that repeats the person's address or name is refused as well. */
export function allowedPassword(password: unknown, about: readonly string[] = []): string {
  const said = typeof password === 'string' && !/\p{Cs}/u.test(password) ? password : '';
  const given = said.trim().toLowerCase();
  const guessable = new Set(given).size < 3 || about.some((known) => known.toLowerCase() === given);
  const fits = said.length >= minPasswordLength && said.length <= maxPasswordLength;
  refuseUnless(fits && !guessable, 'WEAK_PASSWORD', { min: minPasswordLength, max: maxPasswordLength });
  return said;
}

export function daysAfter(now: Instant, days: number): Instant {
  return new Date(Date.parse(now) + days * day).toISOString();
}

/** An instant after now and at most that many days away. */
export function allowedExpiry(expiresAt: unknown, now: Instant, maxDays: number): Instant {
  const given = typeof expiresAt === 'string' && instant.test(expiresAt) ? Date.parse(expiresAt) : Number.NaN;
  const ahead = given - Date.parse(now);
  refuseUnless(ahead > 0 && ahead <= maxDays * day, 'EXPIRY_NOT_ALLOWED', { days: maxDays });
  return new Date(given).toISOString();
}
