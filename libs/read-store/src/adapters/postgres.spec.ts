import { Postgres } from '@app/postgres';
import { testedPostgres, TestPostgres } from '@app/postgres/testing';
import type { Projection } from '../projection.js';
import { type OpenedReadStore, readStoreContract } from '../testing.js';
import { PostgresReadStore } from './postgres.js';

let server: TestPostgres;
let url: string;
let postgres: Postgres;
let places = 0;

beforeAll(async () => {
  server = await TestPostgres.start();
  url = await inFrench(server);
  postgres = new Postgres({ url, application: 'test' });
});
afterAll(async () => {
  await postgres.close();
  await server.drop(url);
  await server.dispose();
});

/** A database that sorts as a dictionary does: the order of rows must not depend on it. */
async function inFrench(it: TestPostgres): Promise<string> {
  const plain = await it.database();
  const french = new URL(`${plain}_fr`);
  const admin = new Postgres({ url: plain, application: 'test' });
  await admin.query(
    `create database ${french.pathname.slice(1)} template template0 encoding 'UTF8' locale_provider icu icu_locale 'fr-CA'`,
  );
  await admin.close();
  await it.drop(plain);
  return french.href;
}

async function opened(schema: string, projections: readonly Projection[]): Promise<OpenedReadStore> {
  const store = await PostgresReadStore.open({ postgres, projections, role: 'writer', schema });
  return {
    store,
    reopen: async (others) => {
      await store.close();
      return opened(schema, others);
    },
    remove: () => store.close(),
  };
}

readStoreContract(`PostgreSQL (${testedPostgres})`, (projections) => opened(`place${(places += 1)}`, projections));
