import type { Transaction } from '@app/postgres';
import { testedPostgres } from '@app/postgres/testing';
import { CheckpointMoved, ReadModelsBroken, ReadModelsNotReady } from '../read-store.js';
import {
  both,
  deliver,
  erased,
  pledge,
  pledgeProjection,
  pledges,
  read,
  seat,
  seatProjection,
  seats,
} from '../testing.js';
import type { PostgresReadStore } from './postgres.js';
import { PostgresPlaces, until } from './postgres.testing.js';

describe(`read models of several processes (${testedPostgres})`, () => {
  let places: PostgresPlaces;
  let schema: string;
  let writer: PostgresReadStore;
  let reader: PostgresReadStore;

  beforeAll(async () => (places = await PostgresPlaces.start()));
  afterAll(() => places.dispose());
  beforeEach(async () => {
    schema = places.place();
    reader = await places.store({ projections: both, role: 'reader', schema });
    writer = await places.store({ projections: both, role: 'writer', schema });
  });
  const served = async (): Promise<void> => {
    await (await writer.draft()).serve();
    await until(() => reader.standing().kind === 'current');
  };
  const schemas = async (): Promise<string[]> => {
    const { rows } = await places
      .process()
      .query<{ name: string }>(`select nspname as name from pg_namespace where nspname like $1 order by 1`, [
        `${schema}\\_%`,
      ]);
    return rows.map(({ name }) => name);
  };

  it('are read by a process that was there before them', async () => {
    await expect(read(reader, seats)).rejects.toThrow('there are no read models yet');
    await served();
    expect(await read(reader, seats)).toEqual([]);
    await expect(reader.draft()).rejects.toThrow('written by another process');
  });

  it('are seen up to the position that was waited for', async () => {
    await served();
    for (const id of ['a', 'b', 'c']) {
      const fact = seat(id);
      const passed = reader.waitFor(fact.position, 5_000);
      await deliver(writer, [fact], writer.position());
      expect(await passed).toBe(true);
      expect(await read(reader, seats)).toContainEqual(expect.objectContaining({ seatId: id }));
      expect(reader.position()).toBe(fact.position);
    }
    expect(reader.mark()).toEqual(writer.mark());
    expect(await reader.waitFor('99999999999999999999', 20)).toBe(false);
  });

  it('are switched under a reader who asks all the time: no query fails, no position goes back', async () => {
    await served();
    const facts = [seat('a'), seat('b')];
    await deliver(writer, facts);
    await reader.waitFor(facts[1]!.position, 5_000);
    let asking = true;
    const asked = (async (): Promise<number> => {
      let queries = 0;
      for (; asking; queries += 1) {
        expect(await read(reader, seats)).toHaveLength(2);
        expect(reader.position()).toBe(facts[1]!.position);
      }
      return queries;
    })();
    for (let n = 0; n < 5; n += 1) {
      const draft = await writer.draft();
      await deliver(draft, facts);
      await draft.serve();
    }
    asking = false;
    expect(await asked).toBeGreaterThan(5);
    expect(await schemas()).toHaveLength(2);
  });

  it('are read although a reader has not heard that its tables are gone', async () => {
    await served();
    await deliver(writer, [seat('a')]);
    const slow = await places.store({ projections: both, role: 'reader', schema });
    (slow as unknown as { watch: { end(): void } }).watch.end();
    for (const id of ['b', 'c']) {
      const draft = await writer.draft();
      await deliver(draft, [seat(id)]);
      await draft.serve();
    }
    expect(await read(slow, seats)).toMatchObject([{ seatId: 'c' }]);
  });

  it('are never read as they were before a switch that a reader has not heard of', async () => {
    await served();
    const facts = [seat('a'), seat('b'), seat('c')];
    await deliver(writer, facts.slice(0, 1));
    const deaf = await places.store({ projections: both, role: 'reader', schema });
    (deaf as unknown as { watch: { end(): void } }).watch.end();
    const draft = await writer.draft();
    await deliver(draft, facts.slice(0, 2));
    await draft.serve();
    await deliver(writer, facts.slice(2), facts[1]!.position);
    expect(await read(deaf, seats)).toHaveLength(3);
  });

  it('are served by nobody once they were withdrawn, until there are others', async () => {
    await served();
    const fact = seat('a');
    await deliver(writer, [fact]);
    await reader.waitFor(fact.position, 5_000);
    await writer.withdraw('they are wrong');
    await expect(read(reader, seats)).rejects.toThrow(ReadModelsNotReady);
    await expect(read(reader, seats)).rejects.toThrow('they are wrong');
    expect(reader.position()).toBeUndefined();
    const again = reader.waitFor(fact.position, 5_000);
    const draft = await writer.draft();
    await deliver(draft, [fact]);
    await draft.serve();
    expect(await again).toBe(true);
    expect(await read(reader, seats)).toHaveLength(1);
  });

  it('are not served by a process of a release whose tables are others', async () => {
    await served();
    const newer = await places.store({ projections: [seatProjection()], role: 'writer', schema });
    expect(newer.standing()).toEqual({ kind: 'unusable', why: 'the tables have changed' });
    expect(newer.mark()).toBeUndefined();
    await expect(deliver(newer, [seat('a')])).rejects.toThrow(ReadModelsBroken);
    expect(await read(reader, seats)).toEqual([]);
    await (await newer.draft()).serve();
    await until(() => reader.standing().kind === 'unusable');
    expect(await read(newer, seats)).toEqual([]);
    await expect(read(reader, seats)).rejects.toThrow(ReadModelsNotReady);
  });

  it('are found broken when somebody drops a table', async () => {
    await served();
    let told = 0;
    writer.onBroken(() => (told += 1));
    const [live] = await schemas();
    await places.process().query(`drop table "${live}"."seat"`);
    await expect(read(reader, seats)).rejects.toThrow('missing, or were changed by hand');
    await expect(deliver(writer, [seat('a')])).rejects.toThrow(ReadModelsBroken);
    await until(() => told === 1);
    expect(writer.standing().kind).toBe('unusable');
    await (await writer.draft()).serve();
    expect(await read(writer, seats)).toEqual([]);
  });

  describe('and of two that write', () => {
    let second: PostgresReadStore;
    beforeEach(async () => {
      await served();
      second = await places.store({ projections: both, role: 'writer', schema });
    });

    it('the one that takes over goes on from what is in the tables', async () => {
      await deliver(writer, [pledge('a', 'ada', 'mine'), erased('ada')]);
      await second.refresh();
      expect(second.mark()).toEqual(writer.mark());
      await deliver(second, [pledge('b', 'ada', 'mine too')], second.position());
      await writer.refresh();
      await deliver(writer, [pledge('c', 'ada', 'still')], writer.position());
      expect(await read(reader, pledges)).toMatchObject([{ said: null }, { said: null }, { said: null }]);
    });

    it('only one moves the checkpoint, and the other finds out where it is', async () => {
      for (let n = 0; n < 4; n += 1) {
        const outcomes = await Promise.allSettled([writer, second].map((it, m) => deliver(it, [seat(`${n}.${m}`)])));
        const refused = outcomes.flatMap((it) => (it.status === 'rejected' ? [it.reason as unknown] : []));
        expect(refused).toEqual([expect.any(CheckpointMoved)]);
      }
      expect(await read(reader, seats)).toHaveLength(4);
      await Promise.all([writer.refresh(), second.refresh()]);
      expect(writer.mark()).toEqual(second.mark());
    });

    it('a draft does not replace rows that somebody else has moved on', async () => {
      const draft = await second.draft();
      (second as unknown as { watch: { end(): void } }).watch.end();
      await deliver(writer, [seat('a')]);
      await expect(draft.serve()).rejects.toThrow(CheckpointMoved);
      await draft.discard();
      expect(await read(reader, seats)).toHaveLength(1);
    });
  });

  it('are not written to without the lease, in any way', async () => {
    await served();
    await deliver(writer, [seat('a')]);
    const guarded: Transaction[] = [];
    let held = true;
    const guard = async (transaction: Transaction): Promise<void> => {
      guarded.push(transaction);
      if (!held) throw new Error('the lease is lost');
    };
    const leased = await places.store({ projections: both, role: 'writer', schema, guard });
    const draft = await leased.draft();
    await deliver(draft, [seat('draft')]);
    await deliver(leased, [seat('b')], leased.position());
    expect(guarded).toHaveLength(3);
    held = false;
    await expect(deliver(leased, [seat('c')], leased.position())).rejects.toThrow('the lease is lost');
    await expect(deliver(draft, [seat('c')])).rejects.toThrow('the lease is lost');
    await expect(draft.serve()).rejects.toThrow('the lease is lost');
    await expect(leased.withdraw('why not')).rejects.toThrow('the lease is lost');
    await expect(leased.draft()).rejects.toThrow('the lease is lost');
    expect(await read(reader, seats)).toHaveLength(2);
    expect(leased.standing()).toEqual({ kind: 'current' });
  });

  it('are outdated for a process with a raised projection, and read by it all the same', async () => {
    await served();
    await deliver(writer, [seat('a')]);
    const raised = await places.store({ projections: [seatProjection(2), pledgeProjection], role: 'reader', schema });
    expect(raised.standing()).toEqual({ kind: 'outdated', why: 'rebuilding because of seats' });
    expect(await read(raised, seats)).toHaveLength(1);
  });
});
