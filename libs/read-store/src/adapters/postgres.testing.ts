import { setTimeout as after } from 'node:timers/promises';
import { Postgres } from '@app/postgres';
import { TestPostgres } from '@app/postgres/testing';
import { PostgresReadStore, type PostgresReadStoreOptions } from './postgres.js';

/** A server with one database, and stores in it that are closed with it. A process is a pool of its own. */
export class PostgresPlaces {
  private readonly opened: (() => Promise<void>)[] = [];
  private places = 0;

  private constructor(
    readonly server: TestPostgres,
    readonly url: string,
  ) {}

  static async start(): Promise<PostgresPlaces> {
    const server = await TestPostgres.start();
    return new PostgresPlaces(server, await server.database());
  }

  /** A schema that nobody used before. */
  place(): string {
    return `place${(this.places += 1)}`;
  }

  process(): Postgres {
    const postgres = new Postgres({ url: this.url, application: 'test', connectMs: 1_000, answerMs: 5_000 });
    this.opened.push(() => postgres.close());
    return postgres;
  }

  async store(
    options: Omit<PostgresReadStoreOptions, 'postgres'> & { postgres?: Postgres },
  ): Promise<PostgresReadStore> {
    const store = await PostgresReadStore.open({ ...options, postgres: options.postgres ?? this.process() });
    this.opened.push(() => store.close());
    return store;
  }

  async dispose(): Promise<void> {
    for (const close of this.opened.reverse()) await close();
    await this.server.drop(this.url);
    await this.server.dispose();
  }
}

/** Looks again until it is so; fails when that takes longer than anything here may take. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 800; tries += 1) {
    if (await condition()) return;
    await after(25);
  }
  throw new Error('waited in vain');
}
