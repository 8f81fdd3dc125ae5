import type { Position } from '@app/event-store';
import { quoted } from '../ddl.js';
import type { Column, Table } from '../table.js';

export type Values = Readonly<Record<string, unknown>>;

/** One table's row operations. Positions matter to temporal tables only. */
export interface TableWriter {
  put(row: Values, at: Position): void;
  /** Both change every current row whose columns equal `where`. */
  patch(where: Values, changes: Values, at: Position): void;
  delete(where: Values, at: Position): void;
}

/** A statement made ready, run with one value for each of its question marks. */
export type Run = (values: readonly unknown[]) => void;

/** What an engine does in a way of its own; everything else is the same SQL. */
export interface Engine {
  prepare(sql: string): Run;
  bool(value: boolean): unknown;
  /** Makes ready what ends versions of rows and opens changed ones. Runs with the changed values in the order of the columns. */
  successors(of: Succession): (changes: readonly unknown[], wanted: readonly unknown[], at: Position) => void;
}

export interface Succession {
  readonly table: Table;
  readonly changed: readonly string[];
  /** Ends the current versions that match: values are the position, those wanted, the position again. */
  readonly closing: string;
}

export function writerOf(engine: Engine, table: Table): TableWriter {
  return table.temporal ? new TemporalTable(engine, table) : new PlainTable(engine, table);
}

/** A value as the engine takes it. Throws when it is not of the column's kind. */
function encoded(engine: Engine, where: string, { kind, nullable }: Column, value: unknown): unknown {
  if (value === undefined || value === null) {
    if (nullable) return null;
    throw new Error(`${where} is missing`);
  }
  if (kind === 'json') return JSON.stringify(value);
  if (kind === 'bool' && typeof value === 'boolean') return engine.bool(value);
  if (kind === 'int' && Number.isSafeInteger(value)) return value;
  if (kind === 'text' && typeof value === 'string') return value;
  throw new Error(`${where} takes ${kind}, not ${typeof value}`);
}

/** A condition as SQL, and the values of its question marks. */
interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

abstract class SqlTable {
  protected readonly columns: readonly string[];
  private readonly prepared = new Map<string, unknown>();

  constructor(
    protected readonly engine: Engine,
    protected readonly table: Table,
  ) {
    this.columns = Object.keys(table.columns);
  }

  protected get name(): string {
    return quoted(this.table.name);
  }

  /** What bears this name, made at its first use. */
  protected once<T>(name: string, make: () => T): T {
    let it = this.prepared.get(name) as T | undefined;
    if (it === undefined) this.prepared.set(name, (it = make()));
    return it;
  }

  protected run(name: string, sql: () => string, values: readonly unknown[]): void {
    this.once(name, () => this.engine.prepare(sql()))(values);
  }

  protected values(columns: readonly string[], row: Values): unknown[] {
    const { name, columns: all } = this.table;
    return columns.map((column) => encoded(this.engine, `${name}.${column}`, all[column]!, row[column]));
  }

  /** Says `is null` for null, so that every engine can use its index. A missing value would match more than was meant, so it is refused. */
  protected condition(where: Values): Condition {
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
    const values = this.values(names, where);
    const sql = names.map((name, at) => `${quoted(name)} ${values[at] === null ? 'is null' : '= ?'}`).join(' and ');
    return { sql, values: values.filter((value) => value !== null) };
  }

  /** The columns to change: those of the table, without its key, in its order. */
  protected changed(changes: Values): readonly string[] {
    return this.columns.filter((name) => name in changes && !this.table.key.includes(name));
  }
}

const equal = (names: readonly string[]): string => names.map((name) => `${quoted(name)} = ?`).join(' and ');
const assigned = (names: readonly string[]): string => names.map((name) => `${quoted(name)} = ?`).join(', ');
const taken = (names: readonly string[]): string =>
  names.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ');
const listed = (names: readonly string[]): string => names.map(quoted).join(', ');
const marks = (names: readonly string[]): string => names.map(() => '?').join(', ');

class PlainTable extends SqlTable implements TableWriter {
  put(row: Values): void {
    this.run('put', () => this.putting(), this.values(this.columns, row));
  }

  private putting(): string {
    const rest = this.columns.filter((name) => !this.table.key.includes(name));
    const conflict = rest.length === 0 ? 'do nothing' : `do update set ${taken(rest)}`;
    const values = `(${listed(this.columns)}) values (${marks(this.columns)})`;
    return `insert into ${this.name} ${values} on conflict (${listed(this.table.key)}) ${conflict}`;
  }

  patch(where: Values, changes: Values): void {
    const changed = this.changed(changes);
    const { sql, values } = this.condition(where);
    if (changed.length === 0) return;
    this.run(
      `patch ${changed.join()} where ${sql}`,
      () => `update ${this.name} set ${assigned(changed)} where ${sql}`,
      [...this.values(changed, changes), ...values],
    );
  }

  delete(where: Values): void {
    const { sql, values } = this.condition(where);
    this.run(`delete where ${sql}`, () => `delete from ${this.name} where ${sql}`, values);
  }
}

/** Versions of rows, each from a position to another. The same operation applied twice at one position leaves the same versions. */
class TemporalTable extends SqlTable implements TableWriter {
  put(row: Values, at: Position): void {
    const key = this.values(this.table.key, row);
    this.run('close', () => this.closing(equal(this.table.key)), [at, ...key, at]);
    const rest = this.columns.filter((name) => !this.table.key.includes(name));
    this.run(
      'put',
      () =>
        `insert into ${this.name} (${listed(this.columns)}, "fromPosition", "toPosition") values (${marks(this.columns)}, ?, null) ` +
        `on conflict (${listed(this.table.key)}, "fromPosition") do update set ${taken([...rest, 'toPosition'])}`,
      [...this.values(this.columns, row), at],
    );
  }

  patch(where: Values, changes: Values, at: Position): void {
    const changed = this.changed(changes);
    const { sql, values: wanted } = this.condition(where);
    if (changed.length === 0) return;
    const values = this.values(changed, changes);
    const shape = `${changed.join()} where ${sql}`;
    this.run(
      `patch ${shape}`,
      () => `update ${this.name} set ${assigned(changed)} where ${sql} and "toPosition" is null and "fromPosition" = ?`,
      [...values, ...wanted, at],
    );
    const { table } = this;
    const succeed = this.once(`succeed ${shape}`, () =>
      this.engine.successors({ table, changed, closing: this.closing(sql) }),
    );
    succeed(values, wanted, at);
  }

  delete(where: Values, at: Position): void {
    const { sql, values } = this.condition(where);
    // Made and ended by the same event: it was never there for anybody to see.
    this.run(
      `forget where ${sql}`,
      () => `delete from ${this.name} where ${sql} and "toPosition" is null and "fromPosition" = ?`,
      [...values, at],
    );
    this.run(`close where ${sql}`, () => this.closing(sql), [at, ...values, at]);
  }

  private closing(where: string): string {
    return `update ${this.name} set "toPosition" = ? where ${where} and "toPosition" is null and "fromPosition" < ?`;
  }
}
