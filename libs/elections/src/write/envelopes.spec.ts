import { randomBytes } from 'node:crypto';
import { markOf, openNomination, sealNomination } from './envelopes.js';

const key = randomBytes(32);
const place = { electionId: 'e1', round: 1, by: 'paul' };
const names = ['a', 'ines', 'outside', 'f2b6c1f0-6a55-8a1e-a3c4-0123456789ab', 'x'.repeat(64)];

describe('a nomination in its envelope', () => {
  it.each(names)('comes out as it went in: %s', (name) =>
    expect(openNomination(key, sealNomination(key, name, place), place)).toBe(name),
  );

  it('INV-60 weighs the same whoever is named, and never looks the same twice', () => {
    const envelopes = [...names, ...names].map((name) => sealNomination(key, name, place));
    expect(new Set(envelopes.map(({ length }) => length)).size).toBe(1);
    expect(new Set(envelopes).size).toBe(envelopes.length);
  });

  it('INV-60 opens with no other key, and in no other place', () => {
    const envelope = sealNomination(key, 'ines', place);
    expect(() => openNomination(randomBytes(32), envelope, place)).toThrow();
    for (const other of [{ electionId: 'e2' }, { round: 2 }, { by: 'ana' }])
      expect(() => openNomination(key, envelope, { ...place, ...other })).toThrow();
  });

  it('holds no more than an id', () =>
    expect(() => sealNomination(key, 'x'.repeat(65), place)).toThrow('no envelope holds'));

  it('is marked by its round’s key', () => {
    expect(markOf(key, 'ines', place)).toBe(markOf(key, 'ines', place));
    expect(markOf(key, 'ines', place)).not.toBe(markOf(key, 'ana', place));
    expect(markOf(key, 'ines', place)).not.toBe(markOf(randomBytes(32), 'ines', place));
  });
});
