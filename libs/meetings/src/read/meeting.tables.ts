import { bool, int, maybeText, type RowOf, table, text } from '@app/read-store';

/** One row per meeting. `quorate`: the quorum was last said to hold; `counted`: closed with quorum. */
export const meetingTable = table(
  'meeting',
  {
    meetingId: text(),
    circleId: text(),
    communityId: text(),
    status: text(),
    openedBy: text(),
    openedAt: text(),
    closedBy: maybeText(),
    closedAt: maybeText(),
    quorum: int(),
    quorate: bool(),
    counted: bool(),
  },
  { key: ['meetingId'], indexes: [['circleId', 'openedAt']] },
);
export type MeetingRow = RowOf<typeof meetingTable>;

/** One row per person who was ever in the room; `inRoom` says whether they still are. */
export const meetingPresenceTable = table(
  'meeting_presence',
  { meetingId: text(), memberId: text(), inRoom: bool(), enteredBy: text(), since: text() },
  { key: ['meetingId', 'memberId'] },
);
export type MeetingPresenceRow = RowOf<typeof meetingPresenceTable>;

/** The tables of this context as the query builder sees them. */
export interface MeetingTables {
  meeting: MeetingRow;
  meeting_presence: MeetingPresenceRow;
}
