import { actOf, type Caller, type Receipt, Streams } from '@app/event-store';
import { type CircleStanding, officiating, Standings } from '@app/circles';
import { Clock, Refusal } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { MeetingEvent } from '../domain/meeting.events.js';
import { type Meeting, meeting } from '../domain/meeting.js';
import { MeetingStandings, type MeetingStanding } from '../standing.js';

/** Folds a meeting from its own stream. */
@Injectable()
export class FoldedMeetings extends MeetingStandings {
  constructor(private readonly streams: Streams) {
    super();
  }

  async of(meetingId: string, community: string): Promise<MeetingStanding> {
    const { state, revision } = await this.streams.load(meeting, meetingId, community);
    if (state.phase === 'absent' || state.communityId !== community) throw new Refusal('NOT_FOUND');
    const { circleId, communityId, present } = state;
    return { meetingId, circleId, communityId, open: state.phase === 'open', present, revision };
  }
}

export interface Seen {
  readonly by: string;
  readonly circle: CircleStanding;
  readonly officers: readonly string[];
}

/** What every command on a meeting does around its decision: folds the circle, says who officiates, writes. */
@Injectable()
export class Rooms {
  constructor(
    private readonly streams: Streams,
    private readonly standings: Standings,
    private readonly meetings: MeetingStandings,
    private readonly clock: Clock,
  ) {}

  /** A meeting that does not exist yet. */
  async convene(
    caller: Caller,
    input: { circleId: string; present: readonly string[] },
    meetingId: string,
    decide: (state: Meeting, seen: Seen) => readonly MeetingEvent[],
  ): Promise<Receipt> {
    const circle = await this.standings.of(input.circleId, caller.community, this.clock.now());
    const act = { command: 'OpenMeeting', input };
    return this.write(caller, act, meetingId, circle, input.present, decide);
  }

  /** A meeting that is there. */
  async enter(
    caller: Caller,
    act: { command: string; input: { meetingId: string } },
    decide: (state: Meeting, seen: Seen) => readonly MeetingEvent[],
  ): Promise<Receipt> {
    const { circleId, present } = await this.meetings.of(act.input.meetingId, caller.community);
    const circle = await this.standings.of(circleId, caller.community, this.clock.now());
    return this.write(caller, act, act.input.meetingId, circle, present, decide);
  }

  private write(
    caller: Caller,
    act: { command: string; input: unknown },
    meetingId: string,
    circle: CircleStanding,
    present: readonly string[],
    decide: (state: Meeting, seen: Seen) => readonly MeetingEvent[],
  ): Promise<Receipt> {
    const by = caller.member;
    // An officer who opens, records or closes is at hand, also when nobody entered their presence.
    const { facilitator, secretary } = officiating(circle, [...present, by]);
    const officers = [facilitator, secretary].filter((officer) => officer !== undefined);
    const office = by === facilitator ? 'facilitator' : by === secretary ? 'secretary' : undefined;
    return this.streams.write(meeting, meetingId, actOf(caller, { ...act, circle: circle.circleId, office }), (state) =>
      decide(state, { by, circle, officers }),
    );
  }
}
