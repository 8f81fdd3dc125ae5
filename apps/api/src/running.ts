import type { Server } from 'node:http';
import { createServer } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import {
  Consistency,
  type Policy,
  PolicyRunner,
  type PolicyRunnerOptions,
  sealedAsFounded,
  Sealer,
} from '@app/event-store';
import { InputPipe } from '@app/graph';
import { Registrations } from '@app/identity';
import { ApiModule, openHouse } from './api.module.js';
import { type Config, hostInUrl, readConfig } from './config.js';
import { policies } from './contexts.js';
import { openDemo } from './demo/index.js';
import { AsThrown } from './graphql/as-thrown.filter.js';
import type { House } from './house.js';
import { serveAuth } from './http/auth.routes.js';
import { servePages } from './http/pages.routes.js';
import { openServer } from './http/server.js';
import { nestLog, openLog } from './log.js';
import { Sealing } from './sealing.js';
import { SettlingInTime } from './settling.js';
import { requestsMayTake, sealsMayTake } from './stopping.js';

/** A process that serves. */
export interface Running {
  readonly app: NestFastifyApplication;
  readonly house: House;
  /** Where it can be reached from this machine. */
  readonly url: string;
  /** Stops accepting, lets what is under way finish within the limit, and lets go of everything. Again: nothing. */
  readonly stop: () => Promise<void>;
}

/** For a community whose founding says nothing of it. */
const usualSealing = { events: 500, minutes: 60 };

type Environment = Readonly<Record<string, string | undefined>>;

/** Opens the stores, puts the contexts together, serves, then starts what happens by itself. */
export async function start(environment: Environment): Promise<Running> {
  const config = await placed(readConfig(environment), environment);
  const log = openLog(config.LOG_LEVEL);
  const house = await openHouse(config, log);
  const letGo: (() => Promise<unknown>)[] = [() => house.close()];
  const stop = once(async () => {
    for (const step of letGo.splice(0).reverse()) await step();
  });
  try {
    const app = await assemble(house);
    letGo.push(() => closeServer(app, requestsMayTake(config.SHUTDOWN_MS)));
    const stopLoops = await startLoops(app, house);
    // What is under way needs the loops to be answered: they stop after the server.
    letGo.splice(1, 0, () => house.streams.idle(), stopLoops);
    await app.listen(config.PORT, config.HOST);
    return { app, house, url: `http://${hostInUrl(config.HOST)}:${config.PORT}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Takes no more requests and waits for those under way; connections that are kept open are let go of as they fall idle. */
async function closeServer(app: NestFastifyApplication, longestMs: number): Promise<void> {
  const server = app.getHttpServer() as Server;
  const sweep = setInterval(() => server.closeIdleConnections(), 20);
  const limit = setTimeout(() => server.closeAllConnections(), longestMs);
  await app.close();
  clearInterval(sweep);
  clearTimeout(limit);
}

async function assemble(house: House): Promise<NestFastifyApplication> {
  const { config, log, identity, readiness } = house;
  const adapter = openServer(config, log);
  servePages(adapter.getInstance(), readiness, config.BASE_URL);
  serveAuth(adapter.getInstance(), identity, config.BASE_URL);
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.of(house), adapter, {
    logger: nestLog(log),
    abortOnError: false,
  });
  app.useGlobalPipes(new InputPipe());
  app.useGlobalFilters(new AsThrown(adapter));
  return app.init();
}

/** Projections first, so that policies and what they cause can be waited for. Answers how they are stopped. */
async function startLoops(app: NestFastifyApplication, house: House): Promise<() => Promise<void>> {
  const { config, projections, store, codec, checkpoints, streams, vault, clock, verification, log } = house;
  const demo = await openDemo(house);
  const acting = policies.map((it) => app.get<Policy>(it, { strict: false }));
  const onFailure: PolicyRunnerOptions['onFailure'] = ({ error, ...failure }, policy) =>
    log.error({ ...failure, policy, err: error }, 'A policy stopped');
  const onRefused: PolicyRunnerOptions['onRefused'] = ({ code, details }, { type, position: at }, policy) =>
    log.error({ policy, type, at, code, details }, 'A policy was refused what its event should have caused');
  const runner = new PolicyRunner({ store, codec, checkpoints, policies: acting, onFailure, onRefused });
  const sealer = new Sealer(store, streams, vault, sealedAsFounded(store, usualSealing));
  const sealing = new Sealing({ store, sealer, checkpoints, clock, log });
  const consistency = new Consistency(projections, runner);
  app.get(SettlingInTime).begin(consistency);
  watch(house, runner, sealing);
  await projections.start();
  await runner.start();
  await sealing.start();
  const stop = async (): Promise<void> => {
    await verification.stop();
    await runner.stop();
    await sealing.stop(sealsMayTake(config.SHUTDOWN_MS));
    await projections.stop();
  };
  try {
    await app
      .get(Registrations, { strict: false })
      .completePending(({ memberId, communityId }, { code }) =>
        log.warn({ memberId, communityId, code }, 'A community did not take a member who had joined'),
      );
    if (demo !== undefined) log.info('Writing the demo community');
    await demo?.write({ app, consistency, policies: acting });
    verification.start({ store, publicKeys: [vault.publicKey()], examine: () => house.examine(), log });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

function watch({ projections, streams, verification, readiness }: House, runner: PolicyRunner, sealing: Sealing): void {
  readiness.add(
    { name: 'store', code: 'UNWRITABLE', problem: () => streams.unwritable },
    { name: 'projections', code: 'BEHIND', problem: () => problemOf(projections.state()) },
    { name: 'policies', code: 'HELD_UP', problem: () => problemOfPolicies(runner) },
    { name: 'ledger', code: 'NOT_SEALING', problem: () => sealing.failure },
    { name: 'log', code: 'BROKEN', problem: () => verification.broken },
  );
}

const problemOf = (state: ReturnType<House['projections']['state']>): string | undefined => {
  if (state.failure !== undefined) return state.failure.message;
  return state.ready ? undefined : 'catching up';
};

function problemOfPolicies(runner: PolicyRunner): string | undefined {
  const { failure, policies: all } = runner.state();
  const stuck = all.find((it) => it.failure !== undefined);
  return failure?.message ?? (stuck && `${stuck.name}: ${stuck.failure?.message}`);
}

/**
 * The port, free when this was asked: a start fails before anything is opened, and PORT 0 is decided before sessions are bound to the
 * address.
 */
async function placed(config: Config, environment: Environment): Promise<Config> {
  const PORT = await freePort(config.HOST, config.PORT);
  const BASE_URL = environment['BASE_URL'] ? config.BASE_URL : `http://${hostInUrl(config.HOST)}:${PORT}`;
  return { ...config, PORT, BASE_URL };
}

function freePort(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(port, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

function once(act: () => Promise<void>): () => Promise<void> {
  let acting: Promise<void> | undefined;
  return () => (acting ??= act());
}
