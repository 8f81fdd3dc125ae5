import { ReadStore } from '@app/read-store';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import type { MeetingPresenceRow, MeetingRow, MeetingTables } from './meeting.tables.js';

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

  /** A circle's meetings, the latest first. */
  meetingsOf(circleId: string, after: MeetingPlace | undefined, limit: number): Promise<MeetingRow[]> {
    return this.db
      .selectFrom('meeting')
      .selectAll()
      .where('circleId', '=', circleId)
      .$if(after !== undefined, (query) =>
        query.where(({ eb, refTuple, tuple }) => eb(refTuple('openedAt', 'meetingId'), '<', tuple(...after!))),
      )
      .orderBy('openedAt', 'desc')
      .orderBy('meetingId', 'desc')
      .limit(limit)
      .execute();
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
