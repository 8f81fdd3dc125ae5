import { type CircleStanding, officiating, Standings } from '@app/circles';
import { type Act, actOf, type Caller, type Receipt, Streams } from '@app/event-store';
import { Clock, type Instant, Refusal } from '@app/kernel';
import { MeetingStandings } from '@app/meetings';
import { Injectable } from '@nestjs/common';
import type { AgreementNow } from '../domain/about-agreement.js';
import type { MeetingNow, Voice } from '../domain/place.js';
import { proposal, type Proposal } from '../domain/proposal.js';
import type { ProposalEvent } from '../domain/proposal.events.js';
import { AgreementsNamed, type Naming } from './agreements-named.js';

export type Known = Exclude<Proposal, { phase: 'Absent' }>;

/** What surrounds a command on a proposal: who acts, when, and what the circle and the meeting say. */
export interface Scene {
  readonly by: string;
  readonly now: Instant;
  readonly circle: CircleStanding;
  /** Every agreement that the proposal and the command name. */
  readonly agreements?: readonly AgreementNow[];
}
export interface MeetingScene extends Scene {
  readonly meeting: MeetingNow;
}
export interface VoiceScene extends Scene, Voice {
  readonly meeting?: MeetingNow;
}

/** Whose word a command brings: the caller's own, unless it says for whom the caller enters it and how it came in. */
export interface Spoken {
  /** Who said it; the caller unless said. */
  readonly by?: string;
  /** `voice` or `paper` for somebody else's word. */
  readonly channel?: Voice['channel'];
  /** The meeting in which it was said; needed for somebody else's word. */
  readonly meetingId?: string;
}

/** Where a command goes: its name in the audit trail, its caller and its input. */
export interface Sent<I> {
  readonly command: string;
  readonly caller: Caller;
  readonly input: I;
}
type OnProposal = { readonly proposalId: string };
type InMeeting = OnProposal & { readonly meetingId: string };
type Decide<S> = (state: Proposal, scene: S) => ProposalEvent[];

/**
 * Where every command on a proposal is written: folds the circle and the meeting through the port, decides on the proposal's own stream,
 * appends. Refuses NOT_FOUND for a proposal that is not there or not of the caller's community.
 */
@Injectable()
export class ProposalDesk {
  constructor(
    private readonly streams: Streams,
    private readonly standings: Standings,
    private readonly meetings: MeetingStandings,
    private readonly clock: Clock,
    private readonly agreements: AgreementsNamed,
  ) {}

  async found({ community }: Caller, proposalId: string): Promise<Known> {
    const { state } = await this.streams.load(proposal, proposalId, community);
    if (state.phase === 'Absent' || state.communityId !== community) throw new Refusal('NOT_FOUND');
    return state;
  }

  async sceneOf({ community, member }: Caller, circleId: string): Promise<Scene> {
    const now = this.clock.now();
    return { by: member, now, circle: await this.standings.of(circleId, community, now) };
  }

  /** What a member does by themselves. The author is told apart in the audit trail. */
  async write<I extends OnProposal>(sent: Sent<I>, decide: Decide<Scene>): Promise<Receipt> {
    const { caller, input } = sent;
    const { circleId, author } = await this.found(caller, input.proposalId);
    const scene = await this.sceneOf(caller, circleId);
    return this.append(sent, scene, caller.member === author ? 'author' : undefined, decide);
  }

  /** What happens in a meeting. */
  async writeInMeeting<I extends InMeeting>(
    sent: Sent<I>,
    decide: Decide<MeetingScene>,
    office?: 'facilitator' | 'author',
  ): Promise<Receipt> {
    const { caller, input } = sent;
    const { circleId } = await this.found(caller, input.proposalId);
    const scene = await this.sceneOf(caller, circleId);
    const meeting = await this.meeting(caller, input.meetingId, scene.circle);
    return this.append(sent, { ...scene, meeting }, office, decide);
  }

  /** What somebody says: themselves, or through an officer of the meeting (INV-44). */
  async writeVoice<I extends OnProposal & Spoken>(sent: Sent<I>, decide: Decide<VoiceScene>): Promise<Receipt> {
    const { caller, input } = sent;
    const { circleId } = await this.found(caller, input.proposalId);
    const scene = await this.sceneOf(caller, circleId);
    const by = input.by ?? caller.member;
    const own = by === caller.member;
    const meeting =
      input.meetingId === undefined ? undefined : await this.meeting(caller, input.meetingId, scene.circle);
    const channel = input.channel ?? (own ? 'own' : 'voice');
    const office = own || meeting === undefined ? undefined : officeIn(meeting, caller.member);
    return this.append(sent, { ...scene, by, enteredBy: caller.member, channel, meeting }, office, decide);
  }

  private async meeting({ community }: Caller, meetingId: string, circle: CircleStanding): Promise<MeetingNow> {
    const { circleId, open, present } = await this.meetings.of(meetingId, community);
    return { meetingId, circleId, open, present, ...officiating(circle, present) };
  }

  private async append<I extends OnProposal, S extends Scene>(
    { command, caller, input }: Sent<I>,
    scene: S,
    office: string | undefined,
    decide: Decide<S>,
  ): Promise<Receipt> {
    const act: Act = actOf(caller, { command, input, circle: scene.circle.circleId, office });
    const said: Naming & { readonly changes?: Naming } = input;
    const naming = { ...said, ...said.changes };
    const { state: before } = await this.streams.load(proposal, input.proposalId, caller.community);
    const agreements = await this.agreements.by(before, naming, caller.community, scene.now);
    return this.streams.write(proposal, input.proposalId, act, (state) => decide(state, { ...scene, agreements }));
  }
}

const officeIn = ({ facilitator, secretary }: MeetingNow, member: string): string | undefined =>
  member === facilitator ? 'facilitator' : member === secretary ? 'secretary' : undefined;
