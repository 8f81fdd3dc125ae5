import { ManualClock, Refusal } from '@app/kernel';
import { MemoryVault } from '@app/vault/adapters';
import { MemoryEventStore } from './adapters/memory.js';
import { verifyChain } from './chain.js';
import { FlakyStore } from './flaky.testing.js';
import { actOf, desk, everything, note, opened, writeLine } from './notes.testing.js';

const linesIn = async (it: ReturnType<typeof desk>) =>
  (await it.streams.load(note, 'n1')).state.lines.map(({ line }) => line);

describe('a written fact', () => {
  it('carries who, in what office, by which command, why and when', async () => {
    const { store, streams, vault } = desk();
    const act = actOf({
      office: 'secretary',
      causationId: 'x1',
      occurredAt: '2027-01-14T08:00:00.000Z',
      commandId: 'i1',
    });
    const receipt = await streams.write(note, 'n1', act, writeLine('ada', 'x'));
    const [first, second] = await store.readStream('note-n1', { max: 10 });
    expect(receipt).toEqual({
      stream: 'note-n1',
      revision: 1,
      position: second!.position,
      types: ['NoteOpened', 'LineWritten'],
    });
    expect(first!.meta).toEqual({
      $causationId: 'x1',
      $correlationId: 'r1',
      actor: 'ada',
      circle: 'c1',
      command: 'WriteLine',
      commandId: 'i1',
      community: 'k1',
      occurredAt: '2027-01-14T08:00:00.000Z',
      office: 'secretary',
      payload: vault.fingerprint(
        '{"actor":"ada","command":"WriteLine","commandId":"i1","community":"k1","input":{},"stream":"note-n1"}',
      ),
      recordedAt: '2027-01-15T10:00:00.000Z',
      v: '1',
      hash: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
    });
    expect(second!.id).not.toBe(first!.id);
    expect(await verifyChain(store, 'note-n1')).toEqual({ ok: true, checked: 2 });
  });

  it('happened now where the act does not say when', async () => {
    const { store, write } = desk();
    await write('ada', 'x');
    const [event] = await store.readStream('note-n1', { max: 1 });
    expect(event!.meta.occurredAt).toBe(event!.meta.recordedAt);
  });

  it('is never recorded before the one that stands before it, nor before the end of the log', async () => {
    const store = new MemoryEventStore();
    const { clock, write } = desk(store, { notBefore: '2027-01-15T10:00:01.000Z' });
    await write('ada', 'a');
    clock.set('2027-01-15T11:00:00.000Z');
    await write('ada', 'b', {}, 'n2');
    clock.set('2027-01-15T09:00:00.000Z');
    await write('ada', 'c', {}, 'n3');
    const times = (await everything(store)).map(({ meta }) => meta.recordedAt!.slice(11, 19));
    expect(times).toEqual(['10:00:01', '10:00:01', '11:00:00', '11:00:00', '11:00:00', '11:00:00']);
  });

  it('stands in the log in the order of its time, however many write at once', async () => {
    const store = new MemoryEventStore();
    const { clock, write } = desk(store);
    let at = Date.parse(clock.now());
    moving(clock, () => new Date((at += 1)).toISOString());
    await Promise.all(Array.from({ length: 100 }, (_, i) => write(`m${i % 7}`, `line ${i}`, {}, `n${i % 13}`)));
    const times = (await everything(store)).map(({ meta }) => meta.recordedAt!);
    expect(times).toEqual([...times].sort());
  });
});

/** A clock that moves by itself. */
function moving(clock: ManualClock, now: () => string): void {
  Object.defineProperty(clock, 'now', { value: now });
}

describe('a command', () => {
  it('that decides nothing answers the last place of the stream', async () => {
    const { streams, write } = desk();
    const written = await write('ada', 'x');
    expect(await write('ada', 'x')).toEqual({ ...written, types: [] });
    const nothing = await streams.write(note, 'never', actOf(), () => []);
    expect(nothing).toEqual({ stream: 'note-never', revision: -1, position: '', types: [] });
  });

  it('that is refused writes nothing and is decided anew when it comes again', async () => {
    const it = desk();
    const act = actOf();
    const refused = it.streams.write(note, 'n1', act, () => {
      throw new Refusal('NOTE_PUBLISHED');
    });
    await expect(refused).rejects.toMatchObject({ code: 'NOTE_PUBLISHED' });
    expect((await it.streams.write(note, 'n1', act, () => [opened()])).revision).toBe(0);
  });

  it('sees the state and the revision it decides on', async () => {
    const it = desk();
    await it.write('ada', 'x');
    const seen: unknown[] = [];
    await it.streams.write(note, 'n1', actOf(), (state, revision) => {
      seen.push(state, revision);
      return [];
    });
    expect(seen).toEqual([{ open: true, published: false, lines: [{ by: 'ada', line: 'x' }] }, 1]);
  });

  it('never writes a fact that its own decider cannot read', async () => {
    const it = desk();
    const act = actOf();
    const impossible = it.streams.write(note, 'n1', act, () => [
      { type: 'LineWritten', data: { by: 'ada', line: 'x' } } as const,
    ]);
    await expect(impossible).rejects.toThrow('never opened');
    expect(await it.store.head()).toBeUndefined();
  });
});

describe('the same command id', () => {
  it('is one command: the first receipt, nothing decided, nothing written', async () => {
    const it = desk();
    const commandId = 'i1';
    const first = await it.write('ada', 'x', { commandId });
    await it.write('bo', 'y');
    expect(await it.write('ada', 'x', { commandId })).toEqual(first);
    const never = () => {
      throw new Error('it was decided again');
    };
    const again = it.streams.write(note, 'n1', actOf({ commandId, input: { line: 'x' } }), never);
    expect(await again).toEqual(first);
    expect(await linesIn(it)).toEqual(['x', 'y']);
  });

  it('is one command after a restart, when nothing is held in memory', async () => {
    const store = new MemoryEventStore();
    const vault = new MemoryVault();
    const before = desk(store, {}, vault);
    const first = await before.write('ada', 'x', { commandId: 'i1' });
    await before.write('bo', 'y');
    const after = desk(store, {}, vault);
    expect(await after.write('ada', 'x', { commandId: 'i1' })).toEqual(first);
    expect(await linesIn(after)).toEqual(['x', 'y']);
  });

  it('is one command when it is sent many times at once', async () => {
    const it = desk();
    const receipts = await Promise.all(Array.from({ length: 20 }, () => it.write('ada', 'x', { commandId: 'i1' })));
    expect(new Set(receipts.map((receipt) => JSON.stringify(receipt))).size).toBe(1);
    expect(await linesIn(it)).toEqual(['x']);
  });

  it.each([
    ['input', { input: { line: 'z' } }],
    ['input of another shape', { input: undefined }],
  ])('is refused with another %s', async (_, changes) => {
    const it = desk();
    await it.write('ada', 'x', { commandId: 'i1' });
    await expect(it.write('ada', 'x', { commandId: 'i1', ...changes })).rejects.toMatchObject({
      code: 'COMMAND_ID_REUSED',
    });
    expect(await linesIn(it)).toEqual(['x']);
  });

  it.each([
    ['by another member', { actor: 'bo' }],
    ['in another command', { command: 'CopyLine' }],
  ])('is another command %s', async (_, changes) => {
    const it = desk();
    await it.write('ada', 'x', { commandId: 'i1' });
    const other = await it.write('ada', 'y', { commandId: 'i1', input: { line: 'x' }, ...changes });
    expect(other.revision).toBe(2);
  });

  it('gives the same event ids in every process, other ones in every stream', async () => {
    const [one, two] = [new MemoryEventStore(), new MemoryEventStore()];
    await desk(one).write('ada', 'x', { commandId: 'i1' });
    await desk(two).write('ada', 'x', { commandId: 'i1' });
    await desk(two).write('ada', 'x', { commandId: 'i1' }, 'n2');
    const ids = async (store: MemoryEventStore) => (await everything(store)).map(({ id }) => id);
    expect((await ids(two)).slice(0, 2)).toEqual(await ids(one));
    expect(new Set(await ids(two)).size).toBe(4);
  });
});

describe('many commands on one stream', () => {
  it('wait for each other and none is stale', async () => {
    const store = new FlakyStore();
    const it = desk(store);
    await Promise.all(Array.from({ length: 50 }, (_, i) => it.write(`m${i}`, `line ${i}`)));
    expect(store.appends).toBe(50);
    expect(await linesIn(it)).toEqual(Array.from({ length: 50 }, (_, i) => `line ${i}`));
  });

  it('let those on other streams pass', async () => {
    const it = desk();
    const order: string[] = [];
    const say = (name: string) => () => order.push(name);
    await Promise.all([
      it.write('a', '1').then(say('n1 first')),
      it.write('a', '2').then(say('n1 second')),
      it.write('a', '1', {}, 'n2').then(say('n2')),
    ]);
    expect(order.indexOf('n2')).toBeLessThan(order.indexOf('n1 second'));
  });

  it('go on after one that failed', async () => {
    const it = desk();
    const broken = it.streams.write(note, 'n1', actOf(), () => {
      throw new Error('a bug');
    });
    const fine = it.write('ada', 'x');
    await expect(broken).rejects.toThrow('a bug');
    await expect(fine).resolves.toMatchObject({ revision: 1 });
    await it.streams.idle();
  });
});

describe('a stream of another community', () => {
  it('is decided on as one that does not exist, and nothing is written to it', async () => {
    const it = desk();
    await it.write('ada', 'a');
    const seen: unknown[] = [];
    const look = it.streams.write(note, 'n1', actOf({ community: 'k2' }), (state, revision) => {
      seen.push(state, revision);
      return [];
    });
    expect(await look).toEqual({ stream: 'note-n1', revision: -1, position: '', types: [] });
    expect(seen).toEqual([note.initial, -1]);
    await expect(it.write('eve', 'x', { community: 'k2' })).rejects.toMatchObject({ code: 'STALE' });
    expect(await it.streams.load(note, 'n1', 'k2')).toEqual({ state: note.initial, revision: -1 });
    expect((await it.streams.load(note, 'n1', 'k1')).revision).toBe(1);
    expect(await linesIn(it)).toEqual(['a']);
  });
});
