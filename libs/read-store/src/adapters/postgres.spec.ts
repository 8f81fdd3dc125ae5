import { testedPostgres, TestPostgres } from '@app/postgres/testing';
import { Postgres } from '@app/postgres';
import type { Projection } from '../projection.js';
import { type OpenedReadStore, readStoreContract } from '../testing.js';
import { PostgresReadStore } from './postgres.js';

let server: TestPostgres;
let url: string;
let postgres: Postgres;
let places = 0;

beforeAll(async () => {
  server = await TestPostgres.start();
  url = await server.database();
  postgres = new Postgres({ url, application: 'test' });
});
afterAll(async () => {
  await postgres.close();
  await server.drop(url);
  await server.dispose();
});

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
