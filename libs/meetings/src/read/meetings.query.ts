import { ReadStore } from '@app/read-store';
import { Injectable } from '@nestjs/common';
import { type Kysely, sql } from 'kysely';
import type { MeetingPresenceRow, MeetingRow, MeetingTables } from './meeting.tables.js';

const latestFirst = sql<number>`row_number() over (partition by "circleId" order by "openedAt" desc, "meetingId" desc)`;

/** Where a page of meetings ends: when the last one shown was opened, and its id. */
export type MeetingPlace = readonly [openedAt: string, meetingId: string];

/** The meeting read model. Functions of many ids cost one query. */
@Injectable()
export class MeetingQueries {
  constructor(private readonly reads: ReadStore) {}

  private get db(): Kysely<MeetingTables> {
    return this.reads.db<MeetingTables>();
  }

  meetings(ids: readonly string[]): Promise<MeetingRow[]> {
    return this.db.selectFrom('meeting').selectAll().where('meetingId', 'in', ids).execute();
  }

  /** Of each circle the first meetings, the latest first. */
  async meetingsOf(
    circleIds: readonly string[],
    after: MeetingPlace | undefined,
    limit: number,
  ): Promise<MeetingRow[]> {
    const numbered = this.db
      .selectFrom('meeting')
      .selectAll()
      .select(latestFirst.as('nth'))
      .where('circleId', 'in', circleIds)
      .$if(after !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) => eb(refTuple('openedAt', 'meetingId'), '<', tuple(...after!))),
      );
    const rows = await this.db
      .selectFrom(numbered.as('numbered'))
      .selectAll()
      .where('nth', '<=', limit)
      .orderBy('openedAt', 'desc')
      .orderBy('meetingId', 'desc')
      .execute();
    return rows.map(({ nth: _, ...row }) => row);
  }

  /** Everybody who was in the room at some time, in the order in which they last came or went. */
  presences(meetingIds: readonly string[]): Promise<MeetingPresenceRow[]> {
    return this.db
      .selectFrom('meeting_presence')
      .selectAll()
      .where('meetingId', 'in', meetingIds)
      .orderBy('since')
      .orderBy('memberId')
      .execute();
  }
}
