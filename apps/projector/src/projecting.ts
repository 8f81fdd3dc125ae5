import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { listen, type Page, type Visitor } from '@app/telemetry';
import { ApiModule, openHouse } from '../../api/src/api.module.js';
import { type Config, hostInUrl, isShared, readConfig, StartRefused } from '../../api/src/config.js';
import type { House } from '../../api/src/house.js';
import { listenForMetrics, localMetrics } from '../../api/src/http/metrics.routes.js';
import { nestLog, openLog } from '../../api/src/log.js';
import { warnOfMistyped } from '../../api/src/mistyped.js';
import { patiently } from '../../api/src/patience.js';
import { type Environment, once, placed } from '../../api/src/running.js';
import { SettlingInTime } from '../../api/src/settling.js';
import { actingIn, completeJoining, watch } from '../../api/src/work/beginning.js';
import { WorkByTurns } from '../../api/src/work/by-turns.js';

/** A process that does what happens by itself, in its turns. */
export interface Projecting {
  readonly house: House;
  readonly work: WorkByTurns;
  /** Where its health and metrics can be asked from this machine. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Nothing of somebody's who joined before this is under way any more, in milliseconds. */
const joiningTakesMs = 60_000;
const usualPort = '3001';

/** Opens the stores, as soon as their servers are there, then takes its turns. The signal ends the wait for servers. */
export async function startProjector(
  environment: Environment,
  signal = new AbortController().signal,
): Promise<Projecting> {
  const given = { ...environment, PORT: environment['PORT'] ? environment['PORT'] : usualPort };
  const config = await placed(sharing(readConfig(given)), given);
  const log = openLog(config.LOG_LEVEL);
  warnOfMistyped(environment, log);
  const house = await patiently(() => openHouse(config, log, 'projector'), { config, log, signal });
  const letGo: (() => Promise<unknown>)[] = [() => house.close()];
  const stop = once(async () => {
    for (const step of letGo.splice(0).reverse()) await step();
  });
  try {
    const app = await NestFactory.createApplicationContext(ApiModule.without(house), {
      logger: nestLog(log),
      abortOnError: false,
    });
    letGo.push(() => app.close());
    const work = workOf(app, house);
    app.get(SettlingInTime).begin(work.consistency);
    const reachable = watch(house, work);
    letGo.push(() => reachable.stop());
    letGo.push(() => house.verification.stop());
    await work.start();
    letGo.push(() => house.streams.idle());
    letGo.push(() => work.stop());
    const { store, vault, verification } = house;
    verification.start({ store, publicKeys: [vault.publicKey()], examine: () => house.examine(), log });
    letGo.push(await listenForMetrics(house.telemetry, config));
    const listener = await listen({ host: config.HOST, port: config.PORT }, pagesOf(house));
    letGo.push(() => listener.close());
    return { house, work, url: `http://${hostInUrl(config.HOST)}:${config.PORT}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function sharing(config: Config): Config {
  if (isShared(config)) return config;
  throw new StartRefused(
    'EVENT_STORE_URL and READ_STORE_URL are both needed: without them, the api does everything by itself.',
  );
}

function workOf(app: INestApplicationContext, house: House): WorkByTurns {
  const { part, clock } = house;
  if (part.kind !== 'projector') throw new Error('this process does not project');
  const chore = (): Promise<void> => {
    const before = new Date(Date.parse(clock.now()) - joiningTakesMs).toISOString();
    return completeJoining(app, house, before);
  };
  return new WorkByTurns(house, part, actingIn(app), chore);
}

function pagesOf({
  telemetry,
  readiness,
  config,
}: House): Readonly<Record<string, (visitor: Visitor) => Promise<Page>>> {
  const json = (status: number, body: object) => ({
    status,
    type: 'application/json; charset=utf-8',
    body: JSON.stringify(body),
  });
  return {
    '/health/live': async () => json(200, { live: true }),
    '/health/ready': async () => {
      const health = readiness.health();
      return json(health.ready ? 200 : 503, health);
    },
    '/metrics': (visitor) => localMetrics(telemetry, config, visitor),
  };
}
