import { join } from 'node:path';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { type ApolloDriverConfig, ApolloDriver } from '@nestjs/apollo';
import { GraphQLModule } from '@nestjs/graphql';
import Database from 'better-sqlite3';
import { checkSinceLastSeal, Codec, CorruptLog, EventStore, Streams } from '@app/event-store';
import { lockDataDir, SqliteCheckpointStore } from '@app/event-store/adapters';
import { GraphDeskModule, Settling } from '@app/graph';
import { Identity } from '@app/identity';
import { SqliteIdentityDatabase } from '@app/identity/adapters';
import { Clock, FileClock, SystemClock } from '@app/kernel';
import { ReadStore } from '@app/read-store';
import { observedCqrs, Telemetry } from '@app/telemetry';
import { Vault } from '@app/vault';
import { SqliteVault } from '@app/vault/adapters';
import { Actors } from './actor.js';
import type { Config } from './config.js';
import { catalogues, modules } from './contexts.js';
import { makeFolder } from './data-dir.js';
import { StoryClock } from './demo/index.js';
import { graphOptions } from './graphql/graph-options.js';
import { GuardedStreams } from './guarded-streams.js';
import type { House } from './house.js';
import { Readiness } from './http/health.js';
import { JoinsModule } from './joins/joins.module.js';
import type { Log } from './log.js';
import { SettlingInTime } from './settling.js';
import { openEventStore, openPostgres, openReadStore } from './stores.module.js';
import { telemetryOf } from './telemetry.js';
import { Verification } from './work/verification.js';

/** Opens every store under DATA_DIR, the lock first. Here and in the other modules of this folder, ports meet their adapters. */
export async function openHouse(config: Config, log: Log): Promise<House> {
  const closing: (() => void | Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const file = (name: string): string => join(config.DATA_DIR, name);
    makeFolder(config.DATA_DIR);
    const lock = lockDataDir(config.DATA_DIR);
    closing.push(() => lock.release());
    const clock = new StoryClock(config.CLOCK_FILE === '' ? new SystemClock() : new FileClock(config.CLOCK_FILE));
    const desk = new Database(file('desk.db'), { timeout: 0 });
    closing.push(() => void desk.close());
    const vault = new SqliteVault({ database: desk, masterKeyFile: config.MASTER_KEY_FILE });
    closing.push(() => vault.close());
    const telemetry = await Telemetry.open(telemetryOf(config, log));
    closing.push(() => telemetry.close());
    const { store: opened, shared, examine } = await openEventStore(config, log);
    closing.push(() => opened.close());
    const store = telemetry.watching(opened);
    const observer = telemetry.witness;
    const verification = new Verification();
    const codec = new Codec(vault, catalogues);
    const postgres = config.READ_STORE_URL === '' ? undefined : openPostgres(config.READ_STORE_URL, log);
    closing.push(() => postgres?.close());
    const models = await openReadStore(config, postgres, log);
    closing.push(() => models.close());
    const streams = new GuardedStreams(() => verification.broken, store, codec, vault, clock, {
      notBefore: await checkedEnd(store, vault),
      shared,
      observer,
    });
    const checkpoints = new SqliteCheckpointStore(file('desk.db'));
    closing.push(() => checkpoints.close());
    const identity = await Identity.open({
      database: new SqliteIdentityDatabase(desk),
      clock,
      ...authOf(config, vault, log),
    });
    const readiness = new Readiness(log);
    const house = { config, log, clock, readiness, telemetry, verification, vault, store, sharedLog: shared };
    return { ...house, codec, streams, reads: models, models, checkpoints, identity, examine, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Refuses to start on a log whose end does not hold. Answers when its last event was recorded: nothing is recorded before that. */
async function checkedEnd(store: EventStore, vault: Vault): Promise<string> {
  const { firstBroken, lastRecorded } = await checkSinceLastSeal(store, [vault.publicKey()]);
  if (firstBroken === undefined) return lastRecorded;
  const { why, stream, revision, position } = firstBroken;
  const where = `${why} in ${stream}, revision ${revision}, noticed at position ${position}`;
  throw new CorruptLog(`The log does not hold together: ${where}. Put DATA_DIR back from a backup.`);
}

function authOf(config: Config, vault: Vault, log: Log) {
  return {
    secret: vault.fingerprint('secret of the sessions'),
    baseUrl: config.BASE_URL,
    trustedOrigins: [...config.TRUSTED_ORIGINS, ...namesOfHere(config)],
    openSignUp: config.SIGN_UP === 'open',
    triesPerMinute: config.SIGN_IN_TRIES,
    log: (level: 'error' | 'warn' | 'info' | 'debug', message: string, cause?: unknown) =>
      log[level === 'info' ? 'debug' : level](
        { context: 'auth', ...(cause instanceof Error ? { err: cause } : {}) },
        message,
      ),
  };
}

/** On this machine alone, its two usual names are one place. */
const namesOfHere = ({ HOST, PORT }: Config): string[] =>
  ['127.0.0.1', 'localhost', '::1'].includes(HOST) ? [`http://localhost:${PORT}`, `http://127.0.0.1:${PORT}`] : [];

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
    const settling = new SettlingInTime(house.config.WAIT_MS);
    const providers = [
      ...portsOf(house),
      { provide: Settling, useValue: settling },
      { provide: SettlingInTime, useValue: settling },
    ];
    return { module: HouseModule, global: true, providers, exports: providers };
  }
}

/** The process: every context around the opened house. */
@Module({})
export class ApiModule {
  static of(house: House): DynamicModule {
    const { config, log, identity, telemetry } = house;
    const graph = GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      ...graphOptions(config, new Actors(identity), log),
    });
    // Global, so that each finds the ports of its neighbours, as `Standings`, wherever they are provided.
    const contexts = modules.map((module) => ({ module, global: true }));
    return {
      module: ApiModule,
      imports: [
        HouseModule.of(house),
        observedCqrs(telemetry.witness),
        GraphDeskModule,
        JoinsModule,
        graph,
        ...contexts,
      ],
    };
  }
}
