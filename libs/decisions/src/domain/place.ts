import type { AgreementNow } from './about-agreement.js';
import { type Channel, type RefuseUnless, refuseUnless as refuseUnlessAny } from '@app/kernel';

export const placeRefusals = [
  'NOT_A_MEMBER',
  'MEETING_OF_ANOTHER_CIRCLE',
  'MEETING_NOT_OPEN',
  'NOT_THE_FACILITATOR',
  'NO_PROXY',
  'NOT_PRESENT',
  'CHANNEL_MISMATCH',
] as const;
const refuseUnless: RefuseUnless<(typeof placeRefusals)[number]> = refuseUnlessAny;

/** The circle as its own stream tells at this moment: what a decision here may rely on (house §10). */
export interface CircleNow {
  readonly circleId: string;
  readonly communityId: string;
  readonly revision: number;
  /** IANA zone whose calendar the circle's days are counted in. */
  readonly zone: string;
  readonly state: 'Proposed' | 'Forming' | 'Active';
  /** Aim and domain are accepted by the circle (INV-10). */
  readonly accepted: boolean;
  /** Everybody with consent rights, each person once, in the order in which they are heard. */
  readonly members: readonly string[];
  readonly rules: {
    readonly absenceMode: 'AllRequired' | 'Deferred' | 'PresentOnly';
    readonly quorum: { readonly numerator: number; readonly denominator: number; readonly minimum: number };
    readonly review: {
      readonly maxMonths: number;
      readonly warnMonths: number;
      readonly overdueDays: number;
      readonly lapseDays: number;
    };
    readonly sizes: { readonly vacantTo: number };
    readonly rounds: { readonly setAsideMinimum: number };
  };
  readonly domain: readonly { readonly itemId: string; readonly delegatedTo?: string }[];
  readonly subCircles: readonly string[];
}

/** The meeting in which something is done: who is in the room, and who leads and records among them. */
export interface MeetingNow {
  readonly meetingId: string;
  readonly circleId: string;
  readonly open: boolean;
  readonly present: readonly string[];
  readonly facilitator: string | undefined;
  readonly secretary: string | undefined;
}

/** What surrounds a decision: the circle, the meeting where one is needed, and the instant. */
export interface Place {
  readonly circle: CircleNow;
  readonly now: string;
  /** Every agreement that the proposal names, as it stands now. */
  readonly agreements?: readonly AgreementNow[];
}
export interface MeetingPlace extends Place {
  readonly meeting: MeetingNow;
}
export interface VoicePlace extends Place {
  /** Needed only where an officer enters what somebody present said. */
  readonly meeting?: MeetingNow;
}

/** Whose word it is, who entered it, and how it came in. */
export interface Voice {
  readonly by: string;
  readonly enteredBy: string;
  readonly channel: Channel;
}

export function isMember(person: string, { members }: CircleNow): void {
  refuseUnless(members.includes(person), 'NOT_A_MEMBER');
}

/** The meeting is this circle's and is going on. */
export function isHeld(meeting: MeetingNow, { circleId }: CircleNow): void {
  refuseUnless(meeting.circleId === circleId, 'MEETING_OF_ANOTHER_CIRCLE');
  refuseUnless(meeting.open, 'MEETING_NOT_OPEN');
}

/** Only who facilitates among those present opens and closes phases (method §3.2). */
export function leads(by: string, { circle, meeting }: MeetingPlace): void {
  isMember(by, circle);
  isHeld(meeting, circle);
  refuseUnless(meeting.facilitator === by, 'NOT_THE_FACILITATOR');
}

/**
 * Who may be heard, and through whom: a member by themselves, or a member present whose spoken or written word the acting facilitator
 * or secretary enters (INV-44). Nobody answers for somebody who is not in the room.
 */
export function isHeard(voice: Voice, { circle, meeting }: VoicePlace): void {
  const { by, enteredBy, channel } = voice;
  isMember(enteredBy, circle);
  if (by !== enteredBy) {
    if (meeting !== undefined) isHeld(meeting, circle);
    const officers = [meeting?.facilitator, meeting?.secretary];
    refuseUnless(officers.includes(enteredBy), 'NO_PROXY'); // INV-44
    refuseUnless(meeting?.present.includes(by), 'NOT_PRESENT'); // INV-44
  }
  refuseUnless((by === enteredBy) === (channel === 'own'), 'CHANNEL_MISMATCH', { channel });
  isMember(by, circle);
}

/** The voice alone, as events carry it. */
export const voiceOf = ({ by, enteredBy, channel }: Voice): Voice => ({ by, enteredBy, channel });
