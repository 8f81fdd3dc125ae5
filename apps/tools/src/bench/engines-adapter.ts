import type { NewEvent } from '@app/event-store';
import { EventStoreDbStore } from '@app/event-store/adapters';
import { serveTasks } from './engines-tasks.js';

/** The port's adapter, as everybody calls it. */
const store = await EventStoreDbStore.open({ url: process.argv[2]! });
const PAGE = 500;

async function append(stream: string, event: NewEvent, after: number): Promise<void> {
  await store.append(stream, [event], after < 0 ? 'none' : after);
}

async function catchUp(events: number): Promise<void> {
  const abort = new AbortController();
  let seen = 0;
  for await (const item of store.subscribe({ signal: abort.signal })) {
    if (item.kind === 'event') seen += 1;
    if (seen === events) break;
  }
  abort.abort();
}

/** As a projection does that begins from the first event. */
async function readPages(events: number): Promise<void> {
  let seen = 0;
  for (let after: string | undefined; seen < events;) {
    const page = await store.readAll({ after, max: PAGE });
    seen += page.events.length;
    after = page.next;
  }
}

serveTasks({ append, 'catch up': catchUp, 'read pages': readPages, close: () => store.close() });
