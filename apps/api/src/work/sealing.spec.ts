import {
  Codec,
  ledgerEvents,
  MemoryCheckpointStore,
  type NewEvent,
  type Position,
  Sealer,
  Streams,
} from '@app/event-store';
import { MemoryEventStore } from '@app/event-store/adapters';
import { failingReads } from '@app/event-store/testing';
import { ManualClock, newId } from '@app/kernel';
import { MemoryVault } from '@app/vault/testing';
import { pino } from 'pino';
import { Sealing } from './sealing.js';

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

const noted = (): NewEvent => ({ id: newId(), type: 'Noted', data: {}, meta: { community: 'k1' } });

/** A process that seals every hundred events, and what it logged. */
function place(store = new MemoryEventStore()) {
  const [vault, clock] = [new MemoryVault(), new ManualClock('2027-01-15T10:00:00.000Z')];
  const streams = new Streams(store, new Codec(vault, [ledgerEvents]), vault, clock);
  const sealer = new Sealer(store, streams, vault, () => ({ events: 100, minutes: 60 }));
  const checkpoints = new MemoryCheckpointStore();
  const lines: string[] = [];
  const log = pino({}, { write: (line) => void lines.push((JSON.parse(line) as { msg: string }).msg) });
  const sealing = new Sealing({ store, sealer, checkpoints, clock, log });
  const counts = async () =>
    (await store.readStream('ledger-k1', { max: 10 })).map(({ data }) => (data as { count: number }).count);
  const checkpoint = async (): Promise<Position | undefined> => (await checkpoints.load()).get('ledger');
  return { store, checkpoints, sealing, counts, checkpoint, lines };
}

describe('the sealing', () => {
  it('is held up while the log is away, and no longer when it is back and quiet', async () => {
    const store = new MemoryEventStore();
    await store.append('note-n1', [noted()], 'none');
    const { sealing, checkpoints, lines } = place(failingReads(store, 1));
    await checkpoints.save(new Map([['ledger', (await store.head())!]]));
    await sealing.start();
    await until(() => lines.length > 0);
    expect(sealing.failure).toBe('the log is away');
    await until(() => sealing.failure === undefined);
    await sealing.stop(60_000);
  });
});

describe('a stop of the sealing', () => {
  it('seals everything that was written, the last moment included', async () => {
    const { store, sealing, counts, checkpoint, lines } = place();
    await store.append('note-n1', [noted(), noted()], 'none');
    await sealing.start();
    await store.append('note-n1', [noted()], 1);
    await sealing.stop(60_000);
    expect(await counts()).toEqual([3]);
    expect(await checkpoint()).toBe((await store.readStream('note-n1', { max: 10 })).at(-1)?.position);
    expect(lines).toEqual([]);
  });

  it('seals nothing where nothing was written since the last seal', async () => {
    const { store, sealing, counts } = place();
    await store.append('note-n1', [noted()], 'none');
    await sealing.start();
    await sealing.stop(60_000);
    const again = place(store);
    await again.sealing.start();
    await again.sealing.stop(60_000);
    expect(await counts()).toEqual([1]);
  });

  it('follows the log from its beginning where the checkpoint is of another engine', async () => {
    const { store, checkpoints, sealing, counts } = place();
    await store.append('note-n1', [noted(), noted()], 'none');
    await checkpoints.save(new Map([['ledger', '0'.repeat(40)]]));
    await sealing.start();
    await sealing.stop(60_000);
    expect(await counts()).toEqual([2]);
  });

  it('waits no longer than it may, and leaves the rest to the next start', async () => {
    let held = true;
    class Slow extends MemoryEventStore {
      override append(...args: Parameters<MemoryEventStore['append']>): ReturnType<MemoryEventStore['append']> {
        return held && args[0].startsWith('ledger-') ? new Promise(() => undefined) : super.append(...args);
      }
    }
    const store = new Slow();
    const { sealing, counts, checkpoint, lines } = place(store);
    await store.append('note-n1', [noted()], 'none');
    await sealing.start();
    await sealing.stop(20);
    expect(await counts()).toEqual([]);
    expect(await checkpoint()).toBeUndefined();
    expect(lines).toEqual(['The stop did not wait for the last seals']);

    held = false;
    const next = place(store);
    await next.sealing.start();
    await next.sealing.stop(60_000);
    expect(await counts()).toEqual([1]);
  });

  it('is a stop all the same where nothing can be written, which is logged', async () => {
    class Full extends MemoryEventStore {
      override append(...args: Parameters<MemoryEventStore['append']>): ReturnType<MemoryEventStore['append']> {
        return args[0].startsWith('ledger-') ? Promise.reject(new Error('a full disk')) : super.append(...args);
      }
    }
    const store = new Full();
    const { sealing, checkpoint, lines } = place(store);
    await store.append('note-n1', [noted()], 'none');
    await sealing.start();
    await sealing.stop(60_000);
    expect(lines).toEqual(['Sealing stopped']);
    expect(await checkpoint()).toBeUndefined();
  });
});
