import { newId } from '@app/kernel';
import fc from 'fast-check';
import { MemoryEventStore } from './adapters/memory.js';
import type { StoredEvent } from './event-store.js';
import { verifyAuditTrail, verifyChain } from './index.js';
import { desk, everything, sealing } from './notes.testing.js';
import { change, rechain, type SealedLog, sealedLog, swap, type Tampering } from './tampering.testing.js';

let known: SealedLog;
let log: readonly StoredEvent[];
let { sealed, trail, whole, tampered } = {} as SealedLog;
beforeAll(async () => {
  known = await sealedLog();
  ({ log, sealed, trail, whole, tampered } = known);
});

describe('an untouched log', () => {
  it('verifies, community by community, stream by stream, and in whole', async () => {
    expect(await trail(log)).toMatchObject({ ok: true, seals: 4, unsealed: 3 });
    expect(await trail(log, undefined, 'k2')).toMatchObject({ ok: true, seals: 1 });
    expect(await trail(log, undefined, 'nobody')).toEqual({ ok: true, events: 0, seals: 0, unsealed: 0 });
    expect(await whole(log)).toMatchObject({ ok: true, checked: log.length });
    for (const stream of new Set(log.map((event) => event.stream))) {
      expect(await verifyChain(known.it.store, stream)).toMatchObject({ ok: true });
    }
  });

  it('verifies when a person was forgotten, and nothing of the text is left to read', async () => {
    const forgetful = desk(new MemoryEventStore());
    const { feed, sealer } = sealing(forgetful, { events: 3, minutes: 60 });
    await forgetful.write('ada', 'a secret');
    await forgetful.write('bo', 'a word');
    await feed();
    await forgetful.vault.destroy('member:ada');
    await sealer.flush();
    const events = await everything(forgetful.store);
    const options = { community: 'k1', publicKeys: [forgetful.vault.publicKey()] };
    expect(await verifyAuditTrail(forgetful.store, options)).toMatchObject({ ok: true, seals: 1 });
    const facts = await forgetful.codec.decode(events.filter(({ type }) => type === 'LineWritten'));
    expect(facts.map(({ data }) => data)).toEqual([
      { by: 'ada', line: null },
      { by: 'bo', line: 'a word' },
    ]);
  });

  it('gives a head to keep, with which it verifies however it grows', async () => {
    const { head } = await trail(log.slice(0, 20));
    expect(head).toMatchObject({ position: expect.any(String) as string, hash: expect.any(String) as string });
    expect(head!.seal).toMatchObject({ number: expect.any(Number) as number });
    expect(await trail(log, head)).toMatchObject({ ok: true });
    expect(await trail(log, { seal: head!.seal })).toMatchObject({ ok: true });
    const { head: all } = await whole(log.slice(0, 20));
    expect(await whole(log, { knownHead: all })).toMatchObject({ ok: true });
  });
});

describe('whatever is done before the last seal is found', () => {
  const place = () => fc.nat().map((n) => sealed[n % sealed.length]!);
  const found = async (events: StoredEvent[]) => {
    const verdict = await trail(events);
    expect(verdict).toMatchObject({ ok: false, firstBroken: { why: expect.any(String) as string } });
    expect(verdict.head).toBeUndefined();
    expect(await whole(events)).toMatchObject({ ok: false });
  };
  const always = (tamper: (events: StoredEvent[], a: number, b: number) => void) =>
    fc.assert(
      fc.asyncProperty(place(), place(), async (a, b) => {
        fc.pre(a !== b);
        await found(tampered((events) => tamper(events, a, b)));
      }),
      { numRuns: 60 },
    );
  const cases: [string, (events: StoredEvent[], a: number, b: number) => void][] = [
    ['data changed', (events, a) => change(events, a, { data: { by: 'eve' } })],
    ['an actor changed', (events, a) => change(events, a, { meta: { ...events[a]!.meta, actor: 'eve' } })],
    [
      'a time changed',
      (events, a) => change(events, a, { meta: { ...events[a]!.meta, recordedAt: '2020-01-01T00:00:00.000Z' } }),
    ],
    ['a type changed', (events, a) => change(events, a, { type: 'NoteOpened2' })],
    ['an id changed', (events, a) => change(events, a, { id: newId() })],
    [
      'hidden in another community',
      (events, a) => change(events, a, { meta: { ...events[a]!.meta, community: 'k3' } }),
    ],
    ['an event removed', (events, a) => events.splice(a, 1)],
    ['two events exchanged', (events, a, b) => swap(events, a, b)],
    ['an event told twice', (events, a, b) => events.splice(a, 0, { ...events[b]!, position: events[a]!.position })],
  ];

  it.each(cases)('%s', (_, tamper) => always(tamper));

  it.each(cases)('%s, and every chain computed anew', (_, tamper) =>
    always((events, a, b) => {
      tamper(events, a, b);
      rechain(events);
    }),
  );

  it('a whole stream removed', async () => {
    await found(
      tampered((events) => void events.splice(0, events.length, ...log.filter((e) => e.stream !== 'note-n1'))),
    );
  });

  it('a seal removed, or one of the middle', async () => {
    const seals = log.flatMap(({ stream }, at) => (stream === 'ledger-k1' ? [at] : []));
    await found(tampered((events) => void events.splice(seals[1]!, 1)));
    await found(
      tampered((events) => {
        events.splice(seals[1]!, 1);
        rechain(events);
      }),
    );
  });
});

describe('the first broken place', () => {
  it('is the very event where a chain is broken', async () => {
    const at = sealed[7]!;
    const { stream, revision, position } = log[at]!;
    const changed = await trail(tampered((events) => change(events, at, { data: {} })));
    expect(changed.firstBroken).toEqual({ stream, revision, position, why: 'EVENT_CHANGED' });
    const removed = await trail(tampered((events) => void events.splice(at, 1)));
    expect(removed.firstBroken).toMatchObject({ stream, revision, why: 'EVENT_MISSING' });
    const again = await trail(tampered((events) => void events.splice(at + 1, 0, { ...log[at]! })));
    expect(again.firstBroken).toMatchObject({ stream, revision, why: 'EVENT_OUT_OF_ORDER' });
  });

  it('is the seal where every chain was computed anew', async () => {
    const at = sealed[0]!;
    const redone = (tamper: Tampering) =>
      trail(
        tampered((events) => {
          tamper(events);
          rechain(events);
        }),
      );
    const seal = { stream: 'ledger-k1', revision: 0 };
    const changed = await redone((events) => change(events, at, { data: {} }));
    expect(changed.firstBroken).toMatchObject({ ...seal, why: 'SEALED_EVENTS_CHANGED' });
    const removed = await redone((events) => void events.splice(sealed.at(-1)!, 1));
    expect(removed.firstBroken).toMatchObject({ stream: 'ledger-k1', revision: 3, why: 'SEALED_EVENTS_MISSING' });
    const added = await redone((events) => {
      const room = events.findIndex(({ meta }) => meta.community === 'k2');
      events[room] = { ...events[at]!, id: newId(), position: events[room]!.position };
    });
    expect(added.firstBroken).toMatchObject({ stream: 'ledger-k1', why: 'SEALED_EVENTS_ADDED' });
  });
});
