import type { Server } from 'node:http';
import { createServer } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import { InputPipe } from '@app/graph';
import { Actors } from './actor.js';
import { ApiModule, openHouse } from './api.module.js';
import { type Config, hostInUrl, readConfig } from './config.js';
import { openDemo } from './demo/index.js';
import { ErrorAnswers } from './graphql/error-answers.js';
import { AsThrown } from './graphql/as-thrown.filter.js';
import type { House } from './house.js';
import { serveAuth } from './http/auth.routes.js';
import { listenForMetrics, serveMetrics } from './http/metrics.routes.js';
import { servePages } from './http/pages.routes.js';
import { openServer } from './http/server.js';
import { LogChanges } from './live/log-changes.js';
import { serveLive } from './live/socket.js';
import { nestLog, openLog } from './log.js';
import { warnOfMistyped } from './mistyped.js';
import { originsOf } from './origins.js';
import { SettlingInTime } from './settling.js';
import { patiently } from './patience.js';
import { requestsMayTake } from './stopping.js';
import { WorkElsewhere } from './work/elsewhere.js';
import { WorkHere } from './work/here.js';
import { actingIn, completeJoining, watch } from './work/beginning.js';
import type { Work } from './work/work.js';

/** A process that serves. */
export interface Running {
  readonly app: NestFastifyApplication;
  readonly house: House;
  readonly work: Work;
  /** Where it can be reached from this machine. */
  readonly url: string;
  /** Stops accepting, lets what is under way finish within the limit, and lets go of everything. Again: nothing. */
  readonly stop: () => Promise<void>;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Opens the stores, as soon as their servers are there, puts the contexts together, serves, then starts what happens by itself. The
 * signal ends the wait for servers.
 */
export async function start(environment: Environment, signal = new AbortController().signal): Promise<Running> {
  const config = await placed(readConfig(environment), environment);
  const log = openLog(config.LOG_LEVEL);
  warnOfMistyped(environment, log);
  const house = await patiently(() => openHouse(config, log), { config, log, signal });
  const letGo: (() => Promise<unknown>)[] = [() => house.close()];
  const stop = once(async () => {
    for (const step of letGo.splice(0).reverse()) await step();
  });
  try {
    const app = await assemble(house);
    letGo.push(() => closeServer(app, requestsMayTake(config.SHUTDOWN_MS)));
    const work = workOf(app, house);
    const stopWork = await begin(app, house, work);
    // What is under way needs the loops to be answered: they stop after the server.
    letGo.splice(1, 0, () => house.streams.idle(), stopWork);
    letGo.push(await listenForMetrics(house.telemetry, config));
    letGo.push(live(app, house));
    await app.listen(config.PORT, config.HOST);
    return { app, house, work, url: `http://${hostInUrl(config.HOST)}:${config.PORT}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Serves subscriptions on the server of everything else. Answers how they are ended. */
function live(app: NestFastifyApplication, { config }: House): () => Promise<void> {
  const { schema } = app.get(GraphQLSchemaHost);
  const graph = { config, schema, actors: app.get(Actors), errors: app.get(ErrorAnswers) };
  const sockets = serveLive(app.getHttpServer() as Server, graph, originsOf(config));
  return async () => {
    await sockets.close();
    await app.get(LogChanges).stop();
  };
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
  servePages(adapter.getInstance(), readiness, { baseUrl: config.BASE_URL, demo: config.DEMO === 'on' });
  serveMetrics(adapter.getInstance(), house.telemetry, config);
  serveAuth(adapter.getInstance(), identity, config.BASE_URL);
  const app = await NestFactory.create<NestFastifyApplication>(ApiModule.of(house), adapter, {
    logger: nestLog(log),
    abortOnError: false,
  });
  app.useGlobalPipes(new InputPipe());
  app.useGlobalFilters(new AsThrown());
  return app.init();
}

/** Starts what happens by itself. Answers how it is stopped. */
async function begin(app: NestFastifyApplication, house: House, work: Work): Promise<() => Promise<void>> {
  const { store, vault, verification, log } = house;
  const demo = await openDemo(house);
  app.get(SettlingInTime).begin(work.consistency);
  app.get(LogChanges).begin(work.consistency);
  const reachable = watch(house, work);
  await work.start();
  const stop = async (): Promise<void> => {
    await reachable.stop();
    await verification.stop();
    await work.stop();
  };
  try {
    // Among several processes, a projector does this now and again.
    if (house.part.kind === 'alone') await completeJoining(app, house);
    if (demo !== undefined) log.info('Writing the demo community');
    const { policies } = actingIn(app);
    await demo?.write({ app, consistency: work.consistency, policies, passTime: () => work.passTime() });
    work.letTimePass();
    verification.start({ store, publicKeys: [vault.publicKey()], examine: () => house.examine(), log });
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}

function workOf(app: NestFastifyApplication, house: House): Work {
  const { part } = house;
  if (part.kind === 'alone') return new WorkHere(house, part, actingIn(app));
  if (part.kind === 'api') return new WorkElsewhere(house, part, actingIn(app).policies);
  throw new Error('a projector does not answer');
}

/**
 * The port, free when this was asked: a start fails before anything is opened, and PORT 0 is decided before sessions are bound to the
 * address.
 */
export async function placed(config: Config, environment: Environment): Promise<Config> {
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

export function once(act: () => Promise<void>): () => Promise<void> {
  let acting: Promise<void> | undefined;
  return () => (acting ??= act());
}
