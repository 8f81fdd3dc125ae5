import { hash } from 'node:crypto';

/** What every event carries of the command that caused it, and where. */
export interface Cause {
  readonly stream: string;
  readonly meta: { readonly $correlationId?: string; readonly command?: string; readonly commandId?: string };
}

/**
 * The trace that a correlation id stands for: a UUID or 32 hex digits are the trace's id themselves, anything else is hashed. So every
 * process finds the same one, and an operator finds it from the `x-request-id` of an answer.
 */
export function traceIdOf(correlationId: string): string {
  const hex = correlationId.replaceAll('-', '').toLowerCase();
  const asIs = /^[0-9a-f]{32}$/.test(hex) && !/^0+$/.test(hex);
  return asIs ? hex : hash('sha256', `trace ${correlationId}`).slice(0, 32);
}

/** The span of the append that an event came with: a projection in another process finds it from the event alone. */
export function appendSpanOf({ stream, meta }: Cause): string {
  return hash('sha256', JSON.stringify(['append', meta.$correlationId, meta.command, meta.commandId, stream])).slice(
    0,
    16,
  );
}
