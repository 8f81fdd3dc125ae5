import {
  type CheckpointStore,
  type Deadlines,
  type Policy,
  PolicyRunner,
  type PolicyRunnerOptions,
  Scheduler,
  sealedAsFounded,
  Sealer,
} from '@app/event-store';
import { LiveProjections, type ProjectedStore, type ProjectionsState } from '@app/read-store';
import type { House } from '../house.js';
import { Sealing } from './sealing.js';

/** For a community whose founding says nothing of it. */
const usualSealing = { events: 500, minutes: 60 };

/** The loop that keeps the read models. */
export function projectionsOf({ store, codec, telemetry, log }: House, models: ProjectedStore): LiveProjections {
  return new LiveProjections({
    store,
    codec,
    models,
    observer: telemetry.witness,
    onFailure: ({ error, ...failure }, during) => log.error({ ...failure, during, err: error }, 'Projections stopped'),
    onRebuild: (why) => log.info({ why }, 'The read models are built again'),
  });
}

/** The loop that carries out policies. */
export function runnerOf(
  { store, codec, telemetry, log }: House,
  policies: readonly Policy[],
  checkpoints: CheckpointStore,
): PolicyRunner {
  const onFailure: PolicyRunnerOptions['onFailure'] = ({ error, ...failure }, policy) =>
    log.error({ ...failure, policy, err: error }, 'A policy stopped');
  const onRefused: PolicyRunnerOptions['onRefused'] = ({ code, details }, { type, position: at }, policy) =>
    log.error({ policy, type, at, code, details }, 'A policy was refused what its event should have caused');
  return new PolicyRunner({ store, codec, checkpoints, policies, observer: telemetry.witness, onFailure, onRefused });
}

/** The loop for which time passes, beside the one that keeps the rows it looks at. */
export function schedulerOf({ clock, log }: House, sources: readonly Deadlines[], rows: LiveProjections): Scheduler {
  return new Scheduler({
    sources,
    clock,
    readable: () => rows.state().ready && !rows.state().rebuilding,
    onFailure: ({ error, ...failure }, source) => log.error({ ...failure, source, err: error }, 'The clock stopped'),
    onRefused: ({ code, details }, source, { key, at }) =>
      log.error({ source, key, at, code, details }, 'What fell due was refused'),
  });
}

/** The loop that seals. */
export function sealingOf({ store, streams, vault, clock, log }: House, checkpoints: CheckpointStore): Sealing {
  const sealer = new Sealer(store, streams, vault, sealedAsFounded(store, usualSealing));
  return new Sealing({ store, sealer, checkpoints, clock, log });
}

/** Why rows cannot be read as they should. */
export function problemOfProjections(state: ProjectionsState): string | undefined {
  if (state.failure !== undefined) return state.failure.message;
  const [newer] = Object.keys(state.skipped);
  if (newer !== undefined) return `the log holds ${newer}, which this release does not know: update it`;
  return state.ready ? undefined : 'catching up';
}

export function problemOfPolicies(runner: PolicyRunner): string | undefined {
  const { failure, policies: all } = runner.state();
  const stuck = all.find((it) => it.failure !== undefined);
  return failure?.message ?? (stuck && `${stuck.name}: ${stuck.failure?.message}`);
}
