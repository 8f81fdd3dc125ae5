import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonical } from './canonical.js';
import { chainHash, chainHashOfWritten } from './chain.js';

const names = fc.oneof(fc.constantFrom('1', '02', '10', '__proto__', 'toString', 'b', 'a', ''), fc.string());
const text = fc.string({ unit: 'binary' }).filter((it) => !/\p{Cs}/u.test(it));
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom(null, true, false, undefined),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    text,
    fc.date({ noInvalidDate: true }),
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(text, tie('value'), { maxKeys: 6 }),
    fc.dictionary(names, tie('value'), { maxKeys: 20 }),
  ),
}));

describe('canonical JSON', () => {
  it('is what the package canonicalize writes', () =>
    fc.assert(
      fc.property(value, (it) => {
        expect(canonical({ it })).toBe(canonicalize({ it }));
      }),
      { numRuns: 2_000 },
    ));

  it('does not depend on the order of members', () =>
    expect(canonical({ b: { d: 1, c: [2, { y: 'é', x: null }] }, a: undefined })).toBe(
      '{"b":{"c":[2,{"x":null,"y":"é"}],"d":1}}',
    ));

  it('sorts by UTF-16 units', () =>
    expect(canonical({ '\u{1F600}': 1, '\uFB33': 2 })).toBe('{"\u{1F600}":1,"\uFB33":2}'));

  it.each([NaN, Infinity])('refuses %p', (number) => expect(() => canonical({ number })).toThrow(TypeError));

  it('is what JSON.stringify writes of an event whose members stand in order', () => {
    const data = { by: 'm1', concern: { c: 'Yw==', iv: 'aXY=', k: 'member:m1', t: 'dA==' }, list: [{ a: 1, b: 2 }] };
    const meta = { $correlationId: 'r', actor: 'm1', command: 'C', commandId: 'i', community: 'k', v: '2' };
    const event = { stream: 'proposal-"1"', revision: 3, id: 'e', type: 'ConsentGiven' };
    const written = { ...event, data: JSON.stringify(data), meta: JSON.stringify(meta), version: '2' };
    expect(chainHashOfWritten('p', written)).toBe(chainHash('p', { ...event, data, meta: { hash: 'any', ...meta } }));
    expect(chainHashOfWritten('q', written)).not.toBe(chainHashOfWritten('p', written));
    const long = { by: 'é€😀'.repeat(20_000) };
    const much = { ...written, data: JSON.stringify(long) };
    expect(chainHashOfWritten('p', much)).toBe(chainHash('p', { ...event, data: long, meta }));
  });
});
