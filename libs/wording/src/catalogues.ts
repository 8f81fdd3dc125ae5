import { readdirSync, readFileSync } from 'node:fs';
import { type Locale, locales } from './locale.js';

export const kinds = ['refusals', 'errors', 'validation', 'words', 'audit'] as const;
/** What a message is for; also the name of its folder. */
export type Kind = (typeof kinds)[number];
/** What a message may tell: names, numbers, dates. A list is joined as the language joins it. */
export type Arguments = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

/** One file's messages: key → ICU message. */
export interface Catalogue {
  /** The file's first name: a lib, or an event category. */
  readonly name: string;
  readonly messages: Readonly<Record<string, string>>;
}

function read(kind: Kind, locale: Locale): readonly Catalogue[] {
  const folder = new URL(`./${kind}/`, import.meta.url);
  const ending = `.${locale}.json`;
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .sort()
    .map((file) => ({
      name: file.slice(0, -ending.length),
      messages: JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, string>,
    }));
}

const all = new Map(
  kinds.flatMap((kind) => locales.map((locale) => [`${kind}.${locale}`, read(kind, locale)] as const)),
);

/** The files of one kind in one language, read once at start. */
export function catalogueOf(kind: Kind, locale: Locale): readonly Catalogue[] {
  return all.get(`${kind}.${locale}`) ?? [];
}
