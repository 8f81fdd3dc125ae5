import { EventTooLarge, InvalidAppend } from '../errors.js';
import type { Expected, NewEvent } from '../event-store.js';

/** What one append may hold: data and metadata of all its events, in bytes of UTF-8. The limit of every store we fit. */
export const MAX_APPEND_BYTES = 1024 * 1024;
const MAX_NAME = 256;
const MAX_DEPTH = 64;
const STREAM = /^[a-z]+-[^\p{Cc}\p{Cs}]+$/u;
const NAME = /^[^\p{Cc}\p{Cs}]+$/u;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** A lone surrogate, or NUL: text that does not survive every store. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/** An append that can be stored as it stands: `data` and `meta` as JSON text. */
export interface CheckedAppend {
  readonly stream: string;
  readonly expected: Expected;
  readonly ids: readonly string[];
  readonly types: readonly string[];
  readonly data: readonly string[];
  readonly meta: readonly string[];
}

/** Refuses what no store could give back unchanged, before the store sees it (InvalidAppend, EventTooLarge). */
export function checkedAppend(stream: string, events: readonly NewEvent[], expected: Expected): CheckedAppend {
  checkStream(stream);
  checkExpected(expected);
  if (!Array.isArray(events) || events.length === 0) throw new InvalidAppend(`an append to ${stream} without events`);
  const checked = {
    stream,
    expected,
    ids: [] as string[],
    types: [] as string[],
    data: [] as string[],
    meta: [] as string[],
  };
  let bytes = 0;
  for (const event of events) {
    checkNames(event);
    const { data, meta } = event.json ?? { data: textOfData(event), meta: textOfMeta(event) };
    bytes += Buffer.byteLength(data) + Buffer.byteLength(meta);
    checked.ids.push(event.id);
    checked.types.push(event.type);
    checked.data.push(data);
    checked.meta.push(meta);
  }
  if (events.length > 1 && new Set(checked.ids).size < events.length) {
    throw new InvalidAppend(`an event id twice in one append to ${stream}`);
  }
  if (bytes > MAX_APPEND_BYTES) {
    throw new EventTooLarge(`an append of ${bytes} bytes to ${stream}: the store takes ${MAX_APPEND_BYTES}`);
  }
  return checked;
}

function checkStream(stream: unknown): void {
  if (typeof stream !== 'string' || stream.length > MAX_NAME || !STREAM.test(stream)) {
    throw new InvalidAppend(
      `${JSON.stringify(stream)} is not a stream name: category, dash, id, at most ${MAX_NAME} characters`,
    );
  }
}

function checkExpected(expected: unknown): void {
  if (expected === 'none' || expected === 'exists' || expected === 'any') return;
  if (Number.isSafeInteger(expected) && (expected as number) >= 0) return;
  throw new InvalidAppend(`${String(expected)} is not an expected revision`);
}

function checkNames(event: NewEvent): void {
  if (typeof event?.id !== 'string' || !ID.test(event.id)) {
    throw new InvalidAppend(`${JSON.stringify(event?.id)} is not an event id: a UUID in lower case`);
  }
  if (typeof event.type !== 'string' || event.type.length > MAX_NAME || !NAME.test(event.type)) {
    throw new InvalidAppend(`${JSON.stringify(event.type)} is not an event type`);
  }
}

function textOfData(event: NewEvent): string {
  checkValue(event.data, event, 0);
  const text = JSON.stringify(event.data);
  // JSON escapes lone surrogates and NUL as \uXXXX: only text that holds such an escape needs a second look.
  if (text.includes('\\u')) checkTexts(event.data, event);
  return text;
}

function textOfMeta(event: NewEvent): string {
  const { meta } = event;
  if (!isRecord(meta)) throw new InvalidAppend(`the metadata of ${event.type} is not text to text`);
  for (const key in meta) {
    if (typeof meta[key] !== 'string') throw new InvalidAppend(`metadata "${key}" of ${event.type} is not text`);
  }
  const text = JSON.stringify(meta);
  if (text.includes('\\u')) checkTexts(meta, event);
  return text;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Only what JSON gives back as it was: members that are undefined are left out, as JSON does. */
function checkValue(value: unknown, event: NewEvent, depth: number): void {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return;
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value) && !Object.is(value, -0)) return;
    throw new InvalidAppend(`${value} in ${event.type} is not a safe integer`);
  }
  if (depth === MAX_DEPTH) throw new InvalidAppend(`the data of ${event.type} is nested more than ${MAX_DEPTH} deep`);
  if (Array.isArray(value)) {
    for (const item of value) checkValue(item, event, depth + 1);
    return;
  }
  if (!isRecord(value))
    throw new InvalidAppend(`the data of ${event.type} holds a ${kindOf(value)}, which is not JSON`);
  for (const key in value) if (value[key] !== undefined) checkValue(value[key], event, depth + 1);
}

function kindOf(value: unknown): string {
  return typeof value === 'object' ? (value?.constructor?.name ?? 'strange object') : typeof value;
}

function checkTexts(value: unknown, event: NewEvent): void {
  if (typeof value === 'string') {
    if (UNSTORABLE.test(value)) throw new InvalidAppend(`a text in ${event.type} holds NUL or ill-formed Unicode`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      checkTexts(key, event);
      checkTexts(member, event);
    }
  }
}
