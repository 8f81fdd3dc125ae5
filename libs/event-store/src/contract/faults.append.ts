import { StaleRevision, StoreUnavailable } from '../errors.js';
import type { Expected } from '../event-store.js';
import { event } from './clause.js';
import { appending, type Fault, forgiving } from './sabotage.js';

const isExact = (expected: Expected): expected is number => typeof expected === 'number';

/** Gives events other ids, so that no repetition is recognised. */
const forgetful = (when: (expected: Expected) => boolean): Fault =>
  appending((append) => (stream, events, expected) => {
    const sent = when(expected) ? events.map(({ data }) => event(data)) : events;
    return append(stream, sent, expected).catch((error: unknown) => {
      if (!(error instanceof StaleRevision) || !when(expected)) throw error;
      return append(stream, sent, 'any');
    });
  });

/** Takes an append for a repetition when its first event stands anywhere in the stream. */
const credulous: Fault = (sound) => ({
  append: async (stream, events, expected) => {
    const stored = await sound.readStream(stream, { max: 100 });
    return stored.find(({ id }) => id === events[0]?.id) ?? sound.append(stream, events, expected);
  },
});

/** Compares with what it read before, and writes without looking again. */
const racing: Fault = (sound) => ({
  append: async (stream, events, expected) => {
    const [last] = await sound.readStream(stream, { max: 1, backwards: true });
    const actual = last?.revision ?? -1;
    if (isExact(expected) && expected !== actual) throw new StaleRevision(stream, String(expected), actual);
    return sound.append(stream, events, 'any');
  },
});

/** Writes a stale batch of several events, all but its last. */
const halfWritten = appending((append) => async (stream, events, expected) => {
  try {
    return await append(stream, events, expected);
  } catch (error) {
    if (events.length > 1) await append(stream, events.slice(0, -1), 'any');
    throw error;
  }
});

export const appendFaults: readonly (readonly [clause: string, fault: Fault])[] = [
  [
    "'none' makes a new stream, from revision 0",
    appending((append) => async (...appended) => ({ ...(await append(...appended)), revision: 1 })),
  ],
  ["'none' is stale on an existing stream", forgiving((_, expected) => expected === 'none')],
  [
    'an exact revision that is the current one is written after it',
    appending(
      (append) => (stream, events, expected) => append(stream, events, isExact(expected) ? expected + 1 : expected),
    ),
  ],
  [
    'an exact revision below the current one is stale',
    forgiving(({ actual }, expected) => isExact(expected) && expected < actual),
  ],
  [
    'an exact revision above the current one, or of a stream that is not there, is stale',
    forgiving(({ actual }, expected) => isExact(expected) && expected > actual),
  ],
  [
    "'exists' is written to an existing stream and stale on a new one",
    forgiving((_, expected) => expected === 'exists'),
  ],
  [
    "'any' is written to a new and to an existing stream",
    appending((append) => (stream, events, expected) => append(stream, events, expected === 'any' ? 'none' : expected)),
  ],
  [
    'a batch is written whole, in order, one event after the other',
    appending((append) => (stream, events, expected) => append(stream, events.slice(0, 1), expected)),
  ],
  ['a stale append leaves no trace, and spoils none that waits beside it', halfWritten],
  [
    'a batch is written whole, in order, one event after the other',
    appending((append) => (stream, events, expected) => append(stream, [...events].reverse(), expected)),
  ],
  ['of 64 appends at one revision exactly one wins', racing],
  [
    '64 writers at once are all written, each stream in its order, each at the place that was answered',
    (sound) => ({
      append: async (...appended) => {
        const { revision } = await sound.append(...appended);
        await new Promise(setImmediate);
        return { revision, position: (await sound.head())! };
      },
    }),
  ],
  [
    "the same events at the same place, with 'none', are answered with their first place",
    forgetful((it) => it === 'none'),
  ],
  [
    'the same events at the same place, after an exact revision, are answered with their first place',
    forgetful(isExact),
  ],
  ['the same append sent twice at once is one', forgetful(() => true)],
  [
    'a repetition is recognised after a restart',
    (sound) => {
      const known = new Set<string>();
      return {
        append: async (stream, events, expected) => {
          const actual = (await sound.readStream(stream, { max: 1, backwards: true }))[0]?.revision ?? -1;
          const stale = isExact(expected) && expected !== actual && !known.has(events[0]!.id);
          if (stale) throw new StaleRevision(stream, String(expected), actual);
          for (const { id } of events) known.add(id);
          return sound.append(stream, events, expected);
        },
      };
    },
  ],
  ['first events known, later ones not: stale', credulous],
  ['the same event at another place: stale', credulous],
  ['at the current revision ids are not looked at: a reused one is written again', credulous],
  [
    "'any' and 'exists', repeated at once, are answered with the first place",
    forgetful((it) => !isExact(it) && it !== 'none'),
  ],
  ['an invalid append spoils none that waits beside it', contagious],
];

/** What waits beside a refused append is refused with it. */
function contagious(sound: Parameters<Fault>[0]): ReturnType<Fault> {
  let group: Promise<unknown>[] = [];
  return {
    append: async (...appended) => {
      const written = sound.append(...appended);
      group.push(written.catch(() => Promise.reject(new StoreUnavailable('the group failed'))));
      const mine = group;
      await new Promise(setImmediate);
      group = [];
      await Promise.all(mine);
      return written;
    },
  };
}
