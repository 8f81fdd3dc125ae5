import type { Instant } from '@app/kernel';
import type { CircleEvent } from './circle.events.js';
import { type CircleState, existing, type LinkSeat, sameSeat } from './circle.js';
import { actsByPolicy, refuseUnless } from './circle.refusals.js';
import { endOffices } from './membership.js';
import { membersOf } from './seats.js';

type Announcement = Omit<LinkSeat, 'termId'> & {
  /** Id of the event in the sub-circle that gave or ended the seat. */
  readonly causedBy: string;
  readonly by: string;
};

/** In the parent: a link took their seat. The seat began with its cause; this says it where the parent reads its own story (INV-15). */
export function announceLinkSeated(
  state: CircleState,
  { subCircleId, link, memberId, causedBy, by }: Announcement,
): CircleEvent[] {
  const circle = existing(state);
  refuseUnless(actsByPolicy(by), 'ONLY_BY_DECISION');
  if (circle.announced.some((seat) => sameSeat(seat, { subCircleId, link, memberId }))) return [];
  return [{ type: 'LinkSeated', data: { link, memberId, subCircleId, causedBy } }];
}

/** In the parent: the seat ended with its cause (INV-16). Who sat here by it alone holds no office here either. */
export function announceLinkSeatEnded(
  state: CircleState,
  input: Announcement & { readonly cause: string; readonly now: Instant; readonly seats: readonly LinkSeat[] },
): CircleEvent[] {
  const circle = existing(state);
  const { subCircleId, link, memberId, cause, causedBy, by, now, seats } = input;
  refuseUnless(actsByPolicy(by), 'ONLY_BY_DECISION');
  if (!circle.announced.some((seat) => sameSeat(seat, { subCircleId, link, memberId }))) return [];
  const ended: CircleEvent = { type: 'LinkSeatEnded', data: { link, memberId, subCircleId, cause, causedBy } };
  if (membersOf(circle, seats, now).includes(memberId)) return [ended];
  return [ended, ...endOffices(circle, memberId, now, 'leftCircle')];
}
