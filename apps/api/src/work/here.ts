import { Consistency, type Policy, type PolicyRunner } from '@app/event-store';
import type { LiveProjections } from '@app/read-store';
import type { Check } from '../http/health.js';
import type { Alone, House } from '../house.js';
import { sealsMayTake } from '../stopping.js';
import { Reachable } from './reachable.js';
import type { Sealing } from './sealing.js';
import type { Work } from './work.js';
import { problemOfPolicies, problemOfProjections, projectionsOf, runnerOf, sealingOf } from './workers.js';

/** All of it in this process, the only one there is. */
export class WorkHere implements Work {
  readonly consistency: Consistency;
  readonly checks: readonly Check[];
  readonly watched: Work['watched'];
  private readonly projections: LiveProjections;
  private readonly runner: PolicyRunner;
  private readonly sealing: Sealing;
  private readonly sealMs: number;
  private readonly database: Reachable | undefined;

  constructor(house: House, { models, checkpoints, askDatabase }: Alone, policies: readonly Policy[]) {
    this.sealMs = sealsMayTake(house.config.SHUTDOWN_MS);
    const projections = projectionsOf(house, models);
    const runner = runnerOf(house, policies, checkpoints);
    const sealing = sealingOf(house, checkpoints);
    const database = askDatabase && new Reachable(askDatabase);
    this.database = database;
    this.projections = projections;
    this.runner = runner;
    this.sealing = sealing;
    this.consistency = new Consistency(projections, runner);
    this.watched = { projections, policies: runner };
    this.checks = [
      ...(database ? [{ name: 'database', code: 'UNREACHABLE', problem: () => database.problem } as const] : []),
      { name: 'projections', code: 'BEHIND', problem: () => problemOfProjections(projections.state()) },
      { name: 'policies', code: 'HELD_UP', problem: () => problemOfPolicies(runner) },
      { name: 'ledger', code: 'NOT_SEALING', problem: () => sealing.failure },
    ];
  }

  /** Projections first, so that policies and what they cause can be waited for. */
  async start(): Promise<void> {
    await this.projections.start();
    await this.runner.start();
    await this.sealing.start();
    this.database?.start();
  }

  async stop(): Promise<void> {
    await this.database?.stop();
    await this.runner.stop();
    await this.sealing.stop(this.sealMs);
    await this.projections.stop();
  }

  rebuild(): Promise<void> {
    return this.projections.rebuild();
  }
}
