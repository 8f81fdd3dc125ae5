import { closeSync, copyFileSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { events, newStream } from '../contract/clause.js';
import { compileAdapters } from '../contract/compiled.js';
import { CorruptLog } from '../errors.js';
import type { StoredEvent } from '../event-store.js';
import { positionOf } from './position.js';
import { SqliteEventStore } from './sqlite.js';
import { SCHEMA } from './sqlite.schema.js';
import { examine } from './sqlite.thread.js';

let directory: string;
let sound: string;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'ronde-log-'));
  sound = join(directory, 'sound.db');
  const store = await SqliteEventStore.open({ file: sound });
  const [one, other] = [newStream('one'), newStream('other')];
  await store.append(one, events(4), 'none');
  await store.append(other, events(4), 'none');
  await store.append(one, events(4), 3);
  await store.close();
});

afterAll(() => rmSync(directory, { recursive: true }));

const EXCHANGED = `update events set revision = -2 where position = 2;
  update events set revision = 1 where position = 3;
  update events set revision = 2 where position = 2`;

/** A copy of the sound log, changed behind its back: triggers come off, and are put back. */
function tampered(name: string, sql: string): string {
  const file = join(directory, `${name.replace(/\W/g, '-')}.db`);
  copyFileSync(sound, file);
  const db = new Database(file);
  db.pragma('foreign_keys = off');
  const triggers = Object.entries(SCHEMA).filter(([, statement]) => statement.startsWith('CREATE TRIGGER'));
  for (const [trigger] of triggers) db.exec(`drop trigger ${trigger}`);
  db.exec(sql);
  const there = new Set(db.prepare('select name from sqlite_schema').pluck().all());
  for (const [, statement] of triggers) if (there.has(statement.match(/ on (\w+)/)![1]!)) db.exec(statement);
  db.close();
  return file;
}

async function check(file: string, after?: number): Promise<void> {
  const store = await SqliteEventStore.open({ file });
  try {
    store.checkIntegrity({ after: after === undefined ? undefined : positionOf(after) });
  } finally {
    await store.close();
  }
}

async function corruption(found: Promise<unknown>): Promise<string> {
  const error: unknown = await found.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(CorruptLog);
  return (error as CorruptLog).message;
}

describe('the integrity of a log', () => {
  it('is silent about a sound one, from any place on', async () => {
    for (const after of [undefined, 0, 5, 12]) await check(sound, after);
    expect(await examine(sound)).toEqual([]);
  });

  it.each([
    ['an event removed', 'delete from events where position = 6', /no event at position 0+6$/],
    ['the first event removed', 'delete from events where position = 1', /no event at position 0+1$/],
    ['its end cut off', 'delete from events where position > 10', /no event at position 0+11: its end was cut off$/],
    ['everything removed', 'delete from events', /no event at position 0+1: its end was cut off$/],
    [
      'a revision changed',
      'update events set revision = 9 where position = 7',
      /^other-.+ revision 9 at position 0+7 /,
    ],
    ['two revisions exchanged', EXCHANGED, /^one-.+ revision 2 at position 0+2 /],
    ['an event in a nameless stream', 'update events set stream = 9 where position = 12', /without a name.+ 0+12 /],
  ])('names the first broken place: %s', async (name, sql, message) => {
    expect(await corruption(check(tampered(name, sql)))).toMatch(message);
  });

  it('looks no further back than it is asked', async () => {
    const file = tampered('early', 'update events set revision = 9 where position = 2');
    await check(file, 4);
    expect(await corruption(check(file, 1))).toMatch(/position 0+2 /);
    expect(await corruption(check(sound, 13))).toMatch(/ends at 0+12, before 0+13/);
  });

  it.each([
    ['another program', `update header set application = 'other'`, /its header names other$/],
    ['a later format', 'update header set format = 2', /has format 2; this program reads format 1$/],
    ['no header', 'delete from header', /its header names nothing$/],
    ['no header table', 'drop table header', /is not a log: it has no header$/],
    ['a foreign table', 'create table guests (name text)', /"guests" does not belong to a log$/],
  ])('is refused at open: %s', async (name, sql, message) => {
    expect(await corruption(check(tampered(name, sql)))).toMatch(message);
  });

  it('is refused at open: a trigger missing, or weakened', async () => {
    const file = tampered('trigger', 'select 1');
    const db = new Database(file);
    db.exec('drop trigger events_remain');
    expect(await corruption(check(file))).toMatch(/"events_remain" is missing$/);
    db.exec('create trigger events_remain before delete on events when 0 begin select 1; end');
    db.close();
    expect(await corruption(check(file))).toMatch(/"events_remain" is not as this program wrote it$/);
  });

  it('is refused at open, and left as it is: the database of another program', async () => {
    const file = join(directory, 'foreign.db');
    const db = new Database(file);
    db.exec('create table guests (name text)');
    expect(await corruption(check(file))).toMatch(/is not a log/);
    expect(db.pragma('journal_mode', { simple: true })).toBe('delete');
    db.close();
  });

  it('is refused at open: a file that is no database', async () => {
    const file = join(directory, 'text.db');
    writeFileSync(file, 'Dear diary, '.repeat(1000));
    expect(await corruption(check(file))).toMatch(/not a database/);
    expect((await examine(file)).join()).toMatch(/not a database/);
  });

  it('is said of a read: an event that is not JSON', async () => {
    const store = await SqliteEventStore.open({
      file: tampered('cut', `update events set data = '{' where position = 3`),
    });
    const message = /^one-.+ revision 2 at position 0+3 is not JSON$/;
    expect(await corruption(store.readAll({ max: 100 }))).toMatch(message);
    const [{ stream }] = (await store.readAll({ max: 1 })).events as [StoredEvent];
    expect(await corruption(store.readStream(stream, { max: 100 }))).toMatch(message);
    await store.close();
  });

  it('is said of a read: a damaged page', async () => {
    const file = join(directory, 'damaged.db');
    const written = await SqliteEventStore.open({ file });
    for (let streams = 0; streams < 60; streams++) await written.append(newStream(), events(4), 'none');
    await written.close();
    const db = new Database(file);
    const leaf = `select pageno from dbstat where name = 'events' and pagetype = 'leaf' order by path limit 1`;
    const page = db.prepare(leaf).pluck().get() as number;
    const size = db.pragma('page_size', { simple: true }) as number;
    db.close();
    const handle = openSync(file, 'r+');
    writeSync(handle, Buffer.alloc(size, 0xff), 0, size, size * (page - 1));
    closeSync(handle);
    const store = await SqliteEventStore.open({ file });
    expect(await corruption(store.readAll({ max: 100 }))).toMatch(/damaged\.db: database disk image is malformed$/);
    await store.close();
  });

  it('is examined in the background, in a thread of its own', async () => {
    const compiled = compileAdapters();
    try {
      const file = tampered('page', 'select 1');
      const worker = compiled.url('sqlite.worker.js');
      expect(await examine(file, worker)).toEqual([]);
      const handle = openSync(file, 'r+');
      writeSync(handle, Buffer.alloc(600, 0xff), 0, 600, 4096 * 3 + 8);
      closeSync(handle);
      expect((await examine(file, worker)).length).toBeGreaterThan(0);
    } finally {
      compiled.remove();
    }
  });
});
