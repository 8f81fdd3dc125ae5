import type { Recorded } from '@app/kernel';
import { type Projection, projection } from '../projection.js';
import { type ProjectedStore, ProjectionFailed, ReadModelsNotReady } from '../read-store.js';
import { bool, int, json, maybeText, personal, table, text } from '../table.js';
import { asOf, current } from '../temporal.js';
import { deliver, read } from './projected.js';
import { recorded } from './recorded.js';

/** A store on a place of its own. `reopen` closes it and opens the same place again, as a restart would. */
export interface OpenedReadStore {
  readonly store: ProjectedStore;
  reopen(projections: readonly Projection[]): Promise<OpenedReadStore>;
  /** Closes the store and removes its place. */
  remove(): Promise<void>;
}

export const seats = table(
  'seat',
  { seatId: text(), holder: maybeText(), rank: int(), open: bool(), tags: json<string[]>() },
  { key: ['seatId'], indexes: [['holder']] },
);
export const pledges = table(
  'pledge',
  { pledgeId: text(), by: text(), said: personal('by'), rank: int() },
  { key: ['pledgeId'], temporal: true, indexes: [['by']] },
);

interface Seat {
  seatId: string;
  holder: string | null;
  rank: number;
}
type SeatEvent =
  | { type: 'SeatAdded'; data: Seat }
  | { type: 'SeatTaken'; data: { seatId: string; holder: string } }
  | { type: 'HolderLeft'; data: { holder: string } }
  | { type: 'HolderBanned'; data: { holder: string } }
  | { type: 'SeatRemoved'; data: { seatId: string } };
type PledgeEvent =
  | { type: 'Pledged'; data: { pledgeId: string; by: string; said: string | null; rank: number } }
  | { type: 'PledgeReworded'; data: { pledgeId: string; said: string | null } }
  | { type: 'RankMoved'; data: { from: number; to: number } }
  | { type: 'PledgeEnded'; data: { pledgeId: string } }
  | { type: 'PledgeMentioned'; data: { pledgeId: string; by: string } }
  | { type: 'Broken'; data: object };

/** Projections that use every word a projection has. */
export const seatProjection = (version = 1): Projection =>
  projection<SeatEvent>({
    name: 'seats',
    version,
    tables: [seats],
    on: {
      SeatAdded: ({ data }, rows) =>
        rows.put(seats, { ...data, open: data.holder === null, tags: ['new', data.seatId] }),
      SeatTaken: ({ data: { seatId, holder } }, rows) => rows.patch(seats, { seatId }, { holder, open: false }),
      HolderLeft: ({ data: { holder } }, rows) => rows.patchWhere(seats, { holder }, { holder: null, open: true }),
      HolderBanned: ({ data: { holder } }, rows) => rows.deleteWhere(seats, { holder }),
      SeatRemoved: ({ data: { seatId } }, rows) => rows.delete(seats, { seatId }),
    },
  });
export const pledgeProjection: Projection = projection<PledgeEvent>({
  name: 'pledges',
  version: 1,
  tables: [pledges],
  on: {
    Pledged: ({ data }, rows) => rows.put(pledges, data),
    PledgeReworded: ({ data: { pledgeId, said } }, rows) => rows.patch(pledges, { pledgeId }, { said }),
    RankMoved: ({ data: { from, to } }, rows) => rows.patchWhere(pledges, { rank: from }, { rank: to }),
    PledgeEnded: ({ data: { pledgeId } }, rows) => rows.delete(pledges, { pledgeId }),
    PledgeMentioned: ({ data }, rows) => {
      rows.put(pledges, { ...data, said: 'in passing', rank: 0 });
      rows.delete(pledges, { pledgeId: data.pledgeId });
    },
    Broken: () => {
      throw new Error('a bug');
    },
  },
});
const both = [seatProjection(), pledgeProjection];
const seat = (seatId: string, holder: string | null = null, rank = 1): Recorded =>
  recorded('SeatAdded', { seatId, holder, rank });
const pledge = (pledgeId: string, by: string, said: string | null, rank = 1): Recorded =>
  recorded('Pledged', { pledgeId, by, said, rank });
const erased = (memberId: string): Recorded =>
  recorded('PersonalDataErased', { memberId, keyId: `member:${memberId}` });

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
    beforeEach(async () => {
      use(await open(both));
      await (await store.draft()).serve();
    });
    afterEach(() => opened.remove());

    plainRows(() => store);
    versions(() => store);
    forgetting(() => store);
    allOrNothing(() => store);

    describe('and starts again', () => {
      it('where it had stopped', async () => {
        const facts = [seat('a'), seat('b')];
        await deliver(store, facts, 'before');
        use(await opened.reopen(both));
        expect(store.standing()).toEqual({ kind: 'current' });
        expect(store.mark()).toEqual({ position: facts[1]!.position, previous: 'before', eventId: facts[1]!.id });
        expect(await read(store, seats)).toHaveLength(2);
      });

      it('outdated when a projection was raised, readable and writable still', async () => {
        await deliver(store, [seat('a')]);
        use(await opened.reopen([seatProjection(2), pledgeProjection]));
        expect(store.standing().kind).toBe('outdated');
        await deliver(store, [seat('b')]);
        expect(await read(store, seats)).toHaveLength(2);
        use(await opened.reopen([seatProjection(2), pledgeProjection]));
        expect(store.standing().kind).toBe('outdated');
      });

      it('unusable when the tables are others', async () => {
        await deliver(store, [seat('a')]);
        use(await opened.reopen([seatProjection()]));
        expect(store.standing().kind).toBe('unusable');
        await expect(read(store, seats)).rejects.toThrow(ReadModelsNotReady);
      });
    });

    describe('and builds them anew', () => {
      it('beside the live rows, and switches', async () => {
        await deliver(store, [seat('old')]);
        const query = store.db<Record<string, Record<string, unknown>>>().selectFrom('seat').select('seatId');
        const draft = await store.draft();
        const fact = seat('new');
        await deliver(draft, [fact]);
        expect(await query.execute()).toEqual([{ seatId: 'old' }]);
        await draft.serve();
        expect(await query.execute()).toEqual([{ seatId: 'new' }]);
        expect(store.position()).toBe(fact.position);
        await deliver(store, [seat('newer')]);
        use(await opened.reopen(both));
        expect(await read(store, seats)).toHaveLength(2);
      });

      it('or gives up and leaves the live rows', async () => {
        await deliver(store, [seat('old')]);
        const draft = await store.draft();
        await deliver(draft, [seat('new')]);
        await draft.discard();
        expect(await read(store, seats)).toMatchObject([{ seatId: 'old' }]);
      });

      it('and serves nothing in between when the rows were withdrawn', async () => {
        await deliver(store, [seat('old')]);
        await store.withdraw('they are wrong');
        expect(store.standing()).toEqual({ kind: 'unusable', why: 'they are wrong' });
        await expect(read(store, seats)).rejects.toThrow(ReadModelsNotReady);
        await (await store.draft()).serve();
        expect(await read(store, seats)).toEqual([]);
      });
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

function forgetting(the: () => ProjectedStore): void {
  const said = async (...facts: Recorded[]): Promise<unknown[]> => {
    await deliver(the(), facts);
    return ((await read(the(), pledges)) as { said: string | null }[]).map((row) => row.said);
  };
  const told = (): Recorded[] => [
    ...[pledge('a', 'ada', 'mine'), pledge('b', 'bo', 'yours')],
    ...[recorded('PledgeReworded', { pledgeId: 'a', said: 'mine too' }), erased('ada')],
  ];

  it('blanks what a forgotten person wrote, in every version', async () =>
    expect(await said(...told())).toEqual([null, null, 'yours']));

  it('writes nothing of theirs afterwards', async () => {
    await deliver(the(), told());
    const after = [
      pledge('c', 'ada', 'late'),
      recorded('PledgeReworded', { pledgeId: 'a', said: 'later' }),
      pledge('d', 'cy', 'fine'),
    ];
    expect(await said(...after)).toEqual([null, null, null, 'yours', null, 'fine']);
  });

  it('leaves the rows that a rebuild makes once the key is destroyed', async () => {
    const facts = told();
    await said(...facts);
    const before = await read(the(), pledges);
    const draft = await the().draft();
    const unreadable = facts.map((fact) => {
      const data = fact.data as { by?: string; pledgeId?: string; said?: string | null };
      return data.pledgeId === 'a' ? { ...fact, data: { ...data, said: null } } : fact;
    });
    await deliver(draft, unreadable);
    await draft.serve();
    expect(await read(the(), pledges)).toEqual(before);
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
