/**
 * How a meeting stands at one moment, folded through the port from its own stream: what a round held in it may rely on.
 * `present` are the members in the room now, each once, in the order in which they came; `revision` is the stream's.
 */
export interface MeetingStanding {
  readonly meetingId: string;
  readonly circleId: string;
  readonly communityId: string;
  readonly open: boolean;
  readonly present: readonly string[];
  readonly revision: number;
}

/** Folds meetings for command handlers. Refuses `NOT_FOUND` for a meeting that is not there or not of this community. */
export abstract class MeetingStandings {
  abstract of(meetingId: string, community: string): Promise<MeetingStanding>;
}
