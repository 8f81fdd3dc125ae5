import { isOutage, type Transaction } from '@app/postgres';
import { quoted } from '../ddl.js';
import { ProjectionFailed, ReadModelsBroken } from '../read-store.js';
import type { Table } from '../table.js';
import { RowWriter } from './rows.js';
import type { Step } from './steps.js';
import type { Engine } from './table-writer.js';

type Send = (name: string, text: string, values: readonly unknown[]) => void;

/** Writes rows into one schema. Statements go out together, without waiting for each other's answers. */
export class SchemaWriter {
  private readonly rows: RowWriter;
  private send: Send = () => undefined;
  /** Where the tables stood when it was last known who is forgotten. */
  private known: { readonly at: string; readonly forgotten: ReadonlySet<string> } | undefined;

  constructor(
    private readonly schema: string,
    tables: readonly Table[],
  ) {
    this.rows = new RowWriter(
      engineOf((...statement) => this.send(...statement)),
      tables,
    );
  }

  /**
   * Carries out the steps on tables that stand at this position. Throws {@link ProjectionFailed} for a change that they do not take and
   * {@link ReadModelsBroken} when they are not as they were made.
   */
  async write(transaction: Transaction, steps: readonly Step[], at: string): Promise<void> {
    const entering = transaction.query(`set local search_path to ${quoted(this.schema)}`);
    // Heard together with the others, below.
    entering.catch(() => undefined);
    const sent: Promise<unknown>[] = [entering];
    const authors: (Step | undefined)[] = [undefined];
    this.rows.recall(this.known?.at === at ? this.known.forgotten : await this.forgotten(transaction, at));
    let refused: ProjectionFailed | undefined;
    for (const step of steps) {
      this.send = (name, text, values) => {
        authors.push(step);
        sent.push(transaction.query({ name, text, values: [...values] }));
      };
      try {
        for (const change of step.changes) this.rows.write(change, step.position);
      } catch (error) {
        refused = new ProjectionFailed(step.projection, step.type, step.position, error);
        break;
      }
    }
    const answers = await Promise.allSettled(sent);
    const failed = answers.findIndex(({ status }) => status === 'rejected');
    if (failed !== -1) throw failureOf((answers[failed] as PromiseRejectedResult).reason, authors[failed]);
    if (refused !== undefined) throw refused;
  }

  /** The transaction was committed, and the tables stand at this position. */
  written(at: string, steps: readonly Step[]): void {
    const forgotten = new Set(this.known?.forgotten);
    for (const { changes } of steps) for (const change of changes) if (change[0] === 'forget') forgotten.add(change[1]);
    this.known = { at, forgotten };
  }

  /** Read again whenever somebody else may have written. */
  private async forgotten(transaction: Transaction, at: string): Promise<ReadonlySet<string>> {
    const read = transaction.query<{ memberId: string }>('select "memberId" from "forgotten"');
    const { rows } = await read.catch((error: unknown) => {
      throw failureOf(error);
    });
    this.known = { at, forgotten: new Set(rows.map(({ memberId }) => memberId)) };
    return this.known.forgotten;
  }
}

const castTo = { text: 'text', int: 'bigint', bool: 'boolean', json: 'json' } as const;
/** The same for all schemas: the server plans a statement again when it is to serve another one. */
const names = new Map<string, string>();

function engineOf(send: Send): Engine {
  const prepare: Engine['prepare'] = (sql) => {
    let marks = 0;
    const text = sql.replace(/\?/g, () => `$${(marks += 1)}`);
    const name = names.get(text) ?? `rows ${names.size + 1}`;
    names.set(text, name);
    return (values) => send(name, text, values);
  };
  return {
    prepare,
    bool: (value) => value,
    successors: ({ table: { name, columns }, changed, closing }) => {
      const all = Object.keys(columns);
      const listed = all.map(quoted).join(', ');
      const copied = all.map((column) =>
        changed.includes(column) ? `?::${castTo[columns[column]!.kind]}` : quoted(column),
      );
      const succeed = prepare(
        `with "closed" as (${closing} returning *) insert into ${quoted(name)} (${listed}, "fromPosition", "toPosition") ` +
          `select ${copied.join(', ')}, ?::text, null from "closed"`,
      );
      return (changes, wanted, at) => succeed([at, ...wanted, at, ...changes, at]);
    },
  };
}

/** A table, a column, a key or the schema is not there, or its pages are damaged. */
export const isBroken = (error: unknown): boolean =>
  /^(42P01|42703|42P10|3F000|XX00[12])$/.test(String((error as { code?: unknown } | undefined)?.code));

function failureOf(error: unknown, step?: Step): unknown {
  if (isOutage(error)) return error;
  if (isBroken(error))
    return new ReadModelsBroken('tables of the read models are missing or damaged', { cause: error });
  const refusal = /^2[23]/.test(String((error as { code?: unknown }).code));
  if (!refusal || step === undefined) return error;
  return new ProjectionFailed(step.projection, step.type, step.position, error);
}
