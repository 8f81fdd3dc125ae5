import { Refusal, type TextKey } from '@app/kernel';
import { type Key, open } from '@app/vault';
import { isStorable, type Shape } from './codec.shape.js';
import { CorruptLog } from './errors.js';
import type { StoredEvent } from './event-store.js';

/** Where a fact is going to stand: what its encryption is bound to. */
export interface Place {
  readonly id: string;
  readonly category: string;
  readonly community: string;
  readonly circle?: string;
}

/** Encrypted text as it stands in the log: the key's id, iv, ciphertext and tag in base64. */
export interface StoredText {
  readonly c: string;
  readonly iv: string;
  readonly k: string;
  readonly t: string;
}

export type Holder = Record<string | number, unknown>;

/** A text on its way in or out: where it is put once its key is there. */
interface Slot {
  readonly holder: Holder;
  readonly at: string | number;
  /** What the ciphertext is bound to: the event and the place in it. */
  readonly aad: string;
  readonly keyId: string;
}
export interface Written extends Slot {
  readonly text: string;
}
export interface Read extends Slot {
  readonly sealed: StoredText;
  readonly event: StoredEvent;
}

const isHolder = (value: unknown): value is Holder => typeof value === 'object' && value !== null;
const aadOf = (id: string, path: string): string => `${id} ${path}`;

/** Refuses texts that are too long or would not survive every store, before the schema sees them. */
export function refuseBadTexts(shape: Shape, value: unknown, path: string): void {
  if (typeof value === 'string' && shape.text) {
    const field = path.slice(1);
    const { maxLength } = shape.text;
    if (value.length > maxLength) throw new Refusal('TEXT_TOO_LONG', { field, max: maxLength });
    if (!isStorable(value)) throw new Refusal('TEXT_NOT_STORABLE', { field });
  } else if (Array.isArray(value) && shape.items?.holdsText) {
    value.forEach((item, at) => refuseBadTexts(shape.items!, item, `${path}.${at}`));
  } else if (isHolder(value) && shape.members) {
    for (const [name, member] of shape.members) {
      if (member.holdsText) refuseBadTexts(member, value[name], `${path}.${name}`);
    }
  }
}

/** A copy with its members in canonical order and without those that are undefined. */
export function ordered(shape: Shape, value: unknown): unknown {
  if (Array.isArray(value)) return shape.items ? value.map((item) => ordered(shape.items!, item)) : value;
  if (!shape.members || !isHolder(value)) return value;
  const copy: Holder = {};
  for (const [name, member] of shape.members) {
    const it = value[name];
    if (it !== undefined) copy[name] = member.members || member.items ? ordered(member, it) : it;
  }
  return copy;
}

interface Writing {
  readonly root: Holder;
  readonly place: Place;
  readonly slots: Written[];
}

/** A copy of what holds text, each text noted as a slot to be filled with its ciphertext. */
export function withSlots(shape: Shape, value: unknown, writing: Writing, path: string): unknown {
  return copied(shape, value, path, (holder, at, text, place, key) => {
    if (typeof text !== 'string') return;
    const keyId = keyIdOf(key, writing);
    writing.slots.push({ holder, at, text, keyId, aad: aadOf(writing.place.id, place) });
  });
}

/** A copy of what holds text in stored data, each ciphertext noted as a slot to be filled with its text. */
export function readWithSlots(shape: Shape, value: unknown, path: string, event: StoredEvent, slots: Read[]): unknown {
  return copied(shape, value, path, (holder, at, sealed, place) => {
    if (isStoredText(sealed)) slots.push({ holder, at, sealed, event, keyId: sealed.k, aad: aadOf(event.id, place) });
  });
}

type Visit = (holder: Holder, at: string | number, value: unknown, path: string, key: TextKey) => void;

function copied(shape: Shape, value: unknown, path: string, visit: Visit): unknown {
  if (!shape.holdsText || !isHolder(value)) return value;
  if (Array.isArray(value)) {
    const copy = [...(value as unknown[])];
    copy.forEach((item, at) => copyInto(copy as unknown as Holder, at, shape.items!, item, `${path}/${at}`, visit));
    return copy;
  }
  const copy: Holder = { ...value };
  for (const [name, member] of shape.members ?? []) {
    if (member.holdsText && name in value) copyInto(copy, name, member, value[name], `${path}/${name}`, visit);
  }
  return copy;
}

function copyInto(copy: Holder, at: string | number, shape: Shape, value: unknown, path: string, visit: Visit): void {
  if (shape.text) visit(copy, at, value, path, shape.text.key);
  else copy[at] = copied(shape, value, path, visit);
}

/** The same without a shape: whatever looks like ciphertext is. No event may declare such an object of its own. */
export function anyWithSlots(value: unknown, path: string, event: StoredEvent, slots: Read[]): unknown {
  if (!isHolder(value)) return value;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Holder;
  for (const [at, member] of Object.entries(value)) {
    const place = `${path}/${at}`;
    if (!isStoredText(member)) copy[at] = anyWithSlots(member, place, event, slots);
    else slots.push({ holder: copy, at, sealed: member, event, keyId: member.k, aad: aadOf(event.id, place) });
  }
  return copy;
}

function isStoredText(value: unknown): value is StoredText {
  if (!isHolder(value)) return false;
  const { c, iv, k, t } = value;
  return [c, iv, k, t].every((part) => typeof part === 'string') && Object.keys(value).length === 4;
}

/** The text of a slot; null where its key is gone. */
export function textIn({ event, aad, sealed }: Read, key: Key): string | null {
  if (key === null) return null;
  try {
    return open(key, sealed, aad).toString('utf8');
  } catch (cause) {
    const where = `${event.stream} revision ${event.revision}, ${event.type}`;
    throw new CorruptLog(`${where}: a text does not open under ${sealed.k}`, { cause });
  }
}

function keyIdOf(key: TextKey, { root, place }: Writing): string {
  if (key === 'community') return `community:${place.community}`;
  if (key === 'circle') {
    if (place.circle === undefined) throw new Error(`${place.category}: text of a circle, but the act names no circle`);
    return `circle:${place.circle}`;
  }
  return `member:${String(root[key.member])}`;
}
