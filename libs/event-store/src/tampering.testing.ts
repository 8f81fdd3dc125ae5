import type { StoredEvent } from './event-store.js';
import { chainHash, genesis } from './chain.js';
import type { LedgerSealed } from './ledger.events.js';
import { MemoryEventStore } from './adapters/memory.js';
import { desk, everything, logOf, sealing } from './notes.testing.js';
import { type KnownHead, type LogVerdict, verifyAuditTrail, type VerifyLog, verifyLog } from './verify.js';

export type Tampering = (log: StoredEvent[]) => void;

/** A log of two communities with seals, written once, and what a spec does with copies of it. */
export async function sealedLog() {
  const it = desk(new MemoryEventStore());
  const { feed } = sealing(it, { events: 6, minutes: 60 });
  for (let i = 0; i < 30; i++) {
    const [community, noteId] = i % 5 === 4 ? ['k2', `z${i % 3}`] : ['k1', `n${i % 3}`];
    await it.write(`m${i % 4}`, `line ${i}`, { community }, noteId);
    await feed();
  }
  const log = await everything(it.store);
  const publicKeys = [it.vault.publicKey()];
  const { upTo } = log.findLast(({ stream }) => stream === 'ledger-k1')!.data as LedgerSealed;
  const isSealed = ({ meta, stream, position }: StoredEvent): boolean =>
    meta.community === 'k1' && !stream.startsWith('ledger') && position <= upTo;
  return {
    it,
    log,
    publicKeys,
    /** Events of k1 that stand under its last seal, by their index in the log. */
    sealed: log.flatMap((event, at) => (isSealed(event) ? [at] : [])),
    trail: (events: readonly StoredEvent[], knownHead?: KnownHead, community = 'k1') =>
      verifyAuditTrail(logOf(events), { community, publicKeys, knownHead }),
    whole: async (events: readonly StoredEvent[], options: VerifyLog = {}): Promise<LogVerdict> => {
      let last: LogVerdict | undefined;
      for await (const verdict of verifyLog(logOf(events), { publicKeys, ...options })) last = verdict;
      return last!;
    },
    tampered: (tamper: Tampering): StoredEvent[] => {
      const events = structuredClone(log) as StoredEvent[];
      tamper(events);
      return events;
    },
  };
}
export type SealedLog = Awaited<ReturnType<typeof sealedLog>>;

/** What somebody with the database and this program, but without the keys, would do to hide a change. */
export function rechain(events: StoredEvent[]): void {
  const ends = new Map<string, { revision: number; hash: string }>();
  events.forEach((event, at) => {
    const end = ends.get(event.stream) ?? { revision: -1, hash: genesis(event.stream) };
    const moved = { ...event, revision: end.revision + 1 };
    const hash = chainHash(end.hash, moved);
    ends.set(event.stream, { revision: moved.revision, hash });
    events[at] = { ...moved, meta: { ...moved.meta, hash } };
  });
}

export function swap(events: StoredEvent[], a: number, b: number): void {
  const [first, second] = [events[a]!, events[b]!];
  events[a] = { ...second, position: first.position };
  events[b] = { ...first, position: second.position };
}

export function change(events: StoredEvent[], at: number, by: Partial<StoredEvent>): void {
  events[at] = { ...events[at]!, ...by };
}
