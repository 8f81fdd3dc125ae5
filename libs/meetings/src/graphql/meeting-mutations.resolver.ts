import type { Receipt } from '@app/event-store';
import { Answering, callerOf, CurrentViewer, GraphContext, resultOf, Viewer } from '@app/graph';
import { idOf } from '@app/kernel';
import type { Command } from '@nestjs/cqrs';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { CloseMeeting, OpenMeeting, RecordPresence } from '../write/meeting.commands.js';
import { CloseMeetingInput, OpenMeetingInput, RecordPresenceInput } from './meeting.inputs.js';
import { MeetingView } from './meeting.types.js';
import { MeetingsShown } from './meetings-shown.js';

const OpenMeetingResult = resultOf('OpenMeetingResult', () => MeetingView);
const RecordPresenceResult = resultOf('RecordPresenceResult', () => MeetingView);
const CloseMeetingResult = resultOf('CloseMeetingResult', () => MeetingView);

@Resolver()
export class MeetingMutationsResolver {
  constructor(
    private readonly answering: Answering,
    private readonly shown: MeetingsShown,
  ) {}

  @Mutation(() => OpenMeetingResult, {
    description: 'The acting facilitator or secretary, or the convener of a forming circle, opens a meeting.',
  })
  openMeeting(
    @CurrentViewer() viewer: Viewer,
    @Args('input') { commandId, circleId, present }: OpenMeetingInput,
    @Context() context: GraphContext,
  ) {
    const input = { circleId, present: present ?? [] };
    return this.answer(viewer, context, new OpenMeeting(callerOf(viewer, commandId), input));
  }

  @Mutation(() => RecordPresenceResult)
  recordPresence(
    @CurrentViewer() viewer: Viewer,
    @Args('input') { commandId, meetingId, memberId, present }: RecordPresenceInput,
    @Context() context: GraphContext,
  ) {
    const input = { meetingId, present, ...(memberId ? { memberId } : {}) };
    return this.answer(viewer, context, new RecordPresence(callerOf(viewer, commandId), input));
  }

  @Mutation(() => CloseMeetingResult, { description: 'It counts for the year when a quorum is still there.' })
  closeMeeting(
    @CurrentViewer() viewer: Viewer,
    @Args('input') { commandId, meetingId }: CloseMeetingInput,
    @Context() context: GraphContext,
  ) {
    return this.answer(viewer, context, new CloseMeeting(callerOf(viewer, commandId), { meetingId }));
  }

  private answer(viewer: Viewer, context: GraphContext, command: Command<Receipt>) {
    return this.answering.answer(viewer, command, ({ stream }) => this.shown.fresh(viewer, idOf(stream), context));
  }
}
