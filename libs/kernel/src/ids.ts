import { hash, randomUUID } from 'node:crypto';

/** A new random id. The only place that makes one. */
export function newId(): string {
  return randomUUID();
}

/** An id that the same parts always give: what makes a repeated command the same command. Shaped as a UUID. */
export function derivedId(...parts: readonly string[]): string {
  const hex = hash('sha256', JSON.stringify(parts));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The only builder of stream names: a one-word category, the first dash, the id. */
export function streamOf(category: string, id: string): string {
  if (!/^[a-z]+$/.test(category)) throw new Error(`"${category}" is not a stream category`);
  return `${category}-${id}`;
}

/** The id in a stream's name. */
export function idOf(stream: string): string {
  return stream.slice(stream.indexOf('-') + 1);
}

/** The category in a stream's name. */
export function categoryOf(stream: string): string {
  return stream.slice(0, stream.indexOf('-'));
}
