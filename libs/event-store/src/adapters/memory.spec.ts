import { eventStoreContract, type Opened } from '../testing.js';
import { MemoryEventStore } from './memory.js';

async function open(): Promise<Opened> {
  let current = new MemoryEventStore();
  return {
    store: current,
    reopen: async () => {
      await current.close();
      return (current = current.reopened());
    },
    dispose: () => current.close(),
  };
}

eventStoreContract('memory', open);

describe('the event store in memory', () => {
  it('lets go of every subscription that was aborted', async () => {
    const store = new MemoryEventStore();
    const abort = new AbortController();
    const ends = Array.from({ length: 20 }, async () => {
      for await (const item of store.subscribe({ signal: abort.signal })) void item;
    });
    await new Promise(setImmediate);
    expect(store.listeners).toBe(20);
    abort.abort();
    await Promise.all(ends);
    expect(store.listeners).toBe(0);
  });
});
