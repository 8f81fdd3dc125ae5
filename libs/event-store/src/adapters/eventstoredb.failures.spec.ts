import { verifyChain } from '../chain.js';
import { event, events, idsOf, Listener, newCategory, newStream, readWhole, within } from '../contract/clause.js';
import { OutcomeUnknown, StoreClosed, StoreUnavailable } from '../errors.js';
import type { Expected } from '../event-store.js';
import { desk } from '../notes.testing.js';
import type { StandIn, StandInOptions } from '../testing.js';
import { StoreRefusesUs } from './eventstoredb.errors.js';
import { EventStoreDbStore } from './eventstoredb.js';
import { beginTrial, endTrial, failing, PATIENCE_MS, QUICK, tellingTo, type Trial } from './eventstoredb.testing.js';

let trial: Trial;
let standIn: StandIn;
let store: EventStoreDbStore;
let told: string[];

async function begin(options: StandInOptions = {}): Promise<void> {
  trial = await beginTrial(options);
  ({ standIn, store, told } = trial);
}

afterEach(() => endTrial(trial));

describe('a server that is not there', () => {
  it('keeps no store from opening; calls are refused in bounded time, and go through once it is there', async () => {
    await begin();
    await standIn.kill();
    const stream = newStream();
    const calls = [
      store.append(stream, [event()], 'none'),
      readWhole(store, stream),
      store.head(),
      store.readAll({ max: 1 }),
    ];
    const refusals = await within(PATIENCE_MS, 'refusals', Promise.all(calls.map(failing)));
    for (const error of refusals) expect(error).toBeInstanceOf(StoreUnavailable);
    expect(told).toContain('retried append unreachable');
    expect(told).toContain('failed append unreachable');
    const listener = new Listener(store, { prefixes: [stream] }, PATIENCE_MS);
    await standIn.restart();
    const all = events(3);
    await store.append(stream, all, 'none');
    await listener.until('the events', () => listener.events.length >= 3);
    expect(listener.ids).toEqual(idsOf(all));
    await listener.stop();
  });

  it('is waited for within that time', async () => {
    await begin();
    await standIn.kill();
    const append = store.append(newStream(), [event()], 'none');
    await standIn.restart();
    expect((await append).revision).toBe(0);
    expect(told.filter((it) => it.startsWith('failed'))).toEqual([]);
  });
});

describe('a server that answers, and refuses', () => {
  it('of an unsupported version: the error names both versions, at once', async () => {
    await begin({ version: '5.0.11.0' });
    const error = await failing(store.append(newStream(), [event()], 'none'));
    expect(error).toBeInstanceOf(StoreRefusesUs);
    expect(error.message).toMatch(/version 5\.0\.11\.0: version 23\.10 or later/);
    expect(await failing(store.head())).toBeInstanceOf(StoreRefusesUs);
    expect(told).toEqual(['failed append unsupported', 'failed read unsupported']);
  });

  it('for lack of rights: says what to check; a subscription ends with it, and works once the rights are there', async () => {
    await begin();
    await standIn.deny(true);
    const error = await failing(store.append(newStream(), [event()], 'none'));
    expect(error).toBeInstanceOf(StoreRefusesUs);
    expect(error.message).toMatch(/denies access .*check the user and password/);
    const subscription = new Listener(store, {}, PATIENCE_MS);
    expect(await failing(subscription.ended)).toBeInstanceOf(StoreRefusesUs);
    expect(told).toEqual(['failed append denied']);
    await standIn.deny(false);
    expect((await store.append(newStream(), [event()], 'none')).revision).toBe(0);
  });

  it('since it leads no more: reads wait for a node that does, rather than miss what it does not know', async () => {
    await begin();
    const stream = newStream();
    await store.append(stream, [event()], 'none');
    await standIn.follow(true);
    for (const call of [store.head(), readWhole(store, stream), store.readAll({ max: 1 })])
      expect(await failing(call)).toBeInstanceOf(StoreUnavailable);
    expect(told).toContain('retried read not-leader');
    await standIn.follow(false);
    expect(await readWhole(store, stream)).toHaveLength(1);
  });

  it('after an answer was lost: nobody knows whether the append stands', async () => {
    await begin();
    await standIn.loseAnswers(1);
    const append = store.append(newStream(), [event()], 'none');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await standIn.deny(true);
    expect(await failing(append)).toBeInstanceOf(OutcomeUnknown);
  });

  it('because it is only starting: is asked again', async () => {
    await begin();
    await standIn.notReady(3);
    expect((await store.append(newStream(), [event()], 'none')).revision).toBe(0);
    expect(told).toEqual(Array(3).fill('retried append not-ready'));
  });
});

describe('an answer that is lost', () => {
  it.each<Expected>(['none', 1, 'any', 'exists'])(
    'means another attempt, and one append: expected %s',
    async (expected) => {
      await begin();
      const stream = newStream();
      const before = expected === 'none' ? [] : events(2);
      if (before.length > 0) await store.append(stream, before, 'none');
      await standIn.loseAnswers(1);
      const lost = events(3);
      const { revision, position } = await store.append(stream, lost, expected);
      expect(revision).toBe(before.length + 2);
      const stored = await readWhole(store, stream);
      expect(idsOf(stored)).toEqual(idsOf([...before, ...lost]));
      expect(position).toBe(stored.at(-1)!.position);
      expect(told).toEqual(['retried append silent']);
    },
  );

  it('and of which the server has forgotten everything but the log: one append', async () => {
    await begin();
    const stream = newStream();
    await store.append(stream, [event()], 'none');
    await standIn.loseAnswers(1);
    const lost = event();
    const append = store.append(stream, [lost], 'any');
    // The answer is lost, then the server's memory of ids.
    await standIn.openReads();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await standIn.restart();
    expect((await append).revision).toBe(1);
    expect((await readWhole(store, stream)).map(({ id }) => id).filter((id) => id === lost.id)).toHaveLength(1);
  });

  it('spoils none that waits beside it', async () => {
    await begin();
    await store.append(newStream(), [event()], 'none');
    await standIn.loseAnswers(1);
    const appends = Array.from({ length: 20 }, () => store.append(newStream(), [event()], 'none'));
    expect((await Promise.all(appends)).map(({ revision }) => revision)).toEqual(Array(20).fill(0));
    expect(told).toEqual(['retried append silent']);
  });
});

describe('an answer that comes too late', () => {
  it('changes nothing, neither for its append nor for those beside it', async () => {
    await begin();
    const stream = newStream();
    await store.append(stream, [event()], 'none');
    await standIn.delayAnswers(1, 2 * QUICK.attemptMs);
    const late = event();
    const append = store.append(stream, [late], 0);
    // Others are answered meanwhile: the connection is alive, and stays.
    const beside = newStream();
    for (let at = 0; at < 60; at++) {
      await store.append(beside, [event()], at === 0 ? 'none' : at - 1);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    expect((await append).revision).toBe(1);
    expect(told).toEqual(['retried append silent']);
    expect((await readWhole(store, stream)).map(({ id }) => id).slice(1)).toEqual([late.id]);
  });
});

describe('a server that freezes', () => {
  it('leaves the outcome of an append unknown in bounded time; sent again it is one append', async () => {
    await begin();
    const stream = newStream();
    await store.append(stream, [event()], 'none');
    standIn.freeze();
    const frozen = event();
    const error = await within(PATIENCE_MS, 'a refusal', failing(store.append(stream, [frozen], 0)));
    expect(error).toBeInstanceOf(OutcomeUnknown);
    expect(await within(PATIENCE_MS, 'a refusal', failing(store.head()))).toBeInstanceOf(StoreUnavailable);
    standIn.thaw();
    expect((await store.append(stream, [frozen], 0)).revision).toBe(1);
    expect((await readWhole(store, stream)).map(({ id }) => id).slice(1)).toEqual([frozen.id]);
  });

  it('is asked again after the time that the URL says', async () => {
    await begin();
    await store.close();
    const url = `${standIn.url}&defaultDeadline=100`;
    store = await EventStoreDbStore.open({ url, attemptMs: 60_000, totalMs: 1_000, observer: tellingTo(told) });
    trial = { ...trial, store };
    standIn.freeze();
    expect(await failing(store.head())).toBeInstanceOf(StoreUnavailable);
    expect(told.filter((it) => it.startsWith('retried read')).length).toBeGreaterThan(2);
  });

  it('keeps no store from closing', async () => {
    await begin();
    await store.append(newStream(), [event()], 'none');
    const waiting = new Listener(store, {}, PATIENCE_MS);
    await waiting.caughtUp();
    standIn.freeze();
    const append = failing(store.append(newStream(), [event()], 'none'));
    await within(PATIENCE_MS, 'the close', store.close());
    expect(await append).toBeInstanceOf(OutcomeUnknown);
    expect(await failing(waiting.ended)).toBeInstanceOf(StoreClosed);
  });
});

describe('a subscription', () => {
  it('goes on after the server died, from where it was, and tells that it caught up again', async () => {
    await begin();
    const category = newCategory();
    const [one, other] = [newStream(category), newStream(category)];
    const all = events(60);
    const listener = new Listener(store, { prefixes: [`${category}-`] }, PATIENCE_MS);
    await listener.caughtUp();
    await store.append(one, all.slice(0, 30), 'none');
    await standIn.restart();
    await store.append(other, all.slice(30), 'none');
    await listener.until('every event', () => listener.events.length >= 60);
    expect(listener.ids).toEqual(idsOf(all));
    expect(told).toContain('resubscribed unreachable');
    await listener.stop();
  });

  it('goes on where the server drops a slow reader', async () => {
    await begin({ dropBehind: 64 });
    const listener = new Listener(store, {}, PATIENCE_MS, () => new Promise((resolve) => setImmediate(resolve)));
    await listener.caughtUp();
    const all = events(3_000);
    for (let at = 0; at < all.length; at += 500) await store.append(newStream(), all.slice(at, at + 500), 'none');
    await listener.until('every event', () => listener.events.length >= all.length);
    expect(listener.ids).toEqual(idsOf(all));
    expect(told).toContain('resubscribed timeout');
    await listener.stop();
  });

  it('gives no event of the server itself, nor does a read, nor is the head one', async () => {
    await begin();
    const all = events(50);
    const stream = newStream();
    for (const [at, it] of all.entries()) await store.append(stream, [it], at === 0 ? 'none' : at - 1);
    const listener = new Listener(store, {}, PATIENCE_MS);
    await listener.caughtUp();
    expect(listener.ids).toEqual(idsOf(all));
    const page = await store.readAll({ max: 100 });
    expect(idsOf(page.events)).toEqual(idsOf(all));
    expect([page.next, page.end]).toEqual([await store.head(), true]);
    const statistics = await store.readStream('$stats-127.0.0.1', { max: 10 });
    expect(statistics.length).toBeGreaterThan(0);
    await listener.stop();
  });
});

describe('what is written through it', () => {
  it('verifies by its hash chain, lost answers or not', async () => {
    await begin();
    const { write } = desk(store);
    await write('ada', 'L’été 🌱');
    await standIn.loseAnswers(1);
    await write('bo', 'deux');
    await write('ada', 'trois');
    expect(await verifyChain(store, 'note-n1')).toEqual({ ok: true, checked: 4 });
  });
});
