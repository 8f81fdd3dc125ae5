import { derivedId, type Recorded, Refusal } from '@app/kernel';
import type { Caller, Receipt } from './act.js';

/** What a handler answers: the receipts of the commands it sent, so that a reader can wait for what its own act caused. */
export type Consequences = void | Receipt | readonly Receipt[];

/**
 * What happens by itself: a durable follower of the log. Its name is its checkpoint's key and never changes. A handler may see an event
 * twice: the command ids it derives come from the event alone. A refusal is an outcome the handler deals with; any other error
 * stops the policy at this event, and it is tried again.
 */
export abstract class Policy {
  abstract readonly name: string;
  /** Handlers by event type. */
  abstract readonly on: Readonly<Record<string, (fact: Recorded) => Promise<Consequences>>>;
}

/** Whether a rule said no for good. `STALE` only says that somebody wrote first: the policy tries again, or the event would be lost. */
export function isOutcome(error: unknown): error is Refusal {
  return error instanceof Refusal && error.code !== 'STALE';
}

/** Some targets of an event got what they were due, others were refused it. Thrown by {@link forEachTarget}, an outcome as well. */
export class SomeRefused extends Error {
  override readonly name = 'SomeRefused';
  constructor(
    readonly refusals: readonly Refusal[],
    readonly receipts: readonly Receipt[],
  ) {
    super(refusals.map(({ code }) => code).join(', '));
  }
}

/**
 * Acts for each target in turn. A refusal at one does not keep the rest from what they are due: {@link SomeRefused} is thrown once all
 * had their turn. Any other error ends it at once, since the event is handled again.
 */
export async function forEachTarget<T>(targets: Iterable<T>, act: (target: T) => Promise<Receipt>): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  const refusals: Refusal[] = [];
  for (const target of targets) {
    try {
      receipts.push(await act(target));
    } catch (error) {
      if (!isOutcome(error)) throw error;
      refusals.push(error);
    }
  }
  if (refusals.length > 0) throw new SomeRefused(refusals, receipts);
  return receipts;
}

/**
 * Who a policy is when it answers an event. The command's id comes from the event alone, so that an event delivered twice sends the same
 * command twice. `target` tells apart the commands that one event causes.
 */
export function policyCaller(policy: string, fact: Recorded, target: string): Caller {
  const { community, $correlationId: correlationId } = fact.meta;
  const commandId = derivedId(policy, fact.id, target);
  return { community, member: `policy:${policy}`, commandId, correlationId, causationId: fact.id };
}
