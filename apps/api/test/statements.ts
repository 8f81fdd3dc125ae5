import Database from 'better-sqlite3';

interface Statement {
  readonly source: string;
  all(...parameters: unknown[]): unknown;
}

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
  try {
    await act();
  } finally {
    statement.all = all;
  }
  return asked;
}
