import { Settling } from '@app/graph';
import type { Consistency, Receipt } from '@app/event-store';

/** Waits for what a command caused, at most so many milliseconds. The loops it asks are started after the process is put together. */
export class SettlingInTime extends Settling {
  private consistency: Consistency | undefined;

  constructor(private readonly longestMs: number) {
    super();
  }

  begin(consistency: Consistency): void {
    this.consistency = consistency;
  }

  async settled(receipt: Receipt): Promise<boolean> {
    if (receipt.position === '') return true; // nothing was there and nothing was written
    return (await this.consistency?.settle(receipt, this.longestMs)) === 'settled';
  }
}
