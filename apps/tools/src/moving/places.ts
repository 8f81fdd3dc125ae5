import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EventStore } from '@app/event-store';
import { EventStoreDbStore, lockDataDir, SqliteEventStore } from '@app/event-store/adapters';
import { type Closing, type Desk, fileDesk, sharedDesk } from './desk.js';
import { NotAPlace } from './telling.js';

type End = 'source' | 'target';

/** Opens what the words name, and lets go of all of it in the end. Folders are locked, as a process that serves locks them. */
export class Places {
  private readonly locked = new Set<string>();
  private readonly closing: Closing = [];

  /** `sqlite:<folder>` or `esdb://…`. A source must be there; a target's folder is made. */
  async log(place: string, end: End): Promise<EventStore> {
    const folder = folderOf(place);
    if (folder === undefined && !isServer(place)) throw noPlace(place, 'sqlite:<folder> or esdb://<host>:2113');
    const store = folder === undefined ? await EventStoreDbStore.open({ url: place }) : await this.file(folder, end);
    this.closing.push(() => store.close());
    return store;
  }

  /** `sqlite:<folder>` or `postgres://…`: where a deployment keeps accounts, keys and how far its policies have come. */
  async desk(place: string, end: End): Promise<Desk> {
    const folder = folderOf(place);
    if (folder === undefined && !/^postgres(ql)?:/.test(place))
      throw noPlace(place, 'sqlite:<folder> or postgres://<host>/<database>');
    if (folder === undefined) return sharedDesk(place, this.closing);
    if (end === 'source') fileIn(folder, 'desk.db');
    this.lock(folder);
    return fileDesk(folder, this.closing);
  }

  async close(): Promise<void> {
    for (const close of this.closing.splice(0).reverse()) await close();
  }

  private async file(folder: string, end: End): Promise<EventStore> {
    const file = end === 'source' ? fileIn(folder, 'log.db') : join(folder, 'log.db');
    this.lock(folder);
    const store = await SqliteEventStore.open({ file });
    try {
      store.checkIntegrity();
    } catch (error) {
      await store.close();
      throw error;
    }
    return store;
  }

  private lock(folder: string): void {
    if (this.locked.has(folder)) return;
    const lock = lockDataDir(folder);
    this.locked.add(folder);
    this.closing.push(() => lock.release());
  }
}

/** Whether two logs are one folder, or both on servers, of which a process opens one. */
export function isOnePlace(one: string, other: string): boolean {
  const folder = folderOf(one);
  return folder === undefined ? isServer(one) && isServer(other) : folder === folderOf(other);
}

const isServer = (place: string): boolean => place.startsWith('esdb');

function folderOf(place: string): string | undefined {
  const [, folder] = /^sqlite:(.+)$/s.exec(place) ?? [];
  return folder === undefined ? undefined : resolve(folder);
}

function fileIn(folder: string, name: string): string {
  const file = join(folder, name);
  if (existsSync(file)) return file;
  const isFile = existsSync(folder) && !statSync(folder).isDirectory();
  const advice = isFile ? 'it is a file: name the folder, which is DATA_DIR' : `there is no ${name} in it`;
  throw new NotAPlace(`${folder}: ${advice}`);
}

function noPlace(place: string, wanted: string): NotAPlace {
  const shown = place.replace(/\/\/[^/@]*@/, '//…@');
  return new NotAPlace(`"${shown}" is not of the form ${wanted}`);
}
