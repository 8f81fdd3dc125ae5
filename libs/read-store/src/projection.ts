import type { Fact, Recorded, RecordedOf } from '@app/kernel';
import type { RowOf, Table } from './table.js';

/**
 * What a projection may do with rows. All of it is decided by the event alone: nothing is looked up. On a temporal table the same three
 * words keep the past: `put` and `patch` open a new version at the event's position, `delete` closes the current one.
 */
export interface Rows {
  put<T extends Table>(table: T, row: RowOf<T>): void;
  /** Changes named columns of the row with this key; a row that is not there stays away. */
  patch<T extends Table>(table: T, key: Partial<RowOf<T>>, changes: Partial<RowOf<T>>): void;
  delete<T extends Table>(table: T, key: Partial<RowOf<T>>): void;
  /** Patches or deletes every current row whose columns equal these. */
  patchWhere<T extends Table>(table: T, where: Partial<RowOf<T>>, changes: Partial<RowOf<T>>): void;
  deleteWhere<T extends Table>(table: T, where: Partial<RowOf<T>>): void;
}

/** A pure function from events to row operations. Unknown types are skipped and counted. */
export interface Projection<F extends Fact = Fact> {
  /** The checkpoint's key: never renamed. */
  readonly name: string;
  /** Raised to rebuild from the first event. */
  readonly version: number;
  readonly tables: readonly Table[];
  readonly on: { readonly [T in F['type']]?: (fact: RecordedOf<F, T>, rows: Rows) => void };
}

/** Declares a projection, so that its handlers are typed by their event. */
export function projection<F extends Fact>(it: Projection<F>): Projection {
  return it as unknown as Projection;
}

export type AnyRecorded = Recorded;
