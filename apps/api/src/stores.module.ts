import { join } from 'node:path';
import type { EventStore } from '@app/event-store';
import { EventStoreDbStore, SqliteEventStore } from '@app/event-store/adapters';
import { Postgres, type PostgresOptions } from '@app/postgres';
import { eventAt, type ProjectedStore } from '@app/read-store';
import { PostgresReadStore, type PostgresReadStoreOptions, SqliteReadStore } from '@app/read-store/adapters';
import type { Config } from './config.js';
import { projections } from './contexts.js';
import type { Log } from './log.js';

/** The opened log, and what only its engine can say of it. */
export interface OpenedLog {
  readonly store: EventStore;
  /** Whether other processes write to it as well. */
  readonly shared: boolean;
  /** The engine's own examination of its files: the problems found. Nothing where they are another machine's. */
  examine(): Promise<readonly string[]>;
}

/** How long one answer, and one call with all its attempts, may take: who asked is told within twice this time. */
const serverMs = { attemptMs: 2_000, totalMs: 5_000 };

/** The log that the settings name: a file in DATA_DIR, or EventStoreDB, which need not be there yet. */
export async function openEventStore(config: Config, log: Log): Promise<OpenedLog> {
  if (config.EVENT_STORE_URL !== '') {
    const observer = { resubscribed: (why: string) => log.warn({ why }, 'A subscription to the log was opened again') };
    const store = await EventStoreDbStore.open({ url: config.EVENT_STORE_URL, ...serverMs, observer });
    return { store, shared: true, examine: async () => [] };
  }
  const store = await SqliteEventStore.open({
    file: join(config.DATA_DIR, 'log.db'),
    onFatal: (error) => endOf(log, error),
  });
  try {
    store.checkIntegrity();
  } catch (error) {
    await store.close();
    throw error;
  }
  return { store, shared: false, examine: () => store.examine() };
}

/** The log cannot be written any more: what was not acknowledged is nobody's, so the process ends and is started again. */
function endOf(log: Log, error: Error): void {
  log.fatal({ err: error }, 'The log cannot be written: the process ends');
  process.exit(1);
}

/** Connections to the PostgreSQL of the settings; their `close` is the caller's. */
export function openPostgres(
  url: string,
  log: Log,
  more: Pick<PostgresOptions, 'searchPath' | 'connections'> = {},
): Postgres {
  const onTrouble = (error: Error): void => log.debug({ err: error }, 'A connection to PostgreSQL was lost');
  return new Postgres({ url, application: 'ronde', ...more, onTrouble });
}

/** The read models, for the one process that writes them: a file in DATA_DIR, or PostgreSQL. */
export async function openReadStore(config: Config, postgres: Postgres | undefined, log: Log): Promise<ProjectedStore> {
  if (postgres === undefined)
    return new SqliteReadStore({ path: join(config.DATA_DIR, 'read-models.db'), projections });
  await postgres.check();
  return openSharedReadStore(postgres, log, { role: 'writer' });
}

/** The read models in PostgreSQL, to be read, or to be written in a turn that `guard` checks in every transaction. */
export function openSharedReadStore(
  postgres: Postgres,
  log: Log,
  as: Pick<PostgresReadStoreOptions, 'role' | 'guard'>,
): Promise<PostgresReadStore> {
  const onTrouble = (error: Error): void => log.debug({ err: error }, 'The read models could not be asked');
  return PostgresReadStore.open({ postgres, projections, onTrouble, ...as });
}

/** The rows are of another log, or of a longer one than there is: a projector has to find that too, and to withdraw them. */
export class RowsOfAnotherLog extends Error {
  override readonly name = 'RowsOfAnotherLog';
}

/** For a process that only reads. Throws {@link RowsOfAnotherLog} rather than show what the log does not hold, as after a restore. */
export async function expectRowsOf(store: EventStore, models: PostgresReadStore): Promise<void> {
  const mark = models.mark();
  if (mark !== undefined && (await eventAt(store, mark)) === undefined)
    throw new RowsOfAnotherLog(
      'the read models were made from another log, or from a longer one: a projector builds them again',
    );
}
