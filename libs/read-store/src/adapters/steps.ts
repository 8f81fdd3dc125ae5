import type { Position } from '@app/event-store';
import type { Recorded } from '@app/kernel';
import type { Model } from '../model.js';
import type { Rows } from '../projection.js';
import { ProjectionFailed } from '../read-store.js';
import type { RowOf, Table } from '../table.js';
import type { Values } from './table-writer.js';

/** One row operation, told so that another thread can carry it out: tables by their place in the model. */
export type Change =
  | readonly [verb: 'put', table: number, row: Values]
  | readonly [verb: 'patch', table: number, where: Values, changes: Values]
  | readonly [verb: 'delete', table: number, where: Values]
  | readonly [verb: 'forget', memberId: string];

/** What one projection makes of one event. */
export interface Step {
  readonly projection: string;
  readonly type: string;
  readonly position: Position;
  readonly changes: readonly Change[];
}

/** Runs every projection over the facts. Nothing is written yet; throws {@link ProjectionFailed}. */
export function stepsOf({ tables, handlers }: Model, facts: readonly Recorded[]): Step[] {
  const places = new Map(tables.map((table, place) => [table, place]));
  const steps: Step[] = [];
  for (const fact of facts) {
    const { type, position } = fact;
    for (const { projection, apply } of handlers.get(type) ?? []) {
      const rows = new ToldRows(places);
      try {
        apply(fact, rows);
      } catch (error) {
        throw new ProjectionFailed(projection, type, position, error);
      }
      steps.push({ projection, type, position, changes: rows.changes });
    }
    if (type !== 'PersonalDataErased') continue;
    const { memberId } = fact.data as { memberId: string };
    steps.push({ projection: 'forgotten', type, position, changes: [['forget', memberId]] });
  }
  return steps;
}

/** Rows that only take note. */
class ToldRows implements Rows {
  readonly changes: Change[] = [];

  constructor(private readonly places: ReadonlyMap<Table, number>) {}

  put<T extends Table>(table: T, row: RowOf<T>): void {
    this.changes.push(['put', this.placeOf(table), row as Values]);
  }

  patch<T extends Table>(table: T, key: Partial<RowOf<T>>, changes: Partial<RowOf<T>>): void {
    this.patchWhere(table, keyOf(table, key), changes);
  }

  delete<T extends Table>(table: T, key: Partial<RowOf<T>>): void {
    this.deleteWhere(table, keyOf(table, key));
  }

  patchWhere<T extends Table>(table: T, where: Partial<RowOf<T>>, changes: Partial<RowOf<T>>): void {
    this.changes.push(['patch', this.placeOf(table), conditionOf(table, where), whole(changes)]);
  }

  deleteWhere<T extends Table>(table: T, where: Partial<RowOf<T>>): void {
    this.changes.push(['delete', this.placeOf(table), conditionOf(table, where)]);
  }

  private placeOf(table: Table): number {
    const place = this.places.get(table);
    if (place === undefined) throw new Error(`no projection declares table "${table.name}"`);
    return place;
  }
}

/** A value that is missing would be lost on the way, and more rows would match than were meant. */
function conditionOf({ name }: Table, where: Values): Values {
  for (const column in where)
    if (where[column] === undefined) throw new Error(`${name}.${column} cannot be a condition`);
  return where;
}

/** With null for what is undefined, which would be lost on the way. */
function whole(changes: Values): Values {
  const lost = Object.keys(changes).filter((column) => changes[column] === undefined);
  return lost.length === 0 ? changes : { ...changes, ...Object.fromEntries(lost.map((column) => [column, null])) };
}

/** Exactly the columns of the key, so that one row at most is meant. */
function keyOf<T extends Table>(table: T, key: Partial<RowOf<T>>): Partial<RowOf<T>> {
  const given = Object.keys(key);
  if (given.length !== table.key.length || !table.key.every((name) => given.includes(name))) {
    throw new Error(`the key of "${table.name}" is ${table.key.join(', ')}, not ${given.join(', ')}`);
  }
  return key;
}
