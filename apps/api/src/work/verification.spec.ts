import { type EventStore, StoreUnavailable } from '@app/event-store';
import { MemoryEventStore } from '@app/event-store/adapters';
import { failingReads } from '@app/event-store/testing';
import type { Log } from '../log.js';
import { Verification } from './verification.js';

const said: string[] = [];
const log = {
  debug: (_: object, line: string) => said.push(line),
  fatal: (_: object, line: string) => said.push(line),
};

const failing = (times: number, error: Error): EventStore => failingReads(new MemoryEventStore(), times, error);

const verifying = (store: EventStore): Verification => {
  said.length = 0;
  const verification = new Verification();
  const examine = async (): Promise<string[]> => [];
  verification.start({ store, publicKeys: [], examine, log: log as unknown as Log });
  return verification;
};

describe('verifying the log while the process serves', () => {
  it('waits for a store that is away, and says nothing against the log', async () => {
    const verification = verifying(failing(2, new StoreUnavailable('no answer')));
    await verification.ended();
    expect(verification.broken).toBeUndefined();
    expect(said).toEqual(['The log holds together']);
  });

  it('finds the log broken where it cannot be read for another reason', async () => {
    const verification = verifying(failing(1, new Error('database disk image is malformed')));
    await verification.ended();
    expect(verification.broken).toBe('database disk image is malformed');
  });

  it('stops at once while it waits', async () => {
    const verification = verifying(failing(1_000, new StoreUnavailable('no answer')));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await verification.stop();
    expect(verification.broken).toBeUndefined();
    expect(said).toEqual([]);
  });
});
