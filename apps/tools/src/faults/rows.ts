import { createHash } from 'node:crypto';
import type { Postgres } from '@app/postgres';

/** Every table of the generation that is served, by name: a digest of its rows, and how many they are. */
export interface Rows {
  readonly generation: number;
  readonly tables: ReadonlyMap<string, { readonly digest: string; readonly count: number }>;
}

/** The number of the tables that are served. */
export async function servedIn(postgres: Postgres): Promise<number> {
  const { rows } = await postgres.query<{ generation: string }>('select generation from read_models.live');
  return Number(rows[0]?.generation);
}

/** Reads all of it. The bookkeeping of checkpoints is left out. */
export async function rowsIn(postgres: Postgres): Promise<Rows> {
  const generation = await servedIn(postgres);
  const schema = `read_models_${generation}`;
  const found = await postgres.query<{ name: string }>(
    'select table_name as name from information_schema.tables where table_schema = $1 order by 1',
    [schema],
  );
  const tables = new Map<string, { digest: string; count: number }>();
  for (const { name } of found.rows.filter((it) => it.name !== 'checkpoint')) {
    const all = await postgres.query<{ text: string }>(
      `select to_jsonb(it)::text as text from "${schema}"."${name}" it order by 1`,
    );
    const digest = createHash('sha256');
    for (const { text } of all.rows) digest.update(`${text}\n`);
    tables.set(name, { digest: digest.digest('hex'), count: all.rows.length });
  }
  return { generation, tables };
}

/** The tables that differ. */
export function differing(one: Rows, other: Rows): string[] {
  const names = new Set([...one.tables.keys(), ...other.tables.keys()]);
  return [...names].filter((name) => one.tables.get(name)?.digest !== other.tables.get(name)?.digest);
}
