import shared from '@eventstore/db-client/generated/shared_pb.js';
import status from '@eventstore/db-client/generated/status_pb.js';
import messages from '@eventstore/db-client/generated/streams_pb.js';
import type {
  AppendReq,
  AppendResp,
  BatchAppendReq,
  BatchAppendResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import type { Metadata, sendUnaryData, ServerDuplexStream, ServerReadableStream } from '@grpc/grpc-js';
import anything from 'google-protobuf/google/protobuf/any_pb.js';
import type { ExpectedRevision, Outcome, Proposed, StandInLog } from './log.js';

/** What one append may hold on the server by default, names and types included. */
const MAX_APPEND_BYTES = 1024 * 1024;
const PERMISSION_DENIED = 7;

/** How the stand-in is told to behave. */
export interface Behaviour {
  /** Appends that are written and not answered. */
  answersToLose: number;
  /** Appends that are written and answered late, and by how many milliseconds. */
  answersToDelay: number;
  delayMs: number;
  /** Appends that are refused as a server that is starting refuses them, and not written. */
  appendsNotReady: number;
  /** Every append and read is refused: no access. */
  denied: boolean;
  /** Another node leads: reads of who asked for the leader are sent away. */
  follower: boolean;
}

/** Whether a caller may append and read. */
export type Allowed = (call: { readonly metadata: Metadata }) => boolean;

interface Pending {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: Proposed[];
}

/** Many appends and their answers over one call. */
export function batchAppend(log: StandInLog, behaviour: Behaviour, allowed: Allowed) {
  return (call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void => {
    const pending = new Map<string, Pending>();
    call.on('data', (request: BatchAppendReq) => {
      const correlation = request.getCorrelationId()!;
      const key = Buffer.from(correlation.serializeBinary()).toString('base64');
      const options = request.getOptions();
      if (options !== undefined) {
        const stream = textOf(options.getStreamIdentifier()!.getStreamName_asU8());
        pending.set(key, { stream, expected: expectedBy(options), events: [] });
      }
      const append = pending.get(key)!;
      append.events.push(...request.getProposedMessagesList().map(proposed));
      if (!request.getIsFinal()) return;
      pending.delete(key);
      const answer = allowed(call)
        ? answerTo(log, behaviour, append)
        : refusal('AccessDenied', new shared.AccessDenied());
      if (answer === undefined) return;
      const name = new shared.StreamIdentifier().setStreamName(Buffer.from(append.stream));
      answer.setCorrelationId(correlation).setStreamIdentifier(name);
      if (behaviour.answersToDelay > 0) {
        behaviour.answersToDelay -= 1;
        setTimeout(() => call.write(answer), behaviour.delayMs);
      } else {
        call.write(answer);
      }
    });
    call.on('end', () => call.end());
    call.on('error', () => undefined);
  };
}

function answerTo(log: StandInLog, behaviour: Behaviour, append: Pending): BatchAppendResp | undefined {
  if (behaviour.appendsNotReady > 0) {
    behaviour.appendsNotReady -= 1;
    return refusal(undefined, new shared.Empty(), 'Server Is Not Ready');
  }
  const bytes = append.events.reduce((sum, it) => sum + it.data.length + it.meta.length + 2 * it.type.length, 0);
  if (bytes > MAX_APPEND_BYTES) {
    return refusal(
      'MaximumAppendSizeExceeded',
      new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_BYTES),
    );
  }
  const outcome = log.append(append.stream, append.expected, append.events);
  if (behaviour.answersToLose > 0) {
    behaviour.answersToLose -= 1;
    return undefined;
  }
  if (outcome.kind === 'wrong') return refusal('WrongExpectedVersion', wrongVersion(outcome.current, append.expected));
  const { position, revision } = outcome.last;
  const place = new shared.AllStreamPosition().setCommitPosition(String(position)).setPreparePosition(String(position));
  const success = new messages.BatchAppendResp.Success().setCurrentRevision(String(revision)).setPosition(place);
  return new messages.BatchAppendResp().setSuccess(success);
}

function refusal(name: string | undefined, details: { serializeBinary(): Uint8Array }, said = ''): BatchAppendResp {
  const any = new anything.Any();
  any.pack(details.serializeBinary(), name === undefined ? 'google.protobuf.Empty' : `event_store.client.${name}`);
  return new messages.BatchAppendResp().setError(new status.Status().setMessage(said || (name ?? '')).setDetails(any));
}

function wrongVersion(current: number, expected: ExpectedRevision): InstanceType<typeof shared.WrongExpectedVersion> {
  const wrong = new shared.WrongExpectedVersion();
  if (current < 0) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentStreamRevision(String(current));
  if (expected === 'none') return wrong.setExpectedNoStream(new shared.Empty());
  if (expected === 'any') return wrong.setExpectedAny(new shared.Empty());
  if (expected === 'exists') return wrong.setExpectedStreamExists(new shared.Empty());
  return wrong.setExpectedStreamPosition(String(expected));
}

/** One append a call, as clients with credentials of their own for each call send it. */
export function append(log: StandInLog, behaviour: Behaviour, allowed: Allowed) {
  return (call: ServerReadableStream<AppendReq, AppendResp>, answer: sendUnaryData<AppendResp>): void => {
    let begun: Pending | undefined;
    call.on('data', (request: AppendReq) => {
      const options = request.getOptions();
      if (options === undefined) return void begun?.events.push(proposed(request.getProposedMessage()!));
      const stream = textOf(options.getStreamIdentifier()!.getStreamName_asU8());
      let expected: ExpectedRevision = 'any';
      if (options.hasNoStream()) expected = 'none';
      else if (options.hasStreamExists()) expected = 'exists';
      else if (options.hasRevision()) expected = Number(options.getRevision());
      begun = { stream, expected, events: [] };
    });
    call.on('end', () => {
      if (!allowed(call)) return answer({ code: PERMISSION_DENIED, details: 'Access Denied' });
      const outcome = log.append(begun!.stream, begun!.expected, begun!.events);
      if (behaviour.answersToLose > 0) behaviour.answersToLose -= 1;
      else answer(null, responseTo(outcome));
    });
    call.on('error', () => undefined);
  };
}

function responseTo(outcome: Outcome): AppendResp {
  if (outcome.kind === 'wrong') {
    const wrong = new messages.AppendResp.WrongExpectedVersion();
    if (outcome.current < 0) wrong.setCurrentNoStream(new shared.Empty());
    else wrong.setCurrentRevision(String(outcome.current));
    return new messages.AppendResp().setWrongExpectedVersion(wrong);
  }
  const position = String(outcome.last.position);
  const place = new messages.AppendResp.Position().setCommitPosition(position).setPreparePosition(position);
  const success = new messages.AppendResp.Success().setCurrentRevision(String(outcome.last.revision));
  return new messages.AppendResp().setSuccess(success.setPosition(place));
}

function expectedBy(options: BatchAppendReq.Options): ExpectedRevision {
  if (options.hasNoStream()) return 'none';
  if (options.hasStreamExists()) return 'exists';
  if (options.hasAny()) return 'any';
  return Number(options.getStreamPosition());
}

function proposed(message: BatchAppendReq.ProposedMessage | AppendReq.ProposedMessage): Proposed {
  const meta = message.getMetadataMap();
  return {
    id: idOf(message.getId()!),
    type: meta.get('type')!,
    contentType: meta.get('content-type')!,
    data: Buffer.from(message.getData_asU8()),
    meta: Buffer.from(message.getCustomMetadata_asU8()),
  };
}

/** As text, or as two signed numbers of 64 bits. */
function idOf(id: InstanceType<typeof shared.UUID>): string {
  const structured = id.getStructured();
  if (structured === undefined) return id.getString();
  const half = (bits: string): string => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');
  const hex = half(structured.getMostSignificantBits()) + half(structured.getLeastSignificantBits());
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}
