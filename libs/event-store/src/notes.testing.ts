import { randomUUID } from 'node:crypto';
import {
  type Decider,
  type FactOf,
  ManualClock,
  Refusal,
  catalogue,
  event,
  id,
  instant,
  list,
  literal,
  maybe,
  oneOf,
  record,
  text,
  union,
  whole,
} from '@app/kernel';
import { MemoryVault } from '@app/vault/testing';
import { MemoryEventStore } from './adapters/memory.js';
import { Codec } from './codec.js';
import {
  type Act,
  type EventStore,
  ledgerEvents,
  Sealer,
  type SealEvery,
  type StoredEvent,
  Streams,
  type StreamsOptions,
} from './index.js';

/** A small domain for the specs of this lib: a notebook of a circle, in which members write. */
export const noteEvents = catalogue('note', {
  NoteOpened: event({ noteId: id(), circleId: id(), title: text('circle', 200) }),
  LineWritten: event({ by: id(), line: text({ member: 'by' }, 2_000), kind: maybe(oneOf(['plain', 'bold'])) }),
  NotePublished: event({
    at: instant(),
    summary: text('community'),
    parts: list(record({ partId: whole(), text: text('circle'), tags: list(text('circle', 50)) })),
    effect: maybe(
      union([
        record({ kind: literal('rename'), title: text('circle') }),
        record({ kind: literal('share'), with: id(), plan: maybe(record({ title: text('circle'), due: id() })) }),
      ]),
    ),
  }),
});
export type NoteFact = FactOf<typeof noteEvents>;

export interface Note {
  readonly open: boolean;
  readonly lines: readonly { readonly by: string; readonly line: string | null }[];
  readonly published: boolean;
}

export const note: Decider<Note, NoteFact> = {
  category: 'note',
  initial: { open: false, lines: [], published: false },
  evolve: (state, { type, data }) => {
    if (type === 'NoteOpened') return { ...state, open: true };
    if (!state.open) throw new Error(`${type} in a note that was never opened`);
    if (type === 'NotePublished') return { ...state, published: true };
    return { ...state, lines: [...state.lines, { by: data.by, line: data.line }] };
  },
};

export const opened = (noteId = 'n1'): NoteFact => ({
  type: 'NoteOpened',
  data: { noteId, circleId: 'c1', title: 'Carnet' },
});

/** Opens the note where it is not, and writes a line unless the same person wrote it. */
export const writeLine =
  (by: string, line: string) =>
  (state: Note): NoteFact[] => {
    if (state.published) throw new Refusal('NOTE_PUBLISHED');
    if (state.lines.some((it) => it.by === by && it.line === line)) return [];
    const written: NoteFact = { type: 'LineWritten', data: { by, line } };
    return state.open ? [written] : [opened(), written];
  };

export function actOf(changes: Partial<Act> = {}): Act {
  const base = { community: 'k1', circle: 'c1', actor: 'ada', command: 'WriteLine', correlationId: 'r1' };
  return { ...base, commandId: randomUUID(), input: {}, ...changes };
}

/** Everything a spec of this lib needs, in memory. */
export function desk(store: EventStore = new MemoryEventStore(), options?: StreamsOptions, vault = new MemoryVault()) {
  const clock = new ManualClock('2027-01-15T10:00:00.000Z');
  const codec = new Codec(vault, [noteEvents, ledgerEvents]);
  const streams = new Streams(store, codec, vault, clock, { wait: () => Promise.resolve(), ...options });
  const write = (by: string, line: string, changes: Partial<Act> = {}, noteId = 'n1') =>
    streams.write(note, noteId, actOf({ actor: by, input: { line }, ...changes }), writeLine(by, line));
  return { store, vault, clock, codec, streams, write };
}

/** A sealer on the desk, and a way to feed it what it has not seen. */
export function sealing({ store, streams, vault }: ReturnType<typeof desk>, every: SealEvery) {
  const sealer = new Sealer(store, streams, vault, () => every);
  let seen: string | undefined;
  const feed = async (): Promise<void> => {
    for (let end = false; !end;) {
      const page = await store.readAll({ after: seen, max: 100 });
      for (const event of page.events) await sealer.on(event);
      seen = page.next;
      end = page.end;
    }
  };
  return { sealer, feed };
}

/** Everything in the log. */
export async function everything(store: EventStore): Promise<readonly StoredEvent[]> {
  return (await store.readAll({ max: 100_000 })).events;
}

/** A log that holds exactly these events, however they came about. */
export function logOf(events: readonly StoredEvent[]): MemoryEventStore {
  return new MemoryEventStore(
    events.map((it) => ({ ...it, data: JSON.stringify(it.data), meta: JSON.stringify(it.meta) })),
  );
}
