import shared from '@eventstore/db-client/generated/shared_pb.js';
import messages from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { CorruptLog } from '../errors.js';
import type { Position, StoredEvent } from '../event-store.js';
import type { Connection, ReadCall } from './eventstoredb.client.js';
import { inTime } from './eventstoredb.client.js';
import { NoAnswer } from './eventstoredb.errors.js';
import { placeOf, positionOf } from './eventstoredb.position.js';

const { ReadReq: Request } = messages;
const { Options } = Request;
/** Streams whose name begins with $ are the server's own. */
const OURS = '^[^$]';

export function streamRequest(
  stream: string,
  { from, backwards = false, max }: { from?: number; backwards?: boolean; max: number },
): ReadReq {
  const place = new Options.StreamOptions().setStreamIdentifier(
    new shared.StreamIdentifier().setStreamName(Buffer.from(stream)),
  );
  if (from !== undefined) place.setRevision(String(from));
  else if (backwards) place.setEnd(new shared.Empty());
  else place.setStart(new shared.Empty());
  return request(
    (options) => options.setStream(place).setCount(String(max)).setNoFilter(new shared.Empty()),
    backwards,
  );
}

/** At most `max` events of everybody's streams from a position on, the event at that position included. */
export function logRequest({
  from,
  backwards = false,
  max,
}: {
  from?: Position;
  backwards?: boolean;
  max: number;
}): ReadReq {
  const filter = filterOf(undefined).setMax(max);
  return request(
    (options) => options.setAll(allFrom(from, backwards)).setCount(String(max)).setFilter(filter),
    backwards,
  );
}

/** Everything after a position, then live; with prefixes, of the streams whose name begins with one of them. */
export function subscriptionRequest(after: Position | undefined, prefixes: readonly string[] | undefined): ReadReq {
  const filter = filterOf(prefixes).setCount(new shared.Empty()).setCheckpointintervalmultiplier(1);
  const subscription = new Options.SubscriptionOptions();
  return request(
    (options) => options.setAll(allFrom(after, false)).setSubscription(subscription).setFilter(filter),
    false,
  );
}

function request(fill: (options: ReadReq.Options) => ReadReq.Options, backwards: boolean): ReadReq {
  const { FORWARDS, BACKWARDS } = Options.ReadDirection;
  const options = new Options()
    .setReadDirection(backwards ? BACKWARDS : FORWARDS)
    .setResolveLinks(false)
    .setUuidOption(new Options.UUIDOption().setString(new shared.Empty()));
  return new Request().setOptions(fill(options));
}

function allFrom(from: Position | undefined, backwards: boolean): ReadReq.Options.AllOptions {
  const all = new Options.AllOptions();
  if (from === undefined) return backwards ? all.setEnd(new shared.Empty()) : all.setStart(new shared.Empty());
  const { commit, prepare } = placeOf(from);
  return all.setPosition(new Options.Position().setCommitPosition(commit).setPreparePosition(prepare));
}

function filterOf(prefixes: readonly string[] | undefined): ReadReq.Options.FilterOptions {
  const names = new Options.FilterOptions.Expression();
  if (prefixes === undefined) names.setRegex(OURS);
  else names.setPrefixList([...prefixes]);
  return new Options.FilterOptions().setStreamIdentifier(names);
}

/** What a call says, one message after the other, until it ends, is let go, or stays silent for too long. Always cancelled afterwards. */
export async function* messagesOf(
  connection: Connection,
  asked: ReadReq,
  { silenceMs, live = false, signal }: { silenceMs: number; live?: boolean; signal?: AbortSignal },
): AsyncGenerator<ReadResp, void, undefined> {
  const opening = connection.openRead(asked, silenceMs);
  const call = await inTime(opening, silenceMs, () => void opening.then(letGo, () => undefined));
  let silent = false;
  const silence = setTimeout(() => {
    silent = true;
    call.cancel();
  }, silenceMs);
  const stop = (): void => call.cancel();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    if (signal?.aborted) return;
    for await (const message of call as AsyncIterable<ReadResp>) {
      // A live subscription has nothing to say for hours: once it was confirmed, keep-alive watches over it.
      if (live) clearTimeout(silence);
      else silence.refresh();
      yield message;
    }
  } catch (error) {
    if (silent) throw new NoAnswer(`the event store was silent for ${Math.round(silenceMs)} ms amid a read`);
    throw error;
  } finally {
    clearTimeout(silence);
    signal?.removeEventListener('abort', stop);
    letGo(call);
  }
}

/** A call that nobody reads to its end stays open on both sides. */
function letGo(call: ReadCall): void {
  call.cancel();
  call.destroy();
}

/** The event in a message, if it holds one. */
export function eventIn(message: ReadResp): StoredEvent | undefined {
  const recorded = message.getEvent()?.getEvent();
  if (recorded === undefined) return undefined;
  const stream = textOf(recorded.getStreamIdentifier()!.getStreamName_asU8());
  const revision = Number(recorded.getStreamRevision());
  const position = positionOf({ commit: recorded.getCommitPosition(), prepare: recorded.getPreparePosition() });
  const type = recorded.getMetadataMap().get('type') ?? '';
  try {
    const data = JSON.parse(textOf(recorded.getData_asU8())) as unknown;
    const meta = JSON.parse(textOf(recorded.getCustomMetadata_asU8())) as Record<string, string>;
    return { id: recorded.getId()!.getString(), type, data, meta, stream, revision, position };
  } catch (error) {
    const what = `event ${revision} of ${stream} at ${position} is not JSON with metadata`;
    throw new CorruptLog(`${what}: another program writes to this event store`, { cause: error });
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
}
