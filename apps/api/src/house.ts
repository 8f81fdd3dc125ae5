import type { CheckpointStore, Codec, EventStore } from '@app/event-store';
import type { Identity } from '@app/identity';
import type { ProjectedStore, ReadStore } from '@app/read-store';
import type { Telemetry } from '@app/telemetry';
import type { Vault } from '@app/vault';
import type { Config } from './config.js';
import type { StoryClock } from './demo/index.js';
import type { GuardedStreams } from './guarded-streams.js';
import type { Readiness } from './http/health.js';
import type { Log } from './log.js';
import type { Verification } from './work/verification.js';

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
  /** The same, for the one process that writes them. */
  readonly models: ProjectedStore;
  readonly checkpoints: CheckpointStore;
  readonly identity: Identity;
  /** The engine's own examination of the log's file: the problems found. */
  examine(): Promise<readonly string[]>;
  close(): Promise<void>;
}
