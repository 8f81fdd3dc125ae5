import { IntlMessageFormat } from 'intl-messageformat';
import { type Kind, type Locale, catalogueOf, kinds, localeOf, say, tell } from './index.js';

type Piece = { type: number; value?: string; options?: Record<string, { value: Piece[] }>; children?: Piece[] };

/** Names of the ICU arguments of a message, in every branch. */
function argumentsOf(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) => {
    const named = piece.type !== 0 && piece.type !== 7 && piece.value !== undefined ? [piece.value] : [];
    const branches = Object.values(piece.options ?? {}).flatMap((branch) => argumentsOf(branch.value));
    return [...named, ...branches, ...argumentsOf(piece.children ?? [])];
  });
}

const signatureOf = (message: string): string[] => {
  const { getAst } = new IntlMessageFormat(message, 'fr', undefined, { ignoreTag: true });
  return [...new Set(argumentsOf(getAst() as unknown as Piece[]))].sort();
};

const signatures = (kind: Kind, locale: Locale): Record<string, Record<string, string[]>> =>
  Object.fromEntries(
    catalogueOf(kind, locale).map(({ name, messages }) => [
      name,
      Object.fromEntries(Object.entries(messages).map(([key, message]) => [key, signatureOf(message)])),
    ]),
  );

describe('the catalogues', () => {
  it.each(kinds)('say the same things with the same arguments in both languages: %s', (kind) => {
    expect(signatures(kind, 'en')).toEqual(signatures(kind, 'fr'));
  });

  it.each(['fr', 'en'] as const)('never give one code two messages: %s', (locale) => {
    const entries = (['refusals', 'errors', 'validation'] as const)
      .flatMap((kind) => catalogueOf(kind, locale))
      .flatMap(({ name, messages }) => Object.keys(messages).map((key) => `${key} in ${name}`));
    const keys = entries.map((entry) => entry.split(' ')[0] ?? '');
    expect(entries.filter((entry, at) => keys.indexOf(keys[at] ?? '') !== at)).toEqual([]);
  });

  it.each(['fr', 'en'] as const)('keep to the wording of the house: %s', (locale) => {
    const messages = kinds.flatMap((kind) => catalogueOf(kind, locale)).flatMap((it) => Object.values(it.messages));
    const banned = /!|\bveto\b|\bvot(?:e|es|er|ed|ing|ant|é)\b|consensus|candidate?s?\b/i;
    const said = messages.map((message) => message.replace(/sans candidat|without candidates/gi, ''));
    expect(said.filter((message) => banned.test(message))).toEqual([]);
  });
});

describe('a message', () => {
  it('is said in the reader’s language, with its numbers', () => {
    expect(say('fr', 'atMost', { 0: 20_000 })).toMatch(/^Ce texte est trop long : 20.000 caractères au plus\.$/u);
    expect(say('en', 'BAD_USER_INPUT', { count: 2 })).toBe('2 fields need correcting; nothing was changed.');
  });

  it('writes a dash for what it was not told', () => {
    expect(say('en', 'INTERNAL')).toContain('installation: —.');
  });

  it('falls back on the code, and on the event’s type', () => {
    expect(say('en', 'NEVER_HEARD_OF')).toBe('NEVER_HEARD_OF');
    expect(tell('en', 'circle', 'NeverHeardOf')).toBe('NeverHeardOf');
  });
});

describe('the language of a reader', () => {
  it.each([
    [undefined, 'fr'],
    ['en', 'en'],
    ['en-CA,en;q=0.9,fr;q=0.8', 'en'],
    ['fr;q=0.2, en;q=0.9', 'en'],
    ['de, es', 'fr'],
    ['en;q=0', 'fr'],
    [';;;,,,q=', 'fr'],
  ] as const)('%s → %s', (header, locale) => expect(localeOf(header)).toBe(locale));
});
