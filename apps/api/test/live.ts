import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Told } from './support.js';

/** What one message of a subscription says. */
export interface Message {
  readonly position: string | null;
  readonly changed: readonly { readonly kind: string; readonly id: string }[];
}

/** How a connection ended. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** What arrives, to be awaited one by one. */
class Arrivals<T> {
  private readonly there: T[] = [];
  private wake = (): void => undefined;

  add(item: T): void {
    this.there.push(item);
    this.wake();
  }

  /** The next one that is as wanted; what came before it is passed over. Throws when it does not come. */
  async next(wanted: (item: T) => boolean = () => true, longestMs = 10_000): Promise<T> {
    const until = Date.now() + longestMs;
    for (;;) {
      while (this.there.length > 0) {
        const item = this.there.shift()!;
        if (wanted(item)) return item;
      }
      const left = until - Date.now();
      if (left <= 0) throw new Error('nothing of the kind was heard');
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.wake = () => (clearTimeout(timer), resolve());
      });
    }
  }
}

/** One subscription of somebody's. */
export interface Heard {
  readonly messages: Arrivals<Message>;
  /** Resolves when the subscription is over, with the errors it ended in. */
  readonly over: Promise<readonly Told[]>;
}

export interface Listening {
  readonly url: string;
  readonly said?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Somebody's connection for subscriptions, as a program opens one. It is not opened again once it closed. */
export class Ear {
  readonly closed: Promise<Closed>;
  private readonly client;

  constructor({ url, said = {}, headers = {} }: Listening) {
    let close = (_how: Closed): void => undefined;
    this.closed = new Promise((resolve) => (close = resolve));
    class Opening extends WebSocket {
      constructor(address: string, protocol: string) {
        super(address, protocol, { headers });
        this.on('unexpected-response', (_request, { statusCode = 0, statusMessage = '' }) => {
          close({ code: statusCode, reason: statusMessage });
          this.emit('error', new Error(`answered ${statusCode}`));
        });
      }
    }
    this.client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: Opening,
      connectionParams: said,
      retryAttempts: 0,
      on: { closed: (event) => close(event as Closed) },
      onNonLazyError: () => undefined,
    });
  }

  hear(query: string, variables: Record<string, unknown> = {}): Heard {
    const messages = new Arrivals<Message>();
    const over = new Promise<readonly Told[]>((resolve) => {
      let told: readonly Told[] = [];
      this.client.subscribe<Record<string, Message>>(
        { query, variables },
        {
          next: ({ data, errors }) => {
            if (data) messages.add(Object.values(data)[0]!);
            if (errors !== undefined) told = errors as unknown as readonly Told[];
          },
          error: (cause) => resolve(Array.isArray(cause) ? cause : []),
          complete: () => resolve(told),
        },
      );
    });
    return { messages, over };
  }

  async leave(): Promise<void> {
    await this.client.dispose();
  }
}
