import type { EventStore, StoredEvent } from '@app/event-store';
import type { Postgres } from '@app/postgres';
import type { Member } from './processes.js';
import { differing, rowsIn, servedIn } from './rows.js';
import type { Acknowledged } from './writers.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The whole log, in order. */
export async function everythingIn(store: EventStore): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for (let after: string | undefined, end = false; !end;) {
    const page = await store.readAll({ after, max: 1_000 });
    events.push(...page.events);
    [after, end] = [page.next, page.end];
  }
  return events;
}

/** What is wrong with the log after all those faults; nothing when every acknowledged command is in it once. */
export function wrongInLog(events: readonly StoredEvent[], acknowledged: readonly Acknowledged[]): string[] {
  const wrong: string[] = [];
  if (new Set(events.map(({ id }) => id)).size !== events.length) wrong.push('an event is stored twice');
  const drafted = new Map<string, number>();
  for (const { type, meta } of events)
    if (type === 'ProposalDrafted') drafted.set(meta['commandId']!, (drafted.get(meta['commandId']!) ?? 0) + 1);
  for (const { commandId } of acknowledged) {
    const times = drafted.get(commandId) ?? 0;
    if (times !== 1) wrong.push(`the acknowledged command ${commandId} is stored ${times} times`);
  }
  return wrong;
}

/** Waits until the rows stand at the end of the log. */
export async function caughtUp(postgres: Postgres, head: string): Promise<boolean> {
  for (const end = Date.now() + 60_000; Date.now() < end; await pause(100)) {
    const { rows } = await postgres
      .query<{ position: string }>(
        'select position from read_models.live join read_models.generation using (generation)',
      )
      .catch(() => ({ rows: [] }));
    if ((rows[0]?.position ?? '') >= head) return true;
  }
  return false;
}

/** What is wrong with the rows: an acknowledged proposal that is not there once, or tables that a rebuild makes otherwise. */
export async function wrongInRows(
  postgres: Postgres,
  projectors: readonly Member[],
  acknowledged: readonly Acknowledged[],
): Promise<string[]> {
  const before = await rowsIn(postgres);
  const { rows } = await postgres.query<{ id: string }>(
    `select "proposalId" as id from "read_models_${before.generation}"."proposal"`,
  );
  const times = new Map<string, number>();
  for (const { id } of rows) times.set(id, (times.get(id) ?? 0) + 1);
  const wrong = acknowledged
    .filter(({ proposalId }) => times.get(proposalId) !== 1)
    .map(({ proposalId }) => `proposal ${proposalId} is in the rows ${times.get(proposalId) ?? 0} times`);
  const after = await rebuilt(postgres, projectors, before.generation);
  if (after === undefined) return [...wrong, 'the read models were not built again within a minute'];
  return [...wrong, ...differing(before, after).map((table) => `${table} is otherwise after a rebuild`)];
}

/** Asked again now and then: after a kill it may be nobody's turn yet. */
async function rebuilt(
  postgres: Postgres,
  projectors: readonly Member[],
  generation: number,
): Promise<Awaited<ReturnType<typeof rowsIn>> | undefined> {
  for (let tries = 0; tries < 300; tries++, await pause(200)) {
    if (tries % 50 === 0) for (const projector of projectors) projector.signal('SIGHUP');
    if ((await servedIn(postgres)) !== generation) return rowsIn(postgres);
  }
  return undefined;
}
