import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Everything that is counted as it happens. Labels are closed lists: no id of a person, a stream or a community is ever one. */
export const instrumentsOf = (registry: Registry) => {
  const registers = [registry];
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[]): Histogram<L> =>
    new Histogram({ name, help, labelNames, buckets, registers });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> =>
    new Counter({ name, help, labelNames, registers });
  return {
    commands: histogram('ronde_command_seconds', 'Commands, from their dispatch to their receipt, in seconds', [
      'command',
      'outcome',
    ]),
    store: histogram('ronde_store_seconds', 'What the log was asked, until it answered, in seconds', ['operation']),
    storeErrors: counter('ronde_store_errors_total', 'What the log could not do', ['operation', 'kind']),
    events: counter('ronde_events_appended_total', 'Events that this process appended', ['category']),
    conflicts: counter('ronde_append_conflicts_total', 'Appends before which somebody else had written', ['category']),
    retries: counter('ronde_append_retries_total', 'Appends tried again', ['cause']),
    batches: histogram(
      'ronde_projection_batch_seconds',
      'Transactions that bring events into the rows, in seconds',
      [],
    ),
    projected: counter('ronde_projected_events_total', 'Events that came into the rows', []),
    policies: histogram('ronde_policy_seconds', 'Turns of a policy at an event, in seconds', ['policy', 'outcome']),
  };
};

/** Everything that is looked up when it is asked for. */
export const gaugesOf = (registry: Registry) => {
  const gauge = <L extends string>(name: string, help: string, labelNames: readonly L[] = []): Gauge<L> =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  return {
    logPosition: gauge('ronde_log_position', 'Position of the last event of the log'),
    position: gauge('ronde_projection_position', 'Position that the rows have reached'),
    behind: gauge('ronde_projection_behind_events', 'Events that are not in the rows yet, counted to 1,000'),
    lag: gauge(
      'ronde_projection_lag_seconds',
      'For how long the first event that is not in the rows has waited; 0 when there is none',
    ),
    age: gauge('ronde_projection_last_event_age_seconds', 'Time since the last event in the rows was recorded'),
    caughtUp: gauge('ronde_projection_caught_up', '1 once the end of the log was reached'),
    heldUp: gauge('ronde_projection_held_up', '1 while a failure stops the projections'),
    skipped: gauge(
      'ronde_projection_skipped_events',
      'Events of types that this release does not know, since the start',
    ),
    waiting: gauge('ronde_policy_waiting_events', 'Events that wait for a policy, counted to about 1,000', ['policy']),
    policyHeldUp: gauge('ronde_policy_held_up', '1 while a policy stands at an event that it cannot deal with', [
      'policy',
    ]),
    policiesCaughtUp: gauge('ronde_policies_caught_up', '1 once the policies have seen the end of the log'),
    checks: gauge('ronde_check_ok', '1 while the check of /health/ready is ok', ['check']),
  };
};
