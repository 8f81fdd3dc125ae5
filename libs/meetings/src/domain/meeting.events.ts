import { bool, catalogue, event, type FactOf, id, list, whole } from '@app/kernel';

/** Everything that can happen in one meeting of a circle. Stream `meeting-<meetingId>`. */
export const meetingEvents = catalogue('meeting', {
  MeetingOpened: event({
    meetingId: id(),
    circleId: id(),
    communityId: id(),
    by: id(),
    present: list(id()),
    members: list(id()),
    quorum: whole(),
    circleRevision: whole(),
  }),
  PresenceChanged: event({ memberId: id(), present: bool(), enteredBy: id() }),
  QuorumLost: event({ present: whole(), quorum: whole() }),
  QuorumRegained: event({ present: whole(), quorum: whole() }),
  /** `counted`: closed with quorum, hence one of the year's meetings (INV-70). */
  MeetingClosed: event({ by: id(), counted: bool(), present: list(id()), quorum: whole() }),
});
export type MeetingEvent = FactOf<typeof meetingEvents>;
