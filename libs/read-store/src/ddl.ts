import { kindsOf } from './model.js';
import type { Column, Table } from './table.js';

const types = { text: 'text', int: 'integer', bool: 'integer', json: 'text' } as const;

/** The statements that make the tables, checkpoints and all, in SQLite's words. */
export function statements(tables: readonly Table[]): readonly string[] {
  kindsOf(tables);
  const byName = [...tables].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...bookkeeping, ...byName.flatMap((table) => [tableOf(table), ...indexesOf(table)])];
}

/** The same as one text: what `schema/read-models.sql` shows. */
export function ddl(tables: readonly Table[]): string {
  return statements(tables)
    .map((statement) => `${statement};\n`)
    .join('\n');
}

/** An identifier as SQL writes it. */
export const quoted = (name: string): string => `"${name}"`;

const bookkeeping = [
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
];

function tableOf({ name, columns, key, temporal }: Table): string {
  const lines = Object.entries(columns).map(([column, it]) => `${quoted(column)} ${typeOf(it)}`);
  if (temporal) lines.push('"fromPosition" text not null', '"toPosition" text');
  const primary = [...key, ...(temporal ? ['fromPosition'] : [])];
  lines.push(`primary key (${primary.map(quoted).join(', ')})`);
  // One tree instead of two; versions are copied by their rowid.
  const options = temporal ? 'strict' : 'strict, without rowid';
  return `create table ${quoted(name)} (\n  ${lines.join(',\n  ')}\n) ${options}`;
}

function typeOf({ kind, nullable, personalOf }: Column): string {
  const notes = [
    kind === 'bool' || kind === 'json' ? kind : '',
    personalOf === undefined ? '' : `personal of ${personalOf}`,
  ];
  const note = notes.filter((it) => it !== '').join(', ');
  return `${types[kind]}${note === '' ? '' : ` /* ${note} */`}${nullable ? '' : ' not null'}`;
}

function indexesOf({ name, key, temporal, indexes }: Table): string[] {
  const on = (columns: readonly string[]): string => `on ${quoted(name)} (${columns.map(quoted).join(', ')})`;
  const made = indexes.map((columns) => `create index ${quoted([name, ...columns].join('_'))} ${on(columns)}`);
  if (!temporal) return made;
  return [`create unique index ${quoted(`${name}_current`)} ${on(key)} where "toPosition" is null`, ...made];
}
