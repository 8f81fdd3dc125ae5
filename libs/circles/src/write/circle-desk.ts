import { actOf, type Caller, type Receipt, Streams } from '@app/event-store';
import { Clock, type Instant } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { CircleEvent } from '../domain/circle.events.js';
import { type Circle, circle, type CircleState, type LinkSeat } from '../domain/circle.js';
import { runningTerms } from '../domain/seats.js';
import { CircleFolds } from './circle-folds.js';

/** What a decision about a circle receives besides the command's input: who acts, when, and what the neighbours say. */
export interface Scene {
  readonly by: string;
  readonly now: Instant;
  readonly seats: readonly LinkSeat[];
  readonly communityMembers: readonly string[];
}

/** Where every command on a circle that exists is written: folds the neighbours, decides, appends. */
@Injectable()
export class CircleDesk {
  constructor(
    private readonly streams: Streams,
    private readonly folds: CircleFolds,
    private readonly clock: Clock,
  ) {}

  /** Refuses NOT_FOUND for a circle that is not of the caller's community. `command` is the command's name in the audit trail. */
  async write<I extends { readonly circleId: string }>(
    command: string,
    caller: Caller,
    input: I,
    decide: (state: CircleState, scene: Scene) => CircleEvent[],
  ): Promise<Receipt> {
    const { circleId } = input;
    const now = this.clock.now();
    const found = await this.folds.circle(circleId, caller.community);
    const seats = await this.folds.seatsIn(found.circle, now);
    const { community } = await this.folds.community(caller.community);
    const scene: Scene = { by: caller.member, now, seats, communityMembers: community.members };
    const act = actOf(caller, { command, input, circle: circleId, office: officeOf(found.circle, caller.member, now) });
    return this.streams.write(circle, circleId, act, (state) => decide(state, scene));
  }
}

/** In what office a person acts in a circle: the first they hold, or convener while it forms. */
export function officeOf(found: Circle, member: string, now: Instant): string | undefined {
  const held = [...runningTerms(found, now), ...found.acting].find(({ memberId }) => memberId === member)?.office;
  return held ?? (found.phase !== 'Active' && found.convener === member ? 'convener' : undefined);
}
