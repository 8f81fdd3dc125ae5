import { Worker } from 'node:worker_threads';
import { CheckpointMoved, type Mark, ProjectionFailed, ReadModelsBroken } from '../read-store.js';
import type { Layout, ModelFile } from './sqlite.file.js';
import type { Step } from './steps.js';
import type { Ending, Failure, Order, Task } from './sqlite.worker.js';

/** Who writes to the live file, one batch after the other. */
export interface ModelWriter {
  /** The last event whose batch is written. */
  readonly mark: Mark | undefined;
  apply(steps: readonly Step[], mark: Mark): Promise<void>;
  close(): Promise<void>;
}

/** The compiled worker beside this file; nothing where the sources run as they are, which no thread can load. */
export const compiledWorker: URL | undefined = import.meta.url.endsWith('.js')
  ? new URL('./sqlite.worker.js', import.meta.url)
  : undefined;

/** Writes in this thread. */
export function writerHere(file: ModelFile): ModelWriter {
  return {
    get mark() {
      return file.mark;
    },
    apply: async (steps, mark) => file.apply(steps, mark),
    close: async () => file.close(),
  };
}

/** Writes in a thread of its own, so that requests are answered while rows are written. */
export class ThreadWriter implements ModelWriter {
  private readonly thread: Worker;
  private readonly ended: Promise<void>;
  private waiting: ((ending: Ending) => void) | undefined;
  private death: string | undefined;

  constructor(
    path: string,
    layout: Layout,
    public mark: Mark | undefined,
    worker: URL,
  ) {
    const workerData: Task = { path, layout, mark };
    this.thread = new Worker(worker, { workerData, execArgv: [] });
    this.thread.on('message', (ending: Ending) => this.end(ending));
    this.thread.on('error', ({ message }) => (this.death = message));
    this.ended = new Promise((resolve) => this.thread.once('exit', () => resolve(this.die())));
  }

  async apply(steps: readonly Step[], mark: Mark): Promise<void> {
    const ending = await new Promise<Ending>((resolve) => {
      this.waiting = resolve;
      if (this.death === undefined) this.send({ batch: JSON.stringify({ steps, mark }) });
      else this.die();
    });
    if (ending !== 'written') throw errorOf(ending);
    this.mark = mark;
  }

  async close(): Promise<void> {
    if (this.death === undefined) this.send({ close: true });
    await this.ended;
  }

  private send(order: Order): void {
    this.thread.postMessage(order);
  }

  private end(ending: Ending): void {
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.(ending);
  }

  /** Rows that nobody can write to any more are built again, by a thread that lives. */
  private die(): void {
    this.death ??= 'the thread that writes the read models has ended';
    this.end({ kind: 'broken', message: this.death });
  }
}

function errorOf({ kind, message, at }: Failure): Error {
  if (kind === 'broken') return new ReadModelsBroken(message);
  if (kind === 'moved') return new CheckpointMoved(message);
  if (at === undefined) return new Error(message);
  return new ProjectionFailed(at.projection, at.type, at.position, new Error(message));
}
