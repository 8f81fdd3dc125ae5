import { MemoryEventStore } from './adapters/memory.js';
import { OutcomeUnknown, StoreUnavailable } from './errors.js';
import type { Appended, Expected, NewEvent } from './event-store.js';

/** Fails as told before or after the append reaches the log. */
export class FlakyStore extends MemoryEventStore {
  readonly plan: ('fine' | 'unavailable' | 'lost before' | 'lost after')[] = [];
  /** Somebody who writes first, each time. */
  faster: (() => Promise<unknown>) | undefined;
  appends = 0;
  reads = 0;

  override async append(stream: string, events: readonly NewEvent[], expected: Expected): Promise<Appended> {
    this.appends += 1;
    const fate = this.plan.shift() ?? 'fine';
    if (fate === 'unavailable') throw new StoreUnavailable('no connection');
    if (fate === 'lost before') throw new OutcomeUnknown('no answer');
    const { faster } = this;
    this.faster = undefined;
    await faster?.();
    this.faster = faster;
    const appended = await super.append(stream, events, expected);
    if (fate === 'lost after') throw new OutcomeUnknown('no answer');
    return appended;
  }

  override readStream(...args: Parameters<MemoryEventStore['readStream']>) {
    this.reads += 1;
    return super.readStream(...args);
  }
}
