import { type Decoder, type EventStore, type StoredEvent } from '@app/event-store';
import { MemoryEventStore } from '@app/event-store/adapters';
import { failingReads } from '@app/event-store/testing';
import { derivedId, type Recorded } from '@app/kernel';
import { SqliteReadStore } from './adapters/sqlite.js';
import { LiveProjections } from './live.js';
import { type Projection, projection } from './projection.js';
import type { ProjectedStore } from './read-store.js';
import { maybeText, personal, table, text } from './table.js';
import { pledgeProjection, pledges, read } from './testing.js';

const notes = table('note', { noteId: text(), body: maybeText() }, { key: ['noteId'] });
const words = table('word', { noteId: text(), by: text(), said: personal('by') }, { key: ['noteId'], temporal: true });
type NoteEvent =
  | { type: 'NoteWritten'; data: { noteId: string; body: string } }
  | { type: 'WordSaid'; data: { noteId: string; by: string; said: string | null } };

/** Throws while `broken` says so, as a projection with a bug does. */
const broken = { at: '' };
const noteProjection = (version = 1, change = (body: string) => body): Projection =>
  projection<NoteEvent>({
    name: 'notes',
    version,
    tables: [notes, words],
    on: {
      NoteWritten: ({ data: { noteId, body } }, rows) => {
        rows.put(notes, { noteId, body: change(body) });
        if (noteId === broken.at) throw new Error('a bug');
      },
      WordSaid: ({ data }, rows) => rows.put(words, data),
    },
  });

/** Knows every type but `Unheard`; forgets what a destroyed key covered. */
class TestCodec implements Decoder {
  readonly forgotten = new Set<string>();
  batches = 0;
  private gate: Promise<void> | undefined;

  /** Makes the next call wait until the answer is called. */
  holdNext(): () => void {
    let open = (): void => undefined;
    this.gate = new Promise<void>((resolve) => (open = resolve));
    return open;
  }

  async decode(events: readonly StoredEvent[]): Promise<readonly Recorded[]> {
    this.batches += 1;
    const { gate } = this;
    this.gate = undefined;
    await gate;
    return events
      .filter(({ type }) => type !== 'Unheard')
      .map((event) => ({ ...event, data: this.open(event) }) as never);
  }

  private open({ data }: StoredEvent): unknown {
    const { by } = data as { by?: string };
    return by !== undefined && this.forgotten.has(by) ? { ...(data as object), said: null } : data;
  }
}

let serial = 0;
function write(store: EventStore, type: string, data: object, stream = 'note-1') {
  serial += 1;
  return store.append(stream, [{ id: derivedId('live', String(serial)), type, data, meta: {} }], 'any');
}
const note = (store: EventStore, noteId: string, body = noteId) => write(store, 'NoteWritten', { noteId, body });

describe('the live projections', () => {
  const running: LiveProjections[] = [];
  let log: MemoryEventStore;
  let codec: TestCodec;
  const memory = (...projections: Projection[]): ProjectedStore =>
    new SqliteReadStore({ path: ':memory:', projections });
  const live = async (models: ProjectedStore, onFailure?: () => void): Promise<LiveProjections> => {
    const it = new LiveProjections({ store: log, codec, models, onFailure });
    running.push(it);
    await it.start();
    return it;
  };
  const noteIds = async (models: ProjectedStore): Promise<string[]> =>
    ((await read(models, notes)) as { noteId: string }[]).map(({ noteId }) => noteId);

  beforeEach(() => {
    log = new MemoryEventStore();
    codec = new TestCodec();
    broken.at = '';
  });
  afterEach(async () => {
    for (const it of running.splice(0)) await it.stop();
  });

  it('build rows from what was written before and what comes after', async () => {
    await note(log, 'a');
    const models = memory(noteProjection());
    const it = await live(models);
    const { position } = await note(log, 'b');
    expect(await it.waitFor(position, 2_000)).toBe(true);
    expect(await noteIds(models)).toEqual(['a', 'b']);
    expect(it.state()).toMatchObject({ ready: true, rebuilding: false, position });
    expect(await it.lag()).toBe(0);
  });

  it('are ready on an empty log', async () => {
    const models = memory(noteProjection());
    const it = await live(models);
    expect(it.state().ready).toBe(false);
    const { position } = await note(log, 'a');
    await it.waitFor(position, 2_000);
    expect(it.state().ready).toBe(true);
  });

  it('are ready again once a log that was away is back, however quiet it is', async () => {
    await note(log, 'a');
    log = failingReads(log, 1);
    let failures = 0;
    const it = await live(memory(), () => (failures += 1));
    while (failures === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    while (!it.state().ready) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(it.state().failure).toBeUndefined();
  });

  it('say so when a position is not reached in time', async () => {
    const it = await live(memory(noteProjection()));
    expect(await it.waitFor('99999999999999999999', 20)).toBe(false);
  });

  it('apply what gathers meanwhile in one go', async () => {
    const it = await live(memory(noteProjection()));
    await it.waitFor((await note(log, 'first')).position, 2_000);
    const before = codec.batches;
    const written = await Promise.all(Array.from({ length: 100 }, (_, n) => note(log, `n${n}`)));
    await it.waitFor(written[99]!.position, 2_000);
    expect(codec.batches - before).toBeLessThanOrEqual(3);
  });

  it('skip types nobody declares, and count them', async () => {
    const it = await live(memory(noteProjection()));
    await write(log, 'Unheard', {});
    const { position } = await note(log, 'a');
    await it.waitFor(position, 2_000);
    expect(it.state().skipped).toEqual({ Unheard: 1 });
  });

  it('stop at a failing event, keep what came before it, and go on once it is mended', async () => {
    const models = memory(noteProjection());
    let failed = (): void => undefined;
    const failure = new Promise<void>((resolve) => (failed = resolve));
    const it = await live(models, () => failed());
    await it.waitFor((await note(log, 'a')).position, 2_000);
    broken.at = 'c';
    const [, bad, last] = await Promise.all([note(log, 'b'), note(log, 'c'), note(log, 'd')]);
    await failure;
    expect(await noteIds(models)).toEqual(['a', 'b']);
    expect(it.state()).toMatchObject({ ready: false, failure: { at: bad!.position, type: 'NoteWritten' } });
    expect(await it.lag()).toBe(2);
    broken.at = '';
    expect(await it.waitFor(last!.position, 5_000)).toBe(true);
    expect(await noteIds(models)).toEqual(['a', 'b', 'c', 'd']);
    expect(it.state()).toMatchObject({ ready: true });
  });

  it('apply nothing twice when a commit is lost between the rows and the checkpoint', async () => {
    const models = memory(noteProjection());
    const apply = models.apply.bind(models);
    let crashes = 3;
    models.apply = async (facts, mark) => {
      // The rows are written, then the statement that moves the checkpoint throws.
      if (crashes-- > 0) return apply(facts, { ...mark, eventId: null as never });
      return apply(facts, mark);
    };
    const it = await live(models);
    const { position } = await note(log, 'a');
    expect(await it.waitFor(position, 5_000)).toBe(true);
    expect(await noteIds(models)).toEqual(['a']);
    expect(models.position()).toBe(position);
    expect(crashes).toBeLessThan(0);
  });

  it('rebuild while they serve: reads go on, writes arrive, nothing is missing', async () => {
    const models = memory(noteProjection());
    const it = await live(models);
    for (let n = 0; n < 450; n += 1) await note(log, `n${String(n).padStart(3, '0')}`);
    const rebuilt = it.rebuild();
    expect(it.state().rebuilding).toBe(true);
    const during = await note(log, 'o-during');
    expect(await it.waitFor(during.position, 2_000)).toBe(true);
    expect((await noteIds(models)).at(-1)).toBe('o-during');
    await rebuilt;
    const after = await note(log, 'p-after');
    await it.waitFor(after.position, 2_000);
    expect(await noteIds(models)).toHaveLength(452);
    expect(it.state()).toMatchObject({ ready: true, rebuilding: false });
  });

  it('switch to rebuilt rows only once these hold all that was readable', async () => {
    const models = memory(noteProjection());
    const it = await live(models);
    await it.waitFor((await note(log, 'a')).position, 2_000);
    const release = codec.holdNext();
    const rebuilt = it.rebuild();
    await new Promise((resolve) => setImmediate(resolve));
    await it.waitFor((await note(log, 'b')).position, 2_000);
    release();
    await rebuilt;
    expect(await noteIds(models)).toEqual(['a', 'b']);
  });

  it('do not apply again what rebuilt rows already hold', async () => {
    const models = memory(noteProjection());
    const it = await live(models);
    await it.waitFor((await note(log, 'a')).position, 2_000);
    const release = codec.holdNext();
    await note(log, 'b');
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    await note(log, 'c');
    await it.rebuild();
    const applied: unknown[] = [];
    const apply = models.apply.bind(models);
    models.apply = (facts, mark) => (applied.push(...facts.map(({ data }) => data)), apply(facts, mark));
    const after = await note(log, 'd');
    release();
    await it.waitFor(after.position, 2_000);
    expect(applied).toEqual([{ noteId: 'd', body: 'd' }]);
    expect(await noteIds(models)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('leave the same rows after a rebuild, versions and forgotten words included', async () => {
    const models = memory(noteProjection(), pledgeProjection);
    const it = await live(models);
    for (const said of ['one', 'two']) await write(log, 'WordSaid', { noteId: 'w', by: 'ada', said });
    await write(log, 'WordSaid', { noteId: 'v', by: 'bo', said: 'mine' });
    await write(log, 'Pledged', { pledgeId: 'p', by: 'ada', said: 'secret', rank: 1 });
    const erasure = await write(log, 'PersonalDataErased', { memberId: 'ada', keyId: 'member:ada' }, 'community-1');
    await it.waitFor(erasure.position, 2_000);
    const rows = [await read(models, words), await read(models, pledges)];
    expect(rows.flat()).toMatchObject([{ said: 'mine' }, { said: null }, { said: null }, { said: null }]);
    codec.forgotten.add('ada');
    await it.rebuild();
    expect([await read(models, words), await read(models, pledges)]).toEqual(rows);
  });

  it('stay forgotten when the rebuild happens before the key is destroyed', async () => {
    const models = memory(noteProjection());
    const it = await live(models);
    await write(log, 'WordSaid', { noteId: 'w', by: 'ada', said: 'one' });
    await write(log, 'PersonalDataErased', { memberId: 'ada', keyId: 'member:ada' }, 'community-1');
    const late = await write(log, 'WordSaid', { noteId: 'w', by: 'ada', said: 'two' });
    await it.waitFor(late.position, 2_000);
    await it.rebuild();
    expect(await read(models, words)).toMatchObject([{ said: null }, { said: null }]);
  });
});
