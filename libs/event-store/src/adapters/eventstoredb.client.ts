import { EventStoreDBClient } from '@eventstore/db-client';
import features from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type { SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { BatchAppendReq, BatchAppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ClientDuplexStream, ClientReadableStream, ServiceError } from '@grpc/grpc-js';
import { StoreUnavailable } from '../errors.js';
import { NoAnswer, StoreRefusesUs } from './eventstoredb.errors.js';
import type { Settings } from './eventstoredb.url.js';

export type AppendCall = ClientDuplexStream<BatchAppendReq, BatchAppendResp>;
export type ReadCall = ClientReadableStream<ReadResp>;

/** The oldest server that tells a subscriber when it has caught up, and the position of every event it gives. */
const OLDEST = [23, 10] as const;
const UNIMPLEMENTED = 12;
const GOODBYE_MS = 1_000;

/**
 * The client's connection: addresses, discovery of a cluster, credentials, keep-alive, a new channel after a failure. What is sent over it
 * is not sent by the client's own methods: its appends go through one table for all clients of a process, which can end the process
 * (eventstore.md §1.3 A to E, G, H). The client's version is pinned and final, hence its generated service is ours to use.
 */
export class Connection extends EventStoreDBClient {
  private readonly versions = new WeakMap<object, Promise<void>>();

  static to(settings: Settings): Connection {
    const { hosts, discover, insecure, certificates, credentials, connectionName, numbers } = settings;
    const { defaultDeadline: _, ...options } = { ...numbers, connectionName, nodePreference: 'leader' as const };
    const channel = { insecure, ...certificates };
    if (discover) return new Connection({ discover: hosts[0]!, ...options }, channel, credentials);
    if (hosts.length > 1) return new Connection({ endpoints: [...hosts], ...options }, channel, credentials);
    return new Connection({ endpoint: hosts[0]!, ...options }, channel, credentials);
  }

  /** A stream of appends and their answers, to a server that was found fit. A node that does not lead hands appends on to the one that does. */
  async openAppends(timeoutMs: number): Promise<AppendCall> {
    await this.checkServer(timeoutMs);
    const call = await this.opened('batchAppend', (client) =>
      client.batchAppend(...this.callArguments({}, { deadline: Infinity })),
    );
    // The listener that stays: a call that was cancelled still tells of it once more.
    return call.on('error', () => undefined);
  }

  /** A stream of what was asked for, of the leader: another node may not have heard of the last events yet. Whoever opens it cancels it. */
  async openRead(request: ReadReq, timeoutMs: number): Promise<ReadCall> {
    await this.checkServer(timeoutMs);
    const call = await this.opened('read', (client) =>
      client.read(request, ...this.callArguments({ requiresLeader: true }, { deadline: Infinity })),
    );
    return call.on('error', () => undefined);
  }

  /** The next call goes through a new channel: this one gives no sign of life. */
  async reconnect(): Promise<void> {
    const gone: Partial<ServiceError> = { code: 14, details: 'no sign of life', metadata: undefined };
    const failing = async (): Promise<never> => Promise.reject(Object.assign(new Error('no sign of life'), gone));
    await this.execute(services.StreamsClient, 'reconnect', failing).catch(() => undefined);
  }

  /** Ends every call and closes the channel, so that nothing keeps the process alive. */
  async end(): Promise<void> {
    // It waits for calls to tell that they have ended; one that was never read to its end does not.
    await inTime(this.dispose(), GOODBYE_MS).catch(() => undefined);
    const close = async (client: { close(): void }): Promise<void> => client.close();
    await this.execute(services.StreamsClient, 'close', close).catch(() => undefined);
  }

  private async opened<T extends AppendCall | ReadCall>(
    name: string,
    open: (client: InstanceType<typeof services.StreamsClient>) => T,
  ): Promise<T> {
    return this.GRPCStreamCreator(services.StreamsClient, name, open)().catch(unreachable);
  }

  /** Asked once for each channel. */
  private checkServer(timeoutMs: number): Promise<void> {
    return this.execute(features.ServerFeaturesClient, 'server features', (client) => {
      let check = this.versions.get(client);
      if (check === undefined) {
        check = new Promise<SupportedMethods>((resolve, reject) => {
          const [metadata, options] = this.callArguments({ deadline: timeoutMs });
          client.getSupportedMethods(new shared.Empty(), metadata, options, (error, answer) =>
            error === null ? resolve(answer!) : reject(error),
          );
        }).then((answer) => checkVersion(answer.getEventStoreServerVersion()), tooOld);
        this.versions.set(client, check);
        check.catch(() => this.versions.delete(client));
      }
      return check;
    }).catch(unreachable);
  }
}

/** Errors without a code come from the search for a node, before anything was sent. */
function unreachable(error: unknown): never {
  const told = error instanceof StoreUnavailable || typeof (error as ServiceError).code === 'number';
  if (told) throw error;
  throw new StoreUnavailable(`the event store was not found: ${(error as Error).message}`, { cause: error });
}

function tooOld(error: ServiceError): never {
  if (error.code === UNIMPLEMENTED) checkVersion('older than 21.6');
  throw error;
}

function checkVersion(version: string): void {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  throw new StoreRefusesUs(
    `the event store is of version ${version || 'unknown'}: version ${OLDEST.join('.')} or later of EventStoreDB, or KurrentDB, is needed`,
    'unsupported',
  );
}

let current: { readonly settings: Settings; readonly connection: Connection; handles: number } | undefined;

/** The process's one client, shared by all who open the same store. */
export function connectionTo(settings: Settings): Connection {
  if (current !== undefined && current.settings.key !== settings.key) {
    throw new Error(
      `this process is connected to ${current.settings.shown}: close that store before opening ${settings.shown} (one client a process)`,
    );
  }
  current ??= { settings, connection: Connection.to(settings), handles: 0 };
  current.handles += 1;
  return current.connection;
}

/** The last to leave ends the client. */
export async function leave(connection: Connection): Promise<void> {
  if (current?.connection !== connection) return;
  current.handles -= 1;
  if (current.handles > 0) return;
  current = undefined;
  await connection.end();
}

/** What was promised, or NoAnswer once the time is over. */
export async function inTime<T>(promise: Promise<T>, timeoutMs: number, late?: () => void): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      late?.();
      reject(new NoAnswer(`the event store did not answer within ${Math.round(timeoutMs)} ms`));
    }, timeoutMs);
  });
  try {
    return await Promise.race([promise, silence]);
  } finally {
    clearTimeout(timer);
  }
}
