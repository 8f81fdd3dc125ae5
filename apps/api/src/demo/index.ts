import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Consistency, EventStore, Policy, Receipt } from '@app/event-store';
import { Identity, Registrations } from '@app/identity';
import { newId } from '@app/kernel';
import { Arrivals } from './arrivals.js';
import { Calendar } from './calendar.js';
import { readWritten, type Written } from './history.js';
import { type Mark, readMark, writeMark } from './mark.js';
import { type DemoAccount, demoAccounts } from './people.js';
import { Stage } from './stage.js';
import { StoryClock } from './story-clock.js';
import { inOrder, tell } from './story.js';
import { World } from './world.js';

export { type DemoAccount } from './people.js';
export { StoryClock } from './story-clock.js';

/** The accounts of the demo community, where this DATA_DIR has one. */
export function accountsIn(dataDir: string): readonly DemoAccount[] {
  return readMark(dataDir)?.written === true ? demoAccounts : [];
}

export interface DemoHouse {
  readonly config: { readonly DEMO: 'on' | 'off'; readonly DATA_DIR: string };
  readonly clock: StoryClock;
  readonly store: EventStore;
}

/** What writes need of the running loops. */
export interface Running {
  readonly app: INestApplicationContext;
  readonly consistency: Consistency;
  readonly policies: readonly Policy[];
  passTime(): Promise<readonly Receipt[]>;
}

/** How long one command's consequences may take on a slow disk, in milliseconds. */
const longestMs = 120_000;

/**
 * The demo community, where it is still to be written: on an empty log when the setting is on, or after a writing that was cut short. To
 * be opened before policies run, because from then on it is the time that the story has reached.
 */
export async function openDemo({ config, clock, store }: DemoHouse): Promise<Demo | undefined> {
  if (config.DEMO === 'off') return undefined;
  let mark = readMark(config.DATA_DIR);
  if (mark === undefined) {
    if ((await store.head()) !== undefined) return undefined;
    mark = { communityId: newId(), base: clock.now(), written: false };
    writeMark(config.DATA_DIR, mark);
  }
  if (mark.written) return undefined;
  const calendar = new Calendar(mark.base);
  const written = await readWritten(store, mark.communityId);
  clock.tell(written.until ?? calendar.instant(inOrder(calendar)[0]!.at));
  return new Demo({ config, clock, store }, mark, calendar, written);
}

export class Demo {
  constructor(
    private readonly house: DemoHouse,
    private readonly mark: Mark,
    private readonly calendar: Calendar,
    private readonly written: Written,
  ) {}

  /** Writes what is missing, through the commands that everybody uses. When it resolves, the clock is the real one again. */
  async write({ app, consistency, policies, passTime }: Running): Promise<void> {
    const { clock, config } = this.house;
    const consequential = new Set(policies.flatMap((policy) => Object.keys(policy.on)));
    const settle = async (receipt: Receipt): Promise<void> => {
      if ((await consistency.settle(receipt, longestMs)) === 'late')
        throw new Error(
          `The demo community cannot be written: what follows ${receipt.types.join(', ')} does not happen`,
        );
    };
    const timePasses = async (): Promise<void> => {
      for (let more = true; more;) {
        await this.quiet(settle, consequential);
        more = (await passTime()).some(({ types }) => types.length > 0);
      }
    };
    await this.quiet(settle, consequential);
    const stage = new Stage({
      commands: app.get(CommandBus, { strict: false }),
      clock,
      calendar: this.calendar,
      communityId: this.mark.communityId,
      done: this.written.receipts,
      consequential,
      settle,
      timePasses,
    });
    const arrivals = new Arrivals(
      stage,
      app.get(Identity, { strict: false }),
      app.get(Registrations, { strict: false }),
    );
    await tell(new World(stage, (people, invitedBy) => arrivals.join(people, invitedBy)), this.calendar);
    await this.quiet(settle, consequential);
    writeMark(config.DATA_DIR, { ...this.mark, written: true });
    clock.end();
  }

  /** Everything that the log causes has happened, and the read models show it. */
  private async quiet(settle: (receipt: Receipt) => Promise<void>, types: ReadonlySet<string>): Promise<void> {
    const { store } = this.house;
    for (let position = await store.head(); position !== undefined;) {
      await settle({ stream: '', revision: -1, position, types: [...types] });
      const head = await store.head();
      if (head === position) return;
      position = head;
    }
  }
}
