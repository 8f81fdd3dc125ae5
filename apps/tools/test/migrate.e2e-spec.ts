import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { chainHash, genesis, type StoredEvent } from '@app/event-store';
import { EventStoreDbStore, lockDataDir, SqliteCheckpointStore, SqliteEventStore } from '@app/event-store/adapters';
import { StandIn } from '@app/event-store/testing';
import { openTestIdentity } from '@app/identity/testing';
import { newId } from '@app/kernel';
import { TestPostgres } from '@app/postgres/testing';
import { SqliteVault } from '@app/vault/adapters';
import Database from 'better-sqlite3';
import { run } from '../src/moving/migrate.js';

const folder = mkdtempSync(join(tmpdir(), 'ronde-migrate-'));
const at = (name: string): string => join(folder, name);
const here = `sqlite:${at('here')}`;
const EVENTS = 3_000;
let standIn: StandIn;
let said: string[] = [];

beforeAll(async () => {
  for (const name of ['log', 'error'] as const)
    jest.spyOn(console, name).mockImplementation((line: unknown) => void said.push(String(line)));
  standIn = await StandIn.start();
  await fill(at('here'));
});
afterAll(async () => {
  jest.restoreAllMocks();
  await standIn.stop();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  said = [];
});

/** A log of so many events that take turns in thirty streams. */
async function fill(data: string): Promise<void> {
  mkdirSync(data);
  const store = await SqliteEventStore.open({ file: join(data, 'log.db') });
  const ends = new Map<string, { revision: number; hash: string }>();
  const writing: Promise<unknown>[] = [];
  for (let number = 0; number < EVENTS; number++) {
    const stream = `note-n${number % 30}`;
    const end = ends.get(stream) ?? { revision: -1, hash: genesis(stream) };
    const bare = { id: newId(), type: 'Noted', data: { number, été: '🌱' }, meta: { community: 'k1', v: '1' } };
    const [revision, expected] = [end.revision + 1, end.revision < 0 ? ('none' as const) : end.revision];
    const hash = chainHash(end.hash, { ...bare, stream, revision });
    writing.push(store.append(stream, [{ ...bare, meta: { ...bare.meta, hash } }], expected));
    ends.set(stream, { revision, hash });
  }
  await Promise.all(writing);
  await store.close();
}

function rowsOf(data: string): unknown[] {
  const db = new Database(join(data, 'log.db'), { readonly: true });
  const rows = db.prepare('select events.*, name from events join streams on number = stream order by position').all();
  db.close();
  return rows;
}

async function onServer(): Promise<StoredEvent[]> {
  const store = await EventStoreDbStore.open({ url: standIn.url });
  const events: StoredEvent[] = [];
  for (let after: string | undefined, end = false; !end;) {
    const page = await store.readAll({ after, max: 1_000 });
    events.push(...page.events);
    ({ next: after, end } = page);
  }
  await store.close();
  return events;
}

/** The verb as a process of its own, which gets a signal as soon as it has said this. */
function spawned(words: readonly string[], signal: NodeJS.Signals, once: string) {
  const main = 'dist/apps/tools/apps/tools/src/main.js';
  const child = spawn(process.execPath, [main, 'migrate', ...words], { env: { ...process.env, NODE_OPTIONS: '' } });
  let text = '';
  for (const pipe of [child.stdout, child.stderr])
    pipe.on('data', (more: Buffer) => {
      const before = text.includes(once);
      text += more.toString();
      if (!before && text.includes(once)) child.kill(signal);
    });
  return new Promise<{ code: number | null; text: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, text })),
  );
}

describe('a log that moves', () => {
  it('goes to EventStoreDB however often the copy is killed, and comes back the same to the byte', async () => {
    const there = ['--from', here, '--to', standIn.url];
    let reached = 0;
    for (let kill = 0; kill < 5; kill++) {
      expect(await spawned(there, 'SIGKILL', 'copying')).toMatchObject({ code: null });
      const { length } = await onServer();
      expect(length).toBeGreaterThan(reached);
      reached = length;
    }
    expect(reached).toBeLessThan(EVENTS);
    const stopped = await spawned(there, 'SIGTERM', 'copying');
    expect(stopped).toMatchObject({ code: 1, text: expect.stringContaining('the same command goes on') as string });
    expect([await run([...there, '--verify-only']), said.at(-1)]).toEqual([1, expect.stringContaining('copy again')]);
    expect([await run(there), said]).toEqual([0, expect.anything()]);
    expect(said.find((line) => line.startsWith('The two logs'))).toMatch(/: 3000 events \(\d{3,4} written now\)/);
    const positions = rowsOf(at('here')) as { position: number; id: string }[];
    expect((await onServer()).map(({ id }) => id)).toEqual(positions.map(({ id }) => id));

    const back = ['--from', standIn.url, '--to', `sqlite:${at('back')}`];
    expect(await spawned(back, 'SIGKILL', 'copying')).toMatchObject({ code: null });
    expect([await run(back), said]).toEqual([0, expect.anything()]);
    expect(rowsOf(at('back'))).toEqual(rowsOf(at('here')));
    expect(await run(['--from', here, '--to', `sqlite:${at('back')}`, '--verify-only'])).toBe(0);
  });

  it('takes accounts, keys and the places of the policies to a desk in PostgreSQL, and back', async () => {
    const postgres = await TestPostgres.start();
    try {
      const url = await postgres.database();
      const { identity, desk } = await openTestIdentity({ file: join(at('here'), 'desk.db') });
      const accountId = await identity.createAccount({
        name: 'Zoé',
        email: 'zoe@ronde.test',
        password: 'correct horse battery',
      });
      const vault = new SqliteVault({ database: desk, masterKeyFile: at('master-key') });
      const key = await vault.ensure('member:zoe');
      desk.close();
      const checkpoints = new SqliteCheckpointStore(join(at('here'), 'desk.db'));
      const places = new Map([['when-noted-then-tell', '7'.padStart(20, '0')]]);
      await checkpoints.save(places);
      checkpoints.close();

      const there = ['--from', here, '--to', standIn.url, '--desk', here, '--to-desk', url];
      for (const keys of [2, 0]) {
        expect([await run(there), said]).toEqual([0, expect.anything()]);
        expect(said.slice(-2)).toEqual([expect.stringContaining(`${keys} keys`), expect.stringContaining('1 go on')]);
      }
      const back = `sqlite:${at('back')}`;
      expect([await run(['--from', standIn.url, '--to', back, '--desk', url, '--to-desk', back]), said]).toEqual([
        0,
        expect.anything(),
      ]);
      const moved = await openTestIdentity({ file: join(at('back'), 'desk.db') });
      expect(await moved.identity.account(accountId)).toMatchObject({ name: 'Zoé' });
      const again = new SqliteVault({ database: moved.desk, masterKeyFile: at('master-key') });
      expect([await again.ensure('member:zoe'), again.publicKey()]).toEqual([key, vault.publicKey()]);
      moved.desk.close();
      const other = new SqliteCheckpointStore(join(at('back'), 'desk.db'));
      expect(await other.load()).toEqual(places);
      other.close();
    } finally {
      await postgres.dispose();
    }
  });

  it('does not take a desk to one that is in use', async () => {
    const mine = await openTestIdentity({ file: join(folder, 'desk.db') }); // another installation's
    new SqliteVault({ database: mine.desk, masterKeyFile: at('other-key') });
    mine.desk.close();
    const words = ['--from', here, '--to', standIn.url, '--desk', here, '--to-desk', `sqlite:${folder}`];
    expect([await run(words), said.at(-1)]).toEqual([1, expect.stringContaining('has keys of its own')]);
  });
});

describe('what cannot be done', () => {
  it.each<[string, () => string[], RegExp]>([
    ['no words', () => [], /--from and --to are both needed/],
    ['a strange option', () => ['--form', here], /Unknown option '--form'/],
    ['one folder', () => ['--from', here, '--to', `${here}/../here`], /one folder/],
    ['two servers', () => ['--from', 'esdb://a:1', '--to', 'esdb://b:1'], /both an event store/],
    ['words that are no places', () => ['--from', 'foo', '--to', 'bar'], /"foo" is not of the form/],
    ['no folder', () => ['--from', `sqlite:${at('none')}`, '--to', standIn.url], /there is no log\.db in it/],
    ['a file', () => ['--from', `sqlite:${at('file')}`, '--to', standIn.url], /name the folder/],
    [
      'a place of another kind',
      () => ['--from', here, '--to', 'http://a:secret@b'],
      /"http:\/\/…@b" is not of the form/,
    ],
    ['a URL that cannot be followed', () => ['--from', here, '--to', 'esdb://a:secret@b?tls=false'], /tls=false/],
    ['no desk', () => ['--from', here, '--to', standIn.url, '--desk', `sqlite:${at('none')}`], /there is no desk\.db/],
    ['half a desk', () => ['--from', here, '--to', standIn.url, '--to-desk', here], /--to-desk needs --desk/],
  ])('is told in words, with exit code 2: %s', async (_, words, wanted) => {
    writeFileSync(at('file'), '');
    expect(await run(words())).toBe(2);
    expect(said.join('\n')).toMatch(wanted);
    expect(said.join('\n')).not.toContain('secret');
  });

  it('is a folder in use, as source, target or desk', async () => {
    const lock = lockDataDir(at('here'));
    try {
      for (const words of [
        ['--from', here, '--to', `sqlite:${at('new')}`],
        ['--from', `sqlite:${at('back')}`, '--to', here],
        ['--from', `sqlite:${at('back')}`, '--to', `sqlite:${at('new')}`, '--desk', here],
      ]) {
        expect(await run(words)).toBe(1);
        expect(said.at(-1)).toBe(
          `migrate: ${at('here')} is in use by another process: stop it, or choose another DATA_DIR`,
        );
      }
    } finally {
      lock.release();
    }
  });

  it('is a target that holds something else', async () => {
    const other = at('other');
    mkdirSync(other);
    const store = await SqliteEventStore.open({ file: join(other, 'log.db') });
    await store.append('note-n0', [{ id: newId(), type: 'Noted', data: {}, meta: {} }], 'none');
    await store.close();
    expect(await run(['--from', here, '--to', `sqlite:${other}`])).toBe(1);
    expect(said.at(-1)).toMatch(/not a copy of the source. First difference, event 1 of the log/);
    expect(rowsOf(other)).toHaveLength(1);
  });

  it('waits no longer than it must for a server that is away', async () => {
    await standIn.kill();
    expect(await run(['--from', here, '--to', standIn.url])).toBe(1);
    expect(said.at(-1)).toMatch(/does not answer.*the same command goes on from there/);
    await standIn.restart();
  });
});
