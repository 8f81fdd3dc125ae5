import { Postgres } from '@app/postgres';
import Database from 'better-sqlite3';

interface Statement {
  readonly source: string;
  all(...parameters: unknown[]): unknown;
}

/** In PostgreSQL: not what processes ask by themselves now and again. */
const ofRows = /"read_models_\d+"\./g;

/** What any database of this process was asked for rows while something ran, one line of SQL each. */
export async function statementsOf(act: () => Promise<unknown>): Promise<string[]> {
  const memory = new Database(':memory:');
  const statement = Object.getPrototypeOf(memory.prepare('select 1')) as Statement;
  memory.close();
  const { all } = statement;
  const asked: string[] = [];
  statement.all = function (...parameters) {
    asked.push(this.source);
    return all.apply(this, parameters);
  };
  const { query } = Postgres.prototype;
  Postgres.prototype.query = function (...what: Parameters<typeof query>) {
    const [told] = what;
    const text = typeof told === 'string' ? told : told.text;
    if (text.search(ofRows) >= 0) asked.push(text.replaceAll(ofRows, '').replaceAll(/\$\d+/g, '?'));
    return query.apply(this, what) as never;
  };
  try {
    await act();
  } finally {
    statement.all = all;
    Postgres.prototype.query = query;
  }
  return asked;
}
