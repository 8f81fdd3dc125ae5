import { setTimeout as pause } from 'node:timers/promises';
import { event, idsOf, Listener, newCategory, newStream, within } from '../contract/clause.js';
import { OutcomeUnknown, StaleRevision, StoreUnavailable } from '../errors.js';
import type { Appended, EventStore, NewEvent } from '../event-store.js';
import { StandIn } from '../testing.js';
import { EventStoreDbStore } from './eventstoredb.js';

const ROUNDS = 18;
const WRITERS = 8;
const EACH = 4;
const PATIENCE_MS = 30_000;

/** As a caller does who was told that nobody knows, or that the store is away: the same again, until it is answered. */
async function append(store: EventStore, stream: string, written: NewEvent, after: number): Promise<Appended> {
  for (;;) {
    try {
      return await store.append(stream, [written], after < 0 ? 'none' : after);
    } catch (error) {
      if (!(error instanceof StoreUnavailable || error instanceof OutcomeUnknown)) throw error;
    }
  }
}

/** Appends to a stream that others append to, wherever that is then. */
async function appendAmongOthers(store: EventStore, stream: string, written: NewEvent): Promise<Appended> {
  for (let after = -1; ;) {
    try {
      return await append(store, stream, written, after);
    } catch (error) {
      if (!(error instanceof StaleRevision)) throw error;
      after = error.actual;
    }
  }
}

describe('a store whose server dies, freezes and loses answers amid writes', () => {
  let standIn: StandIn;
  beforeAll(async () => {
    standIn = await StandIn.start();
  });
  afterAll(() => standIn.stop());

  const faults: (() => Promise<void>)[] = [
    () => standIn.restart(),
    async () => {
      standIn.freeze();
      await pause(400);
      standIn.thaw();
    },
    () => standIn.loseAnswers(5),
    async () => {
      await standIn.kill();
      await pause(150);
      await standIn.restart();
    },
    async () => {
      standIn.freeze();
      await pause(100);
      await standIn.restart();
    },
    async () => {
      await standIn.loseAnswers(2);
      await standIn.notReady(4);
    },
  ];

  it('has stored what it acknowledged once, and delivers each event once and in order', async () => {
    const counts = { retried: 0, failed: 0, resubscribed: 0 };
    const store = await EventStoreDbStore.open({
      url: standIn.url,
      attemptMs: 250,
      totalMs: 2_000,
      observer: {
        retried: () => void counts.retried++,
        failed: () => void counts.failed++,
        resubscribed: () => void counts.resubscribed++,
      },
    });
    const category = newCategory();
    const everything = new Listener(store, {}, PATIENCE_MS);
    const ours = new Listener(store, { prefixes: [`${category}-`] }, PATIENCE_MS);
    const crowded = newStream(category);
    const streams = Array.from({ length: WRITERS }, () => newStream(category));
    const acknowledged = new Map<string, Appended>();
    const write = async (stream: string, round: number): Promise<void> => {
      for (let nth = 0; nth < EACH; nth++) {
        const written = event({ round, nth });
        const shared = nth === EACH - 1;
        const after = round * (EACH - 1) + nth - 1;
        const work = shared ? appendAmongOthers(store, crowded, written) : append(store, stream, written, after);
        acknowledged.set(written.id, await work);
      }
    };
    for (let round = 0; round < ROUNDS; round++) {
      const writing = Promise.all(streams.map((stream) => write(stream, round)));
      await new Promise(setImmediate);
      await faults[round % faults.length]!();
      await within(PATIENCE_MS, `the writers of round ${round}`, writing);
    }

    const total = ROUNDS * WRITERS * EACH;
    const { events: log } = await store.readAll({ max: 2 * total });
    expect(log).toHaveLength(total);
    expect(acknowledged.size).toBe(total);
    for (const { id, revision, position } of log) expect(acknowledged.get(id)).toEqual({ revision, position });
    for (const listener of [everything, ours]) {
      await listener.until('every event', () => listener.events.length >= total);
      expect(listener.ids).toEqual(idsOf(log));
      await listener.stop();
    }
    expect(counts.retried).toBeGreaterThan(ROUNDS);
    expect(counts.resubscribed).toBeGreaterThan(ROUNDS / 3);
    await store.close();
  });
});
