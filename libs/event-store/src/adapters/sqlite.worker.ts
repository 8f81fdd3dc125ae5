import { parentPort, workerData } from 'node:worker_threads';
import { quickCheck } from './sqlite.integrity.js';
import { type Appends, SqliteWriter } from './sqlite.writer.js';

/** What the thread is started for: to write the log until it is told to close, or to examine the file once. */
export interface Task {
  readonly task: 'write' | 'examine';
  readonly file: string;
}

/** Only a commit is answered. */
export type Order = { readonly add: Appends } | { readonly commit: Appends } | { readonly close: true };

const { task, file } = workerData as Task;

if (task === 'examine') {
  parentPort!.postMessage(quickCheck(file));
} else {
  const writer = SqliteWriter.open(file);
  parentPort!.on('message', (order: Order) => {
    if ('add' in order) writer.add(order.add);
    else if ('commit' in order) parentPort!.postMessage(writer.commit(order.commit));
    else {
      writer.close();
      parentPort!.close();
    }
  });
}
