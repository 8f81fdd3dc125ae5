import { Worker } from 'node:worker_threads';
import { quickCheck } from './sqlite.integrity.js';
import type { Order, Task } from './sqlite.worker.js';
import { type Appends, type Outcome, SqliteWriter } from './sqlite.writer.js';

/** Where groups are committed, one after the other. */
export interface Committer {
  /** Appends of the next group that need not wait for its last: they are inserted while the others are still prepared. */
  add(appends: Appends): void;
  /** The last appends of the group, if any are left, and its end. */
  commit(appends: Appends): Promise<Outcome>;
  close(): Promise<void>;
}

/** The compiled worker beside this file; nothing where the sources run as they are, which no thread can load. */
export const compiledWorker: URL | undefined = import.meta.url.endsWith('.js')
  ? new URL('./sqlite.worker.js', import.meta.url)
  : undefined;

/** A committer in a thread of its own, so that a slow disk never stops the event loop; in this thread without a worker file. */
export function startCommitter(file: string, worker = compiledWorker): Committer {
  return worker === undefined ? committerHere(SqliteWriter.open(file)) : new ThreadCommitter(file, worker);
}

export function committerHere(writer: SqliteWriter): Committer {
  return {
    add: (appends) => writer.add(appends),
    commit: async (appends) => writer.commit(appends),
    close: async () => writer.close(),
  };
}

/** `PRAGMA quick_check` of a log in a thread of its own: the problems it found, none when the file is sound. */
export async function examine(file: string, worker = compiledWorker): Promise<readonly string[]> {
  if (worker === undefined) return quickCheck(file);
  const workerData: Task = { task: 'examine', file };
  return new Promise((resolve, reject) => {
    new Worker(worker, { workerData, execArgv: [] }).once('message', resolve).once('error', reject);
  });
}

class ThreadCommitter implements Committer {
  private readonly thread: Worker;
  private readonly waiting: ((outcome: Outcome) => void)[] = [];
  private readonly ended: Promise<void>;
  private death: Error | undefined;

  constructor(file: string, worker: URL) {
    const workerData: Task = { task: 'write', file };
    this.thread = new Worker(worker, { workerData, execArgv: [] });
    this.thread.on('message', (outcome: Outcome) => this.waiting.shift()!(outcome));
    this.thread.on('error', (error) => (this.death = error));
    this.ended = new Promise((resolve) => this.thread.once('exit', () => resolve(this.die())));
  }

  add(add: Appends): void {
    this.send({ add });
  }

  commit(commit: Appends): Promise<Outcome> {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      if (this.death === undefined) this.send({ commit });
      else this.die();
    });
  }

  async close(): Promise<void> {
    this.send({ close: true });
    await this.ended;
  }

  private send(order: Order): void {
    if (this.death === undefined) this.thread.postMessage(order);
  }

  private die(): void {
    this.death ??= new Error('the thread that writes the log has ended');
    const { message } = this.death;
    for (const settle of this.waiting.splice(0)) {
      settle({ failure: { code: 'WRITER_ENDED', message, unknown: true, fatal: true } });
    }
  }
}
