import { closeSync, openSync, readFileSync, truncateSync, writeSync } from 'node:fs';

/** An event as the stand-in holds it. */
export interface Recorded {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Buffer;
  readonly meta: Buffer;
  /** Where it begins in the log: both its commit and its prepare position. */
  readonly position: number;
  /** .NET ticks since 1970. */
  readonly created: string;
}

export type Proposed = Pick<Recorded, 'id' | 'type' | 'contentType' | 'data' | 'meta'>;
export type ExpectedRevision = number | 'none' | 'any' | 'exists';
export type Outcome =
  | { readonly kind: 'written' | 'again'; readonly last: Recorded }
  | { readonly kind: 'wrong'; readonly current: number };

const RECORD_BYTES = 96;
const SYSTEM_EVERY = 25;

/**
 * A log that decides on appends as the server does (eventstore.md §1.7), kept in a file so that a killed server comes back with it.
 * Positions are byte offsets, hence have gaps; now and then the server writes an event of its own in between.
 */
export class StandInLog {
  readonly events: Recorded[] = [];
  private readonly streams = new Map<string, Recorded[]>();
  /** The server's memory cache of ids: empty after a restart. */
  private readonly latest = new Map<string, Recorded>();
  private readonly file: number;
  private readonly watching = new Set<() => void>();
  private end = 0;

  constructor(path: string) {
    this.file = openSync(path, 'a+');
    const kept = readFileSync(path, 'utf8');
    const whole = kept.lastIndexOf('\n') + 1;
    // A kill amid a write leaves half a line: it was never acknowledged.
    if (whole < kept.length) truncateSync(path, Buffer.byteLength(kept.slice(0, whole)));
    for (const line of kept.slice(0, whole).split('\n')) if (line !== '') this.take(recordedIn(line));
  }

  streamOf(name: string): readonly Recorded[] {
    return this.streams.get(name) ?? [];
  }

  append(stream: string, expected: ExpectedRevision, proposed: readonly Proposed[]): Outcome {
    const held = this.streamOf(stream);
    const current = held.length - 1;
    const from = this.judge(stream, expected, proposed, held);
    if (from === 'wrong') return { kind: 'wrong', current };
    if (from <= current) return { kind: 'again', last: held[from + proposed.length - 1]! };
    this.write(stream, from, proposed);
    for (const { id } of proposed)
      this.latest.set(
        id,
        this.streamOf(stream).findLast((it) => it.id === id)!,
      );
    if (this.events.length % SYSTEM_EVERY === 0) this.writeSystemEvent();
    this.ring();
    return { kind: 'written', last: this.streamOf(stream).at(-1)! };
  }

  /** Settles once the log holds more than so many events, or when `stop` is called. */
  more(than: number): { readonly ready: Promise<void>; readonly stop: () => void } {
    if (this.events.length > than) return { ready: Promise.resolve(), stop: () => undefined };
    let stop = (): void => undefined;
    const ready = new Promise<void>((resolve) => (stop = resolve));
    this.watching.add(stop);
    return { ready, stop };
  }

  /** The first event at or after a position. */
  indexOf(position: number): number {
    let [low, high] = [0, this.events.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.events[middle]!.position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  close(): void {
    closeSync(this.file);
  }

  /** The revision that the first event gets, or got, or 'wrong'. */
  private judge(
    stream: string,
    expected: ExpectedRevision,
    proposed: readonly Proposed[],
    held: readonly Recorded[],
  ): number | 'wrong' {
    const current = held.length - 1;
    if (expected === 'exists' && current < 0) return 'wrong';
    if (expected === 'any' || expected === 'exists') {
      const known = proposed.map(({ id }) => this.latest.get(id)).map((it) => (it?.stream === stream ? it : undefined));
      if (known[0] === undefined) return current + 1;
      return known.includes(undefined) ? 'wrong' : known[0].revision;
    }
    const from = expected === 'none' ? 0 : expected + 1;
    if (from === current + 1) return from;
    const same = from <= current && proposed.every(({ id }, at) => held[from + at]?.id === id);
    return same ? from : 'wrong';
  }

  private write(stream: string, from: number, proposed: readonly Proposed[]): void {
    const created = String(BigInt(Math.round(performance.timeOrigin + performance.now())) * 10_000n);
    const recorded = proposed.map((it, at): Recorded => {
      const position = this.end;
      this.end += RECORD_BYTES + stream.length + it.type.length + it.data.length + it.meta.length;
      return { ...it, stream, revision: from + at, position, created };
    });
    writeSync(this.file, recorded.map(lineOf).join(''));
    for (const it of recorded) this.hold(it);
  }

  private writeSystemEvent(): void {
    const [data, meta] = [Buffer.from('{"proc-id":1}'), Buffer.from('{}')];
    const statistics = { id: '00000000-0000-4000-8000-000000000000', type: '$statsCollected', data, meta };
    const stream = '$stats-127.0.0.1';
    this.write(stream, this.streamOf(stream).length, [{ ...statistics, contentType: 'application/json' }]);
  }

  private take(recorded: Recorded): void {
    this.end = recorded.position + RECORD_BYTES + recorded.stream.length + recorded.type.length;
    this.end += recorded.data.length + recorded.meta.length;
    this.hold(recorded);
  }

  private hold(recorded: Recorded): void {
    this.events.push(recorded);
    const stream = this.streams.get(recorded.stream);
    if (stream === undefined) this.streams.set(recorded.stream, [recorded]);
    else stream.push(recorded);
  }

  private ring(): void {
    const woken = [...this.watching];
    this.watching.clear();
    for (const wake of woken) wake();
  }
}

function lineOf({ stream, revision, id, type, contentType, data, meta, position, created }: Recorded): string {
  const payload = [data.toString('base64'), meta.toString('base64')];
  return `${JSON.stringify([stream, revision, id, type, contentType, ...payload, position, created])}\n`;
}

function recordedIn(line: string): Recorded {
  const [stream, revision, id, type, contentType, data, meta, position, created] = JSON.parse(line) as [
    ...[string, number, string, string, string, string, string, number, string],
  ];
  const payload = { data: Buffer.from(data, 'base64'), meta: Buffer.from(meta, 'base64') };
  return { stream, revision, id, type, contentType, ...payload, position, created };
}
