import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import type { Postgres, Transaction } from '@app/postgres';
import { Backoff } from './follow.js';
import { Leases, type Turn, TurnOver } from './leases.js';

export interface PostgresLeasesOptions {
  readonly postgres: Postgres;
  /** How long a process that says nothing keeps its turn, in milliseconds. */
  readonly termMs?: number;
  /** Told of what makes a turn end or its work begin again. */
  readonly onTrouble?: (error: unknown, name: string) => void;
}

const channel = 'desk_leases';

/** A row for each piece of work: who does it, until when by the database's clock, and the fencing number of the turn. */
export class PostgresLeases extends Leases {
  private readonly owner = randomUUID();
  private readonly termMs: number;

  private constructor(private readonly options: PostgresLeasesOptions) {
    super();
    this.termMs = options.termMs ?? 5_000;
  }

  /** Makes the table where there is none. */
  static async open(options: PostgresLeasesOptions): Promise<PostgresLeases> {
    await options.postgres.exclusively('desk_leases', async (transaction) => {
      await transaction.query('create schema if not exists desk');
      await transaction.query(`create table if not exists desk.leases (
        name text primary key,
        owner text not null,
        fence bigint not null,
        until timestamptz not null
      )`);
      // Makes a new fence a change of key: a takeover waits for those who lock the key, an extension does not.
      await transaction.query('create unique index if not exists leases_fence on desk.leases (name, fence)');
    });
    return new PostgresLeases(options);
  }

  async take(name: string, work: (turn: Turn) => Promise<void>, ended: AbortSignal): Promise<void> {
    const released = new Released();
    const deaf = this.options.postgres.listen(channel, () => released.ring());
    const backoff = new Backoff();
    try {
      while (!ended.aborted) {
        try {
          const began = performance.now();
          const fence = await this.acquire(name);
          if (fence === undefined) {
            await released.within(this.termMs / 2, ended);
          } else {
            await this.hold(new Held(name, this.owner, fence), began, work, ended);
            backoff.succeeded();
          }
        } catch (error) {
          this.options.onTrouble?.(error, name);
          await backoff.failed(ended);
        }
      }
    } finally {
      deaf();
    }
  }

  private async hold(
    held: Held,
    began: number,
    work: (turn: Turn) => Promise<void>,
    ended: AbortSignal,
  ): Promise<void> {
    const over = new AbortController();
    const turn: Turn = {
      fence: held.fence,
      signal: AbortSignal.any([over.signal, ended]),
      guard: (transaction) => held.guard(transaction),
    };
    const renewing = this.renew(held, began, over, turn.signal);
    try {
      await work(turn);
      // Begun again after a pause, whatever it meant by it.
      if (!turn.signal.aborted) throw new Error('the work ended before its turn');
    } finally {
      over.abort();
      await renewing;
      await this.release(held).catch(() => undefined);
    }
  }

  /** Ends the turn when another has it, or when it may have run out unnoticed. */
  private async renew(held: Held, began: number, over: AbortController, ended: AbortSignal): Promise<void> {
    const runsOut = (known: number): NodeJS.Timeout =>
      setTimeout(() => over.abort(), known + this.termMs - performance.now()).unref();
    // By a timer of its own: the database may take longer to answer, or not to, than the turn lasts.
    let timer = runsOut(began);
    while (!ended.aborted) {
      await after(this.termMs / 3, undefined, { signal: ended, ref: false }).catch(() => undefined);
      if (ended.aborted) break;
      const asked = performance.now();
      const kept = await this.extend(held).catch((error: unknown) => {
        this.options.onTrouble?.(error, held.name);
        return undefined;
      });
      if (kept === false) over.abort();
      if (kept !== true || ended.aborted) continue;
      clearTimeout(timer);
      timer = runsOut(asked);
    }
    clearTimeout(timer);
  }

  private async acquire(name: string): Promise<number | undefined> {
    const { rows } = await this.options.postgres.query<{ fence: string }>(
      `insert into desk.leases as it (name, owner, fence, until) values ($1, $2, 1, ${this.until})
       on conflict (name) do update set owner = excluded.owner, fence = it.fence + 1, until = excluded.until
       where it.until < clock_timestamp() returning fence`,
      [name, this.owner],
    );
    return rows[0] === undefined ? undefined : Number(rows[0].fence);
  }

  private async extend({ name, owner, fence }: Held): Promise<boolean> {
    const { rowCount } = await this.options.postgres.query(
      `update desk.leases set until = ${this.until} where name = $1 and owner = $2 and fence = $3`,
      [name, owner, fence],
    );
    return rowCount === 1;
  }

  /** So that who stands by need not wait for the end of the term. */
  private async release({ name, owner, fence }: Held): Promise<void> {
    await this.options.postgres.query(
      `with given as (update desk.leases set until = '-infinity' where name = $1 and owner = $2 and fence = $3 returning name)
       select pg_notify('${channel}', name) from given`,
      [name, owner, fence],
    );
  }

  private get until(): string {
    return `clock_timestamp() + interval '${this.termMs} milliseconds'`;
  }
}

class Held {
  constructor(
    readonly name: string,
    readonly owner: string,
    readonly fence: number,
  ) {}

  /** The lock keeps a takeover waiting until the transaction has ended, and nothing else: the turn can be extended meanwhile. */
  async guard(transaction: Transaction): Promise<void> {
    const { rowCount } = await transaction.query(
      'select 1 from desk.leases where name = $1 and owner = $2 and fence = $3 for key share',
      [this.name, this.owner, this.fence],
    );
    if (rowCount !== 1) throw new TurnOver(`it is another process's turn at ${this.name}`);
  }
}

/** Somebody gave up a turn, it may be the one that is waited for. */
class Released {
  private wake = (): void => undefined;

  ring(): void {
    this.wake();
  }

  async within(ms: number, signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.wake = () => woken.abort();
    await after(ms, undefined, { signal: AbortSignal.any([woken.signal, signal]), ref: false }).catch(() => undefined);
  }
}
