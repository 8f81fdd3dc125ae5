import type { Position } from '../event-store.js';

const WIDTH = 20;
const SHAPE = /^\d{40}$/;

/** A place in the server's log: two numbers as the protocol writes them. */
export interface Place {
  readonly commit: string;
  readonly prepare: string;
}

/** A place as text of one width, so that places compare as text: commit, then prepare. */
export function positionOf({ commit, prepare }: Place): Position {
  return commit.padStart(WIDTH, '0') + prepare.padStart(WIDTH, '0');
}

export function placeOf(position: Position): Place {
  checkPosition(position);
  return { commit: String(BigInt(position.slice(0, WIDTH))), prepare: String(BigInt(position.slice(WIDTH))) };
}

export function comparePositions(a: Position, b: Position): number {
  checkPosition(a);
  checkPosition(b);
  return a === b ? 0 : a < b ? -1 : 1;
}

export function checkPosition(position: Position): void {
  if (!SHAPE.test(position)) throw new RangeError(`"${position}" is not a position of this log`);
}
