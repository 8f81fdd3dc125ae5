import type { Caller } from '@app/event-store';
import { derivedId, type Recorded } from '@app/kernel';

/** Who a policy is when it answers an event: its command ids come from the event alone, so that an event seen twice sends one command. */
export function policyCaller(policy: string, fact: Recorded, target: string): Caller {
  return {
    community: fact.meta.community,
    member: `policy:${policy}`,
    commandId: derivedId(policy, fact.id, target),
    correlationId: fact.meta.$correlationId,
    causationId: fact.id,
  };
}
