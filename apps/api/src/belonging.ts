import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckpointStore, EventStore, Position } from '@app/event-store';
import { type Config, StartRefused } from './config.js';

/** Before anything is made: a log without the keys of its texts is not begun anew, but given its desk back. */
export function expectDeskOf({ DATA_DIR, EVENT_STORE_URL }: Config): void {
  const [log, desk] = [join(DATA_DIR, 'log.db'), join(DATA_DIR, 'desk.db')];
  if (EVENT_STORE_URL !== '' || !existsSync(log) || existsSync(desk)) return;
  throw new StartRefused(
    `DATA_DIR ${DATA_DIR} has log.db and not desk.db, with the accounts and the keys of its texts: put desk.db back, or restore a backup.`,
  );
}

export interface Followed {
  readonly store: Pick<EventStore, 'head'>;
  readonly checkpoints: Pick<CheckpointStore, 'load'>;
  /** How far the rows are, as of before the log was asked. */
  readonly rows: Position | undefined;
}

/**
 * An empty log that was followed before has been lost, or it is another one: nothing is built on it, and no rows are taken away for it.
 * What was followed is read first, so that an event written meanwhile is no surprise.
 */
export async function expectLogOf(config: Config, { store, checkpoints, rows }: Followed): Promise<void> {
  const places = await checkpoints.load();
  if (places.size === 0 && rows === undefined) return;
  if ((await store.head()) !== undefined) return;
  const { EVENT_STORE_URL, READ_STORE_URL, DATA_DIR } = config;
  const log = EVENT_STORE_URL === '' ? `log.db in DATA_DIR ${DATA_DIR}` : 'the log at EVENT_STORE_URL';
  const of = READ_STORE_URL === '' ? 'what is kept in DATA_DIR' : 'what is kept at READ_STORE_URL';
  throw new StartRefused(
    `The log is empty (${log}), and ${of} was made of one that was not: check the settings, or restore a backup. ` +
      'To begin anew, begin with nothing there.',
  );
}
