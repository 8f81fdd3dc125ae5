import { delivering, type Fault, subscribing } from './sabotage.js';

const CHECKPOINTS =
  'checkpoints come where nothing matched, live as well, at most 100 events late, and never beyond the head';

export const subscribeFaults: readonly (readonly [clause: string, fault: Fault])[] = [
  [
    'a subscription from the start gives what is there, says that it caught up, and goes on live',
    subscribing(async function* (options, sound) {
      const { events } = await sound.readAll({ ...options, max: 1000 });
      for (const it of events) yield { kind: 'event', event: it };
      yield { kind: 'caughtUp', position: undefined };
      await new Promise(() => undefined);
    }),
  ],
  [
    'a subscription gives the events as a read does',
    delivering((item) => [item.kind === 'event' ? { ...item, event: { ...item.event, data: {} } } : item]),
  ],
  [
    'a subscription begins after its position',
    subscribing(({ prefixes, signal }, sound) => sound.subscribe({ prefixes, signal })),
  ],
  [
    'a subscriber that starts amid concurrent appends misses nothing and sees nothing twice',
    subscribing(async function* (options, sound) {
      const { events } = await sound.readAll({ ...options, max: 100_000 });
      for (const it of events) yield { kind: 'event', event: it };
      await new Promise((resolve) => setTimeout(resolve, 5));
      yield* sound.subscribe({ ...options, after: await sound.head() });
    }),
  ],
  [
    'a subscriber that starts amid concurrent appends misses nothing and sees nothing twice',
    delivering((it) => [it, it]),
  ],
  [
    'a subscriber that resumes after a restart misses nothing and sees nothing twice',
    subscribing(({ prefixes, signal }, sound) => sound.subscribe({ prefixes, signal })),
  ],
  [CHECKPOINTS, delivering((it) => (it.kind === 'checkpoint' ? [] : [it]))],
  [CHECKPOINTS, delivering((it) => (it.kind === 'checkpoint' && Number(it.position) > 300 ? [] : [it]))],
  [CHECKPOINTS, delivering((it) => (it.kind === 'checkpoint' ? [{ ...it, position: '9'.repeat(20) }] : [it]))],
  ['a slow subscriber gets everything in order, and holds up no append', holdingUp],
  [
    'a slow subscriber gets everything in order, and holds up no append',
    delivering((it) => (it.kind === 'event' && it.event.revision === 500 ? [] : [it])),
  ],
  [
    'an abort ends a subscription, waiting or not, without an error',
    subscribing((options, sound) => sound.subscribe({ ...options, signal: new AbortController().signal })),
  ],
];

/** Appends wait until the subscriber has taken what it was given. */
function holdingUp(sound: Parameters<Fault>[0]): ReturnType<Fault> {
  let taken = Promise.resolve();
  return {
    append: async (...appended) => {
      await taken;
      return sound.append(...appended);
    },
    subscribe: async function* (options) {
      for await (const item of sound.subscribe(options)) {
        let done = (): void => undefined;
        taken = new Promise<void>((resolve) => (done = resolve));
        yield item;
        done();
      }
    },
  };
}
