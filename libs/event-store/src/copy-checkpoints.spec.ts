import { MemoryEventStore } from './adapters/memory.js';
import { type CheckpointStore, MemoryCheckpointStore } from './checkpoints.js';
import { carryCheckpoints } from './copy-checkpoints.js';
import { copyLog } from './copy-log.js';
import { ElsewhereStore } from './elsewhere.testing.js';
import type { Position } from './event-store.js';
import { desk, everything } from './notes.testing.js';

let here: MemoryEventStore;
let there: ElsewhereStore;
let places: { here: readonly Position[]; there: readonly Position[] };

beforeAll(async () => {
  [here, there] = [new MemoryEventStore(), new ElsewhereStore()];
  for (let i = 0; i < 1_200; i++) await desk(here).write('ada', `line ${i}`, {}, `n${i}`);
  await copyLog({ from: here, to: there });
  const of = async (store: MemoryEventStore | ElsewhereStore) =>
    (await everything(store)).map(({ position }) => position);
  places = { here: await of(here), there: await of(there) };
});

async function holding(moves: Record<string, Position>): Promise<CheckpointStore> {
  const checkpoints = new MemoryCheckpointStore();
  await checkpoints.save(new Map(Object.entries(moves)));
  return checkpoints;
}

const at = (log: readonly Position[], event: number): Position => log[event - 1]!;

describe('the places of the policies', () => {
  it('stand after the same event in a copy of the log, and back', async () => {
    const events = { first: 1, early: 2, page: 500, next: 501, late: 1_777, same: 1_777, last: 2_400 };
    const all = (log: readonly Position[]) =>
      Object.fromEntries(Object.entries(events).map(([name, event]) => [name, at(log, event)]));
    const [one, other] = [await holding(all(places.here)), new MemoryCheckpointStore()];
    const carried = await carryCheckpoints({ store: here, checkpoints: one }, { store: there, checkpoints: other });
    expect(carried).toEqual({ carried: expect.any(Array) as string[], there: [], forgotten: [] });
    expect([...carried.carried].sort()).toEqual(Object.keys(events).sort());
    expect(Object.fromEntries(await other.load())).toEqual(all(places.there));
    await carryCheckpoints({ store: there, checkpoints: other }, { store: here, checkpoints: other });
    expect(Object.fromEntries(await other.load())).toEqual(all(places.here));
  });

  it('are turned on one desk, once, however often it is asked for', async () => {
    const checkpoints = await holding({ a: at(places.here, 7), b: at(places.here, 2_000) });
    const turn = () => carryCheckpoints({ store: here, checkpoints }, { store: there, checkpoints });
    expect(await turn()).toEqual({ carried: ['a', 'b'], there: [], forgotten: [] });
    const turned = await checkpoints.load();
    expect(Object.fromEntries(turned)).toEqual({ a: at(places.there, 7), b: at(places.there, 2_000) });
    expect(await turn()).toEqual({ carried: [], there: ['a', 'b'], forgotten: [] });
    expect(await checkpoints.load()).toEqual(turned);
  });

  it('between two events stand after the earlier', async () => {
    const between = String(BigInt(at(places.there, 9)) + 1n).padStart(40, '0');
    const before = '0'.repeat(39) + '1';
    const checkpoints = await holding({ between, before });
    const carried = await carryCheckpoints({ store: there, checkpoints }, { store: here, checkpoints });
    expect(carried).toEqual({ carried: ['between'], there: [], forgotten: ['before'] });
    expect(Object.fromEntries(await checkpoints.load())).toEqual({ between: at(places.here, 9) });
  });

  it('that the log does not reach are forgotten, so that nothing is skipped', async () => {
    const checkpoints = await holding({ ahead: '9'.repeat(20), strange: 'x', fine: at(places.here, 3) });
    const carried = await carryCheckpoints({ store: here, checkpoints }, { store: there, checkpoints });
    expect(carried).toEqual({ carried: ['fine'], there: [], forgotten: ['ahead', 'strange'] });
    expect(Object.fromEntries(await checkpoints.load())).toEqual({ fine: at(places.there, 3) });
  });

  it('are not carried between logs that are not the same, nor lost', async () => {
    const checkpoints = await holding({ a: at(places.here, 7) });
    const other = new ElsewhereStore();
    for (let i = 0; i < 9; i++) await desk(other).write('bo', `line ${i}`);
    const carrying = carryCheckpoints({ store: here, checkpoints }, { store: other, checkpoints });
    await expect(carrying).rejects.toThrow('between a log and its copy only');
    expect(Object.fromEntries(await checkpoints.load())).toEqual({ a: at(places.here, 7) });
  });
});
