export const locales = ['fr', 'en'] as const;
/** The languages Ronde speaks. French is the one it falls back on. */
export type Locale = (typeof locales)[number];

const isLocale = (tag: string): tag is Locale => (locales as readonly string[]).includes(tag);

/** The language to answer in, from an `Accept-Language` header: the first we speak in order of preference, else French. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  if (acceptLanguage === undefined || acceptLanguage.length > 500) return 'fr';
  const known = negotiated.get(acceptLanguage);
  if (known !== undefined) return known;
  const locale = negotiate(acceptLanguage);
  if (negotiated.size < 1_000) negotiated.set(acceptLanguage, locale);
  return locale;
}

/** Browsers send the same few headers all day. */
const negotiated = new Map<string, Locale>();

function negotiate(acceptLanguage: string): Locale {
  const wishes = acceptLanguage.split(',').map((wish) => {
    const [tag = '', ...parameters] = wish.trim().toLowerCase().split(';');
    const weight = parameters.map((it) => it.trim()).find((it) => it.startsWith('q='));
    return { language: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
  });
  const ordered = wishes.filter((it) => it.weight > 0).sort((a, b) => b.weight - a.weight);
  return ordered.map((it) => it.language).find(isLocale) ?? 'fr';
}
