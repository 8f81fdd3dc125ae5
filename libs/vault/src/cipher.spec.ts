import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { open, seal, type Sealed } from './cipher.js';

const key = randomBytes(32);

describe('sealed text', () => {
  it('opens to what was sealed', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, place) => {
        expect(open(key, seal(key, text, place), place).toString('utf8')).toBe(text);
      }),
    ));

  it('takes bytes as they are', () => {
    const bytes = randomBytes(300);
    expect(open(key, seal(key, bytes, 'a'), 'a')).toEqual(bytes);
  });

  it('is never the same twice', () => {
    const ivs = Array.from({ length: 1_000 }, () => seal(key, 'x', 'a').iv);
    expect(new Set(ivs).size).toBe(1_000);
  });

  const sealed = seal(key, 'an argument', 'event /argument');
  const other = (text: string): string => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
  it.each<[string, Buffer, Sealed, string]>([
    ['another key', randomBytes(32), sealed, 'event /argument'],
    ['another place', key, sealed, 'event /remedy'],
    ['another text', key, { ...sealed, c: other(sealed.c) }, 'event /argument'],
    ['another iv', key, { ...sealed, iv: other(sealed.iv) }, 'event /argument'],
    ['another tag', key, { ...sealed, t: other(sealed.t) }, 'event /argument'],
    ['a shortened tag', key, { ...sealed, t: sealed.t.slice(0, 8) }, 'event /argument'],
  ])('does not open with %s', (_, under, what, where) => expect(() => open(under, what, where)).toThrow());
});
