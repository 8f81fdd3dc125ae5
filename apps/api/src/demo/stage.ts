import type { Caller, Receipt } from '@app/event-store';
import { type CivilDate, derivedId, type Instant, plusDays } from '@app/kernel';
import type { Command, CommandBus } from '@nestjs/cqrs';
import type { Calendar, Moment } from './calendar.js';
import type { Who } from './people.js';
import type { StoryClock } from './story-clock.js';

export interface StageParts {
  readonly commands: CommandBus;
  readonly clock: Pick<StoryClock, 'tell'>;
  readonly calendar: Calendar;
  readonly communityId: string;
  /** What was written before a kill, by command id. */
  readonly done: ReadonlyMap<string, Receipt>;
  /** The event types that policies answer. */
  readonly consequential: ReadonlySet<string>;
  /** Resolves when what a command caused has happened. */
  readonly settle: (receipt: Receipt) => Promise<void>;
  /** Resolves when what has fallen due by now is done. */
  readonly timePasses: () => Promise<void>;
}

/** How long one act takes, so that an evening's acts follow each other as in a room. */
const actSeconds = 45;

/**
 * Where the demo community's history is played: its people send the commands that everybody sends, at the story's time. Every act has a
 * key of its own, from which its command id comes; an act that the log holds already is not sent again.
 */
export class Stage {
  private cursor = 0;
  private correlationId = '';
  private readonly memberIds = new Map<Who, string>();

  constructor(private readonly parts: StageParts) {}

  get communityId(): string {
    return this.parts.communityId;
  }

  get now(): Instant {
    return new Date(this.cursor).toISOString();
  }

  /** A scene begins, after what fell due since the last one. Scenes are played in the order of their moments. */
  async begin(name: string, at: Moment): Promise<void> {
    this.cursor = Math.max(this.cursor, Date.parse(this.parts.calendar.instant(at)));
    this.correlationId = derivedId('demo scene', this.communityId, name);
    this.parts.clock.tell(this.now);
    await this.parts.timePasses();
  }

  knows(who: Who, memberId: string): void {
    this.memberIds.set(who, memberId);
  }

  member(who: Who): string {
    const memberId = this.memberIds.get(who);
    if (memberId === undefined) throw new Error(`${who} has not joined the community yet`);
    return memberId;
  }

  members(everybody: readonly Who[]): string[] {
    return everybody.map((who) => this.member(who));
  }

  /** A day of the story: the Sunday of that week unless another is named. */
  date(...day: Parameters<Calendar['date']>): CivilDate {
    return this.parts.calendar.date(...day);
  }

  /** The day of the present scene, and so many days after it. */
  today(daysLater = 0): CivilDate {
    return plusDays(this.parts.calendar.dateOf(this.now), daysLater);
  }

  caller(who: Who, key: string): Caller {
    const commandId = derivedId('demo act', this.communityId, key);
    return { community: this.communityId, member: this.member(who), commandId, correlationId: this.correlationId };
  }

  /** Somebody acts: once, whatever happened before. Resolves when policies have answered what was written. */
  async act(who: Who, key: string, command: (caller: Caller) => Command<Receipt>): Promise<Receipt> {
    this.cursor += actSeconds * 1_000;
    const caller = this.caller(who, key);
    const before = this.parts.done.get(caller.commandId);
    if (before !== undefined) return before;
    this.parts.clock.tell(this.now);
    const receipt = await this.send(key, command(caller));
    if (receipt.types.some((type) => this.parts.consequential.has(type))) await this.parts.settle(receipt);
    return receipt;
  }

  private async send(key: string, command: Command<Receipt>): Promise<Receipt> {
    try {
      return await this.parts.commands.execute<Command<Receipt>, Receipt>(command);
    } catch (cause) {
      throw new Error(`The demo community cannot be written: ${key} failed`, { cause });
    }
  }
}
