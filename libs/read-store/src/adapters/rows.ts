import type { Position } from '@app/event-store';
import { quoted } from '../ddl.js';
import type { Table } from '../table.js';
import type { Change } from './steps.js';
import { type Engine, type Run, type TableWriter, type Values, writerOf } from './table-writer.js';

interface Known {
  readonly writer: TableWriter;
  /** What a person wrote, and the column that says who. */
  readonly personal: readonly Personal[];
  /** Whose a row is, in a table whose rows go with their person. */
  readonly own: Own | undefined;
}

interface Own {
  readonly key: readonly string[];
  readonly of: string;
  /** Removes every row of one person. */
  readonly remove: Run;
}

interface Personal {
  readonly column: string;
  readonly of: string;
  /** Blanks it in every version of every row of one person; of everybody who was forgotten. */
  readonly blank: Run;
  readonly blankForgotten: Run;
}

/** Row operations at one position. What belongs to a forgotten person is never written again. */
export class RowWriter {
  private readonly known: readonly Known[];
  private readonly remember: Run;
  private forgotten = new Set<string>();

  constructor(engine: Engine, tables: readonly Table[]) {
    this.known = tables.map((table) => ({
      writer: writerOf(engine, table),
      personal: personalIn(engine, table),
      own: ownIn(engine, table),
    }));
    this.remember = engine.prepare('insert into "forgotten" ("memberId") values (?) on conflict do nothing');
  }

  /** Carries out one change of the event at this position. */
  write(change: Change, at: Position): void {
    if (change[0] === 'forget') return this.forget(change[1]);
    const table = this.known[change[1]]!;
    if (change[0] === 'put') return this.put(table, change[2], at);
    if (change[0] === 'delete') return table.writer.delete(change[2], at);
    table.writer.patch(change[2], change[3], at);
    if (this.forgotten.size === 0) return;
    this.blankChanged(table, change[3]);
    const whose = table.own === undefined ? undefined : change[3][table.own.of];
    if (this.forgotten.has(whose as string)) table.own?.remove([whose]);
  }

  /** Who was forgotten, as the tables have it: at first, and after a rollback, when what was remembered meanwhile is not true. */
  recall(forgotten: Iterable<string>): void {
    this.forgotten = new Set(forgotten);
  }

  private put(table: Known, row: Values, at: Position): void {
    const { own, writer } = table;
    if (own === undefined || !this.forgotten.has(row[own.of] as string))
      return writer.put(this.withoutForgotten(table, row), at);
    writer.delete(Object.fromEntries(own.key.map((column) => [column, row[column]])), at);
  }

  /** Blanks what a person wrote in every version of every row, now and for whatever may still be written; removes what is theirs. */
  private forget(memberId: string): void {
    this.remember([memberId]);
    this.forgotten.add(memberId);
    for (const { personal, own } of this.known) {
      for (const { blank } of personal) blank([memberId]);
      own?.remove([memberId]);
    }
  }

  private withoutForgotten({ personal }: Known, row: Values): Values {
    if (this.forgotten.size === 0) return row;
    const blanks = personal.filter(({ of }) => this.forgotten.has(row[of] as string));
    return blanks.length === 0 ? row : { ...row, ...Object.fromEntries(blanks.map(({ column }) => [column, null])) };
  }

  private blankChanged({ personal }: Known, changes: Values): void {
    for (const { column, blankForgotten } of personal) if (typeof changes[column] === 'string') blankForgotten([]);
  }
}

function ownIn(engine: Engine, { name, key, goneWith: of }: Table): Own | undefined {
  if (of === undefined) return undefined;
  return { key, of, remove: engine.prepare(`delete from ${quoted(name)} where ${quoted(of)} = ?`) };
}

function personalIn(engine: Engine, { name, columns }: Table): Personal[] {
  return Object.entries(columns).flatMap(([column, { personalOf: of }]) => {
    if (of === undefined) return [];
    const blank = `update ${quoted(name)} set ${quoted(column)} = null where ${quoted(column)} is not null and ${quoted(of)}`;
    const forgotten = 'in (select "memberId" from "forgotten")';
    return {
      column,
      of,
      blank: engine.prepare(`${blank} = ?`),
      blankForgotten: engine.prepare(`${blank} ${forgotten}`),
    };
  });
}
