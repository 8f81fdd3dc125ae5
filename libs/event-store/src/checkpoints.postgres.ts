import type { Postgres, Transaction } from '@app/postgres';
import { SharedCheckpointStore } from './checkpoints.js';
import type { Position } from './event-store.js';

const channel = 'desk_checkpoints';

/** How far each policy has come, in PostgreSQL; other processes hear of every move. */
export class PostgresCheckpointStore extends SharedCheckpointStore {
  private constructor(
    private readonly postgres: Postgres,
    private readonly guard: (transaction: Transaction) => Promise<void>,
  ) {
    super();
  }

  /** Makes the table where there is none. */
  static async open(postgres: Postgres): Promise<PostgresCheckpointStore> {
    await postgres.exclusively('desk_checkpoints', async (transaction) => {
      await transaction.query('create schema if not exists desk');
      await transaction.query(`create table if not exists desk.checkpoints (
        policy text primary key,
        position text collate "C" not null
      )`);
    });
    return new PostgresCheckpointStore(postgres, () => Promise.resolve());
  }

  guarded(guard: (transaction: Transaction) => Promise<void>): PostgresCheckpointStore {
    return new PostgresCheckpointStore(this.postgres, guard);
  }

  async load(): Promise<ReadonlyMap<string, Position>> {
    const { rows } = await this.postgres.query<{ policy: string; position: Position }>(
      'select policy, position from desk.checkpoints',
    );
    return new Map(rows.map(({ policy, position }) => [policy, position]));
  }

  async save(moves: ReadonlyMap<string, Position>): Promise<void> {
    if (moves.size === 0) return;
    await this.postgres.transaction(async (transaction) => {
      await this.guard(transaction);
      await transaction.query(
        `insert into desk.checkpoints (policy, position) select * from unnest($1::text[], $2::text[])
         on conflict (policy) do update set position = excluded.position`,
        [[...moves.keys()], [...moves.values()]],
      );
      await transaction.query('select pg_notify($1, $2)', [channel, JSON.stringify([...moves])]);
    });
  }

  async reset(name: string): Promise<void> {
    await this.postgres.transaction(async (transaction) => {
      await this.guard(transaction);
      await transaction.query('delete from desk.checkpoints where policy = $1', [name]);
      await transaction.query('select pg_notify($1, $2)', [channel, '']);
    });
  }

  watch(
    moved: (places: Iterable<readonly [string, Position]>, all: boolean) => void,
    onTrouble: (error: unknown) => void,
  ): () => void {
    let heard = 0;
    const all = (): void => {
      const before = heard;
      // What was heard of meanwhile may be newer than what was read.
      void this.load().then((places) => moved(places, before === heard), onTrouble);
    };
    const deaf = this.postgres.listen(channel, (payload) => {
      if (payload === undefined || payload === '') return all();
      heard += 1;
      moved(JSON.parse(payload) as [string, Position][], false);
    });
    // A notification is lost with its connection.
    const again = setInterval(all, 1_000).unref();
    return () => {
      deaf();
      clearInterval(again);
    };
  }
}
