import { generateKeyPairSync, sign } from 'node:crypto';
import { MemoryEventStore } from './adapters/memory.js';
import { canonical } from './canonical.js';
import type { StoredEvent } from './event-store.js';
import { checkSinceLastSeal, type LedgerSealed } from './index.js';
import { desk, everything, logOf, sealing } from './notes.testing.js';
import { change, rechain, type SealedLog, sealedLog } from './tampering.testing.js';

let known: SealedLog;
let log: readonly StoredEvent[];
let { trail, whole, tampered } = {} as SealedLog;
beforeAll(async () => {
  known = await sealedLog();
  ({ log, trail, whole, tampered } = known);
});

describe('a forged seal is found', () => {
  const sealAt = () => log.findIndex(({ stream }) => stream === 'ledger-k1');
  const reseal = (forge: (seal: LedgerSealed) => LedgerSealed) =>
    tampered((events) => {
      const at = sealAt();
      change(events, at, { data: forge(events[at]!.data as LedgerSealed) });
      rechain(events);
    });

  it.each<[string, (seal: LedgerSealed) => LedgerSealed]>([
    ['another root', (seal) => ({ ...seal, root: '0'.repeat(64) })],
    ['another count', (seal) => ({ ...seal, count: seal.count + 1, total: seal.total + 1 })],
    ['another place', (seal) => ({ ...seal, upTo: seal.upTo.replace(/.$/, '1') })],
    ['no signature', (seal) => ({ ...seal, signature: 'AAAA' })],
    ['a key of the forger', signedByForger],
  ])('with %s', async (_, forge) => {
    expect((await trail(reseal(forge))).firstBroken).toMatchObject({
      stream: 'ledger-k1',
      revision: 0,
      why: 'SEAL_FORGED',
    });
    expect(await checkSinceLastSeal(logOf(reseal(forge).slice(0, sealAt() + 1)), known.publicKeys)).toMatchObject({
      ok: false,
      firstBroken: { why: 'SEAL_FORGED' },
    });
  });

  it('that is none at all', async () => {
    const events = reseal((seal) => ({ ...seal, number: 'one' }) as unknown as LedgerSealed);
    expect((await trail(events)).firstBroken).toMatchObject({ why: 'SEAL_OUT_OF_LINE' });
  });

  it('of another community, in its place', async () => {
    const other = log.find(({ stream }) => stream === 'ledger-k2')!.data as LedgerSealed;
    expect((await trail(reseal(() => other))).firstBroken).toMatchObject({ why: 'SEAL_FORGED' });
  });

  function signedByForger(seal: LedgerSealed): LedgerSealed {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const { signature: _, ...rest } = seal;
    const own = { ...rest, publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64') };
    const bytes = Buffer.from(canonical({ community: 'k1', ...own }));
    return { ...own, signature: sign(null, bytes, privateKey).toString('base64') };
  }
});

describe('a head that a member kept', () => {
  const kept = async () => (await trail(log)).head!;

  it('shows a deleted tail, even one that took the seals with it', async () => {
    const head = await kept();
    for (let length = 0; length < log.length; length += 3) {
      const rest = log.slice(0, length);
      expect((await trail(rest)).ok).toBe(true);
      expect((await trail(rest, head)).firstBroken).toMatchObject({
        why: 'KNOWN_HEAD_MISSING',
        position: head.position,
      });
      expect((await trail(rest, { seal: head.seal })).ok).toBe(
        length > log.findLastIndex((e) => e.stream === 'ledger-k1'),
      );
    }
  });

  it('shows what was done after the last seal', async () => {
    const head = await kept();
    const last = log.findLastIndex(({ meta, stream }) => meta.community === 'k1' && stream.startsWith('note'));
    const events = tampered((all) => {
      change(all, last, { data: { by: 'eve', line: null } });
      rechain(all);
    });
    expect(await trail(events)).toMatchObject({ ok: true });
    expect((await trail(events, head)).firstBroken).toMatchObject({
      why: 'KNOWN_HEAD_CHANGED',
      position: head.position,
    });
  });

  it('shows seals made anew by somebody who has the key', async () => {
    const head = await kept();
    const forger = desk(new MemoryEventStore(), {}, known.it.vault);
    const { feed } = sealing(forger, { events: 6, minutes: 60 });
    for (let i = 0; i < 30; i++) {
      await forger.write('eve', `line ${i}`, {}, `n${i % 3}`);
      await feed();
    }
    const events = await everything(forger.store);
    expect(await trail(events)).toMatchObject({ ok: true });
    expect((await trail(events, head)).firstBroken).toMatchObject({ why: 'KNOWN_HEAD_CHANGED' });
    expect((await trail(events, { seal: head.seal })).firstBroken).toMatchObject({ why: 'KNOWN_HEAD_CHANGED' });
  });
});

describe('a start', () => {
  const start = (events: readonly StoredEvent[]) => checkSinceLastSeal(logOf(events), known.publicKeys);

  const sealedTo = (events: readonly StoredEvent[], community: string): string | undefined =>
    (events.findLast(({ stream }) => stream === `ledger-${community}`)?.data as LedgerSealed | undefined)?.upTo;

  it('checks what came since the last seal of each community, and knows the time of the last event', async () => {
    const verdict = await start(log);
    const [from] = [sealedTo(log, 'k1'), sealedTo(log, 'k2')].sort();
    expect(verdict).toMatchObject({ ok: true, from, lastRecorded: log.at(-1)!.meta.recordedAt });
    const since = log.filter(({ position, meta }) => position > sealedTo(log, meta.community!)!);
    expect(verdict.checked).toBe(since.length);
    expect(await start([])).toEqual({ ok: true, checked: 0, from: undefined, lastRecorded: '' });
  });

  it('finds what another community has not sealed yet', async () => {
    const events = structuredClone(log.slice(0, log.findLastIndex(({ stream }) => stream === 'ledger-k1') + 1));
    const [mine, theirs] = [sealedTo(events, 'k1')!, sealedTo(events, 'k2')!];
    const at = events.findIndex(({ stream, position }) => stream.startsWith('note-z') && position > theirs);
    expect(events[at]!.position < mine).toBe(true);
    expect(await start(events)).toMatchObject({ ok: true });
    const { stream, revision } = events[at]!;
    change(events, at, { data: {} });
    expect(await start(events)).toMatchObject({ ok: false, firstBroken: { stream, revision, why: 'EVENT_CHANGED' } });
  });

  it('finds what a community without a seal has written, from its first event', async () => {
    const events = structuredClone(log.filter(({ stream }) => stream !== 'ledger-k2')) as StoredEvent[];
    for (const [at, { meta }] of events.entries())
      if (meta.community === 'k2') change(events, at, { stream: 'community-k2' });
    rechain(events);
    expect(await start(events)).toMatchObject({ ok: true });
    change(
      events,
      events.findIndex(({ stream }) => stream === 'community-k2'),
      { data: {} },
    );
    const firstBroken = { stream: 'community-k2', revision: 0, why: 'EVENT_CHANGED' };
    expect(await start(events)).toMatchObject({ ok: false, firstBroken });
  });

  it('refuses a forged last seal of any community', async () => {
    const at = log.findLastIndex(({ stream }) => stream === 'ledger-k2');
    const events = tampered((all) => {
      change(all, at, { data: { ...(all[at]!.data as LedgerSealed), signature: 'AAAA' } });
      rechain(all);
    });
    const firstBroken = { stream: 'ledger-k2', why: 'SEAL_FORGED' };
    expect(await start(events)).toMatchObject({ ok: false, firstBroken });
  });

  it('says where the log is broken since then', async () => {
    const at = log.length - 1;
    const { stream, revision, position } = log[at]!;
    const verdict = await start(tampered((events) => change(events, at, { data: {} })));
    expect(verdict).toMatchObject({ ok: false, firstBroken: { stream, revision, position, why: 'EVENT_CHANGED' } });
  });

  it('leaves what is older to the check of the whole log', async () => {
    const events = tampered((all) => change(all, 0, { data: {} }));
    expect(await start(events)).toMatchObject({ ok: true });
    expect(await whole(events)).toMatchObject({ ok: false, checked: 0, firstBroken: { why: 'EVENT_CHANGED' } });
    expect(await whole(events, { from: log[5]!.position })).toMatchObject({ ok: true, checked: log.length - 6 });
  });
});
