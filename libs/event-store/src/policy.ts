import type { Recorded } from '@app/kernel';

/**
 * What happens by itself: a durable follower of the log. Its name is its checkpoint's key and never changes. A handler may see an event
 * twice: the command ids it derives come from the event alone. A refusal is an outcome the handler deals with; any other error
 * stops the policy at this event, and it is tried again.
 */
export abstract class Policy {
  abstract readonly name: string;
  /** Handlers by event type. */
  abstract readonly on: Readonly<Record<string, (fact: Recorded) => Promise<void>>>;
}
