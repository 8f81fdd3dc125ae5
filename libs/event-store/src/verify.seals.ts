import { TypeCompiler } from '@sinclair/typebox/compiler';
import { categoryOf, streamOf } from '@app/kernel';
import type { BreakCode, Broken } from './chain.js';
import type { StoredEvent } from './event-store.js';
import { firstLink, isSigned, linkOf, rootDigest } from './ledger.js';
import { ledgerEvents, type LedgerSealed } from './ledger.events.js';

const isSeal = TypeCompiler.Compile(ledgerEvents.types.LedgerSealed.data);

/** The seals of one community against its events, fed in log order. */
export class SealCheck {
  /** Seals met, and the last of them. */
  number = 0;
  root: string | undefined;
  readonly stream: string;
  private total = 0;
  private link: string;
  private unsealed: StoredEvent[] = [];

  constructor(
    private readonly community: string,
    private readonly publicKeys: readonly string[],
  ) {
    this.stream = streamOf('ledger', community);
    this.link = firstLink(community);
  }

  /** Events that no seal covers yet. */
  get pending(): number {
    return this.unsealed.length;
  }

  /** What is wrong with the seal, if this is one. Goes on from what it says either way. */
  next(event: StoredEvent): Broken | undefined {
    const { stream, revision, position, data } = event;
    if (categoryOf(stream) !== 'ledger') {
      const { id, type, meta } = event;
      this.unsealed.push({ id, stream, revision, position, type, meta: { hash: meta.hash ?? '' }, data: undefined });
      return undefined;
    }
    const seals = stream === this.stream && event.type === 'LedgerSealed' && isSeal.Check(data);
    const why = seals ? this.judge(data) : 'SEAL_OUT_OF_LINE';
    return why && { stream, revision, position, why };
  }

  private judge(seal: LedgerSealed): BreakCode | undefined {
    const covered = this.unsealed.findIndex(({ position }) => position > seal.upTo);
    const events = covered < 0 ? this.unsealed.splice(0) : this.unsealed.splice(0, covered);
    const inLine = seal.number === this.number + 1 && seal.previous === this.link;
    const adds = seal.total === this.total + seal.count;
    const root = rootDigest(this.link);
    for (const event of events) root.add(event);
    this.number = seal.number;
    this.root = seal.root;
    this.total = seal.total;
    this.link = linkOf(seal);
    if (!this.publicKeys.includes(seal.publicKey) || !isSigned(this.community, seal)) return 'SEAL_FORGED';
    if (!inLine || !adds) return 'SEAL_OUT_OF_LINE';
    if (events.length < seal.count) return 'SEALED_EVENTS_MISSING';
    if (events.length > seal.count) return 'SEALED_EVENTS_ADDED';
    return root.hex === seal.root ? undefined : 'SEALED_EVENTS_CHANGED';
  }
}
