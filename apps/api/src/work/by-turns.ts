import { setTimeout as after } from 'node:timers/promises';
import {
  Consistency,
  PoliciesElsewhere,
  type PolicyRunner,
  type Receipt,
  type Scheduler,
  type Turn,
  TurnOver,
} from '@app/event-store';
import type { LiveProjections } from '@app/read-store';
import type { Check } from '../http/health.js';
import type { House, Projecting } from '../house.js';
import { sealsMayTake } from '../stopping.js';
import { problemOfRows } from './elsewhere.js';
import { Reachable } from './reachable.js';
import type { Sealing } from './sealing.js';
import type { ByItself, Work } from './work.js';
import { problemOfPolicies, problemOfProjections, projectionsOf, runnerOf, schedulerOf, sealingOf } from './workers.js';

/** What is to be done now and again, besides: see {@link WorkByTurns}. */
export type Chore = () => Promise<void>;

const choresEveryMs = 60_000;

/** Each piece of it whenever it is this process's turn; meanwhile it stands by. */
export class WorkByTurns implements Work {
  readonly consistency: Consistency;
  readonly checks: readonly Check[];
  private readonly elsewhere: PoliciesElsewhere;
  private readonly ended = new AbortController();
  private readonly database: Reachable;
  private projections: LiveProjections | undefined;
  private runner: PolicyRunner | undefined;
  private sealing: Sealing | undefined;
  private scheduler: Scheduler | undefined;
  private running: readonly Promise<void>[] = [];
  private unwatch = (): void => undefined;

  /** `chore` is done by one process at a time, once a minute. */
  constructor(
    private readonly house: House,
    private readonly part: Projecting,
    private readonly byItself: ByItself,
    private readonly chore: Chore,
  ) {
    this.elsewhere = new PoliciesElsewhere({ store: house.store, policies: byItself.policies });
    this.consistency = new Consistency(part.models, this.elsewhere);
    this.database = new Reachable(() => part.checkpoints.load());
    this.checks = [
      { name: 'database', code: 'UNREACHABLE', problem: () => this.database.problem },
      {
        name: 'projections',
        code: 'BEHIND',
        // Whoever stands by, or has not begun, is not ready on rows that this release cannot read: an upgrade waits for it.
        problem: () =>
          this.projections ? problemOfProjections(this.projections.state()) : problemOfRows(this.part.models),
      },
      { name: 'policies', code: 'HELD_UP', problem: () => this.runner && problemOfPolicies(this.runner) },
      { name: 'ledger', code: 'NOT_SEALING', problem: () => this.sealing?.failure },
      { name: 'clock', code: 'HELD_UP', problem: () => this.scheduler?.state().failure?.message },
    ];
  }

  /** Only what this process does now is looked up: the rest is the other's to tell. */
  get watched(): Work['watched'] {
    return {
      ...(this.projections && { projections: this.projections }),
      ...(this.runner && { policies: this.runner }),
    };
  }

  start(): Promise<void> {
    const { checkpoints, leases } = this.part;
    const { log } = this.house;
    this.unwatch = checkpoints.watch(
      (places, all) => this.elsewhere.moved(places, all),
      (error) => log.debug({ err: error }, 'The checkpoints could not be asked'),
    );
    this.database.start();
    const take = (name: string, work: (turn: Turn) => Promise<void>): Promise<void> =>
      leases.take(
        name,
        (turn) => {
          log.info({ work: name }, 'It is this process’s turn');
          return work(turn);
        },
        this.ended.signal,
      );
    this.running = [
      take('projections', (turn) => this.project(turn)),
      take('policies', (turn) => this.act(turn)),
      take('ledger', (turn) => this.seal(turn)),
      take('chores', (turn) => this.chores(turn)),
    ];
    return Promise.resolve();
  }

  letTimePass(): void {
    // It does, in whichever process keeps the rows.
  }

  async stop(): Promise<void> {
    this.ended.abort();
    await Promise.all(this.running);
    await this.database.stop();
    this.unwatch();
  }

  rebuild(): Promise<void> {
    return (
      this.projections?.rebuild() ??
      Promise.reject(new Error('this projector stands by: send the signal to the other one'))
    );
  }

  passTime(): Promise<readonly Receipt[]> {
    return this.scheduler?.look() ?? Promise.resolve([]);
  }

  /** Time passes where the rows are kept: what has fallen due is looked up in them. */
  private async project(turn: Turn): Promise<void> {
    const { models, writing } = this.part;
    writing.turn = turn;
    try {
      // Another process wrote them last.
      await models.refresh();
      this.projections = projectionsOf(this.house, models);
      await this.projections.start();
      this.scheduler = schedulerOf(this.house, this.byItself.deadlines, this.projections);
      this.scheduler.start();
      await over(turn);
    } finally {
      await this.scheduler?.stop();
      this.scheduler = undefined;
      await this.projections?.stop();
      this.projections = undefined;
      writing.turn = undefined;
    }
  }

  private async act(turn: Turn): Promise<void> {
    const runner = runnerOf(this.house, this.byItself.policies, this.part.checkpoints.guarded(turn.guard));
    this.runner = runner;
    try {
      await runner.start();
      await over(turn);
    } finally {
      this.runner = undefined;
      await unlessOver(runner.stop());
    }
  }

  private async seal(turn: Turn): Promise<void> {
    const sealing = sealingOf(this.house, this.part.checkpoints.guarded(turn.guard));
    this.sealing = sealing;
    try {
      await sealing.start();
      await over(turn);
    } finally {
      this.sealing = undefined;
      await unlessOver(sealing.stop(sealsMayTake(this.house.config.SHUTDOWN_MS)));
    }
  }

  private async chores({ signal }: Turn): Promise<void> {
    while (!signal.aborted) {
      await this.chore();
      await after(choresEveryMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }
}

function over({ signal }: Turn): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** What could not be saved because the turn is over is done again by whoever has it now. */
async function unlessOver(stopping: Promise<void>): Promise<void> {
  try {
    await stopping;
  } catch (error) {
    if (!(error instanceof TurnOver)) throw error;
  }
}
