import { CorruptLog, type EventStore, OutcomeUnknown, StoreUnavailable } from '@app/event-store';
import { MemoryEventStore } from '@app/event-store/adapters';
import { failingReads } from '@app/event-store/testing';
import type { Log } from '../log.js';
import { Verification } from './verification.js';

const said: string[] = [];
const log = {
  debug: (_: object, line: string) => said.push(line),
  warn: (_: object, line: string) => said.push(line),
  fatal: (_: object, line: string) => said.push(line),
};

const tried = 'The log could not be verified further; it is tried again';

const failing = (times: number, error: Error): EventStore => failingReads(new MemoryEventStore(), times, error);

const verifying = (store: EventStore, examine = async (): Promise<string[]> => []): Verification => {
  said.length = 0;
  const verification = new Verification();
  verification.start({ store, publicKeys: [], examine, log: log as unknown as Log });
  return verification;
};

describe('verifying the log while the process serves', () => {
  it.each([
    ['is away', new StoreUnavailable('no answer')],
    ['may have answered', new OutcomeUnknown('no answer')],
    ['fails for a reason of its own', new Error('too many open files')],
  ])('waits for a store that %s, and says nothing against the log', async (_, error) => {
    const verification = verifying(failing(2, error));
    await verification.ended();
    expect(verification.broken).toBeUndefined();
    expect(said).toEqual([tried, 'The log holds together']);
  });

  it('examines the file again where it could not', async () => {
    let tries = 0;
    const verification = verifying(new MemoryEventStore(), async () => {
      if (++tries === 1) throw new Error('no thread could be started');
      return ['page 3 is damaged'];
    });
    await verification.ended();
    expect([tries, verification.broken]).toEqual([2, 'page 3 is damaged']);
  });

  it('finds the log broken where the store calls it corrupt', async () => {
    const verification = verifying(failing(1, new CorruptLog('database disk image is malformed')));
    await verification.ended();
    expect(verification.broken).toBe('database disk image is malformed');
  });

  it('stops at once while it waits', async () => {
    const verification = verifying(failing(1_000, new StoreUnavailable('no answer')));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await verification.stop();
    expect(verification.broken).toBeUndefined();
    expect(said).toEqual([tried]);
  });
});
