import { kindsOf } from './model.js';
import type { Column, ColumnKind, Table } from './table.js';

/** An engine's words for the same tables. */
export interface Words {
  readonly types: Readonly<Record<ColumnKind, string>>;
  /** What every set of tables holds besides those of the projections. */
  readonly bookkeeping: readonly string[];
  /** What stands after the columns of a table. */
  readonly options: (table: Table) => string;
  /** What stands after a column of an index that may be null. */
  readonly nulls: string;
}

const sqlite: Words = {
  types: { text: 'text', int: 'integer', bool: 'integer', json: 'text' },
  bookkeeping: [
    `create table "checkpoint" (
  "projection" text not null primary key,
  "version" integer not null,
  "position" text not null,
  "previous" text not null,
  "eventId" text not null
) strict`,
    `create table "forgotten" (
  "memberId" text not null primary key
) strict`,
  ],
  // One tree instead of two; versions are copied by their rowid.
  options: ({ temporal }) => (temporal ? ' strict' : ' strict, without rowid'),
  nulls: '',
};

const postgres: Words = {
  // Text is compared by its bytes, as SQLite does, whatever the database's language. JSON keeps the order of its keys.
  types: { text: 'text collate "C"', int: 'bigint', bool: 'boolean', json: 'json' },
  bookkeeping: [
    `create table "forgotten" (
  "memberId" text collate "C" not null primary key
)`,
  ],
  options: () => '',
  nulls: ' nulls first',
};

const words = { sqlite, postgres } as const;
export type EngineName = keyof typeof words;

/** The statements that make one set of tables, in an engine's words. */
export function statements(tables: readonly Table[], engine: EngineName = 'sqlite'): readonly string[] {
  kindsOf(tables);
  const its = words[engine];
  const byName = [...tables].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...its.bookkeeping, ...byName.flatMap((table) => [tableOf(table, its), ...indexesOf(table, its)])];
}

/** What PostgreSQL keeps once, beside the sets of tables: which of them is live, and how far each has come. */
export const postgresBookkeeping: readonly string[] = [
  `create table if not exists "generation" (
  "generation" bigint generated always as identity primary key,
  "layout" text not null,
  "structure" text not null,
  "projections" json not null,
  "position" text collate "C" not null,
  "previous" text collate "C" not null,
  "eventId" text not null
)`,
  `create table if not exists "live" (
  "one" boolean primary key default true check ("one"),
  "generation" bigint,
  "previous" bigint,
  "why" text not null,
  "unclean" text not null default ''
)`,
];

/** The same as one text: what `schema/read-models.sql` and `schema/read-models.postgres.sql` show. */
export function ddl(tables: readonly Table[], engine: EngineName = 'sqlite'): string {
  const once = engine === 'postgres' ? postgresBookkeeping : [];
  return [...once, ...statements(tables, engine)].map((statement) => `${statement};\n`).join('\n');
}

/** An identifier as SQL writes it. */
export const quoted = (name: string): string => `"${name}"`;

function tableOf(table: Table, { types, options }: Words): string {
  const { name, columns, key, temporal, goneWith } = table;
  const note = (column: string): string => (column === goneWith ? ' /* gone with them */' : '');
  const lines = Object.entries(columns).map(([column, it]) => `${quoted(column)} ${typeOf(it, types)}${note(column)}`);
  if (temporal) lines.push(`"fromPosition" ${types.text} not null`, `"toPosition" ${types.text}`);
  const primary = [...key, ...(temporal ? ['fromPosition'] : [])];
  lines.push(`primary key (${primary.map(quoted).join(', ')})`);
  return `create table ${quoted(name)} (\n  ${lines.join(',\n  ')}\n)${options(table)}`;
}

function typeOf({ kind, nullable, personalOf }: Column, types: Words['types']): string {
  const notes = [
    // The kind, where the engine's type does not say it.
    types[kind].includes(kind) ? '' : kind,
    personalOf === undefined ? '' : `personal of ${personalOf}`,
  ];
  const note = notes.filter((it) => it !== '').join(', ');
  return `${types[kind]}${note === '' ? '' : ` /* ${note} */`}${nullable ? '' : ' not null'}`;
}

function indexesOf({ name, columns: all, key, temporal, indexes }: Table, { nulls }: Words): string[] {
  const placed = (column: string): string => `${quoted(column)}${all[column]!.nullable ? nulls : ''}`;
  const on = (columns: readonly string[]): string => `on ${quoted(name)} (${columns.map(placed).join(', ')})`;
  const made = indexes.map((columns) => `create index ${quoted([name, ...columns].join('_'))} ${on(columns)}`);
  if (!temporal) return made;
  return [`create unique index ${quoted(`${name}_current`)} ${on(key)} where "toPosition" is null`, ...made];
}
