import { join } from 'node:path';
import Database from 'better-sqlite3';
import { carryCheckpoints, type CheckpointStore, type EventStore } from '@app/event-store';
import { PostgresCheckpointStore, SqliteCheckpointStore } from '@app/event-store/adapters';
import { copyIdentity, type IdentityDatabase } from '@app/identity';
import { PostgresIdentityDatabase, SqliteIdentityDatabase } from '@app/identity/adapters';
import { Postgres } from '@app/postgres';
import { copyKeys, type KeyTable, postgresKeys, sqliteKeys } from '@app/vault/adapters';

/** Accounts, keys and the places of the policies, as tables. */
export interface Desk {
  readonly keys: KeyTable;
  readonly identity: IdentityDatabase;
  readonly checkpoints: CheckpointStore;
}

export type Closing = (() => unknown)[];

/** `desk.db` of a folder; it is made unless it is there, or `readonly`. */
export function fileDesk(folder: string, closing: Closing, { readonly = false } = {}): Desk {
  const file = join(folder, 'desk.db');
  const database = new Database(file, { readonly, timeout: 5_000 });
  closing.push(() => database.close());
  if (!readonly) {
    database.pragma('journal_mode = wal');
    database.pragma('synchronous = full');
  }
  const checkpoints = new SqliteCheckpointStore(file, { readonly });
  closing.push(() => checkpoints.close());
  return { keys: sqliteKeys(database), identity: new SqliteIdentityDatabase(database), checkpoints };
}

/** The desk in PostgreSQL; its tables are made where there are none. */
export async function sharedDesk(url: string, closing: Closing): Promise<Desk> {
  const [postgres, desk] = [undefined, PostgresIdentityDatabase.schema].map((searchPath) => {
    const it = new Postgres({ url, application: 'ronde tools', searchPath });
    closing.push(() => it.close());
    return it;
  }) as [Postgres, Postgres];
  await postgres.check();
  const checkpoints = await PostgresCheckpointStore.open(postgres);
  return { keys: await postgresKeys(postgres), identity: await PostgresIdentityDatabase.open(desk), checkpoints };
}

/** Copies keys and accounts to another desk, which is empty or such a copy. The places of the policies belong to a log, and go with one. */
export async function copyDesk(from: Pick<Desk, 'keys' | 'identity'>, to: Desk): Promise<void> {
  const keys = await copyKeys(from.keys, to.keys);
  const rows = await copyIdentity(from.identity, to.identity, new Date().toISOString());
  console.log(`The desk: ${keys} keys and ${rows} rows of accounts written now.`);
}

/** Turns the places of the policies in a log into those in its copy. */
export async function carry(
  logs: { readonly from: EventStore; readonly to: EventStore },
  desks: { readonly from: Pick<Desk, 'checkpoints'>; readonly to: Pick<Desk, 'checkpoints'> },
): Promise<void> {
  const { carried, there, forgotten } = await carryCheckpoints(
    { store: logs.from, checkpoints: desks.from.checkpoints },
    { store: logs.to, checkpoints: desks.to.checkpoints },
  );
  console.log(`Policies: ${carried.length} go on where they stood.`);
  if (there.length > 0) console.log(`Their places were turned before: ${there.join(', ')}.`);
  if (forgotten.length > 0)
    console.log(`They begin at the first event, which does nothing twice, for no place fits: ${forgotten.join(', ')}.`);
}
