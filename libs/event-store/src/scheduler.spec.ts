import { ManualClock, Refusal } from '@app/kernel';
import { type Caller, type Receipt } from './act.js';
import { Deadlines, type Due } from './deadlines.js';
import { StoreUnavailable } from './errors.js';
import { Scheduler, type SchedulerOptions } from './scheduler.js';

const noon = '2027-01-15T17:00:00.000Z';
const receipt: Receipt = { stream: 'note-1', revision: 0, position: '1', types: [] };

/** Deadlines in a list; what is sent takes its row away, as a fact would. */
class Listed extends Deadlines {
  readonly rows = new Map<string, string>();
  readonly sent: Caller[] = [];
  act: (key: string) => void = (key) => this.rows.delete(key);

  constructor(readonly name = 'notes') {
    super();
  }

  due(now: string, max: number): Promise<Due[]> {
    const rows = [...this.rows].filter(([, at]) => at <= now).sort(([, a], [, b]) => a.localeCompare(b));
    return Promise.resolve(
      rows.slice(0, max).map(([key, at]) => ({
        ...{ key, at, community: 'k1' },
        send: async (caller) => {
          this.act(key);
          this.sent.push(caller);
          return receipt;
        },
      })),
    );
  }
}

describe('the scheduler', () => {
  let clock: ManualClock;
  let source: Listed;
  beforeEach(() => {
    clock = new ManualClock(noon);
    source = new Listed();
  });
  const scheduler = (more: Partial<SchedulerOptions> = {}): Scheduler =>
    new Scheduler({ sources: [source], clock, readable: () => true, ...more });
  const later = (hours: number): void => clock.set(new Date(Date.parse(clock.now()) + hours * 3_600_000).toISOString());

  it('does what is due, once, at its time and not before', async () => {
    source.rows.set('a', '2027-01-15T18:00:00.000Z');
    const it = scheduler();
    expect(await it.look()).toEqual([]);
    later(1);
    expect(await it.look()).toEqual([receipt]);
    expect(await it.look()).toEqual([]);
    expect(source.sent).toMatchObject([{ community: 'k1', member: 'clock:notes' }]);
    expect(it.state()).toEqual({ sent: 1, refused: 0 });
  });

  it('sends the same command again after a kill between the command and its row', async () => {
    source.rows.set('a', noon);
    source.act = () => undefined;
    await scheduler().look();
    await scheduler().look();
    const [first, second] = source.sent;
    expect(second).toEqual(first);
    source.rows.set('a', '2027-01-15T16:00:00.000Z');
    await scheduler().look();
    expect(source.sent[2]!.commandId).not.toBe(first!.commandId);
  });

  it('does on its return what fell due meanwhile, the oldest first, however much there is', async () => {
    for (let n = 0; n < 250; n++) source.rows.set(`d${n}`, new Date(Date.parse(noon) - n * 60_000).toISOString());
    const done: string[] = [];
    source.act = (key) => {
      done.push(key);
      source.rows.delete(key);
    };
    const it = scheduler();
    while ((await it.look()).length > 0);
    expect(done).toHaveLength(250);
    expect(done.slice(0, 2)).toEqual(['d249', 'd248']);
  });

  it('sees to what is new although older deadlines stay due', async () => {
    for (let n = 0; n < 150; n++) source.rows.set(`old${n}`, noon);
    source.act = () => undefined;
    const it = scheduler();
    while ((await it.look()).length > 0);
    expect(source.sent).toHaveLength(150);
    later(1);
    source.rows.set('new', clock.now());
    expect(await it.look()).toEqual([receipt]);
  });

  it('is not led astray by a clock that jumps back and forward', async () => {
    source.rows.set('a', noon);
    source.act = () => undefined;
    const it = scheduler();
    await it.look();
    later(-1);
    await it.look();
    later(1);
    await it.look();
    expect(new Set(source.sent.map(({ commandId }) => commandId)).size).toBe(1);
  });

  it('looks up nothing while rows are behind', async () => {
    source.rows.set('a', noon);
    let readable = false;
    const it = scheduler({ readable: () => readable });
    expect(await it.look()).toEqual([]);
    readable = true;
    expect(await it.look()).toEqual([receipt]);
  });

  it('tells of a refusal once and goes on', async () => {
    source.rows.set('a', noon);
    source.rows.set('b', noon);
    source.act = (key) => {
      if (key === 'a') throw new Refusal('NOT_FOUND');
      source.rows.delete(key);
    };
    const told: string[] = [];
    const it = scheduler({ onRefused: ({ code }, name, { key }) => told.push(`${name} ${key} ${code}`) });
    await it.look();
    await it.look();
    expect(told).toEqual(['notes a NOT_FOUND']);
    expect(it.state()).toEqual({ sent: 1, refused: 1 });
    source.rows.delete('a');
    await it.look();
    expect(it.state()).toEqual({ sent: 1, refused: 0 });
  });

  it('tries again what failed, and does the rest meanwhile', async () => {
    const other = new Listed('others');
    other.rows.set('c', noon);
    source.rows.set('a', noon);
    source.rows.set('b', noon);
    let broken = true;
    source.act = (key) => {
      if (key === 'a' && broken) throw new Error('no answer');
      source.rows.delete(key);
    };
    const failures: string[] = [];
    const it = scheduler({
      sources: [source, other],
      onFailure: ({ message, attempts }, name) => failures.push(`${name} ${message} ${attempts}`),
    });
    await it.look();
    await it.look();
    expect(failures).toEqual(['notes no answer 1', 'notes no answer 2']);
    expect([source.sent.length, other.sent.length]).toEqual([1, 1]);
    expect(it.state().failure).toMatchObject({ message: 'no answer', attempts: 2 });
    broken = false;
    await it.look();
    expect(it.state()).toEqual({ sent: 3, refused: 0 });
  });

  it('asks a store that cannot be reached once a look, not for every deadline', async () => {
    let asked = 0;
    for (let n = 0; n < 10; n++) source.rows.set(`d${n}`, noon);
    source.act = () => {
      asked += 1;
      throw new StoreUnavailable('away');
    };
    await scheduler().look();
    expect(asked).toBe(1);
  });

  it('runs until it is stopped, and finishes what is under way', async () => {
    const it = scheduler({ everyMs: 1 });
    let done = (): void => undefined;
    const all = new Promise<void>((resolve) => (done = resolve));
    source.rows.set('a', noon);
    source.act = (key) => {
      source.rows.delete(key);
      done();
    };
    it.start();
    await all;
    await it.stop();
    source.rows.set('b', noon);
    expect(await it.look()).toEqual([]);
  });

  it('refuses two sources of one name', () => {
    expect(() => scheduler({ sources: [source, new Listed()] })).toThrow('two deadlines have one name: notes, notes');
  });
});
