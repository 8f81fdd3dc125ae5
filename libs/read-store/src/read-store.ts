import type { Kysely } from 'kysely';

/**
 * The port to the read models. Queries see what the projections have written up to {@link position}.
 * Rows come back with `json` and `bool` columns as values.
 */
export abstract class ReadStore {
  /** The query builder over the live tables, typed by the caller's own tables. Has a connection of its own. */
  abstract db<T>(): Kysely<T>;
  /** How far the live projections have come; nothing before the first event. */
  abstract position(): string | undefined;
  abstract close(): Promise<void>;
}
