import { ManualClock, Refusal } from '@app/kernel';
import { MemoryVault } from '@app/vault/adapters';
import fc from 'fast-check';
import { MemoryEventStore } from './adapters/memory.js';
import { verifyChain } from './chain.js';
import { CorruptLog, OutcomeUnknown, StoreUnavailable } from './errors.js';
import type { Appended, Expected, NewEvent } from './event-store.js';
import { actOf, desk, note, opened, writeLine } from './notes.testing.js';

/** Fails as told before or after the append reaches the log. */
class FlakyStore extends MemoryEventStore {
  readonly plan: ('fine' | 'unavailable' | 'lost before' | 'lost after')[] = [];
  /** Somebody who writes first, each time. */
  faster: (() => Promise<unknown>) | undefined;
  appends = 0;
  reads = 0;

  override async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended> {
    this.appends += 1;
    const fate = this.plan.shift() ?? 'fine';
    if (fate === 'unavailable') throw new StoreUnavailable('no connection');
    if (fate === 'lost before') throw new OutcomeUnknown('no answer');
    const { faster } = this;
    this.faster = undefined;
    await faster?.();
    this.faster = faster;
    const appended = await super.append(stream, events, expected);
    if (fate === 'lost after') throw new OutcomeUnknown('no answer');
    return appended;
  }

  override readStream(...args: Parameters<MemoryEventStore['readStream']>) {
    this.reads += 1;
    return super.readStream(...args);
  }
}

const everything = async (store: MemoryEventStore) => (await store.readAll({ max: 10_000 })).events;
const linesIn = async (it: ReturnType<typeof desk>) =>
  (await it.streams.load(note, 'n1')).state.lines.map((l) => l.line);

describe('a written fact', () => {
  it('carries who, in what office, by which command, why and when', async () => {
    const { store, streams, vault } = desk();
    const act = actOf({
      office: 'secretary',
      causationId: 'x1',
      occurredAt: '2027-01-14T08:00:00.000Z',
      commandId: 'i1',
    });
    const receipt = await streams.write(note, 'n1', act, writeLine('ada', 'x'));
    const [first, second] = await store.readStream('note-n1', { max: 10 });
    expect(receipt).toEqual({
      stream: 'note-n1',
      revision: 1,
      position: second!.position,
      types: ['NoteOpened', 'LineWritten'],
    });
    expect(first!.meta).toEqual({
      $causationId: 'x1',
      $correlationId: 'r1',
      actor: 'ada',
      circle: 'c1',
      command: 'WriteLine',
      commandId: 'i1',
      community: 'k1',
      occurredAt: '2027-01-14T08:00:00.000Z',
      office: 'secretary',
      payload: vault.fingerprint(
        '{"actor":"ada","command":"WriteLine","commandId":"i1","community":"k1","input":{},"stream":"note-n1"}',
      ),
      recordedAt: '2027-01-15T10:00:00.000Z',
      v: '1',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(second!.id).not.toBe(first!.id);
    expect(await verifyChain(store, 'note-n1')).toEqual({ ok: true, checked: 2 });
  });

  it('happened now where the act does not say when', async () => {
    const { store, write } = desk();
    await write('ada', 'x');
    const [event] = await store.readStream('note-n1', { max: 1 });
    expect(event!.meta.occurredAt).toBe(event!.meta.recordedAt);
  });

  it('is never recorded before the one that stands before it, nor before the end of the log', async () => {
    const store = new MemoryEventStore();
    const { clock, write } = desk(store, { notBefore: '2027-01-15T10:00:01.000Z' });
    await write('ada', 'a');
    clock.set('2027-01-15T11:00:00.000Z');
    await write('ada', 'b', {}, 'n2');
    clock.set('2027-01-15T09:00:00.000Z');
    await write('ada', 'c', {}, 'n3');
    const times = (await everything(store)).map(({ meta }) => meta.recordedAt!.slice(11, 19));
    expect(times).toEqual(['10:00:01', '10:00:01', '11:00:00', '11:00:00', '11:00:00', '11:00:00']);
  });

  it('stands in the log in the order of its time, however many write at once', async () => {
    const store = new MemoryEventStore();
    const { clock, write } = desk(store);
    let at = Date.parse(clock.now());
    moving(clock, () => new Date((at += 1)).toISOString());
    await Promise.all(Array.from({ length: 100 }, (_, i) => write(`m${i % 7}`, `line ${i}`, {}, `n${i % 13}`)));
    const times = (await everything(store)).map(({ meta }) => meta.recordedAt!);
    expect(times).toEqual([...times].sort());
  });
});

/** A clock that moves by itself. */
function moving(clock: ManualClock, now: () => string): void {
  Object.defineProperty(clock, 'now', { value: now });
}

describe('a command', () => {
  it('that decides nothing answers the last place of the stream', async () => {
    const { streams, write } = desk();
    const written = await write('ada', 'x');
    expect(await write('ada', 'x')).toEqual({ ...written, types: [] });
    const nothing = await streams.write(note, 'never', actOf(), () => []);
    expect(nothing).toEqual({ stream: 'note-never', revision: -1, position: '', types: [] });
  });

  it('that is refused writes nothing and is decided anew when it comes again', async () => {
    const it = desk();
    const act = actOf();
    const refused = it.streams.write(note, 'n1', act, () => {
      throw new Refusal('NOTE_PUBLISHED');
    });
    await expect(refused).rejects.toMatchObject({ code: 'NOTE_PUBLISHED' });
    expect((await it.streams.write(note, 'n1', act, () => [opened()])).revision).toBe(0);
  });

  it('sees the state and the revision it decides on', async () => {
    const it = desk();
    await it.write('ada', 'x');
    const seen: unknown[] = [];
    await it.streams.write(note, 'n1', actOf(), (state, revision) => {
      seen.push(state, revision);
      return [];
    });
    expect(seen).toEqual([{ open: true, published: false, lines: [{ by: 'ada', line: 'x' }] }, 1]);
  });

  it('never writes a fact that its own decider cannot read', async () => {
    const it = desk();
    const act = actOf();
    const impossible = it.streams.write(note, 'n1', act, () => [
      { type: 'LineWritten', data: { by: 'ada', line: 'x' } } as const,
    ]);
    await expect(impossible).rejects.toThrow('never opened');
    expect(await it.store.head()).toBeUndefined();
  });
});

describe('the same command id', () => {
  it('is one command: the first receipt, nothing decided, nothing written', async () => {
    const it = desk();
    const commandId = 'i1';
    const first = await it.write('ada', 'x', { commandId });
    await it.write('bo', 'y');
    expect(await it.write('ada', 'x', { commandId })).toEqual(first);
    const never = () => {
      throw new Error('it was decided again');
    };
    const again = it.streams.write(note, 'n1', actOf({ commandId, input: { line: 'x' } }), never);
    expect(await again).toEqual(first);
    expect(await linesIn(it)).toEqual(['x', 'y']);
  });

  it('is one command after a restart, when nothing is held in memory', async () => {
    const store = new MemoryEventStore();
    const vault = new MemoryVault();
    const before = desk(store, {}, vault);
    const first = await before.write('ada', 'x', { commandId: 'i1' });
    await before.write('bo', 'y');
    const after = desk(store, {}, vault);
    expect(await after.write('ada', 'x', { commandId: 'i1' })).toEqual(first);
    expect(await linesIn(after)).toEqual(['x', 'y']);
  });

  it('is one command when it is sent many times at once', async () => {
    const it = desk();
    const receipts = await Promise.all(Array.from({ length: 20 }, () => it.write('ada', 'x', { commandId: 'i1' })));
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    expect(await linesIn(it)).toEqual(['x']);
  });

  it.each([
    ['input', { input: { line: 'z' } }],
    ['input of another shape', { input: undefined }],
  ])('is refused with another %s', async (_, changes) => {
    const it = desk();
    await it.write('ada', 'x', { commandId: 'i1' });
    await expect(it.write('ada', 'x', { commandId: 'i1', ...changes })).rejects.toMatchObject({
      code: 'COMMAND_ID_REUSED',
    });
    expect(await linesIn(it)).toEqual(['x']);
  });

  it.each([
    ['by another member', { actor: 'bo' }],
    ['in another command', { command: 'CopyLine' }],
  ])('is another command %s', async (_, changes) => {
    const it = desk();
    await it.write('ada', 'x', { commandId: 'i1' });
    const other = await it.write('ada', 'y', { commandId: 'i1', input: { line: 'x' }, ...changes });
    expect(other.revision).toBe(2);
  });

  it('gives the same event ids in every process, other ones in every stream', async () => {
    const [one, two] = [new MemoryEventStore(), new MemoryEventStore()];
    await desk(one).write('ada', 'x', { commandId: 'i1' });
    await desk(two).write('ada', 'x', { commandId: 'i1' });
    await desk(two).write('ada', 'x', { commandId: 'i1' }, 'n2');
    const ids = async (store: MemoryEventStore) => (await everything(store)).map(({ id }) => id);
    expect((await ids(two)).slice(0, 2)).toEqual(await ids(one));
    expect(new Set(await ids(two)).size).toBe(4);
  });
});

describe('many commands on one stream', () => {
  it('wait for each other and none is stale', async () => {
    const store = new FlakyStore();
    const it = desk(store);
    await Promise.all(Array.from({ length: 50 }, (_, i) => it.write(`m${i}`, `line ${i}`)));
    expect(store.appends).toBe(50);
    expect(await linesIn(it)).toEqual(Array.from({ length: 50 }, (_, i) => `line ${i}`));
  });

  it('let those on other streams pass', async () => {
    const it = desk();
    const order: string[] = [];
    const say = (name: string) => () => order.push(name);
    await Promise.all([
      it.write('a', '1').then(say('n1 first')),
      it.write('a', '2').then(say('n1 second')),
      it.write('a', '1', {}, 'n2').then(say('n2')),
    ]);
    expect(order).toEqual(['n1 first', 'n2', 'n1 second']);
  });

  it('go on after one that failed', async () => {
    const it = desk();
    const broken = it.streams.write(note, 'n1', actOf(), () => {
      throw new Error('a bug');
    });
    const fine = it.write('ada', 'x');
    await expect(broken).rejects.toThrow('a bug');
    await expect(fine).resolves.toMatchObject({ revision: 1 });
    await it.streams.idle();
  });
});

describe('another process that writes first', () => {
  it('is noticed: the command is decided again on what it wrote', async () => {
    const [store, vault] = [new MemoryEventStore(), new MemoryVault()];
    const [here, there] = [desk(store, {}, vault), desk(store, {}, vault)];
    await here.write('ada', 'a');
    await there.write('bo', 'b');
    await here.write('ada', 'c');
    await there.write('bo', 'd');
    expect(await linesIn(there)).toEqual(['a', 'b', 'c', 'd']);
    expect(await verifyChain(store, 'note-n1')).toEqual({ ok: true, checked: 5 });
  });

  it('may have carried out the very same command: it is not done twice', async () => {
    const [store, vault] = [new MemoryEventStore(), new MemoryVault()];
    const [here, there] = [desk(store, {}, vault), desk(store, {}, vault)];
    await here.write('ada', 'a');
    const receipt = await there.write('bo', 'b', { commandId: 'i1' });
    expect(await here.write('bo', 'b', { commandId: 'i1' })).toEqual(receipt);
    await here.write('ada', 'c');
    expect(await linesIn(here)).toEqual(['a', 'b', 'c']);
  });

  it('is refused as STALE after three more attempts', async () => {
    const [store, vault] = [new FlakyStore(), new MemoryVault()];
    const [here, there] = [desk(store, {}, vault), desk(store, {}, vault)];
    await here.write('ada', 'a');
    let decided = 0;
    store.faster = () => there.write('bo', `faster ${decided}`);
    const outrun = here.streams.write(note, 'n1', actOf(), () => {
      decided += 1;
      return [{ type: 'LineWritten' as const, data: { by: 'ada', line: 'slow' } }];
    });
    await expect(outrun).rejects.toMatchObject({ name: 'Refusal', code: 'STALE' });
    expect(decided).toBe(4);
    expect(await linesIn(there)).not.toContain('slow');
  });

  it('is seen at every load of a shared log', async () => {
    const [store, vault] = [new MemoryEventStore(), new MemoryVault()];
    const [here, there] = [desk(store, { shared: true }, vault), desk(store, { shared: true }, vault)];
    await here.write('ada', 'a');
    await there.write('bo', 'b');
    expect(await linesIn(here)).toEqual(['a', 'b']);
    expect(await here.streams.write(note, 'n1', actOf(), writeLine('bo', 'b'))).toMatchObject({ types: [] });
  });

  it('may repeat an append under the eyes of this one: the chain goes on from what is stored', async () => {
    const [store, vault] = [new MemoryEventStore(), new MemoryVault()];
    const [here, there] = [desk(store, { shared: true }, vault), desk(store, { shared: true }, vault)];
    there.clock.set('2027-01-15T10:30:00.000Z');
    const same = { commandId: 'i1' };
    await Promise.all([here.write('ada', 'a', same), there.write('ada', 'a', same)]);
    await Promise.all([here.write('ada', 'b'), there.write('bo', 'c')]);
    expect(await verifyChain(store, 'note-n1')).toEqual({ ok: true, checked: 4 });
  });
});

describe('a store that fails', () => {
  it.each([['unavailable'], ['lost before'], ['lost after']] as const)(
    '(%s) is tried again with the same ids, and the chain holds',
    async (fate) => {
      const store = new FlakyStore();
      const it = desk(store);
      await it.write('ada', 'a');
      store.plan.push(fate, fate);
      const receipt = await it.write('bo', 'b');
      expect(receipt).toMatchObject({ revision: 2, types: ['LineWritten'] });
      await it.write('ada', 'c');
      expect(await linesIn(it)).toEqual(['a', 'b', 'c']);
      expect(await verifyChain(store, 'note-n1')).toEqual({ ok: true, checked: 4 });
    },
  );

  it('is given up after a bounded number of attempts, and the command may come again', async () => {
    const store = new FlakyStore();
    const waits: number[] = [];
    const it = desk(store, { wait: async (ms) => void waits.push(ms) });
    store.plan.push(...Array.from({ length: 7 }, () => 'unavailable' as const));
    await expect(it.write('ada', 'a', { commandId: 'i1' })).rejects.toBeInstanceOf(StoreUnavailable);
    expect(waits).toEqual([20, 40, 80, 160, 320, 640]);
    expect(store.appends).toBe(7);
    expect(await it.write('ada', 'a', { commandId: 'i1' })).toMatchObject({ revision: 1 });
  });

  it('may have written what nobody heard of: the command that comes again finds it', async () => {
    const store = new FlakyStore();
    const it = desk(store);
    store.plan.push('lost after', ...Array.from({ length: 6 }, () => 'unavailable' as const));
    await expect(it.write('ada', 'a', { commandId: 'i1' })).rejects.toBeInstanceOf(StoreUnavailable);
    expect(await it.write('ada', 'a', { commandId: 'i1' })).toMatchObject({ revision: 1 });
    expect(await linesIn(it)).toEqual(['a']);
  });

  it('loses and doubles nothing, whatever it does', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('fine', 'unavailable', 'lost before', 'lost after'), { maxLength: 60 }),
        fc.integer({ min: 0, max: 3 }),
        async (plan, cachedEvents) => {
          const store = new FlakyStore();
          store.plan.push(...(plan as FlakyStore['plan']));
          const it = desk(store, { cachedEvents: 1 + cachedEvents * 4 });
          for (let i = 0; i < 12; i++) {
            const send = () => it.write(`m${i}`, `line ${i}`, { commandId: `i${i}` }, `n${i % 3}`);
            await send()
              .catch(send)
              .catch(send)
              .catch(send)
              .catch(send)
              .catch(send)
              .catch(send)
              .catch(send)
              .catch(send);
          }
          for (const n of [0, 1, 2]) {
            const { state } = await it.streams.load(note, `n${n}`);
            expect(state.lines.map(({ line }) => line)).toEqual([0, 3, 6, 9].map((i) => `line ${i + n}`));
            expect(await verifyChain(store, `note-n${n}`)).toEqual({ ok: true, checked: 5 });
          }
        },
      ),
    ));
});

describe('what is held in memory', () => {
  it('spares reading', async () => {
    const store = new FlakyStore();
    const it = desk(store);
    await it.write('ada', 'a');
    const { reads } = store;
    for (let i = 0; i < 20; i++) await it.write('ada', `line ${i}`);
    await it.streams.load(note, 'n1');
    expect(store.reads).toBe(reads);
  });

  it('is bounded by the events it stands for', async () => {
    const store = new FlakyStore();
    const it = desk(store, { cachedEvents: 12 });
    for (let n = 0; n < 4; n++) for (let i = 0; i < 3; i++) await it.write('ada', `line ${i}`, {}, `n${n}`);
    const before = store.reads;
    await it.streams.load(note, 'n3');
    await it.streams.load(note, 'n2');
    expect(store.reads).toBe(before);
    await it.streams.load(note, 'n0');
    expect(store.reads).toBe(before + 1);
    expect((await it.streams.load(note, 'n0')).state.lines).toHaveLength(3);
  });

  it('serves each decider its own state', async () => {
    const it = desk();
    await it.write('ada', 'a');
    const counter = { category: 'note', initial: 0, evolve: (count: number) => count + 1 };
    expect(await it.streams.load(counter, 'n1')).toEqual({ state: 2, revision: 1 });
    await it.write('bo', 'b');
    expect(await it.streams.load(counter, 'n1')).toEqual({ state: 3, revision: 2 });
    expect((await it.streams.load(note, 'n1')).state.lines).toHaveLength(2);
  });

  it('gives back what a long stream holds, page by page', async () => {
    const [store, vault] = [new MemoryEventStore(), new MemoryVault()];
    const it = desk(store, {}, vault);
    for (let i = 0; i < 1_100; i++) await it.write('ada', `line ${i}`);
    const { state, revision } = await desk(store, {}, vault).streams.load(note, 'n1');
    expect([state.lines.length, revision]).toEqual([1_100, 1_100]);
  });

  it('forgets the text of a person whose key is destroyed', async () => {
    const it = desk();
    await it.write('ada', 'a secret');
    await it.write('bo', 'a word');
    await it.vault.destroy('member:ada');
    expect(await linesIn(it)).toEqual([null, 'a word']);
    expect((await it.codec.decode(await everything(it.store as MemoryEventStore))).map(({ data }) => data)).toEqual([
      expect.anything(),
      { by: 'ada', line: null },
      { by: 'bo', line: 'a word' },
    ]);
    expect(await verifyChain(it.store, 'note-n1')).toEqual({ ok: true, checked: 3 });
  });

  it('is not put back by a write that was under way when the key was destroyed', async () => {
    const store = new MemoryEventStore();
    const it = desk(store);
    await it.write('ada', 'a secret');
    const slow = it.write('bo', 'a word');
    await it.vault.destroy('member:ada');
    await slow;
    expect(await linesIn(it)).toEqual([null, 'a word']);
  });
});

describe('a history that cannot be read', () => {
  it('stops the decision and says where', async () => {
    const it = desk();
    await it.write('ada', 'a');
    const alien = { id: '00000000-0000-8000-a000-000000000000', type: 'Sung', data: {}, meta: { v: '1', hash: 'x' } };
    await it.store.append('note-n1', [alien], 1);
    const after = desk(it.store, {}, it.vault);
    await expect(after.write('bo', 'b')).rejects.toThrow(
      'note-n1 revision 2: this release does not know Sung version 1',
    );
  });

  it('is corrupt where the fold throws', async () => {
    const it = desk();
    const [encoded] = await it.codec.encode(
      [{ type: 'LineWritten', data: { by: 'ada', line: null } }],
      [{ id: 'e', category: 'note', community: 'k1' }],
    );
    const alien = {
      id: '00000000-0000-8000-a000-000000000000',
      type: 'LineWritten',
      data: encoded!.data,
      meta: { v: '1' },
    };
    await it.store.append('note-n1', [alien], 'none');
    const broken = it.streams.load(note, 'n1');
    await expect(broken).rejects.toBeInstanceOf(CorruptLog);
    await expect(broken).rejects.toThrow('note-n1 revision 0: LineWritten cannot follow');
  });
});

describe('a stream of another community', () => {
  it('is decided on as one that does not exist, and nothing is written to it', async () => {
    const it = desk();
    await it.write('ada', 'a');
    const seen: unknown[] = [];
    const look = it.streams.write(note, 'n1', actOf({ community: 'k2' }), (state, revision) => {
      seen.push(state, revision);
      return [];
    });
    expect(await look).toEqual({ stream: 'note-n1', revision: -1, position: '', types: [] });
    expect(seen).toEqual([note.initial, -1]);
    await expect(it.write('eve', 'x', { community: 'k2' })).rejects.toMatchObject({ code: 'STALE' });
    expect(await it.streams.load(note, 'n1', 'k2')).toEqual({ state: note.initial, revision: -1 });
    expect((await it.streams.load(note, 'n1', 'k1')).revision).toBe(1);
    expect(await linesIn(it)).toEqual(['a']);
  });
});
