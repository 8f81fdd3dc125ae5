import { IntlMessageFormat } from 'intl-messageformat';
import { type Arguments, type Kind, catalogueOf } from './catalogues.js';
import type { Locale } from './locale.js';

const tags: Readonly<Record<Locale, string>> = { fr: 'fr-CA', en: 'en-CA' };

const merged = (locale: Locale, kinds: readonly Kind[]): ReadonlyMap<string, string> =>
  new Map(kinds.flatMap((kind) => catalogueOf(kind, locale)).flatMap(({ messages }) => Object.entries(messages)));

const sentences: Readonly<Record<Locale, ReadonlyMap<string, string>>> = {
  fr: merged('fr', ['refusals', 'errors', 'validation', 'words']),
  en: merged('en', ['refusals', 'errors', 'validation', 'words']),
};

const auditSentences = (locale: Locale): ReadonlyMap<string, string> =>
  new Map(
    catalogueOf('audit', locale).flatMap(({ name, messages }) =>
      Object.entries(messages).map(([type, message]) => [`${name}.${type}`, message] as const),
    ),
  );
const audit: Readonly<Record<Locale, ReadonlyMap<string, string>>> = {
  fr: auditSentences('fr'),
  en: auditSentences('en'),
};

const compiled = new Map<string, IntlMessageFormat>();

/** The message with this code (a refusal's, an error's or a validation rule's) in a language; the code itself where there is none. */
export function say(locale: Locale, code: string, args: Arguments = {}): string {
  return format(locale, code, sentences[locale].get(code), args);
}

/** The sentence for an event in the audit trail; its type where there is none. `category` is the first word of the stream's name. */
export function tell(locale: Locale, category: string, type: string, args: Arguments = {}): string {
  const key = `${category}.${type}`;
  return format(locale, key, audit[locale].get(key), args);
}

/** Every code a refusal may carry: the keys of the catalogue of refusals. */
export function refusalCodes(): readonly string[] {
  const codes = catalogueOf('refusals', 'fr').flatMap(({ messages }) => Object.keys(messages));
  return [...new Set(codes)].sort();
}

function format(locale: Locale, key: string, message: string | undefined, args: Arguments): string {
  if (message === undefined) return key.slice(key.indexOf('.') + 1);
  const cacheKey = `${locale} ${key}`;
  let formatter = compiled.get(cacheKey);
  if (formatter === undefined) {
    formatter = new IntlMessageFormat(message, tags[locale], undefined, { ignoreTag: true });
    compiled.set(cacheKey, formatter);
  }
  return String(formatter.format(values(locale, args)));
}

/** What is unknown (a member forgotten, a detail not given) is written as a dash, never as an error. */
function values(locale: Locale, args: Arguments): Record<string, string | number> {
  const given: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(args)) {
    if (typeof value === 'string' || typeof value === 'number') given[name] = value;
    else if (typeof value === 'boolean') given[name] = String(value);
    else if (Array.isArray(value)) given[name] = listed(locale, value);
  }
  return new Proxy(given, {
    get: (it, name) => (typeof name === 'string' && name in it ? it[name] : '—'),
    has: () => true,
  });
}

const listed = (locale: Locale, items: readonly string[]): string =>
  new Intl.ListFormat(tags[locale], { type: 'conjunction' }).format(items);
