import { derivedId, type Instant } from '@app/kernel';
import type { Caller, Receipt } from './act.js';

/** Something that falls due at an instant, whoever is there. */
export interface Due {
  /** What it is about: the same for as long as the same thing is due. */
  readonly key: string;
  readonly at: Instant;
  readonly community: string;
  /** Sends the command, which decides with the instant it is: answers no fact when there is nothing to do any more. */
  send(caller: Caller): Promise<Receipt>;
}

/**
 * What falls due in one context, read from its rows: the fact that opens a deadline writes one, the facts that end it delete it. Guards
 * never wait for it: they compare with the time themselves.
 */
export abstract class Deadlines {
  /** Never changed: the ids of the commands come from it. */
  abstract readonly name: string;
  /** What is due at this instant, the longest due first, so many at most. */
  abstract due(now: Instant, max: number): Promise<readonly Due[]>;
}

/** Who the clock is when something falls due. The same deadline sends the same command, however often it is found. */
export function clockCaller(source: string, { key, at, community }: Due): Caller {
  const commandId = derivedId('clock', source, key, at);
  return { community, member: `clock:${source}`, commandId, correlationId: commandId };
}
