import { type CircleStanding, officiating, Standings } from '@app/circles';
import { actOf, type Caller, type Receipt, Streams } from '@app/event-store';
import { Clock, Refusal } from '@app/kernel';
import { MeetingStandings } from '@app/meetings';
import { Injectable } from '@nestjs/common';
import type { ElectionEvent } from '../domain/election.events.js';
import { election, type Election } from '../domain/election.js';
import { type ElectingMeeting, expectConcerned, type Setting } from '../domain/setting.js';

/** What every command on an election names; `meetingId` absent: the meeting of the round as it stands. */
export interface OnElection {
  readonly electionId: string;
  readonly meetingId?: string;
}
interface Sent<I> {
  readonly caller: Caller;
  readonly input: I;
}

const offices = ['facilitator', 'secretary', 'leader', 'secondLink'] as const;
const officeOf = ({ holders, acting, state, convener, experts }: CircleStanding, by: string): string | undefined => {
  const held = offices.find((office) => holders[office] === by || acting[office] === by);
  if (held !== undefined) return held;
  if (state !== 'Active' && convener === by) return 'convener';
  return experts.includes(by) ? 'expert' : undefined;
};

/** What every command on an election does around its decision: folds circle and meeting, says who officiates, writes. */
@Injectable()
export class Floor {
  constructor(
    private readonly streams: Streams,
    private readonly standings: Standings,
    private readonly meetings: MeetingStandings,
    private readonly clock: Clock,
  ) {}

  /** An election that does not exist yet, in a circle. */
  async begin<I extends { circleId: string }>(
    { caller, input }: Sent<I>,
    command: string,
    electionId: string,
    decide: (state: Election, setting: Setting) => readonly ElectionEvent[],
  ): Promise<Receipt> {
    const circle = await this.standings.of(input.circleId, caller.community, this.clock.now());
    return this.write(caller, { command, input }, electionId, this.setting(caller, circle), decide);
  }

  /** An election that is there. `recorded` stands for the input where its fingerprint must not be of the input itself. */
  async act<I extends OnElection>(
    { caller, input }: Sent<I>,
    command: string,
    decide: (state: Election, setting: Setting) => readonly ElectionEvent[],
    recorded: unknown = input,
  ): Promise<Receipt> {
    const { electionId } = input;
    const state = await this.stateOf(caller, electionId);
    const meetingId = input.meetingId ?? ('meetingId' in state ? state.meetingId : undefined);
    const [circle, meeting] = await Promise.all([
      this.standings.of(state.circleId, caller.community, this.clock.now()),
      meetingId === undefined ? undefined : this.meetings.of(meetingId, caller.community),
    ]);
    const act = { command, input: recorded };
    return this.write(caller, act, electionId, this.setting(caller, circle, meeting), decide);
  }

  /** The election as it stands, of the caller's own community. */
  async stateOf({ community }: Caller, electionId: string): Promise<Exclude<Election, { phase: 'absent' }>> {
    const { state } = await this.streams.load(election, electionId, community);
    if (state.phase === 'absent' || state.communityId !== community) throw new Refusal('NOT_FOUND');
    return state;
  }

  private setting({ member: by }: Caller, circle: CircleStanding, held?: ElectingMeeting): Present {
    const present = held?.present.filter((member) => circle.members.includes(member)) ?? [];
    const meeting = held === undefined ? {} : { meeting: { ...held, present } };
    // Outside a meeting, the officers are who they are among all members.
    const officers = officiating(circle, held?.open ? present : circle.members);
    return { by, now: this.clock.now(), circle, officers, ...meeting };
  }

  private write(
    caller: Caller,
    act: { command: string; input: unknown },
    electionId: string,
    setting: Present,
    decide: (state: Election, setting: Setting) => readonly ElectionEvent[],
  ): Promise<Receipt> {
    const { circle, by } = setting;
    const envelope = { ...act, circle: circle.circleId, office: officeOf(circle, by) };
    return this.streams.write(election, electionId, actOf(caller, envelope), (state) => {
      expectConcerned(setting);
      return decide(state, setting);
    });
  }
}

type Present = Setting & { readonly circle: CircleStanding };
