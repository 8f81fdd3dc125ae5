import { parentPort, workerData } from 'node:worker_threads';
import { quickCheck } from './sqlite.integrity.js';
import { type Group, SqliteWriter } from './sqlite.writer.js';

/** What the thread is started for: to write the log until it is told to close, or to examine the file once. */
export interface Task {
  readonly task: 'write' | 'examine';
  readonly file: string;
}

const { task, file } = workerData as Task;

if (task === 'examine') {
  parentPort!.postMessage(quickCheck(file));
} else {
  const writer = SqliteWriter.open(file);
  parentPort!.on('message', (order: Group | 'close') => {
    if (order !== 'close') return parentPort!.postMessage(writer.commit(order));
    writer.close();
    parentPort!.close();
  });
}
