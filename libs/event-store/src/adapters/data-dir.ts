import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { isBusy } from './sqlite.errors.js';

/** Another process works in this data directory: two would write one log. */
export class DataDirLocked extends Error {
  override readonly name = 'DataDirLocked';
  constructor(readonly dir: string) {
    super(`${dir} is in use by another process: stop it, or choose another DATA_DIR`);
  }
}

export interface DataDirLock {
  release(): void;
}

/**
 * Makes the directory when it is missing and holds it for this process: an exclusive transaction on `lock.db`, which the system
 * lets go when the process ends, however it ends. Throws DataDirLocked when another holds it, and the system's error when the
 * directory cannot be written.
 */
export function lockDataDir(dir: string): DataDirLock {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const db = new Database(join(dir, 'lock.db'), { timeout: 0 });
  try {
    db.exec('begin exclusive');
  } catch (error) {
    db.close();
    throw isBusy(error) ? new DataDirLocked(dir) : error;
  }
  return { release: () => db.close() };
}
