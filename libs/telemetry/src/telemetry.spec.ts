import {
  CorruptLog,
  EventTooLarge,
  type EventStore,
  InvalidAppend,
  OutcomeUnknown,
  StaleRevision,
  StoreClosed,
  StoreUnavailable,
} from '@app/event-store';
import { MemoryEventStore } from '@app/event-store/adapters';
import { eventStoreContract } from '@app/event-store/testing';
import { ManualClock, newId, Refusal } from '@app/kernel';
import type { WatchedWork } from './gauges.js';
import { Telemetry } from './telemetry.js';

const samplesOf = async (telemetry: Telemetry): Promise<ReadonlyMap<string, number>> =>
  new Map(
    (await telemetry.page())!.body
      .split('\n')
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))] as const),
  );
const caller = { community: 'k1', member: 'm1', commandId: newId(), correlationId: newId() };
const command = { name: 'GiveConsent', caller };
const event = (recordedAt = '') => ({ id: newId(), type: 'Noted', data: {}, meta: { recordedAt } });

/** A log that cannot do anything, for one reason. */
class Failing extends MemoryEventStore {
  constructor(private readonly reason: Error) {
    super();
  }
  override append = (): Promise<never> => Promise.reject(this.reason);
  override head = (): Promise<never> => Promise.reject(this.reason);
  override async *subscribe(): AsyncGenerator<never> {
    yield* [];
    throw this.reason;
  }
}

eventStoreContract('memory, observed', async () => {
  let current = new MemoryEventStore();
  const telemetry = await Telemetry.open({ metrics: true });
  return {
    store: telemetry.watching(current),
    reopen: async () => {
      await current.close();
      return telemetry.watching((current = current.reopened()));
    },
    dispose: () => current.close(),
  };
});

describe('telemetry', () => {
  it('stands in nobody’s way where nothing is asked for', async () => {
    const store = new MemoryEventStore();
    const telemetry = await Telemetry.open({ metrics: false });
    telemetry.watch({ log: { store, clock: new ManualClock('2027-01-15T10:00:00.000Z') } });
    expect(telemetry.watching(store)).toBe(store);
    expect(telemetry.page()).toBeUndefined();
    expect(await telemetry.witness.command(command, async () => 7)).toBe(7);
    await telemetry.close();
  });

  it.each([
    ['unavailable', new StoreUnavailable('down')],
    ['outcome_unknown', new OutcomeUnknown('lost')],
    ['too_large', new EventTooLarge('large')],
    ['invalid', new InvalidAppend('odd')],
    ['corrupt', new CorruptLog('broken')],
    ['closed', new StoreClosed('closed')],
    ['other', new Error('a bug')],
  ])('counts what the log could not do: %s', async (kind, reason) => {
    const telemetry = await Telemetry.open({ metrics: true });
    const store = telemetry.watching(new Failing(reason));
    await expect(store.append('note-1', [event()], 'none')).rejects.toBe(reason);
    await expect(store.head()).rejects.toBe(reason);
    const { signal } = new AbortController();
    await expect(store.subscribe({ signal })[Symbol.asyncIterator]().next()).rejects.toBe(reason);
    const samples = await samplesOf(telemetry);
    for (const operation of ['append', 'head', 'subscribe'])
      expect(samples.get(`ronde_store_errors_total{operation="${operation}",kind="${kind}"}`)).toBe(1);
  });

  it('counts a conflict as an answer', async () => {
    const telemetry = await Telemetry.open({ metrics: true });
    const store = telemetry.watching(new MemoryEventStore());
    await store.append('note-1', [event(), event()], 'none');
    await expect(store.append('note-1', [event()], 'none')).rejects.toBeInstanceOf(StaleRevision);
    const samples = await samplesOf(telemetry);
    expect(samples.get('ronde_append_conflicts_total{category="note"}')).toBe(1);
    expect(samples.get('ronde_events_appended_total{category="note"}')).toBe(2);
    expect(samples.get('ronde_store_seconds_count{operation="append"}')).toBe(2);
    expect([...samples.keys()].filter((it) => it.startsWith('ronde_store_errors_total{'))).toEqual([]);
  });

  it.each([
    ['refused', new Refusal('NOT_YOURS')],
    ['refused', new EventTooLarge('large')],
    ['failed', new StoreUnavailable('down')],
    ['failed', new Error('a bug')],
  ])('counts a command as %s: %s', async (outcome, error) => {
    const telemetry = await Telemetry.open({ metrics: true });
    await expect(telemetry.witness.command(command, () => Promise.reject(error))).rejects.toBe(error);
    const samples = await samplesOf(telemetry);
    expect(samples.get(`ronde_command_seconds_count{command="GiveConsent",outcome="${outcome}"}`)).toBe(1);
  });
});

describe('the page for Prometheus', () => {
  const clock = new ManualClock('2027-01-15T10:01:00.000Z');
  const rows = { caughtUp: true, position: undefined, recordedAt: undefined, skipped: {} };
  const pageWith = async (store: Pick<EventStore, 'head' | 'readAll'>): Promise<ReadonlyMap<string, number>> => {
    const telemetry = await Telemetry.open({ metrics: true });
    const projections = { state: () => rows };
    telemetry.watch({ log: { store, clock }, work: () => ({ projections }) });
    return samplesOf(telemetry);
  };

  it('says for how long the first event has waited', async () => {
    const store = new MemoryEventStore();
    await store.append('note-1', [event('2027-01-15T10:00:00.000Z'), event('2027-01-15T10:00:59.000Z')], 'none');
    const samples = await pageWith(store);
    expect(samples.get('ronde_projection_lag_seconds')).toBe(60);
    expect(samples.get('ronde_projection_behind_events')).toBe(2);
    expect(samples.get('ronde_log_position')).toBe(2);
    expect(samples.has('ronde_projection_position')).toBe(false);
  });

  it('tells nothing of what another process does, or did before', async () => {
    const telemetry = await Telemetry.open({ metrics: true });
    const failure = { message: 'a bug', attempts: 1, error: undefined };
    const policy = { name: 'when-a-then-b', position: undefined, waiting: 9, refused: 0, failure };
    let work: WatchedWork = {
      projections: { state: () => ({ ...rows, failure }) },
      policies: { state: () => ({ caughtUp: true, policies: [policy] }) },
    };
    telemetry.watch({ log: { store: new MemoryEventStore(), clock }, work: () => work });
    const ofWork = async (): Promise<string[]> =>
      [...(await samplesOf(telemetry)).keys()].filter((it) =>
        /^ronde_(projection_(position|behind|lag|last|caught|held|skipped)|polic(y_(waiting|held)|ies_caught))/.test(
          it,
        ),
      );
    expect(await ofWork()).toEqual(
      expect.arrayContaining(['ronde_projection_held_up', 'ronde_policy_waiting_events{policy="when-a-then-b"}']),
    );
    work = {};
    expect(await ofWork()).toEqual([]);
  });

  it.each([
    ['cannot answer', new Failing(new StoreUnavailable('down'))],
    [
      'does not answer',
      { head: () => new Promise<never>(() => undefined), readAll: () => new Promise<never>(() => undefined) },
    ],
  ])('is made without what a log that %s would have told', async (_, store) => {
    const samples = await pageWith(store);
    expect(samples.get('ronde_projection_caught_up')).toBe(1);
    expect(samples.has('ronde_projection_lag_seconds')).toBe(false);
    expect(samples.has('ronde_log_position')).toBe(false);
  });
});
