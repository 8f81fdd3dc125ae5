import type { INestApplicationContext } from '@nestjs/common';
import type { Deadlines, Policy } from '@app/event-store';
import { Registrations } from '@app/identity';
import { deadlines, policies } from '../contexts.js';
import type { House } from '../house.js';
import { Reachable } from './reachable.js';
import type { ByItself, Work } from './work.js';

/** What happens by itself in every context. */
export const actingIn = (app: INestApplicationContext): ByItself => ({
  policies: policies.map((it) => app.get<Policy>(it, { strict: false })),
  deadlines: deadlines.map((it) => app.get<Deadlines>(it, { strict: false })),
});

/** Brings those who joined while a process stopped into the history of their communities. `before`: those that may not be under way any more. */
export async function completeJoining(app: INestApplicationContext, { log }: House, before?: string): Promise<void> {
  const registrations = app.get(Registrations, { strict: false });
  await registrations.completePending(
    ({ memberId, communityId }, { code }) =>
      log.warn({ memberId, communityId, code }, 'A community did not take a member who had joined'),
    before,
  );
}

/** Checks what has to be well, for health and metrics. Answers what has to be stopped. */
export function watch(house: House, work: Work): Reachable {
  const { streams, verification, readiness, telemetry, store, clock, sharedLog } = house;
  const reachable = new Reachable(async () => {
    await store.head();
    // A file that could be read could not be written all the same.
    if (sharedLog) streams.answersAgain();
  });
  telemetry.watch({ log: { store, clock }, work: () => work.watched, health: () => readiness.health() });
  readiness.add(
    { name: 'store', code: 'UNWRITABLE', problem: () => streams.unwritable ?? reachable.problem },
    ...work.checks,
    { name: 'log', code: 'BROKEN', problem: () => verification.broken },
  );
  reachable.start();
  return reachable;
}
