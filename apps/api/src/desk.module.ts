import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type CheckpointStore, TurnOver } from '@app/event-store';
import { PostgresCheckpointStore, PostgresLeases, SqliteCheckpointStore } from '@app/event-store/adapters';
import type { IdentityDatabase } from '@app/identity';
import { PostgresIdentityDatabase, SqliteIdentityDatabase } from '@app/identity/adapters';
import type { Postgres } from '@app/postgres';
import type { Vault } from '@app/vault';
import { PostgresVault, SqliteVault } from '@app/vault/adapters';
import type { Config } from './config.js';
import type { Log } from './log.js';

/** Accounts, keys and what is remembered of the work. */
export interface Desk<C extends CheckpointStore> {
  readonly vault: Vault;
  readonly identity: IdentityDatabase;
  readonly checkpoints: C;
}

type Closing = (() => void | Promise<void>)[];

/** In DATA_DIR, for one process. */
export function openDesk(config: Config, closing: Closing): Desk<CheckpointStore> {
  const file = join(config.DATA_DIR, 'desk.db');
  const database = new Database(file, { timeout: 0 });
  closing.push(() => void database.close());
  const vault = new SqliteVault({ database, masterKeyFile: config.MASTER_KEY_FILE });
  closing.push(() => vault.close());
  const checkpoints = new SqliteCheckpointStore(file);
  closing.push(() => checkpoints.close());
  return { vault, identity: new SqliteIdentityDatabase(database), checkpoints };
}

/** In PostgreSQL, for several processes. `desk` are connections that look for tables in the schema of identity. */
export async function openSharedDesk(
  config: Config,
  { postgres, desk }: { readonly postgres: Postgres; readonly desk: Postgres },
  closing: Closing,
): Promise<Desk<PostgresCheckpointStore>> {
  await postgres.check();
  const vault = await PostgresVault.open({ postgres, masterKeyFile: config.MASTER_KEY_FILE });
  closing.push(() => vault.close());
  const checkpoints = await PostgresCheckpointStore.open(postgres);
  return { vault, identity: await PostgresIdentityDatabase.open(desk), checkpoints };
}

/** Who does what among the projectors. Why a turn ended, or none begins, is logged when it is first seen, and when it changes. */
export function openLeases(postgres: Postgres, log: Log): Promise<PostgresLeases> {
  const said = new Map<string, string>();
  const onTrouble = (error: unknown, name: string): void => {
    const message = error instanceof Error ? error.message : String(error);
    log[said.get(name) === message ? 'debug' : 'warn'](
      { err: error, work: name },
      error instanceof TurnOver
        ? 'It is no longer this process’s turn'
        : 'The work could not begin or go on; it is tried again',
    );
    said.set(name, message);
  };
  return PostgresLeases.open({ postgres, onTrouble });
}

export const deskSchema = PostgresIdentityDatabase.schema;
