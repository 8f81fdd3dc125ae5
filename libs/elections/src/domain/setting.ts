import { type Channel, type QuorumRule, refuseUnless as refuseUnlessAny, type RefuseUnless } from '@app/kernel';
import { type Election, type In, inOneOf, type Phase } from './election.js';
import type { ElectedOffice, ElectionRules } from './election.events.js';

export const settingRefusals = [
  'NOT_FOUND',
  'WRONG_PHASE',
  'NOT_A_MEMBER',
  'NOT_AN_OFFICER',
  'NOT_THE_LEAD',
  'MEETING_OF_ANOTHER_CIRCLE',
  'MEETING_NOT_OPEN',
  'NO_PROXY',
  'NOT_PRESENT',
  'CHANNEL_MISMATCH',
] as const;
const refuseUnless: RefuseUnless<(typeof settingRefusals)[number]> = refuseUnlessAny;

type Holders = Readonly<Partial<Record<ElectedOffice, string>>>;

/** What an election needs to know of its circle at this moment, folded from the circle's own stream. */
export interface ElectingCircle {
  readonly circleId: string;
  readonly communityId: string;
  readonly parentId: string | undefined;
  /** IANA zone of the community's calendar. */
  readonly zone: string;
  readonly state: 'Proposed' | 'Forming' | 'Active';
  readonly revision: number;
  readonly accepted: boolean;
  readonly convener: string;
  readonly members: readonly string[];
  readonly holders: Holders;
  readonly acting: Holders;
  readonly experts: readonly string[];
  readonly rules: {
    readonly quorum: QuorumRule;
    readonly terms: { readonly warnMonths: number };
    readonly elections: { readonly changeToNamedOnly: boolean; readonly showTally: boolean };
  };
}

/** The meeting in which something is done. `present` are members of the circle. */
export interface ElectingMeeting {
  readonly meetingId: string;
  readonly circleId: string;
  readonly open: boolean;
  readonly present: readonly string[];
}

/** Who acts, when, and what surrounds them. `officers` lead and record among those present; without a meeting, in the circle. */
export interface Setting {
  readonly by: string;
  readonly now: string;
  readonly circle: ElectingCircle;
  readonly meeting?: ElectingMeeting;
  readonly officers: { readonly facilitator: string | undefined; readonly secretary: string | undefined };
}

/** The election in one of these phases, or a refusal. */
export function expect<P extends Phase>(state: Election, ...phases: P[]): In<P> {
  refuseUnless(state.phase !== 'absent', 'NOT_FOUND');
  const it = inOneOf(state, phases);
  refuseUnless(it !== undefined, 'WRONG_PHASE', { phase: state.phase });
  return it;
}

export function expectMember({ by, circle }: Setting): void {
  refuseUnless(circle.members.includes(by), 'NOT_A_MEMBER');
}

/** Those whom an election concerns: members, and an expert, who may be asked to lead it. How it stands is nobody else's to learn. */
export function expectConcerned({ by, circle }: Setting): void {
  refuseUnless(circle.members.includes(by) || circle.experts.includes(by), 'NOT_A_MEMBER');
}

/** The open meeting of the circle itself: an election is held nowhere else (INV-14). */
export function expectMeeting({ meeting, circle }: Setting): ElectingMeeting {
  refuseUnless(meeting?.open, 'MEETING_NOT_OPEN');
  refuseUnless(meeting.circleId === circle.circleId, 'MEETING_OF_ANOTHER_CIRCLE'); // INV-14
  return meeting;
}

/** The acting facilitator, or while the circle is forming its convener (who facilitates then). */
export function expectFacilitator({ by, officers }: Setting): void {
  refuseUnless(by === officers.facilitator, 'NOT_AN_OFFICER');
}

export function expectOfficer({ by, officers }: Setting): void {
  refuseUnless(by === officers.facilitator || by === officers.secretary, 'NOT_AN_OFFICER');
}

/** Who leads up to the proposal: who opened the nominations, or while they are away whoever facilitates. */
export function leadsUpToProposal(
  state: In<'Nominating' | 'Revealed' | 'Reasons' | 'Changing'>,
  setting: Setting,
): void {
  const { present } = expectMeeting(setting);
  const lead = present.includes(state.lead) ? state.lead : setting.officers.facilitator;
  refuseUnless(setting.by === lead, 'NOT_THE_LEAD');
}

/** Whose word is recorded, through whom, and how it came in. */
export interface Voice {
  readonly of: string;
  readonly channel: Channel;
}

/** A member by themselves, or a member present whose spoken or written word the acting facilitator or secretary enters. */
export function expectOwnWord(voice: Voice, { by, circle, meeting, officers }: Setting): void {
  const own = voice.of === by;
  refuseUnless(circle.members.includes(voice.of), 'NOT_A_MEMBER');
  refuseUnless(own || by === officers.facilitator || by === officers.secretary, 'NO_PROXY'); // INV-44
  refuseUnless(own || (meeting?.open && meeting.present.includes(voice.of)), 'NOT_PRESENT'); // INV-44
  refuseUnless(own === (voice.channel === 'own'), 'CHANNEL_MISMATCH', { channel: voice.channel });
}

/** An answer's fields as events carry them. */
export const heard = (voice: Voice, { by }: Setting) => ({ by: voice.of, enteredBy: by, channel: voice.channel });

/** The rules a round is held by. Silence never counts in an election, whatever the circle's absence mode (INV-46). */
export function rulesOf({ rules }: ElectingCircle): ElectionRules {
  const { quorum, terms, elections } = rules;
  const { changeToNamedOnly, showTally } = elections;
  return { absenceMode: 'AllRequired', quorum, changeToNamedOnly, showTally, warnMonths: terms.warnMonths };
}
