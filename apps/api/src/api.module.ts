import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { type ApolloDriverConfig, ApolloDriver } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import { type CheckpointStore, Codec, EventStore, ofOneLog, Streams, type Turn, TurnOver } from '@app/event-store';
import { lockDataDir } from '@app/event-store/adapters';
import { Changes, GraphDeskModule, Settling } from '@app/graph';
import { Identity } from '@app/identity';
import { Clock, FileClock, SystemClock } from '@app/kernel';
import { ReadStore } from '@app/read-store';
import { observedCqrs, Telemetry } from '@app/telemetry';
import { Vault } from '@app/vault';
import { Actors } from './actor.js';
import { expectDeskOf, expectLogOf } from './belonging.js';
import { checkedEnd } from './checked-end.js';
import { type Config, isShared } from './config.js';
import { catalogues, modules } from './contexts.js';
import { makeFolder } from './data-dir.js';
import { StoryClock } from './demo/index.js';
import { type Desk, deskSchema, openDesk, openLeases, openSharedDesk } from './desk.module.js';
import { ErrorAnswers } from './graphql/error-answers.js';
import { graphOptions } from './graphql/graph-options.js';
import { GuardedStreams } from './guarded-streams.js';
import type { House, Projecting } from './house.js';
import { Readiness } from './http/health.js';
import { JoinsModule } from './joins/joins.module.js';
import { LogChanges } from './live/log-changes.js';
import type { Log } from './log.js';
import { originsOf } from './origins.js';
import { SettlingInTime } from './settling.js';
import {
  expectRowsOf,
  openEventStore,
  type OpenedLog,
  openPostgres,
  openReadStore,
  openSharedReadStore,
} from './stores.module.js';
import { telemetryOf } from './telemetry.js';
import { Verification } from './work/verification.js';

type Closing = (() => void | Promise<void>)[];
type Part = 'api' | 'projector';

/** Opens every store that the settings name. Here and in the other modules of this folder, ports meet their adapters. */
export async function openHouse(config: Config, log: Log, part: Part = 'api'): Promise<House> {
  const closing: Closing = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const telemetry = await Telemetry.open(telemetryOf(config, log));
    closing.push(() => telemetry.close());
    const opened = isShared(config)
      ? await openShared(config, log, part, closing)
      : await openAlone(config, log, closing);
    const { vault, log: kept, identity: database, part: mine } = opened;
    const clock = new StoryClock(config.CLOCK_FILE === '' ? new SystemClock() : new FileClock(config.CLOCK_FILE));
    const store = telemetry.watching(kept.store);
    const codec = new Codec(vault, catalogues);
    const verification = new Verification();
    const streams = new GuardedStreams(() => verification.broken, store, codec, vault, clock, {
      notBefore: await checkedEnd(store, vault, kept.shared),
      shared: kept.shared,
      observer: telemetry.witness,
    });
    const identity = await Identity.open({ database, clock, ...authOf(config, vault, log) });
    const readiness = new Readiness(log);
    const house = { config, log, clock, readiness, telemetry, verification, vault, store, sharedLog: kept.shared };
    return { ...house, codec, streams, reads: mine.models, part: mine, identity, examine: kept.examine, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Opened extends Pick<Desk<CheckpointStore>, 'vault' | 'identity'> {
  readonly log: OpenedLog;
  readonly part: House['part'];
}

/** Everything for one process: what the settings do not place on a server lies under DATA_DIR, the lock first. */
async function openAlone(config: Config, log: Log, closing: Closing): Promise<Opened> {
  makeFolder(config.DATA_DIR);
  const lock = lockDataDir(config.DATA_DIR);
  closing.push(() => lock.release());
  expectDeskOf(config);
  const { vault, identity, checkpoints } = openDesk(config, closing);
  const kept = await openEventStore(config, log);
  closing.push(() => kept.store.close());
  const postgres = config.READ_STORE_URL === '' ? undefined : openPostgres(config.READ_STORE_URL, log);
  closing.push(() => postgres?.close());
  const models = await openReadStore(config, postgres, log);
  closing.push(() => models.close());
  await expectLogOf(config, { store: kept.store, checkpoints, rows: models.position() });
  const askDatabase = postgres && (() => postgres.check());
  return { vault, identity, log: kept, part: { kind: 'alone', models, checkpoints, askDatabase } };
}

/** What one of several processes needs: nothing of it lies on this machine but the master key. */
async function openShared(config: Config, log: Log, part: Part, closing: Closing): Promise<Opened> {
  const postgres = openPostgres(config.READ_STORE_URL, log);
  closing.push(() => postgres.close());
  const desk = openPostgres(config.READ_STORE_URL, log, { searchPath: deskSchema, connections: 5 });
  closing.push(() => desk.close());
  const { vault, identity, checkpoints } = await openSharedDesk(config, { postgres, desk }, closing);
  const kept = await openEventStore(config, log);
  closing.push(() => kept.store.close());
  if (part === 'api') {
    const models = await openSharedReadStore(postgres, log, { role: 'reader' });
    closing.push(() => models.close());
    await expectLogOf(config, { store: kept.store, checkpoints, rows: models.position() });
    await expectRowsOf(kept.store, models);
    return { vault, identity, log: kept, part: { kind: 'api', models, checkpoints } };
  }
  const writing: Projecting['writing'] = { turn: undefined };
  const guard: Turn['guard'] = async (transaction) => {
    if (writing.turn === undefined) throw new TurnOver('the read models are written in a turn alone');
    await writing.turn.guard(transaction);
  };
  const models = await openSharedReadStore(postgres, log, { role: 'writer', guard });
  closing.push(() => models.close());
  await expectLogOf(config, { store: kept.store, checkpoints, rows: models.position() });
  const leases = await openLeases(postgres, log);
  return { vault, identity, log: kept, part: { kind: 'projector', models, checkpoints, leases, writing } };
}

function authOf(config: Config, vault: Vault, log: Log) {
  return {
    secret: vault.fingerprint('secret of the sessions'),
    baseUrl: config.BASE_URL,
    trustedOrigins: originsOf(config),
    openSignUp: config.SIGN_UP === 'open',
    triesPerMinute: config.SIGN_IN_TRIES,
    // The library remarks at each start on a column that it made itself.
    log: (level: 'error' | 'warn' | 'info' | 'debug', message: string, cause?: unknown) =>
      log[level === 'info' || message.includes('identity_tries') ? 'debug' : level](
        { context: 'auth', ...(cause instanceof Error ? { err: cause } : {}) },
        message,
      ),
  };
}

const portsOf = (house: House): Provider[] => [
  { provide: EventStore, useValue: house.store },
  { provide: Streams, useValue: house.streams },
  { provide: Codec, useValue: house.codec },
  { provide: Vault, useValue: house.vault },
  { provide: Clock, useValue: house.clock },
  { provide: ReadStore, useValue: house.reads },
  { provide: Identity, useValue: house.identity },
];

/** What the contexts are given, in every module of the process. */
@Module({})
class HouseModule {
  static of(house: House): DynamicModule {
    const settling = new SettlingInTime(house.config.WAIT_MS, house.identity.positions);
    const changes = new LogChanges(house.store, (error) =>
      house.log.debug({ err: error }, 'The log could not be followed for subscriptions'),
    );
    const providers = [
      ...portsOf(house),
      { provide: Changes, useValue: changes },
      { provide: LogChanges, useValue: changes },
      { provide: Settling, useValue: settling },
      { provide: SettlingInTime, useValue: settling },
    ];
    return { module: HouseModule, global: true, providers, exports: providers };
  }
}

/** Only where others write the rows as well is there something to wait for; what the log does not hold is not waited for again. */
const shownIn =
  ({ part, config, store, identity }: House) =>
  async (accountId: string, position: string): Promise<boolean> => {
    if (part.kind === 'alone' || (await part.models.waitFor(position, config.WAIT_MS))) return true;
    const head = await store.head().catch(() => null);
    const isLost = head !== null && (head === undefined || !ofOneLog(position, head) || position > head);
    if (isLost) await identity.positions.forget(accountId, position);
    return isLost;
  };

/** The process: every context around the opened house. */
@Module({})
export class ApiModule {
  /** With the front desk: GraphQL, and what its sockets share with it. */
  static of(house: House): DynamicModule {
    const { config, log, identity } = house;
    const actors = new Actors(identity, shownIn(house));
    const errors = new ErrorAnswers(log);
    const graph = GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      ...graphOptions(config, { actors, errors, log }),
    });
    const inside = ApiModule.without(house);
    const desk: Provider[] = [
      { provide: Actors, useValue: actors },
      { provide: ErrorAnswers, useValue: errors },
    ];
    return { ...inside, imports: [...(inside.imports ?? []), graph], providers: desk };
  }

  /** Without it, for a process that nobody asks. */
  static without(house: House): DynamicModule {
    // Global, so that each finds the ports of its neighbours, as `Standings`, wherever they are provided.
    const contexts = modules.map((module) => ({ module, global: true }));
    const cqrs = observedCqrs(house.telemetry.witness);
    return { module: ApiModule, imports: [HouseModule.of(house), cqrs, GraphDeskModule, JoinsModule, ...contexts] };
  }
}
