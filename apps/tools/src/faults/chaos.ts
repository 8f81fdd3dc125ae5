import type { StandIn } from '@app/event-store/testing';
import type { TestPostgres } from '@app/postgres/testing';
import type { Member } from './processes.js';

export interface Parts {
  readonly store: StandIn;
  readonly postgres: TestPostgres;
  readonly apis: readonly Member[];
  readonly projectors: readonly Member[];
}

/** How often each part fails while the commands are sent. */
export interface Plan {
  readonly store: number;
  readonly apis: number;
  readonly postgres: number;
  readonly projectors: number;
}

type Fault = keyof Plan;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const between = (least: number, most: number): number => least + Math.random() * (most - least);

/** Makes parts fail, one after the other, in an order and at moments that chance decides; each comes back by itself or is started again. */
export class Chaos {
  readonly done: Record<string, number> = {};

  constructor(
    private readonly parts: Parts,
    private readonly plan: Plan,
  ) {}

  /** Spread over the work: `progress` goes from 0 to 1. Resolves when every fault of the plan has happened. */
  async run(progress: () => number): Promise<void> {
    const faults = shuffled(
      Object.entries(this.plan).flatMap(([fault, count]) =>
        Array.from({ length: count as number }, () => fault as Fault),
      ),
    );
    for (const [nth, fault] of faults.entries()) {
      while (progress() < nth / (faults.length + 2)) await pause(10);
      await pause(between(0, 150));
      await this.make(fault);
    }
  }

  private async make(fault: Fault): Promise<void> {
    const { store, postgres, apis, projectors } = this.parts;
    if (fault === 'store') return this.failStore(store);
    if (fault === 'postgres') return this.failPostgres(postgres);
    const members = fault === 'apis' ? apis : projectors;
    const member = members[Math.floor(Math.random() * members.length)]!;
    this.note(`${fault === 'apis' ? 'api' : 'projector'} killed`);
    await member.end('SIGKILL');
    member.launch();
    // One at a time, so that there is always one to turn to.
    await member.ready();
  }

  private async failStore(store: StandIn): Promise<void> {
    const kind = Math.random();
    if (kind < 0.5) {
      this.note('store killed');
      await store.kill();
      await pause(between(50, 800));
      await store.restart();
    } else if (kind < 0.85) {
      this.note('store frozen');
      store.freeze();
      await pause(between(300, 2_500));
      store.thaw();
    } else {
      this.note('answers lost');
      await store.loseAnswers(4);
    }
  }

  private async failPostgres(postgres: TestPostgres): Promise<void> {
    this.note('PostgreSQL restarted');
    await postgres.stopServer(Math.random() < 0.5 ? 'fast' : 'immediate');
    await pause(between(100, 800));
    await postgres.startServer();
  }

  private note(what: string): void {
    this.done[what] = (this.done[what] ?? 0) + 1;
  }
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((it) => ({ it, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ it }) => it);
}
