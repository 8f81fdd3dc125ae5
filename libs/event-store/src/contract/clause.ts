import { rejects } from 'node:assert/strict';
import { newId } from '@app/kernel';
import type { EventStore, Item, NewEvent, StoredEvent } from '../event-store.js';

/** A store under examination. A shared server serves as well: clauses use names of their own and expect no empty log. */
export interface Opened {
  readonly store: EventStore;
  /** Closes the store and opens the same log again, as after a restart. */
  reopen(): Promise<EventStore>;
  /** Closes what is open and removes what was made. */
  dispose(): Promise<void>;
}

/** Opens a store for one clause. */
export type OpenStore = () => Promise<Opened>;

/** One thing every adapter does. `patience` is how long it may take to deliver what was asked for, in milliseconds. */
export interface Clause {
  readonly clause: string;
  readonly run: (opened: Opened, patience: number) => Promise<void>;
}

export function event(data: unknown = { by: 'ada' }, id = newId()): NewEvent {
  return { id, type: 'ThingHappened', data, meta: { actor: 'ada', command: 'DoThing' } };
}

export function events(count: number): NewEvent[] {
  return Array.from({ length: count }, (_, number) => event({ number }));
}

const LETTERS = 'abcdefghijklmnop';

/** A category nobody else uses, so that its prefix finds the events of one clause alone. */
export function newCategory(): string {
  return [...newId().replaceAll('-', '')].map((digit) => LETTERS[parseInt(digit, 16)]).join('');
}

export function newStream(category = newCategory()): string {
  return `${category}-${newId()}`;
}

/** The call is refused with an error of that class. */
export async function refused(call: Promise<unknown>, kind: abstract new (...args: never[]) => Error): Promise<void> {
  await rejects(call, (error) => error instanceof kind);
}

export async function readWhole(store: EventStore, stream: string): Promise<readonly StoredEvent[]> {
  return store.readStream(stream, { max: 10_000 });
}

/** Every event of a category, page by page. */
export async function readCategory(store: EventStore, category: string, max = 1000): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  let after: string | undefined;
  for (;;) {
    const page = await store.readAll({ after, max, prefixes: [`${category}-`] });
    found.push(...page.events);
    if (page.end) return found;
    after = page.next;
  }
}

/** A turn of the event loop for everybody else. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export function idsOf(list: readonly { readonly id: string }[]): string[] {
  return list.map(({ id }) => id);
}

/** What was promised within the patience, or an error that says what was waited for. */
export async function within<T>(patience: number, what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited ${patience} ms for ${what}`)), patience);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A subscription that keeps what it received. */
export class Listener {
  readonly items: Item[] = [];
  readonly ended: Promise<void>;
  private readonly abort = new AbortController();
  private readonly watching = new Set<() => void>();

  constructor(
    store: EventStore,
    options: { after?: string; prefixes?: readonly string[] },
    private readonly patience: number,
    pause?: () => Promise<void>,
  ) {
    const source = store.subscribe({ ...options, signal: this.abort.signal });
    this.ended = this.collect(source, pause);
    this.ended.catch(() => undefined);
  }

  get events(): StoredEvent[] {
    return this.items.flatMap((item) => (item.kind === 'event' ? [item.event] : []));
  }

  get ids(): string[] {
    return idsOf(this.events);
  }

  /** Settles once the items received satisfy the condition. */
  async until(what: string, condition: () => boolean): Promise<void> {
    let watch: (() => void) | undefined;
    const satisfied = new Promise<void>((resolve) => {
      watch = () => condition() && resolve();
      this.watching.add(watch);
      watch();
    });
    const gone = this.ended.then(() => new Promise<void>(() => undefined));
    try {
      await within(this.patience, what, Promise.race([satisfied, gone]));
    } finally {
      this.watching.delete(watch!);
    }
  }

  caughtUp(): Promise<void> {
    return this.until('caughtUp', () => this.items.some(({ kind }) => kind === 'caughtUp'));
  }

  async stop(): Promise<void> {
    this.abort.abort();
    await within(this.patience, 'the end of an aborted subscription', this.ended);
  }

  private async collect(source: AsyncIterable<Item>, pause?: () => Promise<void>): Promise<void> {
    for await (const item of source) {
      this.items.push(item);
      for (const watch of this.watching) watch();
      if (item.kind === 'event') await pause?.();
    }
  }
}
