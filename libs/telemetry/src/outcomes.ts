import { EventTooLarge, isOutcome, SomeRefused } from '@app/event-store';
import { Refusal } from '@app/kernel';

/** How a command ended: `accepted`, `refused` (a rule, or the size of what was said), or `failed`: it may be sent again. */
export type Outcome = 'accepted' | 'refused' | 'failed';

/** What an error makes of a command. */
export const outcomeOf = (error: unknown): Outcome =>
  error instanceof Refusal || error instanceof EventTooLarge ? 'refused' : 'failed';

/** What an error makes of a policy's turn: `STALE` is tried again, so it is a failure there. */
export const outcomeOfPolicy = (error: unknown): Outcome =>
  error instanceof SomeRefused || isOutcome(error) ? 'refused' : 'failed';

/** The class of an error, never its message: a message may tell what somebody wrote. */
export const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
