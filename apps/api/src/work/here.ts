import { Consistency, type PolicyRunner, type Receipt, type Scheduler } from '@app/event-store';
import type { LiveProjections } from '@app/read-store';
import type { Check } from '../http/health.js';
import type { Alone, House } from '../house.js';
import { sealsMayTake } from '../stopping.js';
import { Reachable } from './reachable.js';
import type { Sealing } from './sealing.js';
import type { ByItself, Work } from './work.js';
import { problemOfPolicies, problemOfProjections, projectionsOf, runnerOf, schedulerOf, sealingOf } from './workers.js';

/** All of it in this process, the only one there is. */
export class WorkHere implements Work {
  readonly consistency: Consistency;
  readonly checks: readonly Check[];
  readonly watched: Work['watched'];
  private readonly projections: LiveProjections;
  private readonly runner: PolicyRunner;
  private readonly sealing: Sealing;
  private readonly scheduler: Scheduler;
  private readonly sealMs: number;
  private readonly database: Reachable | undefined;

  constructor(house: House, { models, checkpoints, askDatabase }: Alone, { policies, deadlines }: ByItself) {
    this.sealMs = sealsMayTake(house.config.SHUTDOWN_MS);
    const projections = projectionsOf(house, models);
    const runner = runnerOf(house, policies, checkpoints);
    const sealing = sealingOf(house, checkpoints);
    const scheduler = schedulerOf(house, deadlines, projections);
    const database = askDatabase && new Reachable(askDatabase);
    this.database = database;
    this.projections = projections;
    this.runner = runner;
    this.sealing = sealing;
    this.scheduler = scheduler;
    this.consistency = new Consistency(projections, runner);
    this.watched = { projections, policies: runner };
    this.checks = [
      ...(database ? [{ name: 'database', code: 'UNREACHABLE', problem: () => database.problem } as const] : []),
      { name: 'projections', code: 'BEHIND', problem: () => problemOfProjections(projections.state()) },
      { name: 'policies', code: 'HELD_UP', problem: () => problemOfPolicies(runner) },
      { name: 'ledger', code: 'NOT_SEALING', problem: () => sealing.failure },
      { name: 'clock', code: 'HELD_UP', problem: () => scheduler.state().failure?.message },
    ];
  }

  /** Projections first, so that policies and what they cause can be waited for. */
  async start(): Promise<void> {
    await this.projections.start();
    await this.runner.start();
    await this.sealing.start();
    this.database?.start();
  }

  letTimePass(): void {
    this.scheduler.start();
  }

  async stop(): Promise<void> {
    await this.database?.stop();
    await this.scheduler.stop();
    await this.runner.stop();
    await this.sealing.stop(this.sealMs);
    await this.projections.stop();
  }

  rebuild(): Promise<void> {
    return this.projections.rebuild();
  }

  passTime(): Promise<readonly Receipt[]> {
    return this.scheduler.look();
  }
}
