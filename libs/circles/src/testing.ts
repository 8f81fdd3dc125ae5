import { type Caller, Codec, Policy, type Receipt, Streams } from '@app/event-store';
import { MemoryEventStore } from '@app/event-store/adapters';
import { Clock, derivedId, type EventCatalogue, ManualClock, type Recorded } from '@app/kernel';
import { Vault } from '@app/vault';
import { MemoryVault } from '@app/vault/adapters';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { type Command, CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { circlePolicies, CirclesWriteModule } from './circles-write.module.js';
import { circleEvents } from './domain/circle.events.js';
import { communityEvents } from './domain/community.events.js';
import { Departing, Forgetting } from './policies/forgetting.js';
import { Standings } from './standing.js';

class Forgotten extends Forgetting {
  readonly members: string[] = [];

  override async forget(memberId: string): Promise<void> {
    if (!this.members.includes(memberId)) this.members.push(memberId);
  }
}

class Departed extends Departing {
  readonly members: string[] = [];

  override async depart(memberId: string): Promise<void> {
    if (!this.members.includes(memberId)) this.members.push(memberId);
  }
}

@Module({})
class MemoryHouse {
  static of(ports: readonly { provide: unknown; useValue: unknown }[]): DynamicModule {
    const providers = ports as NonNullable<DynamicModule['providers']>;
    return { module: MemoryHouse, global: true, providers, exports: providers as DynamicModule['exports'] };
  }
}

export const testCommunity = 'solidarite';

/** The write side of circles over a log in memory, for specs: send commands, let policies act, read what was written. */
export class CirclesInMemory {
  /** Everything the policies have seen. */
  private seen: string | undefined;
  private clicks = 0;

  private constructor(
    readonly store: MemoryEventStore,
    readonly codec: Codec,
    readonly vault: MemoryVault,
    readonly clock: ManualClock,
    readonly streams: Streams,
    readonly forgotten: Forgotten,
    readonly commands: CommandBus,
    readonly standings: Standings,
    readonly policies: readonly Policy[],
  ) {}

  /** `catalogues`, `modules` and `policies`: those of another context, to be tried out together with circles. */
  static async open(
    now: string,
    others: { catalogues?: EventCatalogue[]; modules?: Type[]; policies?: Type<Policy>[] } = {},
  ): Promise<CirclesInMemory> {
    const vault = new MemoryVault();
    const store = new MemoryEventStore();
    const codec = new Codec(vault, [communityEvents, circleEvents, ...(others.catalogues ?? [])]);
    const clock = new ManualClock(now);
    const streams = new Streams(store, codec, vault, clock);
    const forgotten = new Forgotten();
    const house = MemoryHouse.of([
      { provide: Streams, useValue: streams },
      { provide: Clock, useValue: clock },
      { provide: Vault, useValue: vault },
      { provide: Forgetting, useValue: forgotten },
      { provide: Departing, useValue: new Departed() },
    ]);
    const imports = [house, CqrsModule.forRoot(), CirclesWriteModule, ...(others.modules ?? [])];
    const app = await Test.createTestingModule({ imports }).compile();
    await app.init();
    const find = <T>(type: Type<T>): T => app.get(type, { strict: false });
    const policies = [...circlePolicies, ...(others.policies ?? [])].map((it) => find<Policy>(it));
    const standings = app.get<Standings>(Standings, { strict: false });
    const [commands] = [find(CommandBus)];
    return new CirclesInMemory(store, codec, vault, clock, streams, forgotten, commands, standings, policies);
  }

  /** A caller whose command is a new click each time, unless the id is given. */
  by(member: string, commandId = `click-${(this.clicks += 1)}`, community = testCommunity): Caller {
    return { community, member, commandId, correlationId: 'spec' };
  }

  execute(command: Command<Receipt>): Promise<Receipt> {
    return this.commands.execute(command);
  }

  /** Sends a command, then lets the policies act. */
  async settled(command: Command<Receipt>): Promise<Receipt> {
    const receipt = await this.execute(command);
    await this.settle();
    return receipt;
  }

  /** Lets every policy act on what it has not seen, until nothing more happens. */
  async settle(): Promise<void> {
    for (;;) {
      const { events, next } = await this.store.readAll({ after: this.seen, max: 1_000 });
      if (events.length === 0) return;
      this.seen = next;
      for (const fact of await this.codec.decode(events)) await this.deliver(fact);
    }
  }

  /** Hands an event to every policy that listens to it, as the follower does; again, if it is called again. */
  async deliver(fact: Recorded): Promise<void> {
    for (const { on } of this.policies) await on[fact.type]?.(fact);
  }

  /** What a stream holds, or the whole log, decoded. */
  async facts(stream?: string): Promise<readonly Recorded[]> {
    const { events } = await this.store.readAll({ max: 10_000 });
    const facts = await this.codec.decode(events);
    return stream === undefined ? facts : facts.filter((it) => it.stream === stream);
  }
}

/** The policy that another context's decision would act through. */
export const decidingPolicy = 'policy:when-decision-reached-then-apply-its-effect';
export const decidedBy = (title: string) => ({ proposalId: derivedId('proposal', title), version: 1 });
