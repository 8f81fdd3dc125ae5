import { Consistency, PoliciesElsewhere, type Policy, type Position, type Receipt } from '@app/event-store';
import type { Check } from '../http/health.js';
import type { Answering, FollowedReadStore, House } from '../house.js';
import { Reachable } from './reachable.js';
import type { Work } from './work.js';

/** So long may events wait for a projector before this process is not ready any more, in milliseconds. */
const longestStandstillMs = 15_000;

/** None of it here: other processes do it, and this one watches how far they are. */
export class WorkElsewhere implements Work {
  readonly consistency: Consistency;
  readonly checks: readonly Check[];
  readonly watched = {};
  private readonly policies: PoliciesElsewhere;
  private readonly movement: Reachable;
  private readonly database: Reachable;
  private unwatch = (): void => undefined;

  constructor(
    private readonly house: House,
    private readonly part: Answering,
    policies: readonly Policy[],
  ) {
    const { store } = house;
    const { models } = part;
    this.policies = new PoliciesElsewhere({ store, policies });
    this.consistency = new Consistency(models, this.policies);
    const standstill = new Standstill();
    this.movement = new Reachable(async () => standstill.look(await store.head(), models.position()));
    this.database = new Reachable(() => part.checkpoints.load());
    this.checks = [
      { name: 'database', code: 'UNREACHABLE', problem: () => this.database.problem },
      { name: 'projections', code: 'BEHIND', problem: () => problemOfRows(models) ?? this.movement.problem },
    ];
  }

  start(): Promise<void> {
    const { log } = this.house;
    this.unwatch = this.part.checkpoints.watch(
      (places, all) => this.policies.moved(places, all),
      (error) => log.debug({ err: error }, 'The checkpoints could not be asked'),
    );
    this.movement.start();
    this.database.start();
    return Promise.resolve();
  }

  letTimePass(): void {
    // It passes where the rows are kept.
  }

  async stop(): Promise<void> {
    this.unwatch();
    await this.movement.stop();
    await this.database.stop();
  }

  rebuild(): Promise<void> {
    return Promise.reject(new Error('a projector builds the read models: send it the signal'));
  }

  passTime(): Promise<readonly Receipt[]> {
    return Promise.resolve([]);
  }
}

export function problemOfRows(models: FollowedReadStore): string | undefined {
  const standing = models.standing();
  return standing.kind === 'unusable' ? standing.why : undefined;
}

/** Whether there is something to apply and nobody applies it. */
class Standstill {
  private at: Position | undefined;
  private since = performance.now();

  /** Throws when the rows have stood behind the log for too long. */
  look(head: Position | undefined, at: Position | undefined): void {
    const behind = head !== undefined && (at === undefined || at < head);
    if (!behind || at !== this.at) this.since = performance.now();
    this.at = at;
    if (performance.now() - this.since > longestStandstillMs)
      throw new Error(
        'events wait and the rows do not move: see that a projector of this release is running, and whether it builds the rows again',
      );
  }
}
