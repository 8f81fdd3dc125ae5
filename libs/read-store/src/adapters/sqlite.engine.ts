import type Database from 'better-sqlite3';
import { quoted } from '../ddl.js';
import type { Engine } from './table-writer.js';

/** Prepared statements on the writer's connection. */
export function sqliteEngine(db: Database.Database): Engine {
  return {
    prepare: (sql) => {
      const statement = db.prepare<unknown[]>(sql);
      return (values) => void statement.run(...values);
    },
    bool: Number,
    successors: ({ table: { name, columns }, changed, closing }) => {
      const close = db.prepare<unknown[], { row: unknown }>(`${closing} returning rowid as "row"`);
      const all = Object.keys(columns);
      const listed = all.map(quoted).join(', ');
      const copied = all.map((column) => (changed.includes(column) ? '?' : quoted(column))).join(', ');
      const copy = db.prepare<unknown[]>(
        `insert into ${quoted(name)} (${listed}, "fromPosition", "toPosition") select ${copied}, ?, null from ${quoted(name)} where rowid = ?`,
      );
      return (changes, wanted, at) => {
        for (const { row } of close.all(at, ...wanted, at)) copy.run(...changes, at, row);
      };
    },
  };
}
