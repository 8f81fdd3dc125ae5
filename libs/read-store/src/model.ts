import type { Recorded } from '@app/kernel';
import type { Projection, Rows } from './projection.js';
import type { ColumnKind, Table } from './table.js';

/** A projection's handler for one type. */
export interface Handler {
  readonly projection: string;
  readonly apply: (fact: Recorded, rows: Rows) => void;
}

/** All projections of an installation, checked once and laid out for the loop. */
export interface Model {
  readonly projections: readonly Projection[];
  readonly tables: readonly Table[];
  readonly kinds: ReadonlyMap<string, ColumnKind>;
  readonly handlers: ReadonlyMap<string, readonly Handler[]>;
}

const reservedTables = ['checkpoint', 'forgotten'];
const reservedColumns = ['fromPosition', 'toPosition'];

/** Throws when two projections or tables share a name, or a table breaks one of the rules of the table language. */
export function modelOf(projections: readonly Projection[]): Model {
  unique('projection', projections);
  const tables = projections.flatMap((it) => it.tables);
  const kinds = kindsOf(tables);
  const handlers = new Map<string, Handler[]>();
  for (const { name, on } of projections) {
    for (const [type, apply] of Object.entries(on) as [string, Handler['apply']][]) {
      handlers.set(type, [...(handlers.get(type) ?? []), { projection: name, apply }]);
    }
  }
  return { projections, tables, kinds, handlers };
}

/** The kind of every column name; checks the tables on the way. */
export function kindsOf(tables: readonly Table[]): ReadonlyMap<string, ColumnKind> {
  unique('table', tables);
  const kinds = new Map<string, ColumnKind>();
  for (const table of tables) {
    check(table);
    for (const [name, { kind }] of Object.entries(table.columns)) {
      const known = kinds.get(name) ?? kind;
      demand(known === kind, `column "${name}" is ${known} elsewhere and ${kind} in table "${table.name}"`);
      kinds.set(name, kind);
    }
  }
  return kinds;
}

function check({ name, columns, key, indexes, goneWith }: Table): void {
  demand(/^[a-z][a-z0-9_]*$/.test(name) && !reservedTables.includes(name), `"${name}" cannot name a table`);
  demand(key.length > 0, `table "${name}" has no key`);
  for (const [column, { personalOf }] of Object.entries(columns)) {
    demand(/^[a-z][A-Za-z0-9]*$/.test(column), `"${name}.${column}" is not in camel case`);
    demand(!reservedColumns.includes(column), `"${name}.${column}" is kept for temporal tables`);
    if (personalOf !== undefined) {
      demand(
        columns[personalOf]?.kind === 'text',
        `"${name}.${column}" is personal of "${personalOf}", which is no text column`,
      );
    }
  }
  if (goneWith !== undefined)
    demand(columns[goneWith]?.kind === 'text', `"${name}" is gone with "${goneWith}", which is no text column`);
  for (const column of key) {
    const it = columns[column];
    demand(it && !it.nullable && (it.kind === 'text' || it.kind === 'int'), `"${name}.${column}" cannot be in a key`);
  }
  for (const column of indexes.flat()) {
    const it = columns[column];
    demand(it && it.kind !== 'json' && it.personalOf === undefined, `"${name}.${column}" cannot be in an index`);
  }
}

function unique(what: string, named: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const { name } of named) {
    demand(!seen.has(name), `two ${what}s are called "${name}"`);
    seen.add(name);
  }
}

function demand(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}
