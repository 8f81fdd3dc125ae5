import type { NewEvent } from '@app/event-store';
import { EventStoreDBClient, jsonEvent, NO_STREAM, START, streamNameFilter } from '@eventstore/db-client';
import { serveTasks } from './engines-tasks.js';

type Json = Record<string, unknown>;

/** The vendor's client by itself, as its documentation uses it. */
const client = EventStoreDBClient.connectionString(process.argv[2]!);

async function append(stream: string, { id, type, data, meta }: NewEvent, after: number): Promise<void> {
  const expectedRevision = after < 0 ? NO_STREAM : BigInt(after);
  await client.appendToStream(stream, jsonEvent({ id, type, data: data as Json, metadata: meta }), {
    expectedRevision,
  });
}

/** Everything from the start but the server's own streams, pushed as fast as it comes. */
async function catchUp(events: number): Promise<void> {
  const filter = streamNameFilter({ regex: '^[^$]' });
  const subscription = client.subscribeToAll({ fromPosition: START, filter });
  let seen = 0;
  await new Promise<void>((resolve, reject) => {
    subscription.on('error', reject).on('data', () => {
      seen += 1;
      if (seen === events) resolve();
    });
  });
  await subscription.unsubscribe();
}

serveTasks({ append, 'catch up': catchUp, 'read pages': catchUp, close: () => client.dispose() });
