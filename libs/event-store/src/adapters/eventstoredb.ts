import { OutcomeUnknown, StaleRevision, StoreClosed, StoreUnavailable } from '../errors.js';
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
import { Appends } from './eventstoredb.appends.js';
import { type Connection, connectionTo, leave } from './eventstoredb.client.js';
import {
  type Attempt,
  type Operation,
  patiently,
  type PatienceOptions,
  type StoreObserver,
} from './eventstoredb.patience.js';
import { checkPosition, comparePositions } from './eventstoredb.position.js';
import { logRequest, readEvents, streamRequest } from './eventstoredb.reads.js';
import { subscription } from './eventstoredb.subscription.js';
import { parseStoreUrl } from './eventstoredb.url.js';
import { checkRange } from './paging.js';
import { judge, RECENT } from './verdict.js';

export interface EventStoreDbOptions {
  /** `esdb://…`, see parseStoreUrl. */
  readonly url: string;
  /** How long one attempt waits for an answer, in milliseconds, where the URL has no `defaultDeadline`: 5,000. */
  readonly attemptMs?: number;
  /** How long a call goes on trying, in milliseconds: 10,000. It is answered or refused within this time. */
  readonly totalMs?: number;
  readonly observer?: StoreObserver;
}

const ATTEMPT_MS = 5_000;
const TOTAL_MS = 10_000;
/** Events looked at for one page when a filter leaves most of them out. */
const WINDOW = 1_000;

/**
 * The log in EventStoreDB or KurrentDB, for several processes at once. It opens whether or not a server is there: calls are answered, or
 * refused as StoreUnavailable or OutcomeUnknown in bounded time, and go through once the server is back.
 */
export class EventStoreDbStore extends EventStore {
  private readonly appends: Appends;
  private readonly closing = new AbortController();
  private readonly patience: PatienceOptions;
  private readonly underWay = new Set<Promise<unknown>>();
  private closed: Promise<void> | undefined;

  private constructor(
    private readonly connection: Connection,
    options: Omit<PatienceOptions, 'closing'>,
  ) {
    super();
    this.appends = new Appends(connection);
    this.patience = { ...options, closing: this.closing.signal };
  }

  /** Throws InvalidStoreUrl. A process has one server: a second one is refused while the first is open. */
  static async open({
    url,
    attemptMs,
    totalMs = TOTAL_MS,
    observer = {},
  }: EventStoreDbOptions): Promise<EventStoreDbStore> {
    const settings = parseStoreUrl(url);
    const attempt = settings.numbers.defaultDeadline ?? attemptMs ?? ATTEMPT_MS;
    return new EventStoreDbStore(connectionTo(settings), { attemptMs: attempt, totalMs, observer });
  }

  async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended> {
    this.checkOpen();
    const append = checkedAppend(stream, events, expected);
    return this.tracked('append', (timeoutMs, unsure) =>
      unsure && typeof expected === 'string' && expected !== 'none'
        ? this.appendAgain(append, timeoutMs)
        : this.sent(append, expected, timeoutMs),
    );
  }

  async readStream(
    stream: string,
    options: { from?: number; backwards?: boolean; max: number },
  ): Promise<readonly StoredEvent[]> {
    this.checkOpen();
    checkRange(options);
    return this.tracked('read', (timeoutMs) => this.read(stream, options, timeoutMs));
  }

  async readAll(options: { after?: Position; max: number; prefixes?: readonly string[] }): Promise<Page> {
    this.checkOpen();
    checkRange({ max: options.max });
    if (options.after !== undefined) checkPosition(options.after);
    return this.tracked('read', (timeoutMs) => this.page(options, timeoutMs));
  }

  subscribe(options: { after?: Position; prefixes?: readonly string[]; signal: AbortSignal }): AsyncIterable<Item> {
    const { connection, patience } = this;
    const { observer, attemptMs, closing } = patience;
    return subscription({ connection, head: () => this.head(), observer, attemptMs, closing }, options);
  }

  async head(): Promise<Position | undefined> {
    this.checkOpen();
    return this.tracked('read', async (timeoutMs) => {
      let head: Position | undefined;
      await readEvents(this.connection, logRequest({ backwards: true, max: 1 }), timeoutMs, ({ position }) => {
        head = position;
        return false;
      });
      return head;
    });
  }

  compare(a: Position, b: Position): number {
    return comparePositions(a, b);
  }

  /** What was begun is finished first, without further attempts; subscriptions end with StoreClosed. */
  close(): Promise<void> {
    this.closed ??= this.shut();
    return this.closed;
  }

  private async shut(): Promise<void> {
    this.closing.abort();
    await Promise.allSettled(this.underWay);
    await leave(this.connection);
  }

  private async tracked<T>(operation: Operation, attempt: Attempt<T>): Promise<T> {
    const work = patiently(operation, this.patience, attempt);
    this.underWay.add(work);
    try {
      return await work;
    } finally {
      this.underWay.delete(work);
    }
  }

  private async sent(append: CheckedAppend, expected: Expected, timeoutMs: number): Promise<Appended> {
    const { revision, position } = await this.appends.send(append, expected, timeoutMs);
    if (position !== undefined) return { revision, position };
    // The server recognised a repetition without finding its place.
    const [last] = await this.read(append.stream, { from: revision, max: 1 }, timeoutMs).catch(() => []);
    if (last === undefined) throw new OutcomeUnknown(`event ${revision} of ${append.stream} cannot be read yet`);
    return { revision, position: last.position };
  }

  /**
   * An append that named no revision and whose outcome is unknown: the server recognises a repetition of it only by luck, so it is looked
   * for, and if it is not there it is written after exactly what was seen.
   */
  private async appendAgain(append: CheckedAppend, timeoutMs: number): Promise<Appended> {
    const { stream, expected, ids } = append;
    const latest = await this.read(stream, { backwards: true, max: RECENT }, timeoutMs);
    const current = latest[0]?.revision ?? -1;
    const verdict = judge(expected, current, ids, (revision) => latest[current - revision]?.id);
    if (verdict.kind === 'stale') throw new StaleRevision(stream, String(expected), current);
    if (verdict.kind === 'again') return { revision: verdict.last, position: latest[current - verdict.last]!.position };
    try {
      return await this.sent(append, current < 0 ? 'none' : current, timeoutMs);
    } catch (error) {
      if (!(error instanceof StaleRevision)) throw error;
      throw new StoreUnavailable(`others write to ${stream} without pause`, { cause: error });
    }
  }

  private async read(
    stream: string,
    options: { from?: number; backwards?: boolean; max: number },
    timeoutMs: number,
  ): Promise<StoredEvent[]> {
    const found: StoredEvent[] = [];
    await readEvents(this.connection, streamRequest(stream, options), timeoutMs, (event) => found.push(event) > 0);
    return found;
  }

  private async page(
    { after, max, prefixes }: { after?: Position; max: number; prefixes?: readonly string[] },
    timeoutMs: number,
  ): Promise<Page> {
    const events: StoredEvent[] = [];
    let [next, received, full] = [after, 0, false];
    // One more, to know whether this is the end; and reads begin with the event at their position, which is left out.
    const asked = (prefixes === undefined ? max : Math.max(max, WINDOW)) + (after === undefined ? 1 : 2);
    await readEvents(this.connection, logRequest({ from: after, max: asked }), timeoutMs, (event) => {
      received += 1;
      if (after !== undefined && event.position <= after) return true;
      full = events.length === max;
      if (full) return false;
      next = event.position;
      if (prefixes?.some((prefix) => event.stream.startsWith(prefix)) ?? true) events.push(event);
      return true;
    });
    return { events, next, end: !full && received < asked };
  }

  private checkOpen(): void {
    if (this.closing.signal.aborted) throw new StoreClosed('the store is closed');
  }
}
