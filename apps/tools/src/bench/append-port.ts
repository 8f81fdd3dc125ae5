import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NewEvent } from '@app/event-store';
import { SqliteEventStore } from '@app/event-store/adapters';
import { newId, streamOf } from '@app/kernel';
import Database from 'better-sqlite3';

export const WRITERS = 64;

/**
 * One way of making 64 writers' events durable. Every writer waits for its event before the next, and writes to a stream of its
 * own, a new one in each round: streams are short-lived, as proposals are.
 */
export interface Contender {
  /** Makes `each` events for every writer; what it answers writes them, and is what the clock measures. */
  prepare(each: number): () => Promise<void>;
  close(): Promise<void>;
}

/** Opens a contender on files of its own in a directory that is removed afterwards. */
export type OpenContender = (directory: string) => Promise<Contender>;

export interface Standing {
  readonly name: string;
  /** Events a second, the median of the rounds. */
  readonly rate: number;
}

export interface AppendReport {
  readonly standings: readonly Standing[];
  /** The bare port against better-sqlite3 committing each append alone: at least 6. */
  readonly portToSingle: number;
  /** The bare port against raw better-sqlite3 with 64 inserts a transaction: at least 0.7. */
  readonly portToBatch: number;
  /** Each further contender against both, by its name. */
  readonly others: Readonly<Record<string, { readonly toSingle: number; readonly toBatch: number }>>;
}

const ROUNDS = 15;
/** Events a writer appends in a round; fewer for the slow one, so that rounds last about as long. */
const EACH = { single: 4, grouped: 32 };

/**
 * 64 durable writers, events of about 500 bytes, every contender in turn for several short rounds in one run, so that whatever else
 * the machine does falls on all of them. Ratios are medians of each round's ratio.
 */
export async function benchAppend(others: Readonly<Record<string, OpenContender>> = {}): Promise<AppendReport> {
  const directory = await mkdtemp(join(tmpdir(), 'ronde-bench-'));
  const contenders = new Map<string, Contender>();
  const rates = new Map<string, number[]>();
  try {
    for (const [name, open] of Object.entries({ single, batch, port, ...others })) {
      contenders.set(name, await open(directory));
      rates.set(name, []);
    }
    for (const contender of contenders.values()) await contender.prepare(EACH.single)();
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, contender] of contenders) rates.get(name)!.push(await rateOf(name, contender));
    }
    return reportOf(rates, Object.keys(others));
  } finally {
    for (const contender of contenders.values()) await contender.close();
    await rm(directory, { recursive: true });
  }
}

async function rateOf(name: string, contender: Contender): Promise<number> {
  const each = name === 'single' ? EACH.single : EACH.grouped;
  const write = contender.prepare(each);
  const start = performance.now();
  await write();
  return (WRITERS * each * 1000) / (performance.now() - start);
}

function reportOf(rates: ReadonlyMap<string, readonly number[]>, others: readonly string[]): AppendReport {
  const ratio = (a: string, b: string): number =>
    median(rates.get(a)!.map((rate, round) => rate / rates.get(b)![round]!));
  return {
    standings: [...rates].map(([name, all]) => ({ name, rate: median(all) })),
    portToSingle: ratio('port', 'single'),
    portToBatch: ratio('port', 'batch'),
    others: Object.fromEntries(
      others.map((name) => [name, { toSingle: ratio(name, 'single'), toBatch: ratio(name, 'batch') }]),
    ),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}

/** An event as a consent is: about 500 bytes of data and metadata as JSON, and no two alike. */
export function sampleEvent(): NewEvent {
  const id = newId();
  const text = { keyId: newId(), iv: 'c2l4dGVlbiBieXRlcw', text: id.repeat(2), tag: 'c2l4dGVlbiBieXRlcw' };
  return {
    id,
    type: 'ConsentGiven',
    data: { roundId: newId(), by: newId(), channel: 'own', reason: text },
    meta: {
      community: newId(),
      actor: newId(),
      command: 'GiveConsent',
      commandId: id,
      v: '1',
      recordedAt: '2026-11-20T19:30:00.000Z',
    },
  };
}

/** New streams, one for each writer, and turn by turn the events they write. */
function work(each: number): { readonly streams: readonly string[]; readonly turns: readonly (readonly NewEvent[])[] } {
  return {
    streams: Array.from({ length: WRITERS }, () => streamOf('proposal', newId())),
    turns: Array.from({ length: each }, () => Array.from({ length: WRITERS }, sampleEvent)),
  };
}

const RAW = `create table events (position integer primary key autoincrement, stream text not null, revision integer not null,
  id text not null, type text not null, data text not null, meta text not null, unique (stream, revision)) strict`;

function openRaw(file: string) {
  const db = new Database(file);
  db.pragma('journal_mode = wal');
  db.pragma('synchronous = full');
  db.exec(RAW);
  const insert = db.prepare('insert into events (stream, revision, id, type, data, meta) values (?, ?, ?, ?, ?, ?)');
  const insertAll = (streams: readonly string[], revision: number, events: readonly NewEvent[]): void =>
    events.forEach(({ id, type, data, meta }, writer) => {
      insert.run(streams[writer], revision, id, type, JSON.stringify(data), JSON.stringify(meta));
    });
  return { db, insertAll, close: async () => void db.close() };
}

/** better-sqlite3 with every append its own transaction. */
async function single(directory: string): Promise<Contender> {
  const { insertAll, close } = openRaw(join(directory, 'single.db'));
  const prepare = (each: number) => {
    const { streams, turns } = work(each);
    return async () => turns.forEach((events, revision) => insertAll(streams, revision, events));
  };
  return { prepare, close };
}

/** better-sqlite3 with 64 inserts a transaction and nothing else. */
async function batch(directory: string): Promise<Contender> {
  const { db, insertAll, close } = openRaw(join(directory, 'batch.db'));
  const transaction = db.transaction(insertAll);
  const prepare = (each: number) => {
    const { streams, turns } = work(each);
    return async () => turns.forEach((events, revision) => transaction.immediate(streams, revision, events));
  };
  return { prepare, close };
}

/** The event store's port, as everybody calls it. */
async function port(directory: string): Promise<Contender> {
  const store = await SqliteEventStore.open({ file: join(directory, 'port.db') });
  const prepare = (each: number) => {
    const { streams, turns } = work(each);
    const write = async (stream: string, writer: number): Promise<void> => {
      for (const [revision, events] of turns.entries()) {
        await store.append(stream, [events[writer]!], revision === 0 ? 'none' : revision - 1);
      }
    };
    return async () => void (await Promise.all(streams.map(write)));
  };
  return { prepare, close: () => store.close() };
}
