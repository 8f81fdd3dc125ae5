import shared from '@eventstore/db-client/generated/shared_pb.js';
import messages from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { Metadata, type ServerWritableStream } from '@grpc/grpc-js';
import type { Allowed } from './appends.js';
import type { Recorded, StandInLog } from './log.js';

type Call = ServerWritableStream<ReadReq, ReadResp>;
type Matches = (event: Recorded) => boolean;

/** Events that are looked at before a subscriber without matches is told how far it has come. */
const SEARCH_WINDOW = 32;
const TURN = 64;
const NOT_FOUND = 5;
const PERMISSION_DENIED = 7;
const ABORTED = 10;

export interface ReadOptions {
  readonly allowed: Allowed;
  /** The node that leads instead of this one. */
  readonly leader: () => { readonly host: string; readonly port: number } | undefined;
  /** A live subscriber that falls so many events behind is dropped, as servers up to 23.10 do. Never when 0. */
  readonly dropBehind: number;
  /** The calls that are neither answered to their end nor cancelled. */
  readonly open: Set<object>;
}

/** Reads of a stream or of everything, both ways, and subscriptions to everything. */
export function read(log: StandInLog, { allowed, leader, dropBehind, open }: ReadOptions) {
  return (call: Call): void => {
    const options = call.request.getOptions()!;
    const over = (): void => void open.delete(call);
    open.add(call);
    call.on('error', over).on('cancelled', over).on('finish', over);
    if (!allowed(call)) return void call.emit('error', { code: PERMISSION_DENIED, details: 'Access Denied' });
    const other = call.metadata.get('requires-leader')[0] === 'true' ? leader() : undefined;
    if (other !== undefined)
      return void call.emit('error', {
        code: NOT_FOUND,
        details: 'Leader info available',
        metadata: pointingTo(other),
      });
    const work = options.hasSubscription()
      ? subscribe(log, call, options, dropBehind)
      : send(call, options.hasStream() ? ofStream(log, options) : ofAll(log, options));
    work.catch((error: unknown) => call.emit('error', error));
  };
}

function pointingTo({ host, port }: { readonly host: string; readonly port: number }): Metadata {
  const metadata = new Metadata();
  metadata.set('exception', 'not-leader');
  metadata.set('leader-endpoint-host', host);
  metadata.set('leader-endpoint-port', String(port));
  return metadata;
}

async function send(call: Call, events: Iterable<Recorded> | undefined): Promise<void> {
  if (events === undefined) {
    const name = call.request.getOptions()!.getStream()!.getStreamIdentifier();
    call.write(
      new messages.ReadResp().setStreamNotFound(new messages.ReadResp.StreamNotFound().setStreamIdentifier(name)),
    );
  }
  let sent = 0;
  for (const event of events ?? []) {
    if (call.cancelled) return;
    await written(call, eventResponse(event), ++sent);
  }
  call.end();
}

/** Waits for the reader where it is slow, and lets others have their turn. */
async function written(call: Call, response: ReadResp, sent: number): Promise<void> {
  if (!call.write(response) && !call.cancelled) {
    await new Promise<void>((resolve) => {
      const go = (): void => {
        call.off('drain', go).off('cancelled', go).off('close', go);
        resolve();
      };
      call.on('drain', go).on('cancelled', go).on('close', go);
    });
  } else if (sent % TURN === 0) {
    await new Promise(setImmediate);
  }
}

function* ofStream(log: StandInLog, options: ReadReq.Options): Generator<Recorded> {
  const place = options.getStream()!;
  const events = log.streamOf(Buffer.from(place.getStreamIdentifier()!.getStreamName_asU8()).toString());
  const backwards = options.getReadDirection() === messages.ReadReq.Options.ReadDirection.BACKWARDS;
  let at = backwards ? events.length - 1 : 0;
  if (place.hasRevision()) at = backwards ? Math.min(at, Number(place.getRevision())) : Number(place.getRevision());
  let left = Number(options.getCount());
  for (; left > 0 && at >= 0 && at < events.length; left--) yield events[backwards ? at-- : at++]!;
}

function* ofAll(log: StandInLog, options: ReadReq.Options): Generator<Recorded> {
  const matches = filterOf(options);
  const all = options.getAll()!;
  const backwards = options.getReadDirection() === messages.ReadReq.Options.ReadDirection.BACKWARDS;
  let at = backwards ? log.events.length - 1 : 0;
  // Forwards the event at the position is the first; backwards it is the one before.
  if (all.hasPosition()) at = log.indexOf(Number(all.getPosition()!.getCommitPosition())) - (backwards ? 1 : 0);
  let left = Number(options.getCount());
  for (; left > 0 && at >= 0 && at < log.events.length;) {
    const event = log.events[backwards ? at-- : at++]!;
    if (!matches(event)) continue;
    left -= 1;
    yield event;
  }
}

async function subscribe(log: StandInLog, call: Call, options: ReadReq.Options, dropBehind: number): Promise<void> {
  const matches = filterOf(options);
  const all = options.getAll()!;
  let next = 0;
  if (all.hasEnd()) next = log.events.length;
  if (all.hasPosition()) next = log.indexOf(Number(all.getPosition()!.getCommitPosition()) + 1);
  const interval = SEARCH_WINDOW * Math.max(1, options.getFilter()?.getCheckpointintervalmultiplier() ?? 1);
  call.write(confirmation());
  let [sent, considered, live] = [0, 0, false];
  while (!call.cancelled) {
    for (; next < log.events.length && !call.cancelled; next++) {
      if (live && dropBehind > 0 && log.events.length - next > dropBehind) throw tooSlow();
      const event = log.events[next]!;
      if (matches(event)) await written(call, eventResponse(event), ++sent);
      if (++considered % interval === 0 && options.hasFilter()) await written(call, checkpointAt(event), ++sent);
    }
    if (!live) call.write(new messages.ReadResp().setCaughtUp(new messages.ReadResp.CaughtUp()));
    live = true;
    const { ready, stop } = log.more(next);
    call.on('cancelled', stop);
    await ready;
    call.off('cancelled', stop);
  }
}

function tooSlow(): Error {
  const details = 'Consumer too slow to handle event while live. Client resubscription required.';
  return Object.assign(new Error(details), { code: ABORTED, details });
}

function filterOf(options: ReadReq.Options): Matches {
  const filter = options.getFilter();
  if (filter === undefined) return () => true;
  const names = filter.getStreamIdentifier();
  const expression = names ?? filter.getEventType()!;
  const [regex, prefixes] = [expression.getRegex(), expression.getPrefixList()];
  const pattern = regex === '' ? undefined : new RegExp(regex);
  const matches = (text: string): boolean => pattern?.test(text) ?? prefixes.some((it) => text.startsWith(it));
  return names === undefined ? ({ type }) => matches(type) : ({ stream }) => matches(stream);
}

function confirmation(): ReadResp {
  const confirmed = new messages.ReadResp.SubscriptionConfirmation().setSubscriptionId('stand-in');
  return new messages.ReadResp().setConfirmation(confirmed);
}

function checkpointAt({ position }: Recorded): ReadResp {
  const checkpoint = new messages.ReadResp.Checkpoint()
    .setCommitPosition(String(position))
    .setPreparePosition(String(position));
  return new messages.ReadResp().setCheckpoint(checkpoint);
}

function eventResponse(event: Recorded): ReadResp {
  const position = String(event.position);
  const recorded = new messages.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(new shared.StreamIdentifier().setStreamName(Buffer.from(event.stream)))
    .setStreamRevision(String(event.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(event.data)
    .setCustomMetadata(event.meta);
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('created', event.created)
    .set('content-type', event.contentType);
  return new messages.ReadResp().setEvent(
    new messages.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(position),
  );
}
