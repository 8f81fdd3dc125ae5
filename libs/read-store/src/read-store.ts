import type { Position } from '@app/event-store';
import type { Recorded } from '@app/kernel';
import type { Kysely } from 'kysely';

/**
 * The port to the read models, for those who ask. Queries see what the projections have written up to {@link position}.
 * Rows come back with `json` and `bool` columns as values.
 */
export abstract class ReadStore {
  /** The query builder over the live tables, typed by the caller's own tables. Has a connection of its own; it stays good across rebuilds. */
  abstract db<T>(): Kysely<T>;
  /** How far the live projections have come; nothing before the first event. */
  abstract position(): Position | undefined;
  abstract close(): Promise<void>;
}

/** The last event applied, with the place before it: by this a start knows that the log is still the one the rows were made from. */
export interface Mark {
  readonly position: Position;
  readonly previous: Position | undefined;
  readonly eventId: string;
}

/** What was found at the start. `outdated`: rows of an older version of a projection, good enough to be read until they are rebuilt. */
export type Standing =
  | { readonly kind: 'current' }
  | { readonly kind: 'outdated'; readonly why: string }
  | { readonly kind: 'unusable'; readonly why: string };

/** New tables beside the live ones, filled from the first event. */
export interface Draft {
  apply(facts: readonly Recorded[], mark: Mark): Promise<void>;
  /** Takes the place of the live tables. */
  serve(): Promise<void>;
  discard(): Promise<void>;
}

/** The port for the one who writes: the live loop. */
export abstract class ProjectedStore extends ReadStore {
  abstract standing(): Standing;
  abstract mark(): Mark | undefined;
  /** Applies every projection to the facts and moves every checkpoint to the mark, all or nothing. Throws {@link ProjectionFailed}. */
  abstract apply(facts: readonly Recorded[], mark: Mark): Promise<void>;
  /** Serves these rows no longer: from now on queries throw {@link ReadModelsNotReady} until a draft is served. */
  abstract withdraw(why: string): Promise<void>;
  abstract draft(): Promise<Draft>;

  /** Calls back when rows that were good turn out to be unusable, where the store looks after them by itself. Answers how to stop. */
  onBroken(_tell: () => void): () => void {
    return () => undefined;
  }
}

/** There is nothing to read yet: the read models are being built. */
export class ReadModelsNotReady extends Error {
  override readonly name = 'ReadModelsNotReady';
}

/** The rows themselves cannot be read or written any more; they are to be built again. */
export class ReadModelsBroken extends Error {
  override readonly name = 'ReadModelsBroken';
}

/** A checkpoint was not where this writer had left it: somebody else moved it. Nothing was written. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';
}

/** A projection threw at an event; nothing of its batch was written. */
export class ProjectionFailed extends Error {
  override readonly name = 'ProjectionFailed';
  constructor(
    readonly projection: string,
    readonly type: string,
    readonly position: Position,
    cause: unknown,
  ) {
    super(`${projection} failed at ${type} (${position}): ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  }
}
