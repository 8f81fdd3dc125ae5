import type { Consistency, Deadlines, Policy, Receipt } from '@app/event-store';
import type { WatchedWork } from '@app/telemetry';
import type { Check } from '../http/health.js';

/** What the contexts have that happens by itself. */
export interface ByItself {
  readonly policies: readonly Policy[];
  readonly deadlines: readonly Deadlines[];
}

/** What happens by itself — rows, policies, seals, what falls due — as this process knows it, whether it does it or another one. */
export interface Work {
  /** How a reader waits for it. */
  readonly consistency: Consistency;
  readonly checks: readonly Check[];
  /** What metrics look up: what this process does now. */
  readonly watched: WatchedWork;
  start(): Promise<void>;
  /** From now on what falls due is done by itself. */
  letTimePass(): void;
  stop(): Promise<void>;
  /** Builds the read models again beside the live ones. Throws where this process does not write them. */
  rebuild(): Promise<void>;
  /** Does what has fallen due without waiting for the next look. Nothing where another process does it. */
  passTime(): Promise<readonly Receipt[]>;
}
