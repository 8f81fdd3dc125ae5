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
/** Messages of a subscription that wait for a slow reader: no more are taken from the connection then. */
const MOST_GATHERED = 128;

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

/** Hands over event after event of a read, until its end or until `take` wants no more. A server that falls silent is waited for so long. */
export async function readEvents(
  connection: Connection,
  asked: ReadReq,
  silenceMs: number,
  take: (event: StoredEvent) => boolean,
): Promise<void> {
  const call = await opened(connection, asked, silenceMs);
  let watch: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const silence = setTimeout(() => reject(silent(silenceMs)), silenceMs);
      watch = silence;
      const hear = (message: ReadResp): void => {
        silence.refresh();
        try {
          const event = eventIn(message);
          if (event === undefined || take(event)) return;
          resolve();
        } catch (error) {
          reject(error as Error);
        }
        call.off('data', hear);
      };
      call.on('data', hear).on('end', resolve).on('error', reject);
    });
  } finally {
    clearTimeout(watch);
    letGo(call);
  }
}

/** What a subscription says, all that has gathered since it was last asked, until the signal. Keep-alive watches over its silence. */
export async function* messagesOf(
  connection: Connection,
  asked: ReadReq,
  silenceMs: number,
  signal: AbortSignal,
): AsyncGenerator<readonly ReadResp[], void, undefined> {
  const call = await opened(connection, asked, silenceMs);
  let gathered: ReadResp[] = [];
  let end: { readonly error?: unknown } | undefined;
  let wake = (): void => undefined;
  const over = (error?: unknown): void => {
    end ??= { error };
    wake();
  };
  const stop = (): void => over();
  // Until the server has confirmed it, the subscription may not have been heard of.
  const silence = setTimeout(() => over(silent(silenceMs)), silenceMs);
  signal.addEventListener('abort', stop, { once: true });
  call.on('end', stop).on('error', over);
  call.on('data', (message: ReadResp) => {
    if (gathered.push(message) >= MOST_GATHERED) call.pause();
    wake();
  });
  try {
    while (!signal.aborted) {
      if (gathered.length > 0) {
        clearTimeout(silence);
        const messages = gathered;
        gathered = [];
        call.resume();
        yield messages;
      } else if (end === undefined) {
        await new Promise<void>((resolve) => (wake = resolve));
      } else if (end.error === undefined) {
        return;
      } else {
        throw end.error;
      }
    }
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', stop);
    letGo(call);
  }
}

async function opened(connection: Connection, asked: ReadReq, timeoutMs: number): Promise<ReadCall> {
  const opening = connection.openRead(asked, timeoutMs);
  return inTime(opening, timeoutMs, () => void opening.then(letGo, () => undefined));
}

function silent(silenceMs: number): NoAnswer {
  return new NoAnswer(`the event store was silent for ${Math.round(silenceMs)} ms amid a read`);
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
