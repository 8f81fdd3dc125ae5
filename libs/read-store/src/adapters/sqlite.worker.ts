import { parentPort, workerData } from 'node:worker_threads';
import { CheckpointMoved, type Mark, ProjectionFailed, ReadModelsBroken } from '../read-store.js';
import { type Layout, ModelFile } from './sqlite.file.js';
import type { Step } from './steps.js';

/** The file to write to; nobody else does. */
export interface Task {
  readonly path: string;
  readonly layout: Layout;
  /** Where the checkpoints were when the file was handed over. */
  readonly mark: Mark | undefined;
}

/** A batch crosses as one text, which is cheaper than its parts. */
export type Order = { readonly batch: string } | { readonly close: true };

export interface Batch {
  readonly steps: readonly Step[];
  readonly mark: Mark;
}

/** How a batch ended; each is answered. */
export type Ending = 'written' | Failure;

export interface Failure {
  readonly message: string;
  readonly kind: 'broken' | 'moved' | 'projection' | 'other';
  /** What failed, where it was a projection. */
  readonly at?: Pick<Step, 'projection' | 'type' | 'position'>;
}

const { path, layout, mark: left } = workerData as Task;
const file = ModelFile.reopen(path, layout, left);

parentPort!.on('message', (order: Order) => {
  if ('batch' in order) return parentPort!.postMessage(endingOf(order.batch));
  file.close();
  parentPort!.close();
});

function endingOf(batch: string): Ending {
  const { steps, mark } = JSON.parse(batch) as Batch;
  try {
    file.apply(steps, mark);
    return 'written';
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ReadModelsBroken) return { kind: 'broken', message };
  if (error instanceof CheckpointMoved) return { kind: 'moved', message };
  if (!(error instanceof ProjectionFailed)) return { kind: 'other', message };
  const { projection, type, position, cause } = error;
  return { kind: 'projection', message: String((cause as Error).message), at: { projection, type, position } };
}
