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

export function storedEvent([position, stream, revision, id, type, data, meta]: Row): StoredEvent {
  return {
    position: positionOf(position),
    stream,
    revision,
    id,
    type,
    data: JSON.parse(data) as unknown,
    meta: JSON.parse(meta) as Record<string, string>,
  };
}
