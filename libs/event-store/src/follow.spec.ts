import { derivedId } from '@app/kernel';
import { MemoryEventStore } from './adapters/memory.js';
import { follow, type Gathered, PositionBell } from './follow.js';

let serial = 0;
const write = (store: MemoryEventStore) => {
  serial += 1;
  return store.append(
    'note-1',
    [{ id: derivedId('follow', String(serial)), type: 'Noted', data: {}, meta: {} }],
    'any',
  );
};

describe('following the log', () => {
  let log: MemoryEventStore;
  let stop: AbortController;
  let seen: string[];
  beforeEach(() => {
    log = new MemoryEventStore();
    stop = new AbortController();
    seen = [];
  });
  const following = (handle: (gathered: Gathered) => Promise<void>, max = 3): Promise<void> =>
    follow({ store: log, after: undefined, signal: stop.signal, handle, max });
  const note = ({ events }: Gathered): void => void seen.push(...events.map(({ position }) => position));

  it('hands over everything once and in order, amid concurrent appends', async () => {
    const positions: string[] = [];
    for (let n = 0; n < 7; n += 1) positions.push((await write(log)).position);
    const followed = following(async (gathered) => {
      expect(gathered.events.length).toBeLessThanOrEqual(3);
      note(gathered);
      if (seen.length < 40) positions.push((await write(log)).position);
      if (gathered.end && seen.length === positions.length) stop.abort();
    });
    await followed;
    expect(seen).toEqual(positions);
    expect(log.listeners).toBe(0);
  });

  it('handles one batch at a time, and ends with what the handler threw', async () => {
    await write(log);
    let busy = 0;
    const followed = following(async (gathered) => {
      busy += 1;
      expect(busy).toBe(1);
      note(gathered);
      await write(log);
      await new Promise((resolve) => setImmediate(resolve));
      busy -= 1;
      if (seen.length === 5) throw new Error('enough');
    });
    await expect(followed).rejects.toThrow('enough');
    expect(log.listeners).toBe(0);
  });

  it('lets the handler under way finish when the store goes away', async () => {
    let finished = false;
    const followed = following(async ({ events }) => {
      if (events.length === 0) return;
      await log.close();
      await new Promise((resolve) => setImmediate(resolve));
      finished = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    await write(log);
    await expect(followed).rejects.toThrow('closed');
    expect(finished).toBe(true);
  });
});

describe('the bell of positions', () => {
  it('rings those whose position was passed, and tells the others when their time is over', async () => {
    const bell = new PositionBell();
    const [one, two] = [bell.waitFor('1', 1_000), bell.waitFor('2', 10)];
    bell.ring('1');
    expect(await Promise.all([one, two])).toEqual([true, false]);
    expect(await bell.waitFor('1', 0)).toBe(true);
    expect(await bell.waitFor('3', 0)).toBe(false);
  });

  it('never rings backwards', () => {
    const bell = new PositionBell();
    bell.ring('2');
    bell.ring('1');
    expect(bell.position).toBe('2');
  });
});
