import { Backoff, type Consistency, type EventStore, follow, type Position, type StoredEvent } from '@app/event-store';
import { Changes, Feed, type Following, type Happened } from '@app/graph';

/** So long is waited at once for the rows, in milliseconds. */
const PATIENCE_MS = 5_000;

/** One run of the follower, from where it began until the last listener left. */
interface Run {
  readonly stopping: AbortController;
  /** Nothing after this is missed. */
  readonly begun: Promise<Position | undefined>;
  readonly ended: Promise<void>;
}

/** Follows the log for as long as somebody listens, and tells what happened once the rows show it: in every process for those it serves. */
export class LogChanges extends Changes {
  private readonly listeners = new Map<string, Set<Feed<unknown>>>();
  private consistency: Pick<Consistency, 'shown'> | undefined;
  private run: Run | undefined;
  /** How far those who listen were told of. */
  private told: Position | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly onTrouble: (error: unknown) => void,
  ) {
    super();
  }

  begin(consistency: Pick<Consistency, 'shown'>): void {
    this.consistency = consistency;
  }

  follow<T>(communityId: string, following: Following<T>): AsyncIterableIterator<T> {
    const run = (this.run ??= this.start());
    const begun = run.begun.then((base) => this.told ?? base);
    const feed: Feed<T> = new Feed(following, begun, () => this.leave(communityId, feed as Feed<unknown>));
    const there = this.listeners.get(communityId) ?? new Set();
    this.listeners.set(communityId, there.add(feed as Feed<unknown>));
    return feed;
  }

  /** Ends what everybody hears. */
  async stop(): Promise<void> {
    const { run } = this;
    for (const feeds of [...this.listeners.values()]) for (const feed of [...feeds]) await feed.return();
    await run?.ended;
  }

  private leave(communityId: string, feed: Feed<unknown>): void {
    const there = this.listeners.get(communityId);
    there?.delete(feed);
    if (there?.size === 0) this.listeners.delete(communityId);
    if (this.listeners.size > 0) return;
    this.run?.stopping.abort();
    this.run = undefined;
  }

  private start(): Run {
    const stopping = new AbortController();
    const { signal } = stopping;
    this.told = undefined;
    const begun = this.untilDone(signal, async () => {
      const head = await this.store.head();
      if (head !== undefined) await this.shown(head, signal);
      return head;
    });
    const ended = begun.then((base) =>
      this.untilDone(signal, (backoff) =>
        follow({
          store: this.store,
          after: this.told ?? base,
          signal,
          handle: async ({ events, position }) => {
            await this.tell(events, position, signal);
            backoff.succeeded();
          },
        }),
      ),
    );
    return { stopping, begun, ended: ended.then(() => undefined) };
  }

  /** What fails is begun again, until it is done or nobody listens any more. */
  private async untilDone<T>(signal: AbortSignal, work: (backoff: Backoff) => Promise<T>): Promise<T | undefined> {
    for (const backoff = new Backoff(); !signal.aborted; await backoff.failed(signal)) {
      try {
        return await work(backoff);
      } catch (error) {
        this.onTrouble(error);
      }
    }
    return undefined;
  }

  private async tell(events: readonly StoredEvent[], position: Position, signal: AbortSignal): Promise<void> {
    await this.shown(position, signal);
    if (signal.aborted) return;
    this.told = position;
    const happened = new Map<string, Happened[]>();
    for (const { stream, meta } of events) {
      const { community = '', circle } = meta;
      happened.set(community, [...(happened.get(community) ?? []), { stream, circleId: circle }]);
    }
    for (const [community, theirs] of happened)
      for (const feed of this.listeners.get(community) ?? []) feed.hear({ position, happened: theirs });
  }

  private async shown(position: Position, signal: AbortSignal): Promise<void> {
    const { consistency } = this;
    if (consistency === undefined) throw new Error('nothing is shown before the work began');
    const done = new AbortController();
    const left = new Promise<boolean>((resolve) =>
      signal.addEventListener('abort', () => resolve(true), { signal: done.signal }),
    );
    while (!signal.aborted && !(await Promise.race([consistency.shown(position, PATIENCE_MS), left])));
    done.abort();
  }
}
