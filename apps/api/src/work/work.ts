import type { Consistency } from '@app/event-store';
import type { WatchedWork } from '@app/telemetry';
import type { Check } from '../http/health.js';

/** What happens by itself — rows, policies, seals — as this process knows it, whether it does it or another one. */
export interface Work {
  /** How a reader waits for it. */
  readonly consistency: Consistency;
  readonly checks: readonly Check[];
  /** What metrics look up: what this process does now. */
  readonly watched: WatchedWork;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Builds the read models again beside the live ones. Throws where this process does not write them. */
  rebuild(): Promise<void>;
}
