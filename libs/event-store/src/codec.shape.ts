import { FormatRegistry, type TSchema, Type } from '@sinclair/typebox';
import type { TextKey } from '@app/kernel';

/** What the codec knows of one place in the data of an event type: walked beside the data, never interpreted again. */
export interface Shape {
  /** The members of an object, in canonical order. */
  readonly members?: readonly (readonly [name: string, shape: Shape])[];
  readonly items?: Shape;
  readonly text?: { readonly key: TextKey; readonly maxLength: number };
  /** Whether there is text here or below. */
  readonly holdsText: boolean;
}

const leaf: Shape = { holdsText: false };

/**
 * The shape of a schema. The variants of a union are laid over each other, so a member that is text in one of them must be text of the
 * same key in all that have it: then no data needs to be told apart while it is encrypted.
 */
export function shapeOf(schema: TSchema, where: string): Shape {
  const shape = shapeAt(schema, where);
  for (const key of keysIn(shape)) {
    const named = typeof key === 'string' || (schema.required as string[] | undefined)?.includes(key.member);
    if (!named)
      throw new Error(`${where} has text of the member in "${JSON.stringify(key)}", a field that it need not have`);
  }
  return shape;
}

function keysIn({ text, items, members }: Shape): TextKey[] {
  if (text) return [text.key];
  return [...(items ? keysIn(items) : []), ...(members ?? []).flatMap(([, it]) => keysIn(it))];
}

function shapeAt(schema: TSchema, where: string): Shape {
  const key = schema['x-key'] as TextKey | undefined;
  if (key !== undefined) return { text: { key, maxLength: maxLengthOf(schema) }, holdsText: true };
  if (Array.isArray(schema.anyOf)) {
    return (schema.anyOf as TSchema[]).map((it) => shapeAt(it, where)).reduce((a, b) => overlay(a, b, where));
  }
  if (schema.type === 'array') {
    const items = shapeAt(schema.items as TSchema, `${where}[]`);
    return { items, holdsText: items.holdsText };
  }
  if (schema.type === 'object') {
    if (schema.additionalProperties !== false) throw new Error(`${where} must be a closed object`);
    const properties = Object.entries(schema.properties as Record<string, TSchema>);
    return objectOf(properties.map(([name, it]) => [name, shapeAt(it, `${where}.${name}`)]));
  }
  if (schema.const !== undefined || ['string', 'boolean', 'null', 'integer'].includes(schema.type as string))
    return leaf;
  throw new Error(`${where} is of a kind that no event may hold: ${JSON.stringify(schema)}`);
}

function objectOf(members: [string, Shape][]): Shape {
  // Integer-like names jump the queue in every JavaScript object: they would break the canonical order.
  const odd = members.find(([name]) => /^\d+$/.test(name));
  if (odd) throw new Error(`a member may not be called "${odd[0]}"`);
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  if (members.map(([name]) => name).join() === 'c,iv,k,t') throw new Error('an object of c, iv, k and t is ciphertext');
  return { members, holdsText: members.some(([, it]) => it.holdsText) };
}

function overlay(a: Shape, b: Shape, where: string): Shape {
  const clash = new Error(`${where} is text in one variant and something else, or text of another key, in the other`);
  if (a.text || b.text) {
    if (JSON.stringify(a.text?.key) !== JSON.stringify(b.text?.key)) throw clash;
    return { text: { key: a.text!.key, maxLength: Math.max(a.text!.maxLength, b.text!.maxLength) }, holdsText: true };
  }
  if (a.members && b.members) {
    const all = new Map(a.members);
    for (const [name, shape] of b.members) {
      const mine = all.get(name);
      all.set(name, mine ? overlay(mine, shape, `${where}.${name}`) : shape);
    }
    return objectOf([...all]);
  }
  if (a.items && b.items) {
    const items = overlay(a.items, b.items, `${where}[]`);
    return { items, holdsText: items.holdsText };
  }
  const [more, less] = a.members || a.items ? [a, b] : [b, a];
  if (less.members || less.items) throw clash;
  return more;
}

function maxLengthOf(schema: TSchema): number {
  const string = (schema.anyOf as TSchema[] | undefined)?.find((it) => it.type === 'string') ?? schema;
  return (string.maxLength as number | undefined) ?? Number.MAX_SAFE_INTEGER;
}

/** Whether a text survives every store: well-formed Unicode without NUL. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && (text as string & { isWellFormed(): boolean }).isWellFormed();
}

const STORABLE = 'storable';
FormatRegistry.Set(STORABLE, isStorable);

/** The schema as it is checked before an event is written: closed lists of words, storable strings and safe integers included. */
export function strict(schema: TSchema): TSchema {
  if (Array.isArray(schema.anyOf)) return { ...schema, anyOf: (schema.anyOf as TSchema[]).map(strict) } as TSchema;
  if (schema.type === 'array') return { ...schema, items: strict(schema.items as TSchema) };
  if (schema.type === 'object') {
    const properties = Object.entries(schema.properties as Record<string, TSchema>);
    return { ...schema, properties: Object.fromEntries(properties.map(([name, it]) => [name, strict(it)])) };
  }
  if (Array.isArray(schema.enum))
    return optionalAs(schema, Type.Union((schema.enum as string[]).map((it) => Type.Literal(it))));
  if (schema.type === 'string' && schema.pattern === undefined) return { ...schema, format: STORABLE };
  if (schema.type === 'integer') {
    const { minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER } = schema;
    return { ...schema, minimum, maximum } as TSchema;
  }
  return schema;
}

function optionalAs(schema: TSchema, replacement: TSchema): TSchema {
  const marks = Object.getOwnPropertySymbols(schema).filter((mark) => mark.description === 'TypeBox.Optional');
  return marks.length > 0 ? Type.Optional(replacement) : replacement;
}
