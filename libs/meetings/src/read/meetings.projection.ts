import { idOf } from '@app/kernel';
import { projection } from '@app/read-store';
import type { MeetingEvent } from '../domain/meeting.events.js';
import { meetingPresenceTable, meetingTable } from './meeting.tables.js';

export const meetingsProjection = projection<MeetingEvent>({
  name: 'meetings',
  version: 1,
  tables: [meetingTable, meetingPresenceTable],
  on: {
    MeetingOpened: ({ data, meta }, rows) => {
      const { meetingId, circleId, communityId, by, present, quorum } = data;
      rows.put(meetingTable, {
        meetingId,
        circleId,
        communityId,
        status: 'open',
        openedBy: by,
        openedAt: meta.occurredAt,
        closedBy: null,
        closedAt: null,
        quorum,
        quorate: present.length >= quorum,
        counted: false,
      });
      for (const memberId of present) {
        rows.put(meetingPresenceTable, { meetingId, memberId, inRoom: true, enteredBy: by, since: meta.occurredAt });
      }
    },
    PresenceChanged: ({ data, meta, stream }, rows) => {
      const { memberId, present, enteredBy } = data;
      const meetingId = idOf(stream);
      rows.put(meetingPresenceTable, { meetingId, memberId, inRoom: present, enteredBy, since: meta.occurredAt });
    },
    QuorumLost: ({ data, stream }, rows) =>
      rows.patch(meetingTable, { meetingId: idOf(stream) }, { quorate: false, quorum: data.quorum }),
    QuorumRegained: ({ data, stream }, rows) =>
      rows.patch(meetingTable, { meetingId: idOf(stream) }, { quorate: true, quorum: data.quorum }),
    MeetingClosed: ({ data, meta, stream }, rows) =>
      rows.patch(
        meetingTable,
        { meetingId: idOf(stream) },
        {
          status: 'closed',
          closedBy: data.by,
          closedAt: meta.occurredAt,
          counted: data.counted,
          quorate: data.counted,
          quorum: data.quorum,
        },
      ),
  },
});
