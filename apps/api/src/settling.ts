import type { Consistency, Receipt } from '@app/event-store';
import { Settling } from '@app/graph';
import type { Positions } from '@app/identity';

/** Waits for what a command caused, at most so many milliseconds. The work it asks is started after the process is put together. */
export class SettlingInTime extends Settling {
  private consistency: Consistency | undefined;

  constructor(
    private readonly longestMs: number,
    private readonly positions: Positions,
  ) {
    super();
  }

  begin(consistency: Consistency): void {
    this.consistency = consistency;
  }

  async settled(receipt: Receipt, accountId?: string): Promise<boolean> {
    if (receipt.position === '') return true; // nothing was there and nothing was written
    // What was written stands, whatever cannot be read of it now.
    const settled = await this.consistency?.settle(receipt, this.longestMs).catch(() => 'late');
    if (settled === 'settled') return true;
    // Whichever process is asked next waits for it. Where that cannot be noted, it is only shown later.
    if (accountId !== undefined) await this.positions.wrote(accountId, receipt.position).catch(() => undefined);
    return false;
  }
}
