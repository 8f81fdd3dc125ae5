import type { Position } from '@app/event-store';
import type Database from 'better-sqlite3';
import { quoted } from '../ddl.js';
import type { Column, Table } from '../table.js';

export type Values = Readonly<Record<string, unknown>>;
type Statement = Database.Statement<unknown[]>;

/** One table's row operations as cached statements. Positions matter to temporal tables only. */
export interface TableWriter {
  put(row: Values, at: Position): void;
  /** Both change every current row whose columns equal `where`. */
  patch(where: Values, changes: Values, at: Position): void;
  delete(where: Values, at: Position): void;
}

export function writerOf(db: Database.Database, table: Table): TableWriter {
  return table.temporal ? new TemporalTable(db, table) : new PlainTable(db, table);
}

/** A value as SQLite keeps it. Throws when it is not of the column's kind. */
function encoded(table: string, name: string, { kind, nullable }: Column, value: unknown): unknown {
  if (value === undefined || value === null) {
    if (nullable) return null;
    throw new Error(`${table}.${name} is missing`);
  }
  if (kind === 'json') return JSON.stringify(value);
  if (kind === 'bool' && typeof value === 'boolean') return value ? 1 : 0;
  if (kind === 'int' && Number.isSafeInteger(value)) return value;
  if (kind === 'text' && typeof value === 'string') return value;
  throw new Error(`${table}.${name} takes ${kind}, not ${typeof value}`);
}

abstract class SqlTable {
  protected readonly columns: readonly string[];
  private readonly statements = new Map<string, Statement>();

  constructor(
    private readonly db: Database.Database,
    protected readonly table: Table,
  ) {
    this.columns = Object.keys(table.columns);
  }

  protected get name(): string {
    return quoted(this.table.name);
  }

  /** The statement of this name, made at its first use. */
  protected statement(name: string, sql: () => string): Statement {
    let statement = this.statements.get(name);
    if (statement === undefined) {
      statement = this.db.prepare<unknown[]>(sql());
      this.statements.set(name, statement);
    }
    return statement;
  }

  protected values(columns: readonly string[], row: Values): unknown[] {
    return columns.map((name) => encoded(this.table.name, name, this.table.columns[name]!, row[name]));
  }

  /** The columns of a condition. A missing value would match more than was meant, so it is refused. */
  protected conditions(where: Values): readonly string[] {
    const names = Object.keys(where);
    if (names.length === 0) throw new Error(`${this.table.name}: a condition names at least one column`);
    for (const name of names) {
      const column = this.table.columns[name];
      if (
        column === undefined ||
        column.kind === 'json' ||
        column.personalOf !== undefined ||
        where[name] === undefined
      ) {
        throw new Error(`${this.table.name}.${name} cannot be a condition`);
      }
    }
    return names;
  }

  /** The columns to change: those of the table, without its key. */
  protected changed(changes: Values): readonly string[] {
    return Object.keys(changes).filter((name) => name in this.table.columns && !this.table.key.includes(name));
  }
}

const equal = (names: readonly string[]): string => names.map((name) => `${quoted(name)} is ?`).join(' and ');
const assigned = (names: readonly string[]): string => names.map((name) => `${quoted(name)} = ?`).join(', ');
const taken = (names: readonly string[]): string =>
  names.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ');
const listed = (names: readonly string[]): string => names.map(quoted).join(', ');
const marks = (names: readonly string[]): string => names.map(() => '?').join(', ');

class PlainTable extends SqlTable implements TableWriter {
  put(row: Values): void {
    this.statement('put', () => this.putting()).run(...this.values(this.columns, row));
  }

  private putting(): string {
    const rest = this.columns.filter((name) => !this.table.key.includes(name));
    const conflict = rest.length === 0 ? 'do nothing' : `do update set ${taken(rest)}`;
    const values = `(${listed(this.columns)}) values (${marks(this.columns)})`;
    return `insert into ${this.name} ${values} on conflict (${listed(this.table.key)}) ${conflict}`;
  }

  patch(where: Values, changes: Values): void {
    const changed = this.changed(changes);
    const conditions = this.conditions(where);
    if (changed.length === 0) return;
    this.statement(
      `patch ${changed.join()} where ${conditions.join()}`,
      () => `update ${this.name} set ${assigned(changed)} where ${equal(conditions)}`,
    ).run(...this.values(changed, changes), ...this.values(conditions, where));
  }

  delete(where: Values): void {
    const conditions = this.conditions(where);
    this.statement(
      `delete where ${conditions.join()}`,
      () => `delete from ${this.name} where ${equal(conditions)}`,
    ).run(...this.values(conditions, where));
  }
}

/** Versions of rows, each from a position to another. The same operation applied twice at one position leaves the same versions. */
class TemporalTable extends SqlTable implements TableWriter {
  put(row: Values, at: Position): void {
    this.statement(
      'close',
      () =>
        `update ${this.name} set "toPosition" = ? where ${equal(this.table.key)} and "toPosition" is null and "fromPosition" < ?`,
    ).run(at, ...this.values(this.table.key, row), at);
    const rest = this.columns.filter((name) => !this.table.key.includes(name));
    this.statement(
      'put',
      () =>
        `insert into ${this.name} (${listed(this.columns)}, "fromPosition", "toPosition") values (${marks(this.columns)}, ?, null) ` +
        `on conflict (${listed(this.table.key)}, "fromPosition") do update set ${taken([...rest, 'toPosition'])}`,
    ).run(...this.values(this.columns, row), at);
  }

  patch(where: Values, changes: Values, at: Position): void {
    const changed = this.changed(changes);
    const conditions = this.conditions(where);
    if (changed.length === 0) return;
    const values = this.values(changed, changes);
    const wanted = this.values(conditions, where);
    const shape = `${changed.join()} where ${conditions.join()}`;
    this.statement(
      `patch ${shape}`,
      () =>
        `update ${this.name} set ${assigned(changed)} where ${equal(conditions)} and "toPosition" is null and "fromPosition" = ?`,
    ).run(...values, ...wanted, at);
    const closed = this.closed(conditions, wanted, at);
    if (closed.length === 0) return;
    const copied = this.columns.map((name) => (changed.includes(name) ? '?' : quoted(name))).join(', ');
    const inOrder = this.columns.filter((name) => changed.includes(name)).map((name) => values[changed.indexOf(name)]);
    const copy = this.statement(
      `copy ${changed.join()}`,
      () =>
        `insert into ${this.name} (${listed(this.columns)}, "fromPosition", "toPosition") select ${copied}, ?, null from ${this.name} where rowid = ?`,
    );
    for (const rowid of closed) copy.run(...inOrder, at, rowid);
  }

  delete(where: Values, at: Position): void {
    const conditions = this.conditions(where);
    const wanted = this.values(conditions, where);
    // Made and ended by the same event: it was never there for anybody to see.
    this.statement(
      `forget where ${conditions.join()}`,
      () => `delete from ${this.name} where ${equal(conditions)} and "toPosition" is null and "fromPosition" = ?`,
    ).run(...wanted, at);
    this.closed(conditions, wanted, at);
  }

  /** Ends the current versions that match and are older than this position; answers which they were. */
  private closed(conditions: readonly string[], wanted: unknown[], at: Position): unknown[] {
    const rows = this.statement(
      `close where ${conditions.join()}`,
      () =>
        `update ${this.name} set "toPosition" = ? where ${equal(conditions)} and "toPosition" is null and "fromPosition" < ? returning rowid as "row"`,
    ).all(at, ...wanted, at) as { row: unknown }[];
    return rows.map(({ row }) => row);
  }
}
