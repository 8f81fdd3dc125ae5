import { TypeCompiler } from '@sinclair/typebox/compiler';
import { categoryOf, streamOf } from '@app/kernel';
import type { BreakCode, Broken } from './chain.js';
import { ofOneLog, type StoredEvent } from './event-store.js';
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

  /** `named`: a seal may be signed with any key, the one that it names. */
  constructor(
    private readonly community: string,
    private readonly publicKeys: readonly string[] | 'named',
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
    const why = seals ? this.judge(data, event) : 'SEAL_OUT_OF_LINE';
    return why && { stream, revision, position, why };
  }

  private judge(seal: LedgerSealed, at: StoredEvent): BreakCode | undefined {
    const inLine = seal.number === this.number + 1 && seal.previous === this.link;
    const adds = seal.total === this.total + seal.count;
    const root = rootDigest(this.link);
    for (const event of this.unsealed.slice(0, seal.count)) root.add(event);
    const there = root.hex === seal.root ? seal.count : this.upTo(seal, at);
    this.unsealed.splice(0, seal.count);
    this.number = seal.number;
    this.root = seal.root;
    this.total = seal.total;
    this.link = linkOf(seal);
    const known = this.publicKeys === 'named' || this.publicKeys.includes(seal.publicKey);
    if (!known || !isSigned(this.community, seal)) return 'SEAL_FORGED';
    if (!inLine || !adds) return 'SEAL_OUT_OF_LINE';
    if (there < seal.count) return 'SEALED_EVENTS_MISSING';
    if (there > seal.count) return 'SEALED_EVENTS_ADDED';
    return root.hex === seal.root ? undefined : 'SEALED_EVENTS_CHANGED';
  }

  /** How many events stand up to the one that the seal names as its last. They are not those it covers, so this only says what is wrong. */
  private upTo({ upTo, last, count }: LedgerSealed, { position }: StoredEvent): number {
    const { unsealed } = this;
    if (last !== undefined)
      return 1 + unsealed.findIndex(({ stream, revision }) => stream === last.stream && revision === last.revision);
    if (!ofOneLog(upTo, position)) return Math.min(count, unsealed.length);
    return unsealed.filter((event) => event.position <= upTo).length;
  }
}
