import {
  type EventCatalogue,
  type Fact,
  catalogue,
  event,
  id,
  maybe,
  record,
  text,
  union,
  whole,
  word,
} from '@app/kernel';
import { MemoryVault } from '@app/vault/adapters';
import { Type } from '@sinclair/typebox';
import fc from 'fast-check';
import { Codec, InvalidFact, type Upcasters } from './codec.js';
import type { StoredEvent } from './event-store.js';
import { CorruptLog } from './errors.js';
import { noteEvents } from './notes.testing.js';

const place = { id: 'e1', category: 'note', community: 'k1', circle: 'c1' };
const line = (text: string | null): Fact => ({ type: 'LineWritten', data: { by: 'ada', line: text } });

let vault: MemoryVault;
let codec: Codec;
beforeEach(() => {
  vault = new MemoryVault();
  codec = new Codec(vault, [noteEvents]);
});

async function stored(fact: Fact, by = codec): Promise<StoredEvent> {
  const [encoded] = await by.encode([fact], [place]);
  const meta = { community: 'k1', v: String(encoded!.version) };
  const data: unknown = JSON.parse(JSON.stringify(encoded!.data));
  return { id: 'e1', stream: 'note-1', revision: 0, position: '1', type: fact.type, data, meta };
}
const decoded = async (event: StoredEvent, by = codec): Promise<unknown> => (await by.decode([event]))[0]?.data;

const someText = fc.string({ unit: 'binary', maxLength: 50 }).filter((it) => !/[\0\p{Cs}]/u.test(it));
const maybeText = fc.option(someText, { nil: null });
const parts = fc.array(fc.record({ partId: fc.maxSafeNat(), text: maybeText, tags: fc.array(maybeText) }));
const effect = fc.oneof(
  fc.record({ kind: fc.constant('rename'), title: maybeText }),
  fc.record(
    {
      kind: fc.constant('share'),
      with: fc.constant('c2'),
      plan: fc.record({ title: maybeText, due: fc.constant('d') }),
    },
    { requiredKeys: ['kind', 'with'] },
  ),
);
const published = fc.record(
  { at: fc.constant('2027-01-15T10:00:00.000Z'), summary: maybeText, parts, effect },
  { requiredKeys: ['at', 'summary', 'parts'] },
);

describe('the codec', () => {
  it('reads back what it wrote, wherever the text stands', () =>
    fc.assert(
      fc.asyncProperty(published, async (data) => {
        const event = await stored({ type: 'NotePublished', data });
        expect(await decoded(event)).toStrictEqual(structuredClone(data));
        expect(JSON.stringify(event.data)).not.toContain('"summary":"');
      }),
    ));

  it('leaves out what is undefined', async () => {
    const event = await stored({ type: 'LineWritten', data: { by: 'ada', line: 'x', kind: undefined } });
    expect(await decoded(event)).toStrictEqual({ by: 'ada', line: 'x' });
  });

  it('stores members in canonical order', async () => {
    const { data } = await stored({ type: 'LineWritten', data: { line: 'x', kind: 'bold', by: 'ada' } });
    expect(Object.keys(data as object)).toEqual(['by', 'kind', 'line']);
    expect(Object.keys((data as { line: object }).line)).toEqual(['c', 'iv', 'k', 't']);
  });

  it('encrypts under the key of the member in the field, of the circle, of the community', async () => {
    const share = { kind: 'share', with: 'c2', plan: { title: 'b', due: 'd' } };
    const data = { at: '2027-01-15T10:00:00.000Z', summary: 's', parts: [{ partId: 1, text: 'a', tags: ['t'] }] };
    const full = await stored({ type: 'NotePublished', data: { ...data, effect: share } });
    expect(full.data).toMatchObject({
      summary: { k: 'community:k1' },
      parts: [{ text: { k: 'circle:c1' }, tags: [{ k: 'circle:c1' }] }],
      effect: { plan: { title: { k: 'circle:c1' } } },
    });
    expect((await stored(line('x'))).data).toMatchObject({ line: { k: 'member:ada' } });
  });

  it('makes a key only where there is text', async () => {
    await stored(line(null));
    expect((await vault.keys(['member:ada'])).get('member:ada')).toBeNull();
  });

  it('answers null for the text of a destroyed key, and the rest as it was', async () => {
    const event = await stored(line('an argument'));
    await vault.destroy('member:ada');
    expect(await decoded(event)).toStrictEqual({ by: 'ada', line: null });
  });

  it('refuses to write under a destroyed key', async () => {
    await vault.destroy('member:ada');
    await expect(stored(line('x'))).rejects.toMatchObject({ code: 'TEXT_KEY_DESTROYED' });
    await expect(stored(line(null))).resolves.toBeDefined();
  });

  it('does not open a text that was moved to another event or another place', async () => {
    const event = await stored(line('x'));
    await expect(codec.decode([{ ...event, id: 'e2' }])).rejects.toBeInstanceOf(CorruptLog);
    const two = { partId: 1, text: 'a', tags: ['b'] };
    const data = { at: '2027-01-15T10:00:00.000Z', summary: 's', parts: [two] };
    const moved = await stored({ type: 'NotePublished', data });
    const [part] = (moved.data as { parts: { text: unknown; tags: unknown[] }[] }).parts;
    [part!.text, part!.tags[0]] = [part!.tags[0], part!.text];
    await expect(codec.decode([moved])).rejects.toThrow('a text does not open under circle:c1');
  });

  it.each([
    ['TEXT_TOO_LONG', 'x'.repeat(2_001), { field: 'line', max: 2_000 }],
    ['TEXT_NOT_STORABLE', 'a\0b', { field: 'line' }],
    ['TEXT_NOT_STORABLE', 'a\uD800b', { field: 'line' }],
  ])('refuses a text that cannot be kept: %s', async (code, value, details) => {
    await expect(stored(line(value))).rejects.toMatchObject({ name: 'Refusal', code, details });
  });

  it('names the place of a text deep inside', async () => {
    const parts = [{ partId: 1, text: 'a', tags: ['b', 'x'.repeat(51)] }];
    const data = { at: '2027-01-15T10:00:00.000Z', summary: 's', parts };
    await expect(stored({ type: 'NotePublished', data })).rejects.toMatchObject({
      details: { field: 'parts.0.tags.1', max: 50 },
    });
  });
});

describe('what no catalogue allows', () => {
  const counted = catalogue('note', {
    Counted: event({ what: word(), n: Type.Integer(), how: Type.Unsafe<string>(Type.String({ enum: ['a', 'b'] })) }),
  });
  const counting = () => new Codec(vault, [counted]);
  const data = { what: 'steps', n: 1, how: 'a' };

  it.each<[string, object]>([
    ['an unknown field', { ...data, more: 1 }],
    ['a missing field', { what: 'steps', n: 1 }],
    ['a wrong type', { ...data, n: '1' }],
    ['a fraction', { ...data, n: 1.5 }],
    ['a number that is not safe', { ...data, n: 2 ** 53 }],
    ['infinity', { ...data, n: Infinity }],
    ['a word that is not of the list', { ...data, how: 'c' }],
    ['NUL in a word', { ...data, what: 'a\0' }],
    ['a lone surrogate in a word', { ...data, what: 'a\uDC00' }],
  ])('is not written: %s', async (_, wrong) => {
    await expect(stored({ type: 'Counted', data: wrong }, counting())).rejects.toBeInstanceOf(InvalidFact);
    await expect(stored({ type: 'Counted', data }, counting())).resolves.toBeDefined();
  });

  it('is not written: a type of another stream', () => {
    expect(() => codec.encode([line('x')], [{ ...place, category: 'circle' }])).toThrow('circle/LineWritten');
  });

  it('is named without its value', async () => {
    const wrong = stored({ type: 'Counted', data: { ...data, what: 'secret\0' } }, counting());
    await expect(wrong).rejects.toThrow('note/Counted/what');
    await expect(wrong).rejects.not.toThrow('secret');
  });
});

describe('what is read but not known', () => {
  it('is left out and counted, or marked where everything is asked for', async () => {
    const [known, alien, newer] = await Promise.all([stored(line('x')), stored(line('y')), stored(line('z'))]);
    const events = [known!, { ...alien!, type: 'Sung' }, { ...newer!, meta: { v: '2' } }];
    expect((await codec.decode(events)).map(({ type }) => type)).toEqual(['LineWritten']);
    expect([...codec.skipped]).toEqual([
      ['note/Sung@1', 1],
      ['note/LineWritten@2', 1],
    ]);
    const all = await codec.read(events);
    expect(all.map(({ known }) => known)).toEqual([true, false, false]);
    expect(all[1]!.data).toEqual(alien!.data);
  });
});

describe('old versions', () => {
  const first = catalogue('note', { LineWritten: event({ by: id(), line: text({ member: 'by' }) }) });
  const third = {
    category: 'note',
    types: {
      LineWritten: {
        version: 3,
        data: record({ writer: id(), body: record({ line: text({ member: 'writer' }), words: whole() }) }),
      },
    },
  } as EventCatalogue;
  const upcasters: Record<string, Upcasters> = {
    note: {
      LineWritten: {
        1: ({ by, line }: { by: string; line: string | null }) => ({ writer: by, line }),
        2: ({ writer, line }: { writer: string; line: string | null }) => ({ writer, body: { line, words: 0 } }),
      },
    },
  };

  it('are brought to the newest, their text decrypted where it stood', async () => {
    const event = await stored(line('x'), new Codec(vault, [first]));
    const now = new Codec(vault, [third], upcasters);
    expect(await decoded(event, now)).toEqual({ writer: 'ada', body: { line: 'x', words: 0 } });
    await vault.destroy('member:ada');
    expect(await decoded(event, now)).toEqual({ writer: 'ada', body: { line: null, words: 0 } });
  });

  it('must all be readable', () =>
    expect(() => new Codec(vault, [third], { note: { LineWritten: { 1: (it) => it } } })).toThrow(
      'nothing reads its version 2',
    ));
});

describe('a catalogue', () => {
  it.each<[string, EventCatalogue]>([
    ['is declared twice', catalogue('note', { NoteOpened: event({}) })],
    [
      'something else',
      catalogue('x', { A: event({ e: union([record({ a: text('circle') }), record({ a: id() })]) }) }),
    ],
    ['a field that it need not have', catalogue('x', { A: event({ by: maybe(id()), t: text({ member: 'by' }) }) })],
    ['must be a closed object', catalogue('x', { A: event({ o: Type.Object({ a: id() }) }) })],
    ['of a kind that no event may hold', catalogue('x', { A: event({ n: Type.Number() }) })],
    ['is ciphertext', catalogue('x', { A: event({ o: record({ c: id(), iv: id(), k: id(), t: id() }) }) })],
    ['may not be called', catalogue('x', { A: event({ o: record({ 1: id() }) }) })],
  ])('is refused when it %s', (message, wrong) => expect(() => new Codec(vault, [noteEvents, wrong])).toThrow(message));
});

describe('what was just written', () => {
  it('is not decrypted again, until its key is destroyed', async () => {
    const [encoded] = await codec.encode([line('x')], [place]);
    const event = await stored(line('another text with the same id'));
    codec.remember('e1', encoded!);
    expect(await decoded(event)).toEqual({ by: 'ada', line: 'x' });
    await vault.destroy('member:ada');
    expect(await decoded(event)).toEqual({ by: 'ada', line: null });
  });

  it('is not kept when the key was destroyed while it was written', async () => {
    const event = await stored(line('x'));
    const [encoded] = await codec.encode([line('x')], [place]);
    await vault.destroy('member:ada');
    codec.remember('e1', encoded!);
    expect(await decoded(event)).toEqual({ by: 'ada', line: null });
  });
});
