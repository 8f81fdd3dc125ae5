import type { Receipt } from '@app/event-store';
import { StandIn } from '@app/event-store/testing';
import { TestPostgres } from '@app/postgres/testing';
import { type Projecting, startProjector } from '../../projector/src/projecting.js';

/** How the stories of this run are served: everything in one process, or several on EventStoreDB (stand-in) and PostgreSQL. */
export const deployment = (globalThis as { deployment?: 'several' }).deployment ?? 'alone';

/** What a story needs beside the process that answers it. */
export interface Servers {
  readonly environment: Readonly<Record<string, string>>;
  /** To be called once the answering process was given its environment: starts those that work behind it. */
  begin(environment: Readonly<Record<string, string>>): Promise<void>;
  rebuild(): Promise<void>;
  passTime(): Promise<readonly Receipt[]>;
  end(): Promise<void>;
}

let postgres: Promise<TestPostgres> | undefined;
let served = 0;

/** Servers of their own for one answering process; nothing where it does everything by itself, or was told where to keep it. */
export async function serversFor(given: Readonly<Record<string, string>>): Promise<Servers | undefined> {
  if (deployment === 'alone' || 'EVENT_STORE_URL' in given || 'READ_STORE_URL' in given || given['DEMO'] === 'on')
    return undefined;
  served += 1;
  const standIn = await StandIn.start();
  const server = await (postgres ??= TestPostgres.start());
  const url = await server.database();
  let projector: Projecting | undefined;
  return {
    environment: { EVENT_STORE_URL: standIn.url, READ_STORE_URL: url },
    begin: async (environment) => {
      projector = await startProjector({ ...environment, PORT: '0', METRICS: 'off' });
    },
    rebuild: async () => projector?.work.rebuild(),
    passTime: async () => (await projector?.work.passTime()) ?? [],
    end: async () => {
      await projector?.stop();
      await standIn.stop();
      await server.drop(url);
      served -= 1;
      if (served > 0) return;
      postgres = undefined;
      await server.dispose();
    },
  };
}
