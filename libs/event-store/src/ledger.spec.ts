import { MemoryVault } from '@app/vault/adapters';
import { MemoryEventStore } from './adapters/memory.js';
import type { EventStore, StoredEvent } from './event-store.js';
import { type LedgerSealed, sealedAsFounded, verifyAuditTrail } from './index.js';
import { isSigned, ledger } from './ledger.js';
import { desk, everything, sealing } from './notes.testing.js';

const often = { events: 4, minutes: 60 };
const sealsIn = async (store: EventStore, community = 'k1'): Promise<LedgerSealed[]> =>
  (await store.readStream(`ledger-${community}`, { max: 1_000 })).map(({ data }) => data as LedgerSealed);
const checked = (it: ReturnType<typeof desk>, community = 'k1') =>
  verifyAuditTrail(it.store, { community, publicKeys: [it.vault.publicKey()] });

async function lines(it: ReturnType<typeof desk>, count: number, changes = {}, noteId = 'n1'): Promise<void> {
  for (let i = 0; i < count; i++) await it.write('ada', `line ${i} ${it.clock.now()}`, changes, noteId);
}

describe('the sealer', () => {
  it('seals a community after so many events, each seal on the one before', async () => {
    const it = desk();
    const { feed } = sealing(it, often);
    await lines(it, 9);
    await feed();
    const [first, second, ...more] = await sealsIn(it.store);
    const events = await it.store.readStream('note-n1', { max: 100 });
    expect(more).toEqual([]);
    expect(first).toMatchObject({ number: 1, count: 4, total: 4, upTo: events[3]!.position });
    expect(second).toMatchObject({ number: 2, count: 4, total: 8, upTo: events[7]!.position });
    expect(isSigned('k1', first!)).toBe(true);
    expect(isSigned('k2', first!)).toBe(false);
    expect(isSigned('k1', { ...first!, total: 5 })).toBe(false);
    expect(await checked(it)).toMatchObject({ ok: true, events: 12, seals: 2, unsealed: 2 });
  });

  it('seals after so many minutes what is not sealed yet', async () => {
    const it = desk();
    const { sealer, feed } = sealing(it, often);
    await lines(it, 1);
    await feed();
    await sealer.tick('2027-01-15T10:59:59.999Z');
    expect(await sealsIn(it.store)).toEqual([]);
    await sealer.tick('2027-01-15T11:00:00.000Z');
    await sealer.tick('2027-01-15T12:00:00.000Z');
    expect(await sealsIn(it.store)).toMatchObject([{ number: 1, count: 2, total: 2 }]);
    await feed();
    await sealer.tick('2027-01-16T12:00:00.000Z');
    expect(await sealsIn(it.store)).toHaveLength(1);
  });

  it('seals everything when asked', async () => {
    const it = desk();
    const { sealer, feed } = sealing(it, often);
    await lines(it, 1);
    await feed();
    await sealer.flush();
    await sealer.flush();
    expect(await checked(it)).toMatchObject({ seals: 1, unsealed: 0 });
  });

  it('keeps communities apart', async () => {
    const it = desk();
    const { feed, sealer } = sealing(it, often);
    for (let i = 0; i < 5; i++) {
      await lines(it, 1, {}, `a${i}`);
      await lines(it, 1, { community: 'k2' }, `b${i}`);
    }
    await feed();
    await sealer.flush();
    expect(await checked(it, 'k1')).toMatchObject({ ok: true, events: 13, seals: 3, unsealed: 0 });
    expect(await checked(it, 'k2')).toMatchObject({ ok: true, events: 13, seals: 3, unsealed: 0 });
  });

  it('counts an event once, however often it is delivered', async () => {
    const it = desk();
    const { sealer } = sealing(it, often);
    await lines(it, 2);
    for (const event of await everything(it.store)) {
      await sealer.on(event);
      await sealer.on(event);
    }
    expect(await sealsIn(it.store)).toEqual([]);
    for (const event of await everything(it.store)) await sealer.on(event);
    await lines(it, 5, {}, 'n2');
    for (const event of await everything(it.store)) await sealer.on(event);
    expect(await checked(it)).toMatchObject({ ok: true, seals: 2, unsealed: 1 });
  });

  it('seals the same wherever it is interrupted, from its safe place or from any later event', async () => {
    for (let stop = 0; stop <= 14; stop++) {
      for (const resume of ['safe', 'next'] as const) {
        const it = desk(new MemoryEventStore());
        await lines(it, 6);
        await lines(it, 2, { community: 'k2' }, 'n2');
        await lines(it, 4, {}, 'n3');
        const log = await everything(it.store);
        const before = sealing(it, often).sealer;
        for (const event of log.slice(0, stop)) await before.on(event);
        const place = resume === 'safe' ? before.safe : log[stop - 1]?.position;
        const after = sealing(it, often).sealer;
        for (const event of log) if (place === undefined || event.position > place) await after.on(event);
        await after.flush();
        const verdict = await checked(it);
        expect([stop, resume, verdict.ok]).toEqual([stop, resume, true]);
        if (resume === 'safe') expect(verdict.unsealed).toBe(0);
      }
    }
  });

  it('tells from where a follower may begin and miss nothing', async () => {
    const it = desk();
    const { sealer } = sealing(it, often);
    expect(sealer.safe).toBeUndefined();
    await lines(it, 3);
    await lines(it, 1, { community: 'k2' }, 'n2');
    const log = await everything(it.store);
    await sealer.on(log[0]!);
    expect(sealer.safe).toBeUndefined();
    for (const event of log.slice(1)) await sealer.on(event);
    expect(sealer.safe).toBe(log[3]!.position);
    await sealer.flush();
    expect(sealer.safe).toBe(log[5]!.position);
  });

  it('goes on from the seal of another process that was faster', async () => {
    const [store, vault] = [new MemoryEventStore(), new MemoryVault()];
    const [here, there] = [desk(store, { shared: true }, vault), desk(store, { shared: true }, vault)];
    const [one, two] = [sealing(here, { events: 3, minutes: 60 }), sealing(there, { events: 5, minutes: 60 })];
    for (let i = 0; i < 20; i++) {
      await lines(here, 1, {}, `n${i}`);
      await one.feed();
      await two.feed();
    }
    expect(await checked(here)).toMatchObject({ ok: true, unsealed: 1 });
  });

  it('seals concurrently delivered events one after the other', async () => {
    const it = desk();
    const { sealer } = sealing(it, often);
    await lines(it, 20);
    const log: readonly StoredEvent[] = await everything(it.store);
    await Promise.all([...log.map((event) => sealer.on(event)), sealer.tick('2028-01-01T00:00:00.000Z')]);
    expect(await checked(it)).toMatchObject({ ok: true, seals: 6, unsealed: 0 });
    expect((await it.streams.load(ledger, 'k1')).state).toMatchObject({ number: 6, total: 21 });
  });

  it('is not lost when the store fails: the seal is written with the next event', async () => {
    class Failing extends MemoryEventStore {
      failing = false;
      override append(...args: Parameters<MemoryEventStore['append']>) {
        return this.failing ? Promise.reject(new Error('a full disk')) : super.append(...args);
      }
    }
    const store = new Failing();
    const it = desk(store);
    const { sealer } = sealing(it, often);
    await lines(it, 3);
    store.failing = true;
    const log = await everything(store);
    for (const event of log.slice(0, 3)) await sealer.on(event);
    await expect(sealer.on(log[3]!)).rejects.toThrow('a full disk');
    await expect(sealer.on(log[3]!)).rejects.toThrow('a full disk');
    store.failing = false;
    await sealer.on(log[3]!);
    expect(await checked(it)).toMatchObject({ ok: true, seals: 1, unsealed: 0 });
  });
});

describe('how often a community is sealed', () => {
  const founded = async (settings: unknown) => {
    const store = new MemoryEventStore();
    const id = '00000000-0000-8000-a000-000000000000';
    if (settings)
      await store.append('community-k1', [{ id, type: 'CommunityFounded', data: { settings }, meta: {} }], 'none');
    return sealedAsFounded(store, { events: 9, minutes: 8 })('k1');
  };

  it('is what its founding says', async () => {
    expect(await founded({ sealEveryEvents: 50, sealEveryMinutes: 10 })).toEqual({ events: 50, minutes: 10 });
    expect(await founded({ sealEveryEvents: 0 })).toEqual({ events: 9, minutes: 8 });
    expect(await founded(undefined)).toEqual({ events: 9, minutes: 8 });
  });
});
