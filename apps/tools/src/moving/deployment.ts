import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EventStore } from '@app/event-store';
import { EventStoreDbStore, SqliteEventStore } from '@app/event-store/adapters';
import { type Config, isShared } from '../../../api/src/config.js';
import { type Closing, type Desk, fileDesk, sharedDesk } from './desk.js';
import { Refused } from './telling.js';

/** Where the settings of the environment keep what has to be backed up. */
export class Deployment {
  constructor(private readonly config: Config) {}

  /** The file of the log, where it is one. */
  get logFile(): string | undefined {
    return this.config.EVENT_STORE_URL === '' ? join(this.config.DATA_DIR, 'log.db') : undefined;
  }

  /** The folder of the desk, where it is a file. */
  get deskFolder(): string | undefined {
    return isShared(this.config) ? undefined : this.config.DATA_DIR;
  }

  get folder(): string {
    return this.config.DATA_DIR;
  }

  get masterKeyFile(): string {
    return this.config.MASTER_KEY_FILE;
  }

  readonly server = async (closing: Closing): Promise<EventStore> => {
    const store = await EventStoreDbStore.open({ url: this.config.EVENT_STORE_URL });
    closing.push(() => store.close());
    return store;
  };

  /** The desk of a deployment that may be at work. */
  async deskAtWork(closing: Closing): Promise<Desk> {
    if (this.deskFolder === undefined) return sharedDesk(this.config.READ_STORE_URL, closing);
    expectFile(this.deskFolder, 'desk.db');
    return fileDesk(this.deskFolder, closing, { readonly: true });
  }

  /** An empty desk, or one that was begun. */
  async deskToFill(closing: Closing): Promise<Desk> {
    if (this.deskFolder === undefined) return sharedDesk(this.config.READ_STORE_URL, closing);
    return fileDesk(this.deskFolder, closing);
  }
}

export async function openLogFile(file: string, closing: Closing): Promise<SqliteEventStore> {
  const store = await SqliteEventStore.open({ file });
  closing.push(() => store.close());
  store.checkIntegrity();
  return store;
}

export function expectFile(folder: string, name: string): string {
  const file = join(folder, name);
  if (!existsSync(file)) throw new Refused(`there is no ${name} in ${folder}`);
  return file;
}

/** The file of a SQLite database, with what lies beside it. */
export function removeDatabase(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(file + end, { force: true });
}

/** Does the work, then closes what it opened, last first. */
export async function closingAfter<T>(work: (closing: Closing) => Promise<T>): Promise<T> {
  const closing: Closing = [];
  try {
    return await work(closing);
  } finally {
    for (const close of closing.reverse()) await close();
  }
}
