import { EventTooLarge, InvalidAppend, StoreClosed } from '../errors.js';
import type { NewEvent } from '../event-store.js';
import { event } from './clause.js';
import { appending, type Fault } from './sabotage.js';

type Fix = (stream: string, events: readonly NewEvent[]) => readonly [stream: string, events: readonly NewEvent[]];

/** Mends what it should refuse, and writes it. */
const obliging = (kind: typeof InvalidAppend | typeof EventTooLarge, fix: Fix): Fault =>
  appending((append) => async (stream, events, expected) => {
    try {
      return await append(stream, events, expected);
    } catch (error) {
      if (!(error instanceof kind)) throw error;
      return append(...fix(stream, events), 'any');
    }
  });

export const limitFaults: readonly (readonly [clause: string, fault: Fault])[] = [
  [
    'an append may hold a million bytes; over 1 MiB it is EventTooLarge and writes nothing',
    obliging(EventTooLarge, (stream) => [stream, [event({ text: 'cut short' })]]),
  ],
  [
    'an append may hold a million bytes; over 1 MiB it is EventTooLarge and writes nothing',
    appending((append) => async (stream, events, expected) => {
      if (JSON.stringify(events).length > 100_000) throw new EventTooLarge('over 100 kB');
      return append(stream, events, expected);
    }),
  ],
  [
    'data that cannot be given back as it was is InvalidAppend and writes nothing',
    obliging(InvalidAppend, (stream, events) => [stream, events.map(() => event(null))]),
  ],
  [
    'an event without a proper id, type or metadata is InvalidAppend and writes nothing',
    obliging(InvalidAppend, (stream, events) => [stream, events.map(({ data }) => event(data))]),
  ],
  [
    'a stream name or expected revision that means nothing is InvalidAppend',
    obliging(InvalidAppend, (_, events) => ['other-stream', events]),
  ],
  [
    'after close every call is StoreClosed, and a waiting subscription ends',
    (sound) => {
      let closed = false;
      return {
        close: async () => void (closed = true),
        append: async (...appended) => {
          if (closed) throw new StoreClosed('closed');
          return sound.append(...appended);
        },
      };
    },
  ],
  [
    'closed amid appends, each of them is written and acknowledged, or refused as StoreClosed and not written',
    (sound) => ({
      append: async (...appended) => {
        setImmediate(() => void sound.append(...appended).catch(() => undefined));
        return { revision: 0, position: '00000000000000000001' };
      },
    }),
  ],
];
