import Database from 'better-sqlite3';
import { StoreClosed } from '../errors.js';
import {
  type Appended,
  EventStore,
  type Expected,
  type Item,
  type NewEvent,
  type Page,
  type Position,
  type StoredEvent,
} from '../event-store.js';
import { type CheckedAppend, checkedAppend } from './checked-append.js';
import { Doorbell } from './doorbell.js';
import { GroupCommit } from './group-commit.js';
import { checkRange, subscribeByPages } from './paging.js';
import { comparePositions, placeOf, positionOf } from './position.js';
import { asCorrupt } from './sqlite.errors.js';
import { checkContiguity, checkHeader, prepareLog } from './sqlite.integrity.js';
import { type Row, storedEvent } from './sqlite.row.js';
import { Tail } from './sqlite.tail.js';
import { type Committer, examine, startCommitter } from './sqlite.thread.js';
import type { Results } from './sqlite.writer.js';

export interface SqliteOptions {
  /** The log's file; its directory exists. Made when missing. */
  readonly file: string;
  /** The log can no longer be written: every append is refused from now on, and the process had better end. */
  readonly onFatal?: (error: Error) => void;
  /** The compiled worker file, where it is not beside this one. */
  readonly worker?: URL;
  /** In place of a thread with the writer. */
  readonly committer?: Committer;
}

const COLUMNS = 'position, name, revision, id, type, data, meta from events join streams on number = stream';
/** Events looked at for one page when a filter leaves most of them out. */
const WINDOW = 5000;
const READ_CACHE_KIB = 16_000;

/**
 * The log in one SQLite file: a thread writes (durable when acknowledged, in groups), this thread reads in short statements.
 * One process owns the file (see lockDataDir); positions are dense and in commit order.
 */
export class SqliteEventStore extends EventStore {
  private readonly doorbell = new Doorbell();
  private readonly appends: GroupCommit;
  private readonly pages = new Map<number, Database.Statement<(number | string)[], Row>>();
  private readonly lastPlace;
  private readonly tail: Tail;
  private readonly forwards;
  private readonly backwards;
  private closed = false;

  private constructor(
    private readonly file: string,
    private readonly reader: Database.Database,
    private readonly options: SqliteOptions,
    committer: Committer,
  ) {
    super();
    const onFatal = options.onFatal ?? (() => undefined);
    this.appends = new GroupCommit(committer, (appends, results) => this.committed(appends, results), onFatal);
    this.lastPlace = reader.prepare<[], number>('select coalesce(max(position), 0) from events').pluck();
    this.tail = new Tail(this.lastPlace.get()!);
    const ofStream = (order: string): Database.Statement<[string, number, number], Row> =>
      reader.prepare<[string, number, number], Row>(`select ${COLUMNS} where name = ? and ${order} limit ?`).raw();
    this.forwards = ofStream('revision >= ? order by revision');
    this.backwards = ofStream('revision <= ? order by revision desc');
  }

  /** Opens the log, making it when the file is missing or empty. A file that is not a log, or not of this format, is a CorruptLog. */
  static async open(options: SqliteOptions): Promise<SqliteEventStore> {
    const { file, worker, committer } = options;
    prepareLog(file);
    const reader = new Database(file, { readonly: true, fileMustExist: true });
    reader.pragma(`cache_size = -${READ_CACHE_KIB}`);
    return new SqliteEventStore(file, reader, options, committer ?? startCommitter(file, worker));
  }

  /** How many subscriptions wait for the next event. */
  get listeners(): number {
    return this.doorbell.listeners;
  }

  async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended> {
    return this.appends.append(checkedAppend(stream, events, expected));
  }

  async readStream(
    stream: string,
    options: { from?: number; backwards?: boolean; max: number },
  ): Promise<readonly StoredEvent[]> {
    this.checkOpen();
    checkRange(options);
    const { from, backwards, max } = options;
    return this.sound(() => {
      const rows = backwards
        ? this.backwards.all(stream, from ?? Number.MAX_SAFE_INTEGER, max)
        : this.forwards.all(stream, from ?? 0, max);
      return Array.from(rows, storedEvent);
    });
  }

  async readAll(options: { after?: Position; max: number; prefixes?: readonly string[] }): Promise<Page> {
    return this.sound(() => this.page(options));
  }

  subscribe(options: { after?: Position; prefixes?: readonly string[]; signal: AbortSignal }): AsyncIterable<Item> {
    const { doorbell } = this;
    return subscribeByPages(
      { doorbell, closed: () => this.closed, read: (from) => this.sound(() => this.page(from)) },
      options,
    );
  }

  async head(): Promise<Position | undefined> {
    this.checkOpen();
    const place = this.lastPlace.get()!;
    return place === 0 ? undefined : positionOf(place);
  }

  compare(a: Position, b: Position): number {
    return comparePositions(a, b);
  }

  /** What was accepted is committed first; subscriptions end with StoreClosed. */
  async close(): Promise<void> {
    this.closed = true;
    this.doorbell.ring();
    await this.appends.close();
    this.reader.close();
  }

  /** For the start: header, schema and triggers, then contiguity after a position known to be sound. Throws CorruptLog. */
  checkIntegrity(options: { after?: Position } = {}): void {
    this.checkOpen();
    this.sound(() => {
      checkHeader(this.reader, this.file);
      checkContiguity(this.reader, placeOf(options.after));
    });
  }

  /** For the background: SQLite examines the whole file in a thread of its own. The problems found, none when it is sound. */
  async examine(): Promise<readonly string[]> {
    this.checkOpen();
    return examine(this.file, this.options.worker);
  }

  private committed(appends: readonly CheckedAppend[], results: Results): void {
    appends.forEach((append, at) => this.tail.committed(append, results[2 * at]!, results[2 * at + 1]!));
    this.doorbell.ring();
  }

  private page({ after, max, prefixes }: { after?: Position; max: number; prefixes?: readonly string[] }): Page {
    this.checkOpen();
    checkRange({ max });
    const from = placeOf(after);
    const newest = prefixes === undefined ? this.tail.after(from, max) : undefined;
    if (newest !== undefined) {
      const { position } = newest[newest.length - 1]!;
      return { events: newest, next: position, end: placeOf(position) === this.tail.end };
    }
    const head = this.lastPlace.get()!;
    if (head <= from) return { events: [], next: after, end: true };
    const to = Math.min(head, from + Math.max(max, WINDOW));
    const wanted = prefixes ?? [];
    const rows =
      prefixes?.length === 0
        ? []
        : this.pageOf(wanted.length).all(from, to, ...wanted.flatMap((prefix) => [prefix, prefix]), max);
    const last = rows.length === max ? rows[max - 1]![0] : to;
    return { events: Array.from(rows, storedEvent), next: positionOf(last), end: last === head };
  }

  private pageOf(prefixes: number): Database.Statement<(number | string)[], Row> {
    let page = this.pages.get(prefixes);
    if (page === undefined) {
      const matches = Array.from({ length: prefixes }, () => 'substr(name, 1, length(?)) = ?');
      const filter = prefixes === 0 ? '' : `and (${matches.join(' or ')})`;
      page = this.reader
        .prepare<(number | string)[], Row>(
          `select ${COLUMNS} where position > ? and position <= ? ${filter} order by position limit ?`,
        )
        .raw();
      this.pages.set(prefixes, page);
    }
    return page;
  }

  /** What SQLite says of a damaged file is said as CorruptLog: a reader must not take it for something that passes. */
  private sound<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw asCorrupt(error, this.file);
    }
  }

  private checkOpen(): void {
    if (this.closed) throw new StoreClosed('the store is closed');
  }
}
