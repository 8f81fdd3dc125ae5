import { MemoryVault } from '@app/vault/adapters';
import { MemoryEventStore } from './adapters/memory.js';
import { canonical } from './canonical.js';
import { copyLog } from './copy-log.js';
import { ElsewhereStore } from './elsewhere.testing.js';
import type { EventStore, StoredEvent } from './event-store.js';
import {
  checkSinceLastSeal,
  type KnownHead,
  type LedgerSealed,
  type LogVerdict,
  verifyAuditTrail,
  verifyLog,
} from './index.js';
import { isSealable } from './ledger.ends.js';
import { firstLink, linkOf, rootDigest } from './ledger.js';
import { desk, everything, logOf, sealing } from './notes.testing.js';
import { change, rechain } from './tampering.testing.js';

const vault = new MemoryVault();
const publicKeys = [vault.publicKey()];

/** Two communities write into three notes each, followed by a sealer that begins anew. */
async function live(store: EventStore, lines: number): Promise<void> {
  const it = desk(store, {}, vault);
  const { feed } = sealing(it, { events: 6, minutes: 60 });
  const { length } = await everything(store);
  for (let i = length; i < length + lines; i++) {
    const [community, noteId] = i % 5 === 4 ? ['k2', `z${i % 3}`] : ['k1', `n${i % 3}`];
    await it.write(`m${i % 4}`, `line ${i}`, { community }, noteId);
    await feed();
  }
}

async function whole(store: EventStore, knownHead?: KnownHead): Promise<LogVerdict> {
  let last: LogVerdict | undefined;
  for await (const verdict of verifyLog(store, { publicKeys, knownHead })) last = verdict;
  return last!;
}

const trail = (store: EventStore, knownHead?: KnownHead) =>
  verifyAuditTrail(store, { community: 'k1', publicKeys, knownHead });

async function copied<T extends EventStore>(from: EventStore, to: T): Promise<T> {
  await copyLog({ from, to });
  return to;
}

/** The same log as the first releases wrote it: its seals do not name their last event. */
async function asOfOld(store: EventStore): Promise<EventStore> {
  const log = structuredClone(await everything(store)) as StoredEvent[];
  const books = new Map<string, { unsealed: StoredEvent[]; link: string }>();
  log.forEach((event, at) => {
    const community = event.meta.community!;
    const book = books.get(community) ?? { unsealed: [], link: firstLink(community) };
    books.set(community, book);
    if (isSealable(event, community)) return void book.unsealed.push(event);
    const { last: _, signature: __, ...rest } = event.data as LedgerSealed;
    const root = rootDigest(book.link);
    for (const covered of book.unsealed.splice(0, rest.count)) root.add(covered);
    const seal = { ...rest, root: root.hex, previous: book.link };
    const signature = vault.sign(Buffer.from(canonical({ community, ...seal })));
    book.link = linkOf({ root: seal.root, signature });
    change(log, at, { data: { ...seal, signature } });
  });
  rechain(log);
  return logOf(log);
}

const written = async (lines = 40): Promise<EventStore> => {
  const store = new MemoryEventStore();
  await live(store, lines);
  return store;
};
const kinds: [string, () => Promise<EventStore>][] = [
  ['seals that name their last event', () => written()],
  ['seals of the first releases', async () => asOfOld(await written())],
];

describe.each(kinds)('a log with %s, copied to another engine', (_, begin) => {
  it('verifies there, goes on being sealed there, and back again', async () => {
    const here = await begin();
    const seals = (await trail(here)).seals;
    expect(seals).toBeGreaterThan(3);
    const there = await copied(here, new ElsewhereStore());
    expect(await trail(there)).toMatchObject({ ok: true, seals });
    await live(there, 30);
    const more = await trail(there);
    expect(more).toMatchObject({ ok: true });
    expect(more.seals).toBeGreaterThan(seals);
    expect(await whole(there)).toMatchObject({ ok: true });
    const back = await copied(there, new MemoryEventStore());
    expect(await trail(back)).toMatchObject({ ok: true, seals: more.seals });
    await live(back, 30);
    const last = await trail(back);
    expect(last).toMatchObject({ ok: true });
    expect(last.seals).toBeGreaterThan(more.seals);
    expect(await whole(back)).toMatchObject({ ok: true });
  });

  it('is checked at the start from the same events on', async () => {
    const here = await begin();
    const there = await copied(here, new ElsewhereStore());
    const { checked, lastRecorded } = await checkSinceLastSeal(here, publicKeys);
    expect(await checkSinceLastSeal(there, publicKeys)).toMatchObject({ ok: true, checked, lastRecorded });
    expect(checked).toBeLessThan((await everything(here)).length / 2);
  });

  it('shows there what was done to it, wherever it was done', async () => {
    const log = await everything(await begin());
    const last = log.findLastIndex(({ stream }) => stream === 'ledger-k1');
    const covered = (log[last]!.data as LedgerSealed).total;
    const sealed = log.filter((event) => isSealable(event, 'k1')).slice(0, covered);
    for (const { id, position } of sealed) {
      const at = log.findIndex((event) => event.id === id);
      for (const tamper of [
        (events: StoredEvent[]) => change(events, at, { data: { by: 'eve' } }),
        (events: StoredEvent[]) => void events.splice(at, 1),
        (events: StoredEvent[]) => void events.splice(at, 0, { ...events[at]!, id: events[0]!.id, position }),
      ]) {
        const events = structuredClone(log) as StoredEvent[];
        tamper(events);
        rechain(events);
        const store = new ElsewhereStore(logOf(events));
        expect(await trail(store)).toMatchObject({ ok: false });
        expect(await whole(store)).toMatchObject({ ok: false });
      }
    }
  });

  it('verifies against a head that was kept before, and shows a change before it', async () => {
    const here = await begin();
    const [kept, all] = [(await trail(here)).head!, (await whole(here)).head!];
    const there = await copied(here, new ElsewhereStore());
    await live(there, 3);
    expect(await trail(there, kept)).toMatchObject({ ok: true });
    expect(await whole(there, all)).toMatchObject({ ok: true });
    const events = structuredClone(await everything(here)) as StoredEvent[];
    const at = events.findLastIndex((event) => isSealable(event, 'k1'));
    change(events, at, { data: { by: 'eve', line: null } });
    rechain(events);
    const changed = new ElsewhereStore(logOf(events));
    expect(await trail(changed)).toMatchObject({ ok: true });
    expect(await trail(changed, kept)).toMatchObject({ firstBroken: { why: 'KNOWN_HEAD_CHANGED' } });
    const shorter = new ElsewhereStore(logOf(events.slice(0, at)));
    expect(await trail(shorter, kept)).toMatchObject({ firstBroken: { why: 'KNOWN_HEAD_MISSING' } });
  });
});

describe('what a start reads', () => {
  it('of a log that is sealed is little, on either engine', async () => {
    const here = await written(100);
    for (const store of [here, await copied(here, new ElsewhereStore())]) {
      let read = 0;
      const counting = new Proxy(store, {
        get: (it, name) =>
          name !== 'readAll'
            ? (Reflect.get(it, name) as () => unknown).bind?.(it)
            : async (options: Parameters<EventStore['readAll']>[0]) => {
                const page = await it.readAll(options);
                if (options.prefixes === undefined) read += page.events.length;
                return page;
              },
      });
      const { ok, from } = await checkSinceLastSeal(counting, publicKeys);
      const log = await everything(store);
      expect(ok).toBe(true);
      expect(read).toBe(log.filter(({ position }) => position > from!).length);
      expect(read).toBeLessThan(log.length / 2);
    }
  });

  it('finds that what the last seal covers is gone', async () => {
    const log = await everything(await written());
    const { last } = log.findLast(({ stream }) => stream === 'ledger-k1')!.data as LedgerSealed;
    const cut = log.filter(({ stream, revision }) => stream !== last!.stream || revision < last!.revision);
    const firstBroken = { stream: 'ledger-k1', why: 'SEALED_EVENTS_MISSING' };
    expect(await checkSinceLastSeal(logOf(cut), publicKeys)).toMatchObject({ ok: false, firstBroken });
    const it = desk(logOf(cut), {}, vault);
    const { feed } = sealing(it, { events: 6, minutes: 60 });
    await expect(feed()).rejects.toThrow(/what seal \d+ of ledger-k1 covers is not in the log any more/);
  });
});
