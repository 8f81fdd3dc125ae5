import type { EventStore, PoliciesState, Position } from '@app/event-store';
import type { Clock } from '@app/kernel';
import type { ProjectionsState } from '@app/read-store';
import type { gaugesOf } from './instruments.js';

export type Gauges = ReturnType<typeof gaugesOf>;

type ProjectionsSeen = Pick<ProjectionsState, 'caughtUp' | 'position' | 'recordedAt' | 'skipped' | 'failure'>;

export interface WatchedWork {
  readonly projections?: {
    state(): ProjectionsSeen;
  };
  readonly policies?: { state(): PoliciesState };
}

/** What of this process is looked up for a page. What a process does not run is left out, and so are its samples. */
export interface Watched {
  readonly log?: { readonly store: Pick<EventStore, 'head' | 'readAll'>; readonly clock: Clock };
  /** What of the work this process does, which may change from page to page. */
  readonly work?: () => WatchedWork;
  readonly health?: () => { readonly checks: Readonly<Record<string, string>> };
}

const longestCount = 1_000;
const longestLookMs = 1_000;

/** Sets every gauge to what is so now. What cannot be told, or is another process's to tell, has no sample. */
export async function lookUp(gauges: Gauges, { log, work, health }: Watched): Promise<void> {
  const { projections, policies } = work?.() ?? {};
  const state = projections?.state();
  const found =
    log && (await inTime(lookAtLog(log.store, projections === undefined ? undefined : { after: state?.position })));
  // From here on in one go: another page may be asked for at the same time.
  empty(gauges);
  if (state !== undefined) lookAtProjections(gauges, state);
  if (policies !== undefined) lookAtPolicies(gauges, policies.state());
  if (health !== undefined)
    for (const [check, it] of Object.entries(health().checks)) gauges.checks.set({ check }, it === 'ok' ? 1 : 0);
  if (log === undefined) return;
  const now = Date.parse(log.clock.now());
  set(gauges.logPosition, found?.head);
  if (state === undefined) return;
  set(gauges.behind, found?.behind);
  set(gauges.lag, found === undefined ? undefined : found.waitsSince === undefined ? 0 : since(found.waitsSince, now));
  set(gauges.age, state.recordedAt === undefined ? undefined : since(state.recordedAt, now));
}

function lookAtProjections(gauges: Gauges, { caughtUp, position, skipped, failure }: ProjectionsSeen): void {
  set(gauges.position, placeOf(position));
  gauges.caughtUp.set(caughtUp ? 1 : 0);
  gauges.heldUp.set(failure === undefined ? 0 : 1);
  gauges.skipped.set(Object.values(skipped).reduce((sum, it) => sum + it, 0));
}

function lookAtPolicies(gauges: Gauges, { caughtUp, policies }: PoliciesState): void {
  gauges.policiesCaughtUp.set(caughtUp ? 1 : 0);
  for (const { name: policy, waiting, failure } of policies) {
    gauges.waiting.set({ policy }, waiting);
    gauges.policyHeldUp.set({ policy }, failure === undefined ? 0 : 1);
  }
}

interface LogFound {
  readonly head: number | undefined;
  readonly behind: number;
  /** When the first event that is not in the rows was recorded. */
  readonly waitsSince: string | undefined;
}

async function lookAtLog(
  store: Pick<EventStore, 'head' | 'readAll'>,
  rows: { readonly after: Position | undefined } | undefined,
): Promise<LogFound> {
  const head = placeOf(await store.head());
  if (rows === undefined) return { head, behind: 0, waitsSince: undefined };
  const { events } = await store.readAll({ ...rows, max: longestCount });
  return { head, behind: events.length, waitsSince: events[0]?.meta.recordedAt };
}

/** Nothing when the log does not answer in time, or cannot: what it could not do is counted already. */
function inTime(found: Promise<LogFound>): Promise<LogFound | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(undefined), longestLookMs);
    found.then(resolve, () => resolve(undefined)).finally(() => clearTimeout(timer));
  });
}

/** Positions are opaque; each store begins them with the place in its log, on 20 digits. */
function placeOf(position: Position | undefined): number | undefined {
  return position === undefined ? undefined : Number(position.slice(0, 20));
}

const since = (instant: string, now: number): number => Math.max(0, now - Date.parse(instant)) / 1_000;

function set(gauge: Gauges['position'], value: number | undefined): void {
  if (value !== undefined && !Number.isNaN(value)) gauge.set(value);
}

/** Takes every sample away. A reset would leave a gauge without labels at 0. */
function empty({ waiting, policyHeldUp, checks, ...plain }: Gauges): void {
  for (const gauge of [waiting, policyHeldUp, checks]) gauge.reset();
  for (const gauge of Object.values(plain)) gauge.remove();
}
