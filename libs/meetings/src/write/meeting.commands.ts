import type { Caller, Receipt } from '@app/event-store';
import { derivedId } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { closeMeeting, openMeeting, recordPresence } from '../domain/meeting.js';
import { Rooms } from './rooms.js';

/** Opens a meeting of a circle with those who are there. The meeting's id comes from the command's. */
export class OpenMeeting extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string; readonly present: readonly string[] },
  ) {
    super();
  }
}

@CommandHandler(OpenMeeting)
export class OpenMeetingHandler implements ICommandHandler<OpenMeeting> {
  constructor(private readonly rooms: Rooms) {}

  execute({ caller, input }: OpenMeeting): Promise<Receipt> {
    const meetingId = derivedId(caller.community, caller.member, 'OpenMeeting', caller.commandId);
    return this.rooms.convene(caller, input, meetingId, (state, seen) =>
      openMeeting(state, { ...seen, meetingId, present: input.present }),
    );
  }
}

/** Says that a member came in or went out; `memberId` absent: the caller. */
export class RecordPresence extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly meetingId: string; readonly memberId?: string; readonly present: boolean },
  ) {
    super();
  }
}

@CommandHandler(RecordPresence)
export class RecordPresenceHandler implements ICommandHandler<RecordPresence> {
  constructor(private readonly rooms: Rooms) {}

  execute({ caller, input }: RecordPresence): Promise<Receipt> {
    const { memberId = caller.member, present } = input;
    return this.rooms.enter(caller, { command: 'RecordPresence', input }, (state, seen) =>
      recordPresence(state, { ...seen, memberId, present }),
    );
  }
}

export class CloseMeeting extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly meetingId: string },
  ) {
    super();
  }
}

@CommandHandler(CloseMeeting)
export class CloseMeetingHandler implements ICommandHandler<CloseMeeting> {
  constructor(private readonly rooms: Rooms) {}

  execute({ caller, input }: CloseMeeting): Promise<Receipt> {
    return this.rooms.enter(caller, { command: 'CloseMeeting', input }, closeMeeting);
  }
}
