import type { EventStore, Position, Receipt } from '@app/event-store';

/** What the log holds of a community already. */
export interface Written {
  /** Where each command stands, by its id. */
  readonly receipts: ReadonlyMap<string, Receipt>;
  /** When the last of its events was recorded. */
  readonly until: string | undefined;
}

export async function readWritten(store: EventStore, communityId: string): Promise<Written> {
  const receipts = new Map<string, Receipt>();
  let until: string | undefined;
  for (let after: Position | undefined, end = false; !end;) {
    const page = await store.readAll({ after, max: 500 });
    for (const { stream, revision, position, type, meta } of page.events) {
      const { community, commandId = '', recordedAt } = meta;
      if (community !== communityId) continue;
      const types = [...(receipts.get(commandId)?.types ?? []), type];
      receipts.set(commandId, { stream, revision, position, types });
      until = recordedAt;
    }
    after = page.next;
    end = page.end || after === undefined;
  }
  return { receipts, until };
}
