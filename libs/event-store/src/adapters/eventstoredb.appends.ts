import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import messages from '@eventstore/db-client/generated/streams_pb.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import {
  CorruptLog,
  EventTooLarge,
  InvalidAppend,
  OutcomeUnknown,
  StaleRevision,
  StoreUnavailable,
} from '../errors.js';
import type { Expected, Position } from '../event-store.js';
import { type CheckedAppend, MAX_APPEND_BYTES } from './checked-append.js';
import type { AppendCall, Connection } from './eventstoredb.client.js';
import { inTime } from './eventstoredb.client.js';
import { denied, NoAnswer, understood } from './eventstoredb.errors.js';
import { positionOf } from './eventstoredb.position.js';

/** What the server answers to an append. It knows no position where it recognised a repetition and cannot find it. */
export interface Answer {
  readonly revision: number;
  readonly position: Position | undefined;
}

interface Waiting {
  readonly append: CheckedAppend;
  readonly expected: Expected;
  readonly since: number;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/** Events in one message: a server takes messages of 4 MiB. */
const MESSAGE_BYTES = 3 * 1024 * 1024;
const BYTES_AN_EVENT = 200;
const NO_REVISION = 2n ** 63n;

/** Appends on one call after the other: when a call breaks, what waits on it is nobody's business but its own. */
export class Appends {
  private lane: Lane | undefined;
  private opening: Promise<Lane> | undefined;

  constructor(private readonly connection: Connection) {}

  /** Sends an append once. Written in this turn where a call is open, so that the log's order is that of the calls. */
  send(append: CheckedAppend, expected: Expected, timeoutMs: number): Promise<Answer> {
    if (this.lane !== undefined) return this.lane.send(append, expected, timeoutMs);
    const opening = inTime(this.open(timeoutMs), timeoutMs).catch(notSent);
    return opening.then((lane) => lane.send(append, expected, timeoutMs));
  }

  private open(timeoutMs: number): Promise<Lane> {
    this.opening ??= this.connection
      .openAppends(timeoutMs)
      .then((call) => (this.lane = new Lane(call, (lane, silent) => this.left(lane, silent))))
      .finally(() => (this.opening = undefined));
    return this.opening;
  }

  private left(lane: Lane, silent: boolean): void {
    if (this.lane === lane) this.lane = undefined;
    if (silent) void this.connection.reconnect();
  }
}

function notSent(error: unknown): never {
  if (!(error instanceof NoAnswer)) throw understood(error).error;
  throw new StoreUnavailable(error.message, { cause: error });
}

class Lane {
  private readonly waiting = new Map<string, Waiting>();
  private sent = 0;
  private heard = 0;
  private broken: Error | undefined;

  constructor(
    private readonly call: AppendCall,
    private readonly leave: (lane: Lane, silent: boolean) => void,
  ) {
    call.on('data', (response: BatchAppendResp) => this.answered(response));
    call.on('error', (error) => this.end(understood(error, true).error));
    call.on('end', () => this.end(new OutcomeUnknown('the event store ended the connection')));
  }

  send(append: CheckedAppend, expected: Expected, timeoutMs: number): Promise<Answer> {
    if (this.broken !== undefined)
      return Promise.reject(new StoreUnavailable(this.broken.message, { cause: this.broken }));
    const number = String(++this.sent);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.late(number, timeoutMs), timeoutMs);
      this.waiting.set(number, { append, expected, since: performance.now(), timer, resolve, reject });
      // What a slow server leaves in the buffer is bounded by those who wait for it.
      for (const request of requestsOf(number, append, expected)) this.call.write(request);
    });
  }

  private answered(response: BatchAppendResp): void {
    this.heard = performance.now();
    const number = response.getCorrelationId()?.getStructured()?.getLeastSignificantBits() ?? '';
    const waiting = this.waiting.get(number);
    // Too late: whoever asked has gone on, and asks again with the same ids.
    if (waiting === undefined) return;
    this.waiting.delete(number);
    clearTimeout(waiting.timer);
    const success = response.getSuccess();
    if (success === undefined) return waiting.reject(errorOf(response.getError(), waiting));
    const position = success.getPosition();
    const commit = position?.getCommitPosition() ?? '-1';
    waiting.resolve({
      revision: Number(success.getCurrentRevision()),
      position: isPlace(commit) ? positionOf({ commit, prepare: position!.getPreparePosition() }) : undefined,
    });
  }

  private late(number: string, timeoutMs: number): void {
    const waiting = this.waiting.get(number)!;
    this.waiting.delete(number);
    waiting.reject(new NoAnswer(`the event store did not acknowledge an append within ${Math.round(timeoutMs)} ms`));
    if (this.heard >= waiting.since) return;
    this.end(new OutcomeUnknown('the connection to the event store gave no sign of life'), true);
    this.call.cancel();
  }

  private end(error: Error, silent = false): void {
    if (this.broken !== undefined) return;
    this.broken = error;
    this.leave(this, silent);
    for (const { timer, reject } of this.waiting.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.waiting.clear();
  }
}

function isPlace(commit: string): boolean {
  return commit !== '-1' && BigInt(commit) < NO_REVISION;
}

function* requestsOf(number: string, append: CheckedAppend, expected: Expected): Generator<BatchAppendReq> {
  const correlation = new shared.UUID.Structured().setMostSignificantBits('0').setLeastSignificantBits(number);
  const begin = (): BatchAppendReq =>
    new messages.BatchAppendReq().setCorrelationId(new shared.UUID().setStructured(correlation));
  let request = begin().setOptions(optionsOf(append.stream, expected));
  let bytes = 0;
  for (const [at, id] of append.ids.entries()) {
    const data = Buffer.from(append.data[at]!);
    const meta = Buffer.from(append.meta[at]!);
    const message = new messages.BatchAppendReq.ProposedMessage().setId(new shared.UUID().setString(id));
    message.getMetadataMap().set('type', append.types[at]!).set('content-type', 'application/json');
    bytes += data.length + meta.length + 4 * append.types[at]!.length + BYTES_AN_EVENT;
    if (bytes > MESSAGE_BYTES && at > 0) {
      yield request;
      request = begin();
      bytes = 0;
    }
    request.addProposedMessages(message.setData(data).setCustomMetadata(meta));
  }
  yield request.setIsFinal(true);
}

function optionsOf(stream: string, expected: Expected): BatchAppendReq.Options {
  const name = new shared.StreamIdentifier().setStreamName(Buffer.from(stream));
  const options = new messages.BatchAppendReq.Options().setStreamIdentifier(name);
  if (expected === 'none') return options.setNoStream(new shared.Empty());
  if (expected === 'any') return options.setAny(new shared.Empty());
  if (expected === 'exists') return options.setStreamExists(new shared.Empty());
  return options.setStreamPosition(String(expected));
}

/** An error of one append in the port's words. The server names its kind; a message without one says that it is not ready. */
function errorOf(status: Status | undefined, { append, expected }: Waiting): Error {
  const { stream } = append;
  const details = status?.getDetails();
  const said = status?.getMessage() ?? 'no reason given';
  switch (details?.getTypeName()) {
    case 'event_store.client.WrongExpectedVersion':
      return new StaleRevision(stream, String(expected), currentOf(details.getValue_asU8()));
    case 'event_store.client.StreamDeleted':
      return new CorruptLog(`the stream ${stream} was deleted: nothing of this log ever is`);
    case 'event_store.client.AccessDenied':
      return denied(said);
    case 'event_store.client.MaximumAppendSizeExceeded': {
      const most = shared.MaximumAppendSizeExceeded.deserializeBinary(details.getValue_asU8()).getMaxappendsize();
      return new EventTooLarge(
        `the event store takes appends of ${most} bytes, names and types included: this one to ${stream} is larger (the limit should be ${MAX_APPEND_BYTES})`,
      );
    }
    case 'event_store.client.BadRequest':
      return new InvalidAppend(`the event store refuses an append to ${stream}: ${said}`);
    case 'google.protobuf.Empty':
    case 'event_store.client.Empty':
      return new StoreUnavailable(`the event store does not write now: ${said}`);
    default:
      return new OutcomeUnknown(`the event store does not tell the outcome of an append to ${stream}: ${said}`);
  }
}

/** The stream's last revision as the server tells it, -1 when the stream does not exist. */
function currentOf(details: Uint8Array): number {
  const wrong = shared.WrongExpectedVersion.deserializeBinary(details);
  if (!wrong.hasCurrentStreamRevision()) return -1;
  const revision = BigInt(wrong.getCurrentStreamRevision());
  return revision < NO_REVISION ? Number(revision) : -1;
}
