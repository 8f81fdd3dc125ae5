import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Changes the log as somebody with the file could: past every trigger. */
export function tamper(dataDir: string, change: string): void {
  const log = new Database(join(dataDir, 'log.db'));
  const triggers = log
    .prepare<[], { name: string; sql: string }>(`select name, sql from sqlite_schema where type = 'trigger'`)
    .all();
  for (const { name } of triggers) log.exec(`drop trigger "${name}"`);
  log.exec(change);
  for (const { sql } of triggers) log.exec(sql);
  log.close();
}
