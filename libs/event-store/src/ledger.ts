import { createPublicKey, hash, verify } from 'node:crypto';
import { type Decider, derivedId, streamOf } from '@app/kernel';
import type { Vault } from '@app/vault';
import { canonical } from './canonical.js';
import { Digest } from './chain.js';
import { CorruptLog } from './errors.js';
import type { EventStore, Position, StoredEvent } from './event-store.js';
import { endsOfSeals, isSealable } from './ledger.ends.js';
import type { LedgerFact, LedgerSealed } from './ledger.events.js';
import type { Streams } from './streams.js';

/** Where the seals of a community stand. */
export interface Ledger {
  readonly number: number;
  readonly upTo: Position;
  readonly last: LedgerSealed['last'];
  readonly total: number;
  /** What the next seal names as its `previous`; empty before the first. */
  readonly link: string;
}

export const ledger: Decider<Ledger, LedgerFact> = {
  category: 'ledger',
  initial: { number: 0, upTo: '', last: undefined, total: 0, link: '' },
  evolve: (_, { data }) => ({ ...endOf(data), number: data.number, link: linkOf(data) }),
};

const endOf = ({ upTo, last, total }: LedgerSealed): Omit<Ledger, 'number' | 'link'> => ({ upTo, last, total });

/** What the seal after this one is bound to. */
export function linkOf({ root, signature }: Pick<LedgerSealed, 'root' | 'signature'>): string {
  return hash('sha256', `${root}\n${signature}`);
}

/** What the first seal of a community is bound to. */
export function firstLink(community: string): string {
  return hash('sha256', `ronde ledger ${community}`);
}

/** The digest that a seal's root is taken from: bound to the seal before. */
export function rootDigest(previous: string): Digest {
  return new Digest(`ronde seal ${previous}`);
}

function signed(community: string, { signature: _signature, ...seal }: LedgerSealed): Buffer {
  return Buffer.from(canonical({ community, ...seal }));
}

/** Whether the seal was signed with the key that it names. */
export function isSigned(community: string, seal: LedgerSealed): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(seal.publicKey, 'base64'), type: 'spki', format: 'der' });
    return verify(null, signed(community, seal), key, Buffer.from(seal.signature, 'base64'));
  } catch {
    return false;
  }
}

/** A community is sealed after so many events, or so many minutes after the first event that is not sealed yet. */
export interface SealEvery {
  readonly events: number;
  readonly minutes: number;
}

/** Events of one community that no seal covers yet. */
interface Book {
  readonly community: string;
  readonly every: SealEvery;
  ledger: Ledger;
  digest: Digest;
  /** The last event counted, sealed or not: where it stands, and which it is once one was counted here. */
  upTo: Position;
  last: LedgerSealed['last'];
  /** The follower may begin after this and miss nothing; unset when everything is sealed. */
  before: Position | undefined;
  since: string;
}

const PAGE = 500;

/**
 * Seals what happened, community by community. Fed with the log in order; events seen twice count once. Everything it knows stands in the
 * log: a book is opened from the community's last seal and whatever came after, so that a restart anywhere seals the same.
 */
export class Sealer {
  private readonly books = new Map<string, Book>();
  private seen: Position | undefined;
  private line: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: EventStore,
    private readonly streams: Streams,
    private readonly vault: Vault,
    private readonly every: (community: string) => SealEvery | Promise<SealEvery> = () => ({
      events: 500,
      minutes: 60,
    }),
  ) {}

  /** Follow the log from after this place and every community is sealed in the end: keep it as the follower's checkpoint. */
  get safe(): Position | undefined {
    let safe = this.seen;
    for (const { digest, before = '' } of this.books.values()) {
      if (digest.count > 0 && (safe === undefined || before < safe)) safe = before;
    }
    return safe === '' ? undefined : safe;
  }

  /** The next event of the log; resolves when the seal that it completes, if any, is written. */
  on(event: StoredEvent): Promise<void> {
    return this.inLine(() => this.count(event));
  }

  /** Seals the communities whose oldest unsealed event is old enough at this instant. */
  tick(now: string): Promise<void> {
    return this.inLine(async () => {
      for (const book of this.books.values()) {
        const age = Date.parse(now) - Date.parse(book.since);
        if (book.digest.count > 0 && age >= book.every.minutes * 60_000) await this.seal(book);
      }
    });
  }

  /** Seals everything that was seen: before a planned stop, or when somebody asks for a head to keep. */
  flush(): Promise<void> {
    return this.inLine(async () => {
      for (const book of this.books.values()) if (book.digest.count > 0) await this.seal(book);
    });
  }

  private inLine(work: () => Promise<void>): Promise<void> {
    const mine = this.line.then(work, work);
    this.line = mine.catch(() => undefined);
    return mine;
  }

  private async count(event: StoredEvent): Promise<void> {
    const { community } = event.meta;
    if (community !== undefined && isSealable(event, community)) {
      const book = this.books.get(community) ?? (await this.open(community, event.position));
      this.enter(book, event, this.seen);
      if (book.digest.count >= book.every.events) await this.seal(book);
    }
    if (this.seen === undefined || event.position > this.seen) this.seen = event.position;
  }

  private enter(book: Book, event: StoredEvent, before: Position | undefined): void {
    if (event.position <= book.upTo) return;
    if (book.digest.count === 0) {
      book.before = before;
      book.since = event.meta.recordedAt ?? '';
    }
    book.digest.add(event);
    book.upTo = event.position;
    book.last = { stream: event.stream, revision: event.revision };
  }

  /** From the last seal, with everything that came after it, up to a place that was reached. */
  private async open(community: string, upTo: Position): Promise<Book> {
    const { state } = await this.streams.load(ledger, community);
    const digest = rootDigest(state.link || firstLink(community));
    const every = await this.every(community);
    const sealed = await this.sealedTo(community, state, upTo);
    const unsealed = { digest, upTo: sealed ?? '', last: undefined, before: undefined, since: '' };
    const book: Book = { community, every, ledger: state, ...unsealed };
    let after = sealed;
    let before = after;
    for (let more = true; more;) {
      const page = await this.store.readAll({ after, max: PAGE });
      for (const event of page.events) {
        if (isSealable(event, community) && event.position <= upTo) this.enter(book, event, before);
        before = event.position;
      }
      more = !page.end && page.next !== undefined && page.next < upTo;
      after = page.next;
    }
    this.books.set(community, book);
    return book;
  }

  /** Where the last seal ends in this log, which may be a copy of the one it was written to; nothing before the first seal. */
  private async sealedTo(community: string, state: Ledger, here: Position): Promise<Position | undefined> {
    if (state.number === 0) return undefined;
    const end = (await endsOfSeals(this.store, new Map([[community, state]]), here)).get(community);
    if (end !== undefined) return end;
    throw new CorruptLog(`what seal ${state.number} of ledger-${community} covers is not in the log any more`);
  }

  private async seal(book: Book): Promise<void> {
    const { community, upTo, last, digest } = book;
    const { number, total, link } = book.ledger;
    const root = digest.hex;
    const unsigned = {
      number: number + 1,
      upTo,
      ...(last && { last }),
      count: digest.count,
      total: total + digest.count,
      root,
      previous: link || firstLink(community),
      publicKey: this.vault.publicKey(),
      signature: '',
    };
    const seal: LedgerSealed = { ...unsigned, signature: this.vault.sign(signed(community, unsigned)) };
    const commandId = derivedId('seal', community, String(seal.number), root);
    const act = {
      community,
      actor: 'policy:ledger',
      command: 'SealLedger',
      commandId,
      correlationId: commandId,
      input: { number: seal.number, root },
    };
    await this.streams.write(ledger, community, act, (state) =>
      state.number === number ? [{ type: 'LedgerSealed' as const, data: seal }] : [],
    );
    const { state } = await this.streams.load(ledger, community);
    if (state.number === seal.number && state.upTo === upTo) {
      Object.assign(book, { ledger: state, digest: rootDigest(state.link), before: undefined });
    } else {
      // Another process sealed: go on from its seal.
      await this.open(community, upTo);
    }
  }
}

/** How often a community is sealed, as its founding says; the fallback where it says nothing. */
export function sealedAsFounded(store: EventStore, fallback: SealEvery): (community: string) => Promise<SealEvery> {
  return async (community) => {
    const [founding] = await store.readStream(streamOf('community', community), { max: 1 });
    const settings = (founding?.data as { settings?: Record<string, unknown> } | undefined)?.settings;
    const atLeastOne = (it: unknown): it is number => typeof it === 'number' && it >= 1;
    const { sealEveryEvents, sealEveryMinutes } = settings ?? {};
    return {
      events: atLeastOne(sealEveryEvents) ? sealEveryEvents : fallback.events,
      minutes: atLeastOne(sealEveryMinutes) ? sealEveryMinutes : fallback.minutes,
    };
  };
}
