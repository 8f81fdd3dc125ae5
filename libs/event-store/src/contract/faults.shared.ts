import { appending, delivering, type Fault, forgiving } from './sabotage.js';
import { event } from './clause.js';

export const sharedFaults: readonly (readonly [clause: string, fault: Fault])[] = [
  ['what one wrote makes the other stale, and is its next revision', forgiving(() => true)],
  [
    'the same append sent by both at once is one',
    appending((append) => async (stream, events) => {
      await new Promise(setImmediate);
      return append(
        stream,
        events.map(({ data }) => event(data)),
        'any',
      );
    }),
  ],
  ['a subscriber of one sees live what both write, in the order of the log', deafToOthers],
  ['when one is closed the other goes on, its subscriptions too', (sound) => ({ close: () => sound.close() })],
];

/** Delivers only what was written through the same handle. */
function deafToOthers(sound: Parameters<Fault>[0]): ReturnType<Fault> {
  const own = new Set<string>();
  return {
    ...delivering((item) => (item.kind === 'event' && !own.has(item.event.id) ? [] : [item]))(sound),
    append: (stream, events, expected) => {
      for (const { id } of events) own.add(id);
      return sound.append(stream, events, expected);
    },
  };
}
