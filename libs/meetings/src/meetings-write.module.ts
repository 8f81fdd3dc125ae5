import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { MeetingStandings } from './standing.js';
import { CloseMeetingHandler, OpenMeetingHandler, RecordPresenceHandler } from './write/meeting.commands.js';
import { FoldedMeetings, Rooms } from './write/rooms.js';

/** The write side of meetings. The application provides Streams, Clock and the Standings of circles to every module. */
@Module({
  imports: [CqrsModule],
  providers: [
    OpenMeetingHandler,
    RecordPresenceHandler,
    CloseMeetingHandler,
    Rooms,
    { provide: MeetingStandings, useClass: FoldedMeetings },
  ],
  exports: [MeetingStandings],
})
export class MeetingsWriteModule {}
