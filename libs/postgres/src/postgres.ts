import pg from 'pg';
import { addressOf } from './address.js';
import { isContention, isOutage, isRefusal, PostgresUnavailable, PostgresUnsupported } from './errors.js';
import { Listener } from './listener.js';

export interface PostgresOptions {
  readonly url: string;
  /** How the server's list of connections shows this process. */
  readonly application: string;
  /** The schemas in which tables that are not named in full are looked for; the database's own list unless told. */
  readonly searchPath?: string;
  /** Most connections at once, the listening one apart. */
  readonly connections?: number;
  /** Longest wait for a connection, and for the answer to one statement, in milliseconds. */
  readonly connectMs?: number;
  readonly answerMs?: number;
  /** Told of connections that were lost while nobody used them, and of a listener that must connect again. */
  readonly onTrouble?: (error: Error) => void;
}

/** One connection inside a transaction. */
export type Transaction = Pick<pg.PoolClient, 'query'>;

const OLDEST = 140_000;
const ATTEMPTS = 5;
const TOO_MANY_CONNECTIONS = '53300';

/**
 * The connections of a process to its PostgreSQL. Every wait is bounded: a server that is down, or that froze, is answered with
 * {@link PostgresUnavailable}, and the next call tries again.
 */
export class Postgres {
  readonly address: string;
  /** For query builders. Errors come raw: {@link isOutage} tells those that will pass. */
  readonly pool: pg.Pool;
  private listener: Listener | undefined;

  constructor(private readonly options: PostgresOptions) {
    const { url, application, searchPath, connections = 10, connectMs = 3_000, answerMs = 10_000, onTrouble } = options;
    this.address = addressOf(url);
    this.pool = new pg.Pool({
      connectionString: url,
      application_name: application,
      ...(searchPath === undefined ? {} : { options: `-c search_path=${searchPath}` }),
      max: connections,
      connectionTimeoutMillis: connectMs,
      query_timeout: answerMs,
      keepAlive: true,
      // Statements that are not awaited one by one go out together.
      pipeline: true,
      idle_in_transaction_session_timeout: 2 * answerMs,
    });
    // Without a listener, a connection lost while idle would end the process.
    this.pool.on('error', (error) => onTrouble?.(error));
    // So would one that is lost between two listeners: in the instant in which it is handed over, above all.
    this.pool.on('connect', (client) => client.on('error', () => undefined));
  }

  /** Asks the server who it is. Throws PostgresUnavailable while it does not answer, PostgresUnsupported when it never will do. */
  async check(): Promise<void> {
    const { rows } = await this.query<{ version: string; encoding: string }>(
      `select current_setting('server_version_num') as version, current_setting('server_encoding') as encoding`,
    );
    const { version = '0', encoding = '' } = rows[0] ?? {};
    if (Number(version) < OLDEST)
      throw new PostgresUnsupported(`PostgreSQL at ${this.address} is older than ${OLDEST / 10_000}: ${version}`);
    if (encoding !== 'UTF8')
      throw new PostgresUnsupported(
        `The database ${this.address} is encoded in ${encoding}: make it with encoding UTF8`,
      );
  }

  /** One statement, on whichever connection is free. */
  async query<T extends pg.QueryResultRow>(
    statement: string | pg.QueryConfig,
    values: readonly unknown[] = [],
  ): Promise<pg.QueryResult<T>> {
    try {
      return await this.pool.query<T>(statement, values.length === 0 ? undefined : [...values]);
    } catch (error) {
      throw this.told(error);
    }
  }

  /**
   * Runs the work in one transaction: committed when it resolves, undone when it throws. Run again, from the start, when it met another
   * transaction. An outage at the commit leaves the outcome unknown: the work must bear being done twice.
   */
  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (!isContention(error) || attempt === ATTEMPTS) throw this.told(error);
      }
    }
  }

  /** The same, for one process at a time among all that name the same work: making tables, above all. */
  exclusively<T>(name: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.transaction(async (transaction) => {
      await transaction.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
      return work(transaction);
    });
  }

  /**
   * Calls back at every notification on the channel, and after every new connection of the listener, since some may have been missed:
   * a doorbell, not a postman. Answers how to stop.
   */
  listen(channel: string, ring: (payload: string | undefined) => void): () => void {
    const { url, application, connectMs = 3_000, onTrouble } = this.options;
    this.listener ??= new Listener({ url, application: `${application} (listening)`, connectMs, onTrouble });
    return this.listener.on(channel, ring);
  }

  async close(): Promise<void> {
    await this.listener?.close();
    await this.pool.end();
  }

  private async attempt<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    let broken: Error | undefined;
    // Lost in the middle: the statement under way rejects, and nothing is left for this event to say.
    const lost = (error: Error): void => void (broken = error);
    client.on('error', lost);
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => (broken = failure));
      if (isOutage(error)) broken = error as Error;
      throw error;
    } finally {
      client.off('error', lost);
      client.release(broken);
    }
  }

  private told(error: unknown): unknown {
    if (!isOutage(error) || error instanceof PostgresUnavailable) return error;
    const why = (error as Error).message || 'it cannot be reached';
    if (isRefusal(error))
      return new PostgresUnavailable(
        `PostgreSQL at ${this.address} refuses this process (${why}): check the user, the password, the database and the certificates`,
        { cause: error },
      );
    if ((error as { code?: unknown }).code === TOO_MANY_CONNECTIONS)
      return new PostgresUnavailable(
        `PostgreSQL at ${this.address} has no connection left (${why}): raise max_connections, or run fewer processes`,
        { cause: error },
      );
    return new PostgresUnavailable(`PostgreSQL at ${this.address} does not answer: ${why}`, { cause: error });
  }
}
