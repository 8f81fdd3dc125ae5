import type { NewEvent } from '@app/event-store';
import { newId, streamOf } from '@app/kernel';
import { sampleEvent } from './append-port.js';
import type { Task, Took } from './engines-messages.js';

/** What a contender can do. */
export interface Able {
  append(stream: string, event: NewEvent, after: number): Promise<void>;
  'catch up'(events: number): Promise<void>;
  'read pages'(events: number): Promise<void>;
  close(): Promise<void>;
}

/** Does what the parent process asks for and answers the time; ends with its parent. */
export function serveTasks(able: Able): void {
  process.on('message', (task: Task) => {
    const work = task.task === 'append' ? appends(able, task) : async () => able[task.task](task.events);
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    void work().then(() => {
      const { user, system } = process.cpuUsage(cpu);
      const took: Took = { ms: performance.now() - start, cpuMs: (user + system) / 1_000 };
      process.send!(took);
    });
  });
  process.once('disconnect', () => void able.close().then(() => process.exit(0)));
  process.send!('ready');
}

/** Every writer waits for its event before the next, and writes to a new stream of its own. The events are made beforehand. */
function appends(able: Able, { writers, each }: { writers: number; each: number }): () => Promise<void> {
  const work = Array.from({ length: writers }, () => ({
    stream: streamOf('proposal', newId()),
    events: Array.from({ length: each }, sampleEvent),
  }));
  const write = async ({ stream, events }: (typeof work)[number]): Promise<void> => {
    for (const [at, event] of events.entries()) await able.append(stream, event, at - 1);
  };
  return async () => void (await Promise.all(work.map(write)));
}
