import { jest } from '@jest/globals';
import type { EventStore, Position } from '@app/event-store';
import { MemoryEventStore } from '@app/event-store/adapters';
import { failingReads } from '@app/event-store/testing';
import { type Change, type Happened, over } from '@app/graph';
import { newId } from '@app/kernel';
import { LogChanges } from './log-changes.js';

const community = newId();
const circle = newId();

/** Rows that show as much as the test lets them. */
class Rows {
  private waiting: (() => void)[] = [];
  private at: Position = '';
  everything = true;

  show(position: Position): void {
    this.at = position;
    for (const wake of this.waiting.splice(0)) wake();
  }

  async shown(position: Position): Promise<boolean> {
    if (!this.everything && position > this.at) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.everything || position <= this.at;
  }
}

const anything = {
  wanted: () => true,
  show: async (change: Change): Promise<Change> => change,
};

describe('the changes of a log', () => {
  let log: MemoryEventStore;
  let rows: Rows;
  let troubles: unknown[];
  let changes: LogChanges;

  beforeEach(() => {
    log = new MemoryEventStore();
    rows = new Rows();
    troubles = [];
    changes = begun(log);
  });
  afterEach(() => changes.stop());

  function begun(store: EventStore): LogChanges {
    const made = new LogChanges(store, (error) => troubles.push(error));
    made.begin(rows);
    return made;
  }

  const happen = async (stream: string, meta: Record<string, string> = { community, circle }): Promise<Position> => {
    const event = { id: newId(), type: 'SomethingHappened', data: {}, meta };
    return (await log.append(stream, [event], 'any')).position;
  };
  const on = (...streams: string[]): Happened[] => streams.map((stream) => ({ stream, circleId: circle }));
  const told = (position: Position | undefined, happened: Happened[] = []) => ({
    done: false,
    value: { position, happened },
  });

  it('begin with where the log is, and go on with what happens there and nowhere else', async () => {
    const before = await happen('proposal-1');
    const following = changes.follow(community, anything);
    expect(await following.next()).toEqual(told(before));
    await happen('proposal-2', { community: newId() });
    const position = await happen('proposal-3');
    expect(await following.next()).toEqual(told(position, on('proposal-3')));
  });

  it('begin on an empty log as well', async () => {
    const following = changes.follow(community, anything);
    expect(await following.next()).toEqual(told(undefined));
    const position = await happen('proposal-1');
    expect(await following.next()).toEqual(told(position, on('proposal-1')));
  });

  it('are told once the rows show them, and gather until they are asked for', async () => {
    const following = changes.follow(community, anything);
    await following.next();
    rows.everything = false;
    const position = await happen('proposal-1');
    let heard = 0;
    const first = following.next().finally(() => (heard += 1));
    await new Promise((resolve) => setImmediate(resolve));
    expect(heard).toBe(0);
    rows.show(position);
    expect(await first).toEqual(told(position, on('proposal-1')));

    await happen('proposal-2');
    const last = await happen('proposal-3');
    rows.everything = true;
    rows.show(last);
    await changes.follow(community, anything).next();
    const streams = new Set<string>();
    while (streams.size < 2)
      for (const { stream } of ((await following.next()).value as Change).happened) streams.add(stream);
    expect([...streams]).toEqual(['proposal-2', 'proposal-3']);
  });

  it('are shown as each listener wishes, until nothing more is theirs to hear', async () => {
    const following = changes.follow(community, {
      wanted: ({ stream }) => stream !== 'proposal-1',
      show: async ({ happened }, first) => {
        if (happened.some(({ stream }) => stream === 'proposal-4')) return over;
        return happened.some(({ stream }) => stream === 'proposal-2') ? undefined : { first, happened };
      },
    });
    expect(await following.next()).toEqual({ done: false, value: { first: true, happened: [] } });
    for (const stream of ['proposal-1', 'proposal-2']) await happen(stream);
    const next = following.next();
    await new Promise((resolve) => setImmediate(resolve));
    await happen('proposal-3');
    expect(await next).toEqual({ done: false, value: { first: false, happened: on('proposal-3') } });
    await happen('proposal-4');
    expect(await following.next()).toEqual({ done: true, value: undefined });
    expect(await following.next()).toEqual({ done: true, value: undefined });
  });

  it('go on after the log was away', async () => {
    changes = begun(failingReads(log, 1));
    const following = changes.follow(community, anything);
    expect(await following.next()).toEqual(told(undefined));
    const position = await happen('proposal-1');
    expect(await following.next()).toEqual(told(position, on('proposal-1')));
    expect(troubles).toEqual([new Error('the log is away')]);
  });

  it('let go of a listener whose change could not be shown', async () => {
    let heard = 0;
    const following = changes.follow(community, {
      wanted: () => (heard += 1) > 0,
      show: async (change, first) => {
        if (!first) throw new Error('nobody knows who this is');
        return change;
      },
    });
    await following.next();
    await happen('proposal-1');
    await expect(following.next()).rejects.toThrow('nobody knows');
    await happen('proposal-2');
    await changes.follow(community, anything).next();
    expect(heard).toBe(1);
    expect(await following.next()).toEqual({ done: true, value: undefined });
  });

  it('are over for everybody when they are stopped, and are not followed while nobody listens', async () => {
    const subscriptions = jest.spyOn(log, 'subscribe');
    const both = [changes.follow(community, anything), changes.follow(community, anything)];
    for (const following of both) await following.next();
    const waiting = both.map((following) => following.next());
    await changes.stop();
    expect(await Promise.all(waiting)).toEqual(both.map(() => ({ done: true, value: undefined })));
    const position = await happen('proposal-1');
    const again = changes.follow(community, anything);
    expect(await again.next()).toEqual(told(position));
    await again.return?.();
    const signals = subscriptions.mock.calls.map(([{ signal }]) => signal.aborted);
    expect(signals).toEqual(signals.map(() => true));
  });
});
