import type { Position } from '@app/event-store';
import type Database from 'better-sqlite3';
import { quoted } from '../ddl.js';
import type { Table } from '../table.js';
import type { Change } from './sqlite.steps.js';
import { type TableWriter, type Values, writerOf } from './sqlite.tables.js';

interface Known {
  readonly name: string;
  readonly writer: TableWriter;
  /** What a person wrote, and the column that says who. */
  readonly personal: readonly { readonly column: string; readonly of: string }[];
}

/** Row operations at one position, on the writer's connection. What belongs to a forgotten person is never written again. */
export class SqliteRows {
  private readonly known: readonly Known[];
  private forgotten = new Set<string>();

  constructor(
    private readonly db: Database.Database,
    tables: readonly Table[],
  ) {
    this.known = tables.map((table) => {
      const personal = Object.entries(table.columns).flatMap(([column, { personalOf }]) =>
        personalOf === undefined ? [] : [{ column, of: personalOf }],
      );
      return { name: table.name, writer: writerOf(db, table), personal };
    });
    this.recall();
  }

  /** Carries out one change of the event at this position. */
  write(change: Change, at: Position): void {
    if (change[0] === 'forget') return this.forget(change[1]);
    const table = this.known[change[1]]!;
    if (change[0] === 'put') return table.writer.put(this.withoutForgotten(table, change[2]), at);
    if (change[0] === 'delete') return table.writer.delete(change[2], at);
    table.writer.patch(change[2], change[3], at);
    if (this.forgotten.size > 0) this.blankChanged(table, change[3]);
  }

  /** Reads again who was forgotten: after a rollback, what was remembered meanwhile is not true. */
  recall(): void {
    const rows = this.db.prepare<[], { memberId: string }>('select "memberId" from "forgotten"').all();
    this.forgotten = new Set(rows.map(({ memberId }) => memberId));
  }

  /** Blanks what a person wrote in every version of every row, now and for whatever may still be written. */
  private forget(memberId: string): void {
    this.db.prepare('insert into "forgotten" ("memberId") values (?) on conflict do nothing').run(memberId);
    this.forgotten.add(memberId);
    for (const { name, personal } of this.known) {
      for (const { column, of } of personal) {
        this.db.prepare(`${blank(name, column)} and ${quoted(of)} = ?`).run(memberId);
      }
    }
  }

  private withoutForgotten({ personal }: Known, row: Values): Values {
    if (this.forgotten.size === 0) return row;
    const blanks = personal.filter(({ of }) => this.forgotten.has(row[of] as string));
    return blanks.length === 0 ? row : { ...row, ...Object.fromEntries(blanks.map(({ column }) => [column, null])) };
  }

  private blankChanged({ name, personal }: Known, changes: Values): void {
    for (const { column, of } of personal) {
      if (typeof changes[column] !== 'string') continue;
      this.db.prepare(`${blank(name, column)} and ${quoted(of)} in (select "memberId" from "forgotten")`).run();
    }
  }
}

const blank = (table: string, column: string): string =>
  `update ${quoted(table)} set ${quoted(column)} = null where ${quoted(column)} is not null`;
