import { Failure } from '@app/graph';

const mostOfOneCommunity = 8;

/**
 * Checks of the record, one at a time in this process: each reads the whole log. Of one community at most eight are under way or wait;
 * whoever comes then is told `CHECKS_BUSY`.
 */
export class Checks {
  private readonly asked = new Map<string, number>();
  private last: Promise<unknown> = Promise.resolve();

  async run<T>(community: string, check: () => Promise<T>): Promise<T> {
    const before = this.asked.get(community) ?? 0;
    if (before >= mostOfOneCommunity) throw new Failure('CHECKS_BUSY');
    this.asked.set(community, before + 1);
    const turn = this.last.then(check).finally(() => this.ended(community));
    this.last = turn.catch(() => undefined);
    return turn;
  }

  private ended(community: string): void {
    const left = this.asked.get(community)! - 1;
    if (left === 0) this.asked.delete(community);
    else this.asked.set(community, left);
  }
}
