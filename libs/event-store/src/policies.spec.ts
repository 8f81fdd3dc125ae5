import { derivedId, type Recorded, Refusal } from '@app/kernel';
import type { Receipt } from './act.js';
import { MemoryEventStore } from './adapters/memory.js';
import { MemoryCheckpointStore } from './checkpoints.js';
import { Consistency } from './consistency.js';
import type { EventStore } from './event-store.js';
import { failingReads } from './failing.testing.js';
import { type Decoder, type Failure, PositionBell } from './follow.js';
import { PolicyRunner } from './policies.js';
import { type Consequences, Policy } from './policy.js';

const plain: Decoder = { decode: async (events) => events as unknown as readonly Recorded[] };

/** Writes one event; the same id twice is one event, as with every command. */
async function write(store: EventStore, stream: string, type: string, cause = ''): Promise<Receipt> {
  const had = await store.readStream(stream, { max: 1_000 });
  const id = derivedId(stream, type, cause === '' ? String(had.length) : cause);
  const again = had.find((it) => it.id === id);
  if (again !== undefined) return { stream, revision: again.revision, position: again.position, types: [type] };
  const { revision, position } = await store.append(stream, [{ id, type, data: {}, meta: {} }], 'any');
  return { stream, revision, position, types: [type] };
}

class Then extends Policy {
  readonly seen: string[] = [];
  readonly on: Policy['on'];
  constructor(
    readonly name: string,
    type: string,
    act: (fact: Recorded) => Promise<Consequences>,
  ) {
    super();
    this.on = {
      [type]: (fact) => {
        this.seen.push(fact.id);
        return act(fact);
      },
    };
  }
}

describe('policies', () => {
  const running: PolicyRunner[] = [];
  let log: MemoryEventStore;
  let checkpoints: MemoryCheckpointStore;
  const run = async (
    policies: Policy[],
    onFailure?: (failure: Failure, policy?: string) => void,
  ): Promise<PolicyRunner> => {
    const runner = new PolicyRunner({ store: log, codec: plain, checkpoints, policies, onFailure });
    running.push(runner);
    await runner.start();
    return runner;
  };
  const passed = (runner: PolicyRunner, receipt: Receipt): Promise<boolean> =>
    runner.waitFor(receipt.position, receipt.types, 5_000);
  const typesIn = async (stream: string): Promise<string[]> =>
    (await log.readStream(stream, { max: 1_000 })).map(({ type }) => type);
  /** The logbook gets an entry for every decision. */
  const entry = (): Then =>
    new Then('when-decided-then-log', 'Decided', (fact) => write(log, 'logbook-1', 'EntryWritten', fact.id));

  beforeEach(() => {
    log = new MemoryEventStore();
    checkpoints = new MemoryCheckpointStore();
  });
  afterEach(async () => {
    for (const runner of running.splice(0)) await runner.stop();
  });

  it('act on what was written before they were there, and on what comes', async () => {
    await write(log, 'proposal-1', 'Decided');
    const policy = entry();
    const runner = await run([policy]);
    await passed(runner, await write(log, 'proposal-2', 'Decided'));
    expect(await typesIn('logbook-1')).toEqual(['EntryWritten', 'EntryWritten']);
    expect(runner.state()).toMatchObject({ caughtUp: true, policies: [{ name: policy.name, waiting: 0, refused: 0 }] });
  });

  it('go on from their checkpoint after an orderly stop, with no event twice', async () => {
    const first = entry();
    const before = await run([first]);
    await passed(before, await write(log, 'proposal-1', 'Decided'));
    await before.stop();
    const second = entry();
    const after = await run([second]);
    await passed(after, await write(log, 'proposal-2', 'Decided'));
    expect([first.seen.length, second.seen.length]).toEqual([1, 1]);
  });

  it('lose nothing when the process is killed between an event and the command', async () => {
    const receipt = await write(log, 'proposal-1', 'Decided');
    let called = (): void => undefined;
    const killed = new Promise<void>((resolve) => (called = resolve));
    // The handler is reached and never comes back: a kill before its command was written.
    const dying = new Then('when-decided-then-log', 'Decided', () => new Promise(() => called()));
    const runner = new PolicyRunner({ store: log, codec: plain, checkpoints, policies: [dying] });
    await runner.start();
    await killed;
    expect(await checkpoints.load()).toEqual(new Map());
    await passed(await run([entry()]), receipt);
    expect(await typesIn('logbook-1')).toEqual(['EntryWritten']);
  });

  it('write once when the process is killed between the command and the checkpoint', async () => {
    const receipt = await write(log, 'proposal-1', 'Decided');
    const save = checkpoints.save.bind(checkpoints);
    checkpoints.save = () => Promise.reject(new Error('killed'));
    const told: Failure[] = [];
    const dying = await run([entry()], (failure) => told.push(failure));
    await passed(dying, receipt);
    await expect(dying.stop()).rejects.toThrow('killed');
    running.splice(0);
    expect(await typesIn('logbook-1')).toEqual(['EntryWritten']);
    checkpoints.save = save;
    const again = entry();
    await passed(await run([again]), receipt);
    expect(again.seen).toHaveLength(1);
    expect(await typesIn('logbook-1')).toEqual(['EntryWritten']);
  });

  it('do not count what was still queued when they were stopped', async () => {
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    let reached = (): void => undefined;
    const started = new Promise<void>((resolve) => (reached = resolve));
    const slow = new Then('when-decided-then-wait', 'Decided', () => (reached(), gate));
    const first = await write(log, 'proposal-1', 'Decided');
    await write(log, 'proposal-2', 'Decided');
    const runner = await run([slow]);
    await started;
    const stopped = runner.stop();
    open();
    await stopped;
    expect(await checkpoints.load()).toEqual(new Map([[slow.name, first.position]]));
  });

  it('keep trying to save a checkpoint that could not be saved', async () => {
    const save = checkpoints.save.bind(checkpoints);
    let failures = 2;
    const saved = new Promise<void>((resolve) => {
      checkpoints.save = async (moves) => {
        if (failures-- > 0) throw new Error('the desk is busy');
        await save(moves);
        resolve();
      };
    });
    const runner = await run([entry()]);
    const receipt = await write(log, 'proposal-1', 'Decided');
    await passed(runner, receipt);
    await saved;
    expect((await checkpoints.load()).get('when-decided-then-log')).toBe(receipt.position);
    await runner.stop();
    expect(runner.state().failure).toBeUndefined();
  });

  it('are not held up any more once a log that was away is back, however quiet it is', async () => {
    const { position } = await write(log, 'proposal-1', 'Decided', 'd1');
    await checkpoints.save(new Map([['when-decided-then-log', position]]));
    const failed: string[] = [];
    log = failingReads(log, 1);
    const runner = await run([entry()], ({ message }) => failed.push(message));
    while (failed.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(failed).toEqual(['the log is away']);
    while (runner.state().failure !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(runner.state()).toMatchObject({ caughtUp: true });
  });

  it('stop at an error, try again, and do not hold up the others', async () => {
    let broken = true;
    let failed = (): void => undefined;
    const failure = new Promise<void>((resolve) => (failed = resolve));
    const failing = new Then('when-decided-then-fail', 'Decided', async () => {
      if (broken) throw new Error('disk full');
    });
    const runner = await run([failing, entry()], () => failed());
    const first = await write(log, 'proposal-1', 'Decided');
    const second = await write(log, 'proposal-2', 'Decided');
    await failure;
    const [stuck] = runner.state().policies;
    expect(stuck).toMatchObject({ failure: { message: 'disk full', at: first.position, type: 'Decided' } });
    expect(await runner.waitFor(second.position, ['Decided'], 20)).toBe(false);
    expect(await typesIn('logbook-1')).toHaveLength(2);
    broken = false;
    expect(await passed(runner, second)).toBe(true);
    expect(failing.seen.slice(-2)).toEqual([...new Set(failing.seen)]);
    expect(runner.state().policies[0]).not.toHaveProperty('failure');
  });

  it('go on after a refusal, but not after a lost race', async () => {
    const refusals = [new Refusal('STALE'), new Refusal('NOT_A_MEMBER')];
    const policy = new Then('when-decided-then-admit', 'Decided', async () => {
      const refusal = refusals.shift();
      if (refusal !== undefined) throw refusal;
    });
    const runner = await run([policy]);
    await passed(runner, await write(log, 'proposal-1', 'Decided'));
    expect(policy.seen).toHaveLength(2);
    expect(runner.state().policies).toMatchObject([{ refused: 1 }]);
  });

  it.each([
    ['the log is older than their checkpoints', '99999999999999999999'],
    ['their checkpoints are of another engine', '0'.repeat(40)],
  ])('begin again when %s', async (_, place) => {
    await checkpoints.save(new Map([['when-decided-then-log', place]]));
    const receipt = await write(log, 'proposal-1', 'Decided');
    await passed(await run([entry()]), receipt);
    expect(await typesIn('logbook-1')).toEqual(['EntryWritten']);
  });

  it('catch up by themselves with a queue longer than they keep', async () => {
    for (let n = 0; n < 1_500; n += 1)
      await log.append(
        `proposal-${n}`,
        [{ id: derivedId('many', String(n)), type: 'Decided', data: {}, meta: {} }],
        'any',
      );
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    const slow = new Then('when-decided-then-wait', 'Decided', async () => gate);
    const other = new Then('when-asked-then-answer', 'Asked', async () => undefined);
    const runner = await run([slow, other]);
    await passed(runner, await write(log, 'proposal-x', 'Asked'));
    expect(runner.state().policies[0]!.waiting).toBeLessThanOrEqual(1_000);
    open();
    expect(await passed(runner, await write(log, 'proposal-y', 'Decided'))).toBe(true);
    expect(slow.seen).toHaveLength(1_501);
    expect(new Set(slow.seen).size).toBe(1_501);
  });

  it('refuse two of one name', () =>
    expect(() => new PolicyRunner({ store: log, codec: plain, checkpoints, policies: [entry(), entry()] })).toThrow(
      'one name',
    ));
});

describe('settling', () => {
  let log: MemoryEventStore;
  let runner: PolicyRunner;
  let bell: PositionBell;
  let waits: string[];
  const settling = (): Consistency =>
    new Consistency({ waitFor: (position, ms) => (waits.push(position), bell.waitFor(position, ms)) }, runner);

  beforeEach(async () => {
    log = new MemoryEventStore();
    bell = new PositionBell();
    waits = [];
    const policies = [
      new Then('when-decided-then-admit', 'Decided', async (fact) => [
        await write(log, 'circle-1', 'Admitted', fact.id),
      ]),
      new Then('when-admitted-then-seat', 'Admitted', (fact) => write(log, 'circle-2', 'Seated', fact.id)),
      new Then('when-hung-then-wait', 'Hung', () => new Promise(() => undefined)),
    ];
    runner = new PolicyRunner({ store: log, codec: plain, checkpoints: new MemoryCheckpointStore(), policies });
    await runner.start();
  });

  it('waits for the projections alone when no policy acts', async () => {
    const receipt = await write(log, 'proposal-1', 'Consented');
    bell.ring(receipt.position);
    expect(await settling().settle(receipt, 1_000)).toBe('settled');
    expect(waits).toEqual([receipt.position]);
    await runner.stop();
  });

  it('follows what policies did, and what policies did because of that', async () => {
    const receipt = await write(log, 'proposal-1', 'Decided');
    const settled = settling().settle(receipt, 5_000);
    await runner.waitFor(receipt.position, ['Decided'], 5_000);
    const [admitted] = runner.consequencesOf(receipt);
    expect(admitted).toMatchObject({ stream: 'circle-1', types: ['Admitted'] });
    await runner.waitFor(admitted!.position, ['Admitted'], 5_000);
    const [seated] = runner.consequencesOf(admitted!);
    expect(seated).toMatchObject({ stream: 'circle-2', types: ['Seated'] });
    let done = false;
    void settled.then(() => (done = true));
    bell.ring(admitted!.position);
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toBe(false);
    bell.ring(seated!.position);
    expect(await settled).toBe('settled');
    expect(waits).toEqual([seated!.position]);
    await runner.stop();
  });

  it('is late when the projections or a policy are', async () => {
    expect(await settling().settle(await write(log, 'proposal-1', 'Consented'), 20)).toBe('late');
    expect(await settling().settle(await write(log, 'proposal-1', 'Decided'), 20)).toBe('late');
    expect(await settling().settle(await write(log, 'proposal-1', 'Hung'), 20)).toBe('late');
  });
});
