import { ownsPostgres, testedPostgres } from '@app/postgres/testing';
import { derivedId, type Recorded } from '@app/kernel';
import type { Postgres } from '@app/postgres';
import { both, deliver, erased, pledge, pledges, read, recorded, seat } from '../testing.js';
import type { PostgresReadStore } from './postgres.js';
import { PostgresPlaces } from './postgres.testing.js';

describe(`what a forgotten person wrote, in PostgreSQL (${testedPostgres})`, () => {
  let places: PostgresPlaces;
  let postgres: Postgres;
  let schema: string;
  let store: PostgresReadStore;

  beforeAll(async () => {
    places = await PostgresPlaces.start();
    postgres = places.process();
  });
  afterAll(() => places.dispose());
  beforeEach(async () => {
    schema = places.place();
    store = await places.store({ projections: both, role: 'writer', schema, postgres });
    await (await store.draft()).serve();
  });
  const tell = (...facts: Recorded[]): Promise<void> => deliver(store, facts, store.position());
  const pledged = (count: number): Recorded[] =>
    Array.from({ length: count }, (_, at) => {
      const by = at % 3 === 0 ? 'zoe' : 'ana';
      return pledge(derivedId('pledge', String(at)), by, `words of ${by} ${'x'.repeat(at % 90)}`);
    });

  /** How often a word stands in the files of the tables, whether or not any row still says it. */
  async function onDisk(word: string): Promise<number> {
    await postgres.query('checkpoint');
    const { rows } = await postgres.query<{ path: string }>(
      `select pg_relation_filepath(c.oid) as path from pg_class c join pg_namespace n on n.oid = c.relnamespace ` +
        `where c.relkind = 'r' and n.nspname like $1`,
      [`${schema}\\_%`],
    );
    let times = 0;
    for (const { path } of rows) {
      const file = await postgres.query<{ bytes: Buffer }>('select pg_read_binary_file($1) as bytes', [path]);
      times += file.rows[0]!.bytes.toString('latin1').split(word).length - 1;
    }
    return times;
  }
  const generations = async (): Promise<number> =>
    Number((await postgres.query<{ n: string }>(`select count(*) as n from ${schema}.generation`)).rows[0]!.n);

  if (ownsPostgres) {
    it('is in no table any more, however often it was rewritten', async () => {
      const facts = pledged(300);
      await tell(...facts);
      for (const { data } of facts.slice(0, 60)) {
        const { pledgeId, by } = data as { pledgeId: string; by: string };
        await tell(recorded('PledgeReworded', { pledgeId, said: `words of ${by}, reworded` }));
      }
      expect(await onDisk('words of zoe')).toBeGreaterThan(100);
      expect(await onDisk('ZOE')).toBeGreaterThan(50);
      await tell(erased('zoe'));
      expect([await onDisk('words of zoe'), await onDisk('ZOE')]).toEqual([0, 0]);
      expect(await onDisk('words of ana')).toBeGreaterThan(200);
    });

    it('leaves the tables later, where somebody was reading what stood there before', async () => {
      await tell(pledge('a', 'zoe', 'words of zoe'));
      const client = await postgres.pool.connect();
      await client.query('begin isolation level repeatable read');
      await client.query('select 1');
      await tell(erased('zoe'));
      expect(await onDisk('words of zoe')).toBeGreaterThan(0);
      await client.query('commit');
      client.release();
      await tell(seat('s'));
      expect(await onDisk('words of zoe')).toBe(0);
    });

    it('was in a draft, and is in none of its tables when these are served', async () => {
      const draft = await store.draft();
      await deliver(draft, pledged(90));
      expect(await onDisk('words of zoe')).toBe(30);
      const last = erased('zoe');
      await draft.apply([last], { position: last.position, previous: undefined, eventId: last.id });
      await draft.serve();
      expect(await onDisk('words of zoe')).toBe(0);
      expect(await read(store, pledges)).toHaveLength(90);
    });
  }

  it('is not kept in the tables that were live before', async () => {
    await tell(pledge('a', 'zoe', 'words of zoe'));
    const draft = await store.draft();
    await deliver(draft, [pledge('b', 'zoe', 'words of zoe')]);
    await draft.serve();
    expect(await generations()).toBe(2);
    await tell(erased('zoe'));
    expect(await generations()).toBe(1);
    expect(await read(store, pledges)).toMatchObject([{ said: null }]);
  });

  it('is in no draft that was cut short, once there is another', async () => {
    await deliver(await store.draft(), [pledge('a', 'zoe', 'words of zoe')]);
    expect(await generations()).toBe(2);
    const successor = await places.store({ projections: both, role: 'writer', schema, postgres });
    await (await successor.draft()).discard();
    expect(await generations()).toBe(1);
  });
});
