import type { Position } from './event-store.js';

/** Who does what: everything the envelope needs besides time and the facts themselves. */
export interface Act {
  readonly community: string;
  readonly circle?: string;
  /** A member id, or `policy:<name>`. */
  readonly actor: string;
  /** In what office they act: leader, facilitator, secretary, secondLink, convener, author, expert. */
  readonly office?: string;
  /** The command's name, as in `RaiseObjection`. */
  readonly command: string;
  /** The same click sent twice carries the same id. A policy derives it from the event that caused it. */
  readonly commandId: string;
  /** The command's input, for its fingerprint: the same id with another input is refused `COMMAND_ID_REUSED`. */
  readonly input: unknown;
  readonly causationId?: string;
  readonly correlationId: string;
  /** When it happened, if not now (a transcription). */
  readonly occurredAt?: string;
}

/** What a command answers: where the stream stands now. A command that wrote nothing answers the stream's last place. */
export interface Receipt {
  readonly stream: string;
  readonly revision: number;
  readonly position: Position;
  /** The types written, so that the reader knows whether policies have anything to do. */
  readonly types: readonly string[];
}

/** Who sends a command: what every command class carries besides its input. */
export interface Caller {
  readonly community: string;
  /** A member id, or `policy:<name>`. */
  readonly member: string;
  readonly commandId: string;
  readonly correlationId: string;
  readonly causationId?: string;
  readonly occurredAt?: string;
}

/** The act that a handler writes with, from its caller and what it learned about the place. */
export function actOf(
  caller: Caller,
  { command, input, circle, office }: { command: string; input: unknown; circle?: string; office?: string },
): Act {
  const { community, member, commandId, correlationId, causationId, occurredAt } = caller;
  return {
    community,
    actor: member,
    command,
    commandId,
    correlationId,
    causationId,
    occurredAt,
    input,
    circle,
    office,
  };
}
