import type {
  CheckpointStore,
  Codec,
  EventStore,
  Leases,
  Position,
  SharedCheckpointStore,
  Turn,
} from '@app/event-store';
import type { Identity } from '@app/identity';
import type { ProjectedStore, ReadStore, Standing } from '@app/read-store';
import type { Telemetry } from '@app/telemetry';
import type { Vault } from '@app/vault';
import type { Config } from './config.js';
import type { StoryClock } from './demo/index.js';
import type { GuardedStreams } from './guarded-streams.js';
import type { Readiness } from './http/health.js';
import type { Log } from './log.js';
import type { Verification } from './work/verification.js';

/** Read models that another process may write: how far it has come can be waited for. */
export type FollowedReadStore = ReadStore & {
  standing(): Standing;
  waitFor(position: Position, timeoutMs: number): Promise<boolean>;
};

/** Everything, in the one process there is. */
export interface Alone {
  readonly kind: 'alone';
  readonly models: ProjectedStore;
  readonly checkpoints: CheckpointStore;
  /** Throws when the server of the read models is not there; nothing where they are a file. */
  readonly askDatabase: (() => Promise<unknown>) | undefined;
}

/** One of several processes that answer; others do what happens by itself. */
export interface Answering {
  readonly kind: 'api';
  readonly models: FollowedReadStore;
  readonly checkpoints: SharedCheckpointStore;
}

/** One of those that do what happens by itself, each piece in its turn. */
export interface Projecting {
  readonly kind: 'projector';
  readonly models: FollowedReadStore & ProjectedStore & { refresh(): Promise<void> };
  readonly checkpoints: SharedCheckpointStore;
  readonly leases: Leases;
  /** The turn under which the models are written now; they refuse to be written without one. */
  readonly writing: { turn: Turn | undefined };
}

/** Everything that was opened for this process, through its ports. `close` lets go of it in the opposite order. */
export interface House {
  readonly config: Config;
  readonly log: Log;
  /** The machine's, or the demo's while it is written. */
  readonly clock: StoryClock;
  readonly readiness: Readiness;
  readonly telemetry: Telemetry;
  readonly verification: Verification;
  readonly vault: Vault;
  readonly store: EventStore;
  /** Whether the log is a server's, to which other processes write as well. */
  readonly sharedLog: boolean;
  readonly codec: Codec;
  readonly streams: GuardedStreams;
  readonly reads: ReadStore;
  readonly identity: Identity;
  /** What of the work is this process's. */
  readonly part: Alone | Answering | Projecting;
  /** The engine's own examination of the log's file: the problems found. */
  examine(): Promise<readonly string[]>;
  close(): Promise<void>;
}
