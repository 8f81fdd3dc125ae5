import { Moments, ReadStore } from '@app/read-store';
import { Injectable } from '@nestjs/common';
import type { AuditRow } from './audit.tables.js';

interface AuditTables {
  audit_entry: AuditRow;
}

/** What part of a trail is asked for. Positions are exclusive; `until` is the last one the reader may see. */
export interface TrailQuery {
  readonly communityId: string;
  /** Nothing: the entries of the community itself. */
  readonly circleId: string | null;
  readonly after?: string;
  readonly before?: string;
  readonly until?: string;
  readonly types?: readonly string[];
  readonly newestFirst: boolean;
  readonly limit: number;
}

@Injectable()
export class AuditQueries {
  constructor(private readonly reads: ReadStore) {}

  page({ communityId, circleId, after, before, until, types, newestFirst, limit }: TrailQuery): Promise<AuditRow[]> {
    return this.reads
      .db<AuditTables>()
      .selectFrom('audit_entry')
      .selectAll()
      .where('communityId', '=', communityId)
      .where('circleId', circleId === null ? 'is' : '=', circleId)
      .$if(after !== undefined, (query) => query.where('position', '>', after ?? ''))
      .$if(before !== undefined, (query) => query.where('position', '<', before ?? ''))
      .$if(until !== undefined, (query) => query.where('position', '<=', until ?? ''))
      .$if(types !== undefined, (query) => query.where('type', 'in', [...(types ?? [])]))
      .orderBy('position', newestFirst ? 'desc' : 'asc')
      .limit(limit)
      .execute();
  }

  byEventIds(ids: readonly string[]): Promise<AuditRow[]> {
    return this.reads.db<AuditTables>().selectFrom('audit_entry').selectAll().where('eventId', 'in', ids).execute();
  }
}

/** Moments read from the trail: `recordedAt` never goes backwards, so the last entry known at an instant ends what was known. */
@Injectable()
export class AuditMoments extends Moments {
  constructor(private readonly reads: ReadStore) {
    super();
  }

  positionAt(communityId: string, instant: string): Promise<string | undefined> {
    return this.reads
      .db<AuditTables>()
      .selectFrom('audit_entry')
      .select('position')
      .where('communityId', '=', communityId)
      .where('recordedAt', '<=', instant)
      .orderBy('recordedAt', 'desc')
      .orderBy('position', 'desc')
      .limit(1)
      .executeTakeFirst()
      .then((row) => row?.position);
  }
}
