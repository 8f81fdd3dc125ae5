import type { Postgres, Transaction } from '@app/postgres';
import type { Recorded } from '@app/kernel';
import type { Model } from '../model.js';
import { CheckpointMoved, type Draft, type Mark } from '../read-store.js';
import type { Found, Generations } from './postgres.generations.js';
import { Scrubber } from './postgres.scrubber.js';
import type { Told, Watch } from './postgres.watch.js';
import { SchemaWriter } from './postgres.writer.js';
import { type Step, stepsOf } from './steps.js';

const forgets = (steps: readonly Step[]): boolean =>
  steps.some(({ changes }) => changes.some(([verb]) => verb === 'forget'));

/** The one who writes: rows, marks, and which tables are live. */
export class PostgresWrites {
  private readonly scrubber: Scrubber;
  private live: { readonly generation: number; readonly writer: SchemaWriter } | undefined;
  /** A transaction ended without saying how: what is in the tables decides. */
  private doubtful = false;

  constructor(
    private readonly postgres: Postgres,
    private readonly model: Model,
    private readonly generations: Generations,
    private readonly watch: Watch,
    private readonly guard: (transaction: Transaction) => Promise<void> = () => Promise.resolve(),
  ) {
    this.scrubber = new Scrubber(postgres, generations, model.tables);
  }

  async apply(generation: number, facts: readonly Recorded[], mark: Mark): Promise<void> {
    const steps = stepsOf(this.model, facts);
    const from = this.watch.found.mark?.position ?? '';
    if (this.doubtful) await this.settleDoubt(from);
    const writer = this.writerOf(generation);
    const soils = forgets(steps);
    await this.certain(() =>
      this.postgres.transaction(async (transaction) => {
        await this.guard(transaction);
        await together(
          this.holdLive(transaction, generation),
          writer.write(transaction, steps, from),
          this.move(transaction, generation, from, mark),
          this.tell(transaction, { generation, mark }),
        );
        if (soils) await this.soil(transaction);
      }),
    );
    writer.written(mark.position, steps);
    const { found } = this.watch;
    this.watch.notice({ ...found, mark, unclean: soils ? 'unknown' : found.unclean });
    if (this.watch.found.unclean !== '') await this.clean();
  }

  async withdraw(why: string): Promise<void> {
    await this.certain(() =>
      this.postgres.transaction(async (transaction) => {
        await this.guard(transaction);
        const { generation, previous } = await this.pointer(transaction);
        await transaction.query(
          `update ${this.generations.table('live')} set "generation" = null, "previous" = null, "why" = $1, "unclean" = ''`,
          [why],
        );
        // Whoever has not heard of it yet finds nothing to read.
        for (const it of [generation, previous]) if (it !== undefined) await this.generations.drop(transaction, it);
        await this.tell(transaction);
      }),
    );
    await this.watch.refresh(true);
  }

  /** New tables; those of drafts that were never served, and those before the live ones, are dropped. */
  async draft(): Promise<Draft> {
    const { schema } = this.generations;
    const generation = await this.postgres.exclusively(`read models ${schema}`, async (transaction) => {
      await this.guard(transaction);
      await this.generations.prepare(transaction);
      const { generation: live } = await this.pointer(transaction);
      await transaction.query(`update ${this.generations.table('live')} set "previous" = null`);
      for (const it of await this.generations.all(transaction))
        if (it !== live) await this.generations.drop(transaction, it);
      return this.generations.create(transaction);
    });
    return this.draftOf(generation);
  }

  private draftOf(generation: number): Draft {
    const writer = new SchemaWriter(this.generations.schemaOf(generation), this.model.tables);
    let at: Mark | undefined;
    let since = '';
    return {
      apply: async (facts, mark) => {
        const steps = stepsOf(this.model, facts);
        const from = at?.position ?? '';
        await this.postgres.transaction(async (transaction) => {
          await this.guard(transaction);
          // Until it is served, nobody minds what a crash of the server takes.
          await transaction.query('set local synchronous_commit to off');
          await together(writer.write(transaction, steps, from), this.move(transaction, generation, from, mark));
          if (forgets(steps)) since = await idOf(transaction);
        });
        writer.written(mark.position, steps);
        at = mark;
      },
      serve: async () => {
        const unclean = since !== '' && !(await this.scrubber.rewrite(generation, since));
        await this.serve(generation, at, unclean);
        this.live = { generation, writer };
      },
      discard: () => this.discard(generation),
    };
  }

  private async serve(generation: number, mark: Mark | undefined, unclean: boolean): Promise<void> {
    const before = this.watch.found;
    await this.certain(() =>
      this.postgres.transaction(async (transaction) => {
        await this.guard(transaction);
        const live = await this.pointer(transaction);
        if (live.generation !== before.generation || live.position !== (before.mark?.position ?? ''))
          throw new CheckpointMoved(`the live read models stand at "${live.position}"`);
        await transaction.query(
          `update ${this.generations.table('live')} set "previous" = "generation", "generation" = $1, "why" = ''`,
          [generation],
        );
        if (live.generation !== undefined) await this.generations.putAway(transaction, live.generation);
        if (unclean) await this.soil(transaction);
        await this.tell(transaction, mark && { generation, mark });
      }),
    );
    await this.watch.refresh(true);
  }

  /** What cannot be dropped now is dropped before the next draft; what became live, though nobody was told, stays. */
  private async discard(generation: number): Promise<void> {
    const dropped = this.postgres.transaction(async (transaction) => {
      const live = await this.pointer(transaction);
      if (live.generation !== generation) await this.generations.drop(transaction, generation);
    });
    await dropped.catch(() => undefined);
  }

  /** Best before long: what fails is tried again after the next batch. */
  private async clean(): Promise<void> {
    const { generation, previous } = this.watch.found;
    if (generation === undefined) return;
    try {
      if (previous !== undefined) {
        await this.postgres.transaction(async (transaction) => {
          await this.guard(transaction);
          await transaction.query(
            `update ${this.generations.table('live')} set "previous" = null where "generation" = $1`,
            [generation],
          );
          await this.generations.drop(transaction, previous);
        });
      }
      const { unclean } = await this.lookAgain();
      if (unclean === '' || !(await this.scrubber.rewrite(generation, unclean))) return;
      await this.postgres.query(
        `update ${this.generations.table('live')} set "unclean" = '' where "generation" = $1 and "unclean" = $2`,
        [generation, unclean],
      );
      await this.lookAgain();
    } catch {
      // The rows are written, and the bookkeeping knows what is left to do.
    }
  }

  private async lookAgain(): Promise<Found> {
    await this.watch.refresh();
    return this.watch.found;
  }

  private writerOf(generation: number): SchemaWriter {
    if (this.live?.generation !== generation) {
      const writer = new SchemaWriter(this.generations.schemaOf(generation), this.model.tables);
      this.live = { generation, writer };
    }
    return this.live.writer;
  }

  /** Nobody makes other tables live before this transaction ends. */
  private async holdLive(transaction: Transaction, generation: number): Promise<void> {
    const { rowCount } = await transaction.query(
      `select 1 from ${this.generations.table('live')} where "generation" = $1 for share`,
      [generation],
    );
    if (rowCount !== 1) throw new CheckpointMoved('other read models are live by now');
  }

  private async move(transaction: Transaction, generation: number, from: string, mark: Mark): Promise<void> {
    const { rowCount } = await transaction.query(
      `update ${this.generations.table('generation')} set "position" = $1, "previous" = $2, "eventId" = $3 ` +
        `where "generation" = $4 and "position" = $5`,
      [mark.position, mark.previous ?? '', mark.eventId, generation, from],
    );
    if (rowCount !== 1) throw new CheckpointMoved(`no checkpoint stood at "${from}"`);
  }

  private async soil(transaction: Transaction): Promise<void> {
    await transaction.query(`update ${this.generations.table('live')} set "unclean" = $1`, [await idOf(transaction)]);
  }

  private async tell(transaction: Transaction, told?: Told): Promise<void> {
    const payload = told === undefined ? '' : JSON.stringify(told);
    await transaction.query('select pg_notify($1, $2)', [this.generations.schema, payload]);
  }

  /** Which tables are live, and where they stand; nobody else changes it before this transaction ends. */
  private async pointer(
    transaction: Transaction,
  ): Promise<{ generation: number | undefined; previous: number | undefined; position: string }> {
    const { rows } = await transaction.query<{ generation: string | null; previous: string | null }>(
      `select "generation", "previous" from ${this.generations.table('live')} for update`,
    );
    const { generation, previous } = rows[0] ?? { generation: null, previous: null };
    const at = await transaction.query<{ position: string }>(
      `select "position" from ${this.generations.table('generation')} where "generation" = $1`,
      [generation],
    );
    return {
      generation: generation === null ? undefined : Number(generation),
      previous: previous === null ? undefined : Number(previous),
      position: at.rows[0]?.position ?? '',
    };
  }

  /** After a failure what is in the tables counts, not what is remembered. */
  private async certain(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.doubtful = true;
      await this.watch.refresh(true).then(
        () => (this.doubtful = false),
        () => undefined,
      );
      throw error;
    }
  }

  private async settleDoubt(from: string): Promise<void> {
    await this.watch.refresh(true);
    this.doubtful = false;
    const at = this.watch.found.mark?.position ?? '';
    if (at !== from) throw new CheckpointMoved(`the checkpoint stands at "${at}", not at "${from}"`);
  }
}

async function idOf(transaction: Transaction): Promise<string> {
  const { rows } = await transaction.query<{ id: string }>('select pg_current_xact_id()::text as "id"');
  return rows[0]!.id;
}

/** Sent at once. Of those that fail the first one says why: after it the transaction takes nothing more. */
async function together(...work: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((it) => it.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
