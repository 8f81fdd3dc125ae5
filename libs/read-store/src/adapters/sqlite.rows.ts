import type { Position } from '@app/event-store';
import type Database from 'better-sqlite3';
import { quoted } from '../ddl.js';
import type { Rows } from '../projection.js';
import type { RowOf, Table } from '../table.js';
import { type TableWriter, type Values, writerOf } from './sqlite.tables.js';

interface Known {
  readonly writer: TableWriter;
  /** What a person wrote, and the column that says who. */
  readonly personal: readonly { readonly column: string; readonly of: string }[];
}

/** Row operations at one position, on the writer's connection. What belongs to a forgotten person is never written again. */
export class SqliteRows implements Rows {
  /** Where the event being applied stands. */
  at: Position = '';
  private readonly known = new Map<Table, Known>();
  private forgotten = new Set<string>();

  constructor(
    private readonly db: Database.Database,
    tables: readonly Table[],
  ) {
    for (const table of tables) {
      const personal = Object.entries(table.columns).flatMap(([column, { personalOf }]) =>
        personalOf === undefined ? [] : [{ column, of: personalOf }],
      );
      this.known.set(table, { writer: writerOf(db, table), personal });
    }
    this.recall();
  }

  put<T extends Table>(table: T, row: RowOf<T>): void {
    this.of(table).writer.put(this.withoutForgotten(table, row as Values), this.at);
  }

  patch<T extends Table>(table: T, key: Partial<RowOf<T>>, changes: Partial<RowOf<T>>): void {
    this.patchWhere(table, keyOf(table, key), changes);
  }

  delete<T extends Table>(table: T, key: Partial<RowOf<T>>): void {
    this.deleteWhere(table, keyOf(table, key));
  }

  patchWhere<T extends Table>(table: T, where: Partial<RowOf<T>>, changes: Partial<RowOf<T>>): void {
    this.of(table).writer.patch(where as Values, changes as Values, this.at);
    if (this.forgotten.size > 0) this.blankChanged(table, changes as Values);
  }

  deleteWhere<T extends Table>(table: T, where: Partial<RowOf<T>>): void {
    this.of(table).writer.delete(where as Values, this.at);
  }

  /** Blanks what a person wrote in every version of every row, now and for whatever may still be written. */
  forget(memberId: string): void {
    this.db.prepare('insert into "forgotten" ("memberId") values (?) on conflict do nothing').run(memberId);
    this.forgotten.add(memberId);
    for (const [{ name }, { personal }] of this.known) {
      for (const { column, of } of personal) {
        this.db.prepare(`${blank(name, column)} and ${quoted(of)} = ?`).run(memberId);
      }
    }
  }

  /** Reads again who was forgotten: after a rollback, what was remembered meanwhile is not true. */
  recall(): void {
    const rows = this.db.prepare<[], { memberId: string }>('select "memberId" from "forgotten"').all();
    this.forgotten = new Set(rows.map(({ memberId }) => memberId));
  }

  private of(table: Table): Known {
    const known = this.known.get(table);
    if (known === undefined) throw new Error(`no projection declares table "${table.name}"`);
    return known;
  }

  private withoutForgotten(table: Table, row: Values): Values {
    if (this.forgotten.size === 0) return row;
    const blanks = this.of(table).personal.filter(({ of }) => this.forgotten.has(row[of] as string));
    return blanks.length === 0 ? row : { ...row, ...Object.fromEntries(blanks.map(({ column }) => [column, null])) };
  }

  private blankChanged(table: Table, changes: Values): void {
    for (const { column, of } of this.of(table).personal) {
      if (typeof changes[column] !== 'string') continue;
      this.db.prepare(`${blank(table.name, column)} and ${quoted(of)} in (select "memberId" from "forgotten")`).run();
    }
  }
}

const blank = (table: string, column: string): string =>
  `update ${quoted(table)} set ${quoted(column)} = null where ${quoted(column)} is not null`;

/** Exactly the columns of the key, so that one row at most is meant. */
function keyOf<T extends Table>(table: T, key: Partial<RowOf<T>>): Partial<RowOf<T>> {
  const given = Object.keys(key);
  if (given.length !== table.key.length || !table.key.every((name) => given.includes(name))) {
    throw new Error(`the key of "${table.name}" is ${table.key.join(', ')}, not ${given.join(', ')}`);
  }
  return key;
}
