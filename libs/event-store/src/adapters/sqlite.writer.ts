import { performance } from 'node:perf_hooks';
import Database from 'better-sqlite3';
import type { Expected } from '../event-store.js';
import { codeOf, isBusy, messageOf } from './sqlite.errors.js';
import { judge } from './verdict.js';

/**
 * Appends for one transaction, all or some of them, as one text, which crosses to another thread at a third of the cost of its
 * fields. NUL separates them, which no field holds. For each append: stream, expected revision, number of events; then for each
 * event id, type, data, metadata.
 */
export type Appends = string;

export const SEPARATOR = '\0';
const HEAD = 3;
const CELLS = 4;

/** Two numbers for each append: last revision and place where it was written; the stream's last revision and 0 where it was stale. */
export type Results = readonly number[];

export interface Failure {
  readonly code: string;
  readonly message: string;
  /** Whether the group may nevertheless have been written. */
  readonly unknown: boolean;
  /** Whether the file can no longer be trusted to take writes. */
  readonly fatal: boolean;
}

/** `ms`: how long the disk needed to make the group durable. */
export type Outcome = { readonly results: Results; readonly ms: number } | { readonly failure: Failure };

const WAL_LIMIT_BYTES = 64 * 1024 * 1024;
const CHECKPOINT_PAGES = 4000;

/** Streams whose numbers are remembered. */
const MAX_NUMBERS = 50_000;

/** The one connection that writes. Every group is one transaction, durable when `commit` returns. */
export class SqliteWriter {
  private readonly numbers = new Map<string, number>();
  private place = 0;
  private results: number[] = [];
  private failure: Failure | undefined;
  private readonly statements;

  constructor(private readonly db: Database.Database) {
    this.statements = {
      begin: db.prepare('begin immediate'),
      commit: db.prepare('commit'),
      rollback: db.prepare('rollback'),
      insert: db.prepare<[number, number, number, string, string, string, string]>(
        'insert into events (position, stream, revision, id, type, data, meta) values (?, ?, ?, ?, ?, ?, ?)',
      ),
      nameStream: db
        .prepare<[string], number>(
          'insert into streams (number, name) select coalesce(max(number), 0) + 1, ? from streams returning number',
        )
        .pluck(),
      number: db.prepare<[string], number>('select number from streams where name = ?').pluck(),
      head: db.prepare<[], number>('select coalesce(max(position), 0) from events').pluck(),
      current: db.prepare<[number], number>('select coalesce(max(revision), -1) from events where stream = ?').pluck(),
      idAt: db.prepare<[number, number], string>('select id from events where stream = ? and revision = ?').pluck(),
      placeAt: db
        .prepare<[number, number], number>('select position from events where stream = ? and revision = ?')
        .pluck(),
    };
  }

  static open(file: string): SqliteWriter {
    const db = new Database(file);
    db.pragma('journal_mode = wal');
    db.pragma('synchronous = full');
    db.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    db.pragma(`journal_size_limit = ${WAL_LIMIT_BYTES}`);
    db.pragma('busy_timeout = 0');
    return new SqliteWriter(db);
  }

  /** Takes appends into the transaction. A stale one leaves no trace and spoils nobody's. */
  add(appends: Appends): void {
    if (this.failure !== undefined || appends === '') return;
    try {
      if (!this.db.inTransaction) this.begin();
      this.writeAll(appends.split(SEPARATOR));
    } catch (error) {
      this.fail(error, false);
    }
  }

  /** The last appends of the group, and its end: the answers to all of them in order, or one failure that took everything back. */
  commit(appends: Appends): Outcome {
    this.add(appends);
    const start = performance.now();
    try {
      if (this.db.inTransaction) this.statements.commit.run();
    } catch (error) {
      this.fail(error, true);
    }
    const ms = performance.now() - start;
    const outcome = this.failure === undefined ? { results: this.results, ms } : { failure: this.failure };
    this.failure = undefined;
    this.results = [];
    return outcome;
  }

  close(): void {
    if (!this.db.open) return;
    try {
      this.db.pragma('wal_checkpoint(truncate)');
    } finally {
      this.db.close();
    }
  }

  private begin(): void {
    this.statements.begin.run();
    this.place = this.statements.head.get()!;
  }

  private fail(error: unknown, ending: boolean): void {
    this.failure = failureOf(error, ending);
    this.numbers.clear();
    try {
      if (this.db.inTransaction) this.statements.rollback.run();
    } catch {
      this.failure = { ...this.failure, fatal: true };
    }
  }

  private writeAll(fields: readonly string[]): void {
    for (let at = 0; at < fields.length;) {
      const [name, expected, count] = fields.slice(at, (at += HEAD)) as [string, string, string];
      const cells = fields.slice(at, (at += Number(count) * CELLS));
      const [revision, place] = this.write(name, expectedOf(expected), cells);
      this.results.push(revision, place);
    }
  }

  /** For an exact revision the log's own trigger is the check: nothing is read before the first insert, and no savepoint is needed. */
  private write(name: string, expected: Expected, cells: readonly string[]): [number, number] {
    const known = this.numberOf(name);
    if (known === undefined && (typeof expected === 'number' || expected === 'exists')) return [-1, 0];
    const stream = known ?? this.nameStream(name);
    const exact = expected === 'none' ? 0 : typeof expected === 'number' ? expected + 1 : undefined;
    let from = exact ?? this.judged(stream, expected, cells);
    if (typeof from === 'number' && !this.insertFirst(stream, from, cells)) {
      from = this.judged(stream, expected, cells);
      if (typeof from === 'number') throw new Error(`${name} refuses its next event: the log is damaged`);
    }
    if (typeof from !== 'number') return from;
    const count = cells.length / CELLS;
    for (let ordinal = 1; ordinal < count; ordinal++) this.insert(stream, from + ordinal, cells, ordinal * CELLS);
    return [from + count - 1, this.place];
  }

  private insertFirst(stream: number, revision: number, cells: readonly string[]): boolean {
    try {
      this.insert(stream, revision, cells, 0);
      return true;
    } catch (error) {
      if (codeOf(error) === 'SQLITE_CONSTRAINT_TRIGGER' && this.db.inTransaction) return false;
      throw error;
    }
  }

  private insert(stream: number, revision: number, cells: readonly string[], at: number): void {
    const next = this.place + 1;
    this.statements.insert.run(next, stream, revision, cells[at]!, cells[at + 1]!, cells[at + 2]!, cells[at + 3]!);
    this.place = next;
  }

  /** The revision to write from; or the answer of an append that is stale or already there. */
  private judged(stream: number, expected: Expected, cells: readonly string[]): number | [number, number] {
    const current = this.statements.current.get(stream)!;
    const ids = cells.filter((_, at) => at % CELLS === 0);
    const verdict = judge(expected, current, ids, (revision) => this.statements.idAt.get(stream, revision));
    if (verdict.kind === 'write') return verdict.from;
    if (verdict.kind === 'stale') return [current, 0];
    return [verdict.last, this.statements.placeAt.get(stream, verdict.last)!];
  }

  private numberOf(name: string): number | undefined {
    const number = this.numbers.get(name) ?? this.statements.number.get(name);
    if (number !== undefined) this.remember(name, number);
    return number;
  }

  private nameStream(name: string): number {
    const number = this.statements.nameStream.get(name)!;
    this.remember(name, number);
    return number;
  }

  private remember(name: string, number: number): void {
    if (this.numbers.size >= MAX_NUMBERS) this.numbers.clear();
    this.numbers.set(name, number);
  }
}

function expectedOf(text: string): Expected {
  return text === 'none' || text === 'exists' || text === 'any' ? text : Number(text);
}

function failureOf(error: unknown, ending: boolean): Failure {
  // While another process holds the lock nothing was begun, and the next group may pass.
  return { code: codeOf(error) || 'UNEXPECTED', message: messageOf(error), unknown: ending, fatal: !isBusy(error) };
}
