import { AsyncLocalStorage } from 'node:async_hooks';
import { type Arguments, type Locale, localeOf, say } from '@app/wording';

/** The language of the request under way, for errors that come before anything else is known of it. */
export const readersLocale = new AsyncLocalStorage<Locale>();

/** What is told of a request that was refused before it was understood, by HTTP status. */
const byStatus: Readonly<Record<number, string>> = {
  400: 'MALFORMED_REQUEST',
  404: 'NO_SUCH_ADDRESS',
  405: 'NO_SUCH_ADDRESS',
  413: 'BODY_TOO_LARGE',
  415: 'NOT_JSON',
  503: 'UNAVAILABLE',
};

/** How the servers beneath say it, and what we say instead. */
const bySentence: readonly (readonly [RegExp, string])[] = [
  [/^Operation batching disabled/, 'BATCHING_REFUSED'],
  [/Cross-Site Request Forgery/, 'CROSS_SITE_REFUSED'],
  [/^POST body missing/, 'QUERY_MISSING'],
  [/not valid JSON|Invalid JSON|Unexpected (end|token)/i, 'MALFORMED_JSON'],
];

export interface RequestFault {
  readonly code: string;
  readonly message: string;
}

/** The code and the message in a language; nothing for a status that is not the request's fault. */
export function requestFault(locale: Locale, status: number, sentence: string): RequestFault | undefined {
  const code = bySentence.find(([pattern]) => pattern.test(sentence))?.[1] ?? byStatus[status];
  if (code === undefined) return status < 500 ? faultOf(locale, 'REQUEST_REFUSED', { reason: sentence }) : undefined;
  return faultOf(locale, code, { reason: sentence });
}

export function faultOf(locale: Locale, code: string, args: Arguments = {}): RequestFault {
  return { code, message: say(locale, code, args) };
}

export const localeIn = (headers: Readonly<Record<string, string | readonly string[] | undefined>>): Locale => {
  const asked = headers['accept-language'];
  return localeOf(typeof asked === 'string' ? asked : undefined);
};
