import {
  type Static,
  type TNull,
  type TObject,
  type TProperties,
  type TSchema,
  type TString,
  type TUnion,
  Type,
} from '@sinclair/typebox';
import type { Fact } from './fact.js';

/** Whose key covers a text (ADR 0001 §5): a member named by a top-level field, the circle of the envelope, or the community. */
export type TextKey = { readonly member: string } | 'circle' | 'community';

type TText = TUnion<[TString, TNull]>;

/** Text that a person wrote. Stored as ciphertext; `null` once the key is destroyed. Limit in UTF-16 units. */
export function text(key: TextKey, maxLength = 20_000): TText {
  return Type.Union([Type.String({ maxLength }), Type.Null()], { 'x-key': key });
}

/** An id of a member, circle, proposal…: short, no white space. */
export const id = (): TString => Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9:_-]+$' });
export const day = (): TString => Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
export const instant = (): TString => Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' });
export const deadline = () => Type.Object({ date: day(), instant: instant() }, { additionalProperties: false });
export const whole = () => Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
export const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>(Type.String({ enum: [...values] }));
/** A closed object: an unknown field is refused. */
export const record = <T extends TProperties>(properties: T) =>
  Type.Object(properties, { additionalProperties: false });
export const list = Type.Array;
export const maybe = Type.Optional;
export const union = Type.Union;
export const literal = Type.Literal;
export const bool = Type.Boolean;
export const word = (maxLength = 200): TString => Type.String({ minLength: 1, maxLength });

/** A ciphertext that nobody reads before it is revealed. */
export const sealed = () => Type.String({ minLength: 1, maxLength: 2_000, 'x-sealed': true });

/** How a person's answer came in: by themselves, or entered by the officer for somebody present. */
export const channels = ['own', 'voice', 'paper'] as const;
export type Channel = (typeof channels)[number];
export const answered = () => ({ by: id(), enteredBy: id(), channel: oneOf(channels) });

/** One event type in its newest version: the JSON Schema of its data. Older versions live in `*.upcasters.ts`. */
export interface EventShape<D extends TSchema = TSchema> {
  readonly version: number;
  readonly data: D;
}

/** All the event types of one kind of stream. */
export interface EventCatalogue<T extends Record<string, EventShape> = Record<string, EventShape>> {
  readonly category: string;
  readonly types: T;
}

/** Declares the events of a stream category, each at version 1 unless it says otherwise. */
export function catalogue<const T extends Record<string, EventShape>>(category: string, types: T): EventCatalogue<T> {
  return { category, types };
}

/** Version 1 of an event with these fields. Add optional fields; never rename or remove one. */
export function event<T extends TProperties>(properties: T): EventShape<TObject<T>> {
  return { version: 1, data: record(properties) };
}

/** The union of facts that a catalogue declares. */
export type FactOf<C> =
  C extends EventCatalogue<infer T>
    ? { [K in keyof T & string]: Fact<K, Static<T[K]['data']>> }[keyof T & string]
    : never;

export type { Static };
