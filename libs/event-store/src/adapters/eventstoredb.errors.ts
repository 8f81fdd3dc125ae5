import {
  CorruptLog,
  EventTooLarge,
  InvalidAppend,
  OutcomeUnknown,
  StaleRevision,
  StoreClosed,
  StoreUnavailable,
} from '../errors.js';

/** Why something went wrong, for whoever counts. */
export type TroubleKind =
  | 'unreachable'
  | 'silent'
  | 'not-leader'
  | 'not-ready'
  | 'timeout'
  | 'denied'
  | 'unsupported'
  | 'refused'
  | 'stale'
  | 'other';

/** A failure in the port's words, and whether trying again with the same ids and revision may help. */
export interface Trouble {
  readonly error: Error;
  readonly kind: TroubleKind;
  readonly retry: boolean;
}

/** The server answers, and will not serve us until somebody changes something: its version, our rights. */
export class StoreRefusesUs extends StoreUnavailable {
  constructor(
    message: string,
    readonly kind: 'denied' | 'unsupported',
  ) {
    super(message);
  }
}

/** No answer in time: whatever was asked may have happened or not. */
export class NoAnswer extends OutcomeUnknown {}

/** What a gRPC call fails with, and what the client makes of it: a code, or an exception named in the metadata, or a type. */
interface ServiceError extends Error {
  readonly code?: number | string;
  readonly type?: string;
  readonly details?: string;
  readonly metadata?: { get(key: string): unknown[] };
}

const final: readonly (readonly [abstract new (...args: never[]) => Error, TroubleKind])[] = [
  [StaleRevision, 'stale'],
  [EventTooLarge, 'refused'],
  [InvalidAppend, 'refused'],
  [CorruptLog, 'refused'],
  [StoreClosed, 'refused'],
];

const byName: Readonly<Record<string, TroubleKind>> = {
  unavailable: 'unreachable',
  cancelled: 'unreachable',
  timeout: 'timeout',
  'deadline-exceeded': 'timeout',
  'not-leader': 'not-leader',
  'access-denied': 'denied',
  'stream-deleted': 'refused',
  'invalid-argument': 'refused',
  'maximum-append-size-exceeded': 'refused',
};

/** gRPC status codes. UNKNOWN is how a server says on reads that it is not ready, ABORTED that a subscriber was too slow. */
const byCode: Readonly<Record<number, TroubleKind>> = {
  1: 'unreachable',
  2: 'not-ready',
  3: 'refused',
  4: 'timeout',
  7: 'denied',
  8: 'not-ready',
  10: 'timeout',
  12: 'unsupported',
  14: 'unreachable',
  16: 'denied',
};

/**
 * Any failure of a call in the port's words. The client throws errors of two shapes (eventstore.md §1.3 D), so they are told apart by
 * class, by the exception that the server names, and by code. `wrote` says that an append had been sent: nobody knows its outcome.
 */
export function understood(error: unknown, wrote = false): Trouble {
  if (error instanceof StoreRefusesUs) return { error, kind: error.kind, retry: false };
  if (error instanceof NoAnswer) return { error, kind: 'silent', retry: true };
  if (error instanceof StoreUnavailable || error instanceof OutcomeUnknown) {
    return { error, kind: understoodCause(error), retry: true };
  }
  for (const [kind, name] of final)
    if (error instanceof kind) return { error: error as Error, kind: name, retry: false };
  const failure = error as ServiceError;
  const told = typeof failure?.code === 'number' || typeof failure?.type === 'string' || isBrokenStream(failure);
  return told ? ofService(failure, wrote) : { error: failure, kind: 'other', retry: false };
}

/** Node's own word for a call that was cut off. */
function isBrokenStream(failure: ServiceError | undefined): boolean {
  return typeof failure?.code === 'string' && failure.code.startsWith('ERR_STREAM_');
}

function understoodCause({ cause }: Error): TroubleKind {
  if (cause === undefined) return 'not-ready';
  const { kind } = understood(cause);
  return kind === 'other' ? 'unreachable' : kind;
}

function ofService(failure: ServiceError, wrote: boolean): Trouble {
  const named = failure.type ?? (failure.metadata?.get('exception')[0] as string | undefined);
  const kind = isBrokenStream(failure)
    ? 'unreachable'
    : (byName[named ?? ''] ?? byCode[Number(failure.code)] ?? 'other');
  const said = failure.details ?? failure.message;
  if (kind === 'denied') return { error: denied(said), kind, retry: false };
  if (kind === 'unsupported') {
    return {
      error: new StoreRefusesUs(`the event store cannot do what is asked of it: ${said}`, kind),
      kind,
      retry: false,
    };
  }
  if (kind === 'refused') return { error: refusal(named, failure.code, said), kind, retry: false };
  const message = `the event store does not answer properly (${kind}): ${said}`;
  const cause = failure;
  const unsure = wrote && kind !== 'not-leader';
  return {
    error: unsure ? new OutcomeUnknown(message, { cause }) : new StoreUnavailable(message, { cause }),
    kind,
    retry: true,
  };
}

export function denied(said: string): StoreRefusesUs {
  const advice = 'check the user and password in its URL; the user needs to write streams and to read $all';
  return new StoreRefusesUs(`the event store denies access (${said}): ${advice}`, 'denied');
}

function refusal(named: string | undefined, code: ServiceError['code'], said: string): Error {
  if (named === 'stream-deleted') return new CorruptLog(`a stream of the log was deleted: ${said}`);
  if (named === 'maximum-append-size-exceeded') return new EventTooLarge(`the event store takes less: ${said}`);
  return new InvalidAppend(`the event store refuses the arguments (${code}): ${said}`);
}
