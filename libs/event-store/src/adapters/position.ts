import type { Position } from '../event-store.js';

const WIDTH = 20;
const SHAPE = /^\d{20}$/;

/** A place as text of one width, so that places compare as text. Places count from 1. */
export function positionOf(place: number): Position {
  return String(place).padStart(WIDTH, '0');
}

/** The place a position stands for; 0, before everything, when there is none. */
export function placeOf(position: Position | undefined): number {
  if (position === undefined) return 0;
  const place = SHAPE.test(position) ? Number(position) : NaN;
  if (!Number.isSafeInteger(place)) throw new RangeError(`"${position}" is not a position of this log`);
  return place;
}

export function comparePositions(a: Position, b: Position): number {
  return placeOf(a) - placeOf(b);
}
