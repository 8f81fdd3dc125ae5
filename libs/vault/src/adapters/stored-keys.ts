import type { Postgres } from '@app/postgres';
import type { Database } from 'better-sqlite3';
import { postgresKeySchema } from './postgres.schema.js';
import { sqliteKeySchema } from './sqlite.schema.js';
import { SIGNING } from './wrapping.js';

/** A key as it is stored: wrapped by the master key, or null where it was destroyed. */
export interface StoredKey {
  readonly id: string;
  readonly wrapped: string | null;
}

/** The table of the keys, for moving an installation to another database. The keys stay wrapped: the master key moves by itself. */
export interface KeyTable {
  all(): Promise<readonly StoredKey[]>;
  /** Adds keys, and destroys those that come as destroyed; all or nothing. */
  put(keys: readonly StoredKey[]): Promise<void>;
}

/** Two installations: nothing was written. The message is one line for the operator. */
export class KeysDiffer extends Error {
  override readonly name = 'KeysDiffer';
}

/**
 * Copies every key to another table, which has none, or is a copy from before. What was destroyed on either side is destroyed in the
 * copy. Answers how many were written. Throws KeysDiffer.
 */
export async function copyKeys(from: KeyTable, to: KeyTable): Promise<number> {
  const source = new Map((await from.all()).map(({ id, wrapped }) => [id, wrapped]));
  if (!source.has(SIGNING)) throw new KeysDiffer('the desk to copy from has no keys: Ronde was never started on it');
  const target = new Map((await to.all()).map(({ id, wrapped }) => [id, wrapped]));
  for (const [id, wrapped] of target) {
    const known = source.get(id);
    const same = known !== undefined && (known === wrapped || known === null || wrapped === null);
    if (!same) throw new KeysDiffer(`the desk to copy to has keys of its own (${id}): choose an empty one`);
  }
  const missing = [...source].filter(
    ([id, wrapped]) => !target.has(id) || (wrapped === null && target.get(id) !== null),
  );
  await to.put(missing.map(([id, wrapped]) => ({ id, wrapped })));
  return missing.length;
}

/** On a connection that stays the caller's. */
export function sqliteKeys(database: Database): KeyTable {
  if (!database.readonly) database.exec(sqliteKeySchema);
  const there = database.prepare("select 1 from sqlite_schema where name = 'vault_key'").get() !== undefined;
  return {
    all: async () => (there ? database.prepare<[], StoredKey>('select id, wrapped from vault_key').all() : []),
    put: async (keys) => {
      const put = database.prepare(
        'insert into vault_key (id, wrapped) values (?, ?) on conflict (id) do update set wrapped = null where excluded.wrapped is null and wrapped is not null',
      );
      database.transaction(() => keys.forEach(({ id, wrapped }) => put.run(id, wrapped))).immediate();
    },
  };
}

export async function postgresKeys(postgres: Postgres): Promise<KeyTable> {
  await postgres.exclusively('desk_vault', (transaction) => transaction.query(postgresKeySchema));
  return {
    all: async () => (await postgres.query<StoredKey>('select id, wrapped from desk.vault_key')).rows,
    put: async (keys) => {
      await postgres.query(
        `insert into desk.vault_key as it (id, wrapped) select * from unnest($1::text[], $2::text[])
         on conflict (id) do update set wrapped = null where excluded.wrapped is null and it.wrapped is not null`,
        [keys.map(({ id }) => id), keys.map(({ wrapped }) => wrapped)],
      );
    },
  };
}
