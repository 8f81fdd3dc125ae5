import type { Recorded } from '@app/kernel';
import type { Projection } from '../projection.js';
import { type ProjectedStore, ProjectionFailed, ReadModelsNotReady } from '../read-store.js';
import { asOf, current } from '../temporal.js';
import { both, erased, pledge, pledgeProjection, pledges, seat, seatProjection, seats } from './fixtures.js';
import { deliver, read } from './projected.js';
import { forgetting } from './forgetting.contract.js';
import { recorded } from './recorded.js';

/** A store on a place of its own. `reopen` closes it and opens the same place again, as a restart would. */
export interface OpenedReadStore {
  readonly store: ProjectedStore;
  reopen(projections: readonly Projection[]): Promise<OpenedReadStore>;
  /** Closes the store and removes its place. */
  remove(): Promise<void>;
}

/** What every read store does alike. Opens fresh places only. */
export function readStoreContract(
  name: string,
  open: (projections: readonly Projection[]) => Promise<OpenedReadStore>,
): void {
  describe(`${name} keeps read models`, () => {
    let opened: OpenedReadStore;
    let store: ProjectedStore;
    const use = (it: OpenedReadStore): void => {
      opened = it;
      store = it.store;
    };
    const reopen: Reopen = async (projections) => use(await opened.reopen(projections));
    beforeEach(async () => {
      use(await open(both));
      await (await store.draft()).serve();
    });
    afterEach(() => opened.remove());

    plainRows(() => store);
    questions(() => store);
    versions(() => store);
    forgetting(() => store);
    allOrNothing(() => store);

    startingAgain(() => store, reopen);
    buildingAnew(() => store, reopen);
  });
}

type Reopen = (projections: readonly Projection[]) => Promise<void>;

function startingAgain(the: () => ProjectedStore, reopen: Reopen): void {
  describe('and starts again', () => {
    it('where it had stopped', async () => {
      const facts = [seat('a'), seat('b')];
      await deliver(the(), facts, 'before');
      await reopen(both);
      expect(the().standing()).toEqual({ kind: 'current' });
      expect(the().mark()).toEqual({ position: facts[1]!.position, previous: 'before', eventId: facts[1]!.id });
      expect(await read(the(), seats)).toHaveLength(2);
    });

    it('outdated when a projection was raised, readable and writable still', async () => {
      await deliver(the(), [seat('a')]);
      await reopen([seatProjection(2), pledgeProjection]);
      expect(the().standing().kind).toBe('outdated');
      await deliver(the(), [seat('b')]);
      expect(await read(the(), seats)).toHaveLength(2);
      await reopen([seatProjection(2), pledgeProjection]);
      expect(the().standing().kind).toBe('outdated');
    });

    it('unusable when the tables are others', async () => {
      await deliver(the(), [seat('a')]);
      await reopen([seatProjection()]);
      expect(the().standing().kind).toBe('unusable');
      await expect(read(the(), seats)).rejects.toThrow(ReadModelsNotReady);
    });
  });
}

function buildingAnew(the: () => ProjectedStore, reopen: Reopen): void {
  describe('and builds them anew', () => {
    it('beside the live rows, and switches', async () => {
      await deliver(the(), [seat('old')]);
      const query = the().db<Record<string, Record<string, unknown>>>().selectFrom('seat').select('seatId');
      const draft = await the().draft();
      const fact = seat('new');
      await deliver(draft, [fact]);
      expect(await query.execute()).toEqual([{ seatId: 'old' }]);
      await draft.serve();
      expect(await query.execute()).toEqual([{ seatId: 'new' }]);
      expect(the().position()).toBe(fact.position);
      await deliver(the(), [seat('newer')]);
      await reopen(both);
      expect(await read(the(), seats)).toHaveLength(2);
    });

    it('or gives up and leaves the live rows', async () => {
      await deliver(the(), [seat('old')]);
      const draft = await the().draft();
      await deliver(draft, [seat('new')]);
      await draft.discard();
      expect(await read(the(), seats)).toMatchObject([{ seatId: 'old' }]);
    });

    it('and serves nothing in between when the rows were withdrawn', async () => {
      await deliver(the(), [seat('old')]);
      await the().withdraw('they are wrong');
      expect(the().standing()).toEqual({ kind: 'unusable', why: 'they are wrong' });
      await expect(read(the(), seats)).rejects.toThrow(ReadModelsNotReady);
      await (await the().draft()).serve();
      expect(await read(the(), seats)).toEqual([]);
    });
  });
}

function plainRows(the: () => ProjectedStore): void {
  const rowsAfter = async (...facts: Recorded[]): Promise<unknown[]> => {
    await deliver(the(), facts);
    return read(the(), seats);
  };

  it('puts rows and gives json and bool back as values', async () => {
    const rows = await rowsAfter(seat('a', 'ada'), seat('b'), seat('b', null, 2));
    expect(rows).toEqual([
      { seatId: 'a', holder: 'ada', rank: 1, open: false, tags: ['new', 'a'] },
      { seatId: 'b', holder: null, rank: 2, open: true, tags: ['new', 'b'] },
    ]);
    const open = the()
      .db<Record<string, Record<string, unknown>>>()
      .selectFrom('seat')
      .select(['open as free'])
      .where('open', '=', true);
    expect(await open.execute()).toEqual([{ free: true }]);
  });

  it('patches named columns; a row that is not there stays away', async () =>
    expect(
      await rowsAfter(
        seat('a'),
        recorded('SeatTaken', { seatId: 'a', holder: 'bo' }),
        recorded('SeatTaken', { seatId: 'z', holder: 'bo' }),
      ),
    ).toMatchObject([{ seatId: 'a', holder: 'bo', open: false, rank: 1 }]));

  it('patches and deletes every row that matches', async () =>
    expect(
      await rowsAfter(
        ...[seat('a', 'ada'), seat('b', 'ada'), seat('c', 'bo'), seat('d', 'cy')],
        ...[
          recorded('HolderLeft', { holder: 'ada' }),
          recorded('HolderBanned', { holder: 'bo' }),
          recorded('SeatRemoved', { seatId: 'd' }),
        ],
      ),
    ).toMatchObject([
      { seatId: 'a', holder: null, open: true },
      { seatId: 'b', holder: null, open: true },
    ]));
}

function questions(the: () => ProjectedStore): void {
  const asked = () => the().db<Record<string, Record<string, unknown>>>().selectFrom('seat');

  it('orders text by its bytes, and rows without a value before the others', async () => {
    await deliver(the(), [seat('1', 'ada'), seat('2'), seat('3', 'Zoé'), seat('4', 'élan'), seat('5', 'a b')]);
    const inOrder = async (direction: 'asc' | 'desc') =>
      (await asked().select('holder').orderBy('holder', direction).execute()).map(({ holder }) => holder);
    expect(await inOrder('asc')).toEqual([null, 'Zoé', 'a b', 'ada', 'élan']);
    expect(await inOrder('desc')).toEqual(['élan', 'ada', 'a b', 'Zoé', null]);
  });

  it('counts and sums in numbers, and finds nothing in an empty list', async () => {
    await deliver(the(), [seat('a', null, 2), seat('b', null, Number.MAX_SAFE_INTEGER - 2)]);
    const totals = asked().select(({ fn }) => [fn.countAll().as('many'), fn.sum('rank').as('sum')]);
    expect(await totals.execute()).toEqual([{ many: 2, sum: Number.MAX_SAFE_INTEGER }]);
    expect(await asked().selectAll().where('seatId', 'in', []).execute()).toEqual([]);
    expect(await asked().select('seatId').where('seatId', 'not in', []).execute()).toHaveLength(2);
  });

  it('keeps text and json as they were written', async () => {
    const id = `«L'été» ? $1 "_%\\ 🙂`;
    await deliver(the(), [seat(id)]);
    expect(await asked().select(['seatId', 'tags']).where('seatId', '=', id).execute()).toEqual([
      { seatId: id, tags: ['new', id] },
    ]);
  });

  it('is changed by projections only', async () => {
    const db = the().db<{ seat: { seatId: string } }>();
    await expect(db.deleteFrom('seat').execute()).rejects.toThrow('by projections only');
  });
}

function versions(the: () => ProjectedStore): void {
  const reworded = (pledgeId: string, said: string): Recorded => recorded('PledgeReworded', { pledgeId, said });
  const versionsOf = async (facts: Recorded[]): Promise<unknown[]> => {
    await deliver(the(), facts);
    const rows = (await read(the(), pledges)) as Record<string, unknown>[];
    return rows.map(({ pledgeId, said, rank, fromPosition, toPosition }) => [
      pledgeId,
      said,
      rank,
      fromPosition,
      toPosition,
    ]);
  };

  it.each([1, 2])('keeps every version, each fact delivered %d times', async (times) => {
    const facts = [
      ...[
        pledge('a', 'ada', 'one'),
        pledge('b', 'bo', 'hello', 7),
        reworded('a', 'two'),
        recorded('RankMoved', { from: 7, to: 8 }),
      ],
      ...[pledge('a', 'ada', 'three', 8), recorded('PledgeEnded', { pledgeId: 'b' }), pledge('b', 'bo', 'again')],
    ];
    const [p0, p1, p2, p3, p4, p5, p6] = facts.map(({ position }) => position);
    const delivered = facts.flatMap((fact) => Array.from({ length: times }, () => fact));
    expect(await versionsOf(delivered)).toEqual([
      ['a', 'one', 1, p0, p2],
      ['a', 'two', 1, p2, p4],
      ['a', 'three', 8, p4, null],
      ['b', 'hello', 7, p1, p3],
      ['b', 'hello', 8, p3, p5],
      ['b', 'again', 1, p6, null],
    ]);
    const db = the().db<never>();
    const said = async (query: ReturnType<typeof current<typeof pledges>>): Promise<unknown[]> =>
      (await query.select(['said']).orderBy('pledgeId').execute()).map((row) => row.said);
    expect(await said(current(db, pledges))).toEqual(['three', 'again']);
    expect(await said(asOf(db, pledges, p1!))).toEqual(['one', 'hello']);
    expect(await said(asOf(db, pledges, p3!))).toEqual(['two', 'hello']);
    expect(await said(asOf(db, pledges, p5!))).toEqual(['three']);
  });

  it('keeps no version that began and ended in one event', async () => {
    const mentioned = recorded('PledgeMentioned', { pledgeId: 'a', by: 'ada' });
    const first = pledge('a', 'ada', 'one');
    const later = recorded('PledgeMentioned', { pledgeId: 'a', by: 'ada' });
    expect(await versionsOf([mentioned, mentioned])).toEqual([]);
    expect(await versionsOf([first, later, later])).toEqual([['a', 'one', 1, first.position, later.position]]);
  });
}

function allOrNothing(the: () => ProjectedStore): void {
  it('writes the rows and the checkpoint, or neither', async () => {
    const good = seat('a');
    await deliver(the(), [good]);
    const bad = recorded('Broken', {});
    const failure = deliver(the(), [seat('b'), erased('ada'), bad]);
    await expect(failure).rejects.toThrow(ProjectionFailed);
    await expect(failure).rejects.toMatchObject({ projection: 'pledges', type: 'Broken', position: bad.position });
    expect(await read(the(), seats)).toHaveLength(1);
    expect(the().position()).toBe(good.position);
    await deliver(the(), [pledge('x', 'ada', 'not forgotten after all')]);
    expect(await read(the(), pledges)).toMatchObject([{ said: 'not forgotten after all' }]);
  });
}
