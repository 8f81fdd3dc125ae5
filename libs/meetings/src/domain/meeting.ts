import {
  type Decider,
  quorumOf,
  type QuorumRule,
  refuseUnless as refuseUnlessAny,
  type RefuseUnless,
} from '@app/kernel';
import type { MeetingEvent } from './meeting.events.js';

export const meetingRefusals = ['NOT_FOUND', 'NOT_A_MEMBER', 'NOT_AN_OFFICER', 'MEETING_NOT_OPEN'] as const;
const refuseUnless: RefuseUnless<(typeof meetingRefusals)[number]> = refuseUnlessAny;

interface Convened {
  readonly meetingId: string;
  readonly circleId: string;
  readonly communityId: string;
  /** Who is in the room, members or not any more, in the order in which they came. */
  readonly present: readonly string[];
  /** Whether the quorum was last said to hold. */
  readonly quorate: boolean;
}
export type Meeting =
  { readonly phase: 'absent' } | ({ readonly phase: 'open' } & Convened) | ({ readonly phase: 'closed' } & Convened);

/** What a meeting needs to know of its circle: the members of this moment and the share of them that makes a quorum. */
export interface MeetingCircle {
  readonly circleId: string;
  readonly communityId: string;
  readonly revision: number;
  readonly members: readonly string[];
  readonly rules: { readonly quorum: QuorumRule };
}

/** Who acts, and who leads and records among those present with them. */
interface Acting {
  readonly by: string;
  readonly circle: MeetingCircle;
  readonly officers: readonly string[];
}

export const meeting: Decider<Meeting, MeetingEvent> = {
  category: 'meeting',
  initial: { phase: 'absent' },
  evolve: (state, { type, data }) => {
    if (type === 'MeetingOpened') {
      const { meetingId, circleId, communityId, present, quorum } = data;
      return { phase: 'open', meetingId, circleId, communityId, present, quorate: present.length >= quorum };
    }
    if (state.phase !== 'open') throw new Error(`${type} outside an open meeting: the stream is corrupt`);
    switch (type) {
      case 'PresenceChanged': {
        const others = state.present.filter((member) => member !== data.memberId);
        return { ...state, present: data.present ? [...others, data.memberId] : others };
      }
      case 'QuorumLost':
        return { ...state, quorate: false };
      case 'QuorumRegained':
        return { ...state, quorate: true };
      case 'MeetingClosed':
        return { ...state, phase: 'closed' };
    }
  },
};

/** Opens a meeting with those who are there. Whoever opens it is there. Members who are named twice count once. */
export function openMeeting(
  state: Meeting,
  { meetingId, by, circle, officers, present }: Acting & { meetingId: string; present: readonly string[] },
): MeetingEvent[] {
  if (state.phase !== 'absent') return [];
  refuseUnless(circle.members.includes(by), 'NOT_A_MEMBER', { member: by });
  refuseUnless(officers.includes(by), 'NOT_AN_OFFICER');
  const here = [...new Set([by, ...present])];
  for (const member of here) refuseUnless(circle.members.includes(member), 'NOT_A_MEMBER', { member });
  const { circleId, communityId, members, revision } = circle;
  const quorum = quorumOf(circle.rules.quorum, members.length);
  return [
    {
      type: 'MeetingOpened',
      data: {
        meetingId,
        circleId,
        communityId,
        by,
        present: here,
        members: [...members],
        quorum,
        circleRevision: revision,
      },
    },
  ];
}

/** Says that someone came or went: oneself, or another when the acting facilitator or secretary enters it. */
export function recordPresence(
  state: Meeting,
  { by, memberId, present, circle, officers }: Acting & { memberId: string; present: boolean },
): MeetingEvent[] {
  const open = openOne(state);
  const goesOut = !present && open.present.includes(memberId);
  refuseUnless(circle.members.includes(memberId) || goesOut, 'NOT_A_MEMBER', { member: memberId });
  refuseUnless(by === memberId || officers.includes(by), 'NOT_AN_OFFICER');
  if (open.present.includes(memberId) === present) return [];
  const changed: MeetingEvent = { type: 'PresenceChanged', data: { memberId, present, enteredBy: by } };
  const counted = countedIn(meeting.evolve(open, changed), circle);
  const quorum = quorumOf(circle.rules.quorum, circle.members.length);
  const quorate = counted.length >= quorum;
  if (quorate === open.quorate) return [changed];
  return [changed, { type: quorate ? 'QuorumRegained' : 'QuorumLost', data: { present: counted.length, quorum } }];
}

/** Closes the meeting. It counts for the year when the members who are still there make a quorum (INV-70). */
export function closeMeeting(state: Meeting, { by, circle, officers }: Acting): MeetingEvent[] {
  refuseUnless(state.phase !== 'absent', 'NOT_FOUND');
  refuseUnless(officers.includes(by), 'NOT_AN_OFFICER');
  if (state.phase === 'closed') return [];
  const present = countedIn(state, circle);
  const quorum = quorumOf(circle.rules.quorum, circle.members.length);
  return [{ type: 'MeetingClosed', data: { by, counted: present.length >= quorum, present, quorum } }];
}

/** Those in the room who are members now: who left the circle is not counted. */
function countedIn(state: Meeting, circle: MeetingCircle): string[] {
  return state.phase === 'absent' ? [] : state.present.filter((member) => circle.members.includes(member));
}

function openOne(state: Meeting): Extract<Meeting, { phase: 'open' }> {
  refuseUnless(state.phase !== 'absent', 'NOT_FOUND');
  refuseUnless(state.phase === 'open', 'MEETING_NOT_OPEN');
  return state;
}
