import { MemoryVault } from '@app/vault/adapters';
import fc from 'fast-check';
import { MemoryEventStore } from './adapters/memory.js';
import { verifyChain } from './chain.js';
import { CorruptLog, OutcomeUnknown, StoreUnavailable } from './errors.js';
import { FlakyStore } from './flaky.testing.js';
import { actOf, desk, everything, note, writeLine } from './notes.testing.js';

const linesIn = async (it: ReturnType<typeof desk>) =>
  (await it.streams.load(note, 'n1')).state.lines.map(({ line }) => line);

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

  it('is given up at once after it tried for long by itself', async () => {
    const store = new FlakyStore();
    const it = desk(store, { outageMs: 0, wait: () => Promise.reject(new Error('nobody waits')) });
    store.plan.push('lost before');
    await expect(it.write('ada', 'a', { commandId: 'i1' })).rejects.toBeInstanceOf(OutcomeUnknown);
    expect(store.appends).toBe(1);
  });

  it('may have written what nobody heard of: the command that comes again finds it', async () => {
    const store = new FlakyStore();
    const it = desk(store);
    store.plan.push('lost after', ...Array.from({ length: 6 }, () => 'unavailable' as const));
    // Not that nothing was written: nobody knows since the first attempt.
    await expect(it.write('ada', 'a', { commandId: 'i1' })).rejects.toBeInstanceOf(OutcomeUnknown);
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
          const it = desk(store, { cachedEvents: 1 + cachedEvents * 16 });
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
    const it = desk(store, { cachedEvents: 32 });
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
