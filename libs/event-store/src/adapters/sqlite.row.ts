import { CorruptLog } from '../errors.js';
import type { StoredEvent } from '../event-store.js';
import { positionOf } from './position.js';

/** An event as the log's file holds it, `data` and `meta` as JSON text. */
export type Row = [
  position: number,
  name: string,
  revision: number,
  id: string,
  type: string,
  data: string,
  meta: string,
];

/** Throws CorruptLog where the texts are not JSON: nothing else was ever written. */
export function storedEvent([place, stream, revision, id, type, data, meta]: Row): StoredEvent {
  const position = positionOf(place);
  try {
    const texts = { data: JSON.parse(data) as unknown, meta: JSON.parse(meta) as Record<string, string> };
    return { position, stream, revision, id, type, ...texts };
  } catch (cause) {
    throw new CorruptLog(`${stream} revision ${revision} at position ${position} is not JSON`, { cause });
  }
}
