import type { StoredEvent } from '../event-store.js';
import type { CheckedAppend } from './checked-append.js';
import { type Row, storedEvent } from './sqlite.row.js';

const MOST_EVENTS = 1_000;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/**
 * The newest events that this process committed, in the order of the log and without a gap, so that followers need not read them from the
 * file, and their text is parsed once for all. Begins at the log's last place: an append that was there already stands at or before it.
 */
export class Tail {
  private rows: (Row | StoredEvent)[] = [];
  private characters = 0;

  constructor(private last: number) {}

  /** The last place of the log. */
  get end(): number {
    return this.last;
  }

  /** An append was committed, its last event at this place and revision. */
  committed({ stream, ids, types, data, meta }: CheckedAppend, revision: number, place: number): void {
    const before = place - ids.length;
    if (place <= this.last) return;
    if (before !== this.last) this.clear();
    this.last = place;
    ids.forEach((id, at) => {
      const nth = at + 1;
      this.rows.push([before + nth, stream, revision - ids.length + nth, id, types[at]!, data[at]!, meta[at]!]);
      this.characters += data[at]!.length + meta[at]!.length;
    });
    if (this.rows.length > MOST_EVENTS || this.characters > MOST_CHARACTERS) this.clear();
  }

  /** At most `max` events after a place; nothing where they are not all held here. */
  after(place: number, max: number): readonly StoredEvent[] | undefined {
    const first = this.last - this.rows.length;
    if (place < first || place >= this.last) return undefined;
    const from = place - first;
    return Array.from({ length: Math.min(max, this.last - place) }, (_, at) => this.event(from + at));
  }

  private event(at: number): StoredEvent {
    const held = this.rows[at]!;
    if (!Array.isArray(held)) return held as StoredEvent;
    return (this.rows[at] = storedEvent(held as Row));
  }

  private clear(): void {
    this.rows = [];
    this.characters = 0;
  }
}
