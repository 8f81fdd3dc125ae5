/** Something that happened, as the domain writes and reads it: a name in the past tense and plain data. */
export interface Fact<T extends string = string, D = unknown> {
  readonly type: T;
  readonly data: D;
}

/**
 * The envelope of an event, text to text (ADR 0001). It says who, in what office, by which command, caused by what, and when.
 * `occurredAt` is when it happened, `recordedAt` when it was written; both are ISO 8601 instants in UTC.
 */
export interface Meta {
  readonly community: string;
  readonly circle?: string;
  readonly actor: string;
  readonly office?: string;
  readonly command: string;
  readonly commandId: string;
  /** Keyed fingerprint of the command's input: the same id with another input is refused. */
  readonly payload: string;
  readonly $causationId?: string;
  readonly $correlationId: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  /** Schema version of the data, as a decimal number. */
  readonly v: string;
  readonly hash: string;
}

/** A fact as it stands in the log: decoded, upcast, with its place and its envelope. Positions sort as text. */
export interface Recorded<F extends Fact = Fact> {
  readonly id: string;
  readonly stream: string;
  readonly revision: number;
  readonly position: string;
  readonly type: F['type'];
  readonly data: F['data'];
  readonly meta: Meta;
}

/** A recorded fact of one type of a union, for handlers keyed by type. */
export type RecordedOf<F extends Fact, T extends F['type']> = Recorded<Extract<F, { type: T }>>;
