import type { Transaction } from '@app/postgres';

/** One process's turn at a piece of work that one process does at a time. */
export interface Turn {
  /** Grows with every turn, whoever's it is: what a later turn wrote is never overwritten by an earlier one. */
  readonly fence: number;
  /** Fires when the turn is over: lost to another process, perhaps lost, or given up. */
  readonly signal: AbortSignal;
  /** To be called in every transaction that writes: throws {@link TurnOver} where it is another's turn, and lets none begin before the commit. */
  guard(transaction: Transaction): Promise<void>;
}

/** It is another process's turn: nothing was written. */
export class TurnOver extends Error {
  override readonly name = 'TurnOver';
}

/** The port to who does what among several processes. */
export abstract class Leases {
  /**
   * Does the work whenever it is this process's turn, until the signal fires; meanwhile it stands by. Work ends when its turn does; work
   * that ends before is begun again after a pause.
   */
  abstract take(name: string, work: (turn: Turn) => Promise<void>, ended: AbortSignal): Promise<void>;
}
