import { EventStore, type Head, type KnownHead, type TrailVerdict, verifyAuditTrail } from '@app/event-store';
import { CurrentViewer, Failure, Viewer } from '@app/graph';
import { Vault } from '@app/vault';
import { type Locale, say } from '@app/wording';
import { Args, ArgsType, Field, Query, Resolver } from '@nestjs/graphql';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { Checks } from '../read/checks.js';
import { AuditVerdictView } from './audit.types.js';

/** A check reads the whole log: what a query of usual limits can afford twice. */
const costOfCheck = 8_000;

@ArgsType()
export class VerifyArgs {
  @Field(() => String, { nullable: true, description: 'The `head` of an earlier check, if you kept one.' })
  @IsOptional()
  @IsString()
  @MaxLength(1_000)
  knownHead?: string;
}

/** Anybody in the community may have its record checked: every chain, every seal, and what they kept of it. */
@Resolver()
export class VerificationResolver {
  /** Checks under way, so that many who ask at once cost one reading of the log. */
  private readonly underWay = new Map<string, Promise<TrailVerdict>>();
  private readonly checks = new Checks();

  constructor(
    private readonly store: EventStore,
    private readonly vault: Vault,
  ) {}

  @Query(() => AuditVerdictView, {
    complexity: costOfCheck,
    description: 'Checks the whole record of your community, and names the first place that does not hold.',
  })
  async verifyAuditTrail(
    @CurrentViewer() viewer: Viewer,
    @Args() { knownHead }: VerifyArgs,
  ): Promise<AuditVerdictView> {
    const kept = knownHead === undefined || knownHead === null ? undefined : headOf(knownHead);
    return verdictView(await this.check(viewer.communityId, kept, knownHead ?? ''), viewer.locale);
  }

  private check(community: string, knownHead: KnownHead | undefined, asked: string): Promise<TrailVerdict> {
    const key = `${community} ${asked}`;
    const known = this.underWay.get(key);
    if (known !== undefined) return known;
    const publicKeys = [this.vault.publicKey()];
    const run = this.checks
      .run(community, () => verifyAuditTrail(this.store, { community, publicKeys, knownHead }))
      .finally(() => this.underWay.delete(key));
    this.underWay.set(key, run);
    return run;
  }
}

/** A head as a reader keeps it: one line of text. */
const kept = (head: Head): string => Buffer.from(JSON.stringify(head)).toString('base64url');

function headOf(text: string): KnownHead {
  try {
    const { position, hash, events, seal } = JSON.parse(
      Buffer.from(text, 'base64url').toString('utf8'),
    ) as Partial<Head>;
    if (typeof position === 'string' && typeof hash === 'string')
      return { position, hash, ...(typeof events === 'number' && { events }), ...(isSeal(seal) && { seal }) };
  } catch {
    // Whatever is not JSON is not a head either.
  }
  throw new Failure('BAD_KNOWN_HEAD');
}

const isSeal = (seal: unknown): seal is { number: number; root: string } =>
  typeof seal === 'object' && seal !== null && 'number' in seal && 'root' in seal && typeof seal.root === 'string';

function verdictView({ ok, events, seals, head, firstBroken }: TrailVerdict, locale: Locale): AuditVerdictView {
  const counted = { whole: ok, events, seals, head: head === undefined ? null : kept(head) };
  if (firstBroken === undefined)
    return { ...counted, firstBroken: null, message: say(locale, 'RECORD_WHOLE', { events, seals }) };
  const why = say(locale, firstBroken.why, { stream: firstBroken.stream });
  return {
    ...counted,
    firstBroken: { ...firstBroken, message: why },
    message: say(locale, 'RECORD_BROKEN', { why }),
  };
}
