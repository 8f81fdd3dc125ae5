import { Module } from '@nestjs/common';
import { meetingEvents } from './domain/meeting.events.js';
import { MeetingMutationsResolver } from './graphql/meeting-mutations.resolver.js';
import { MeetingResolver } from './graphql/meeting.resolver.js';
import { MeetingsShown } from './graphql/meetings-shown.js';
import { MeetingsWriteModule } from './meetings-write.module.js';
import { meetingsProjection } from './read/meetings.projection.js';
import { MeetingQueries } from './read/meetings.query.js';

export const meetingsCatalogues = [meetingEvents] as const;
export const meetingsProjections = [meetingsProjection] as const;

/** Meetings whole: what is written, what is read, what is shown. */
@Module({
  imports: [MeetingsWriteModule],
  providers: [MeetingQueries, MeetingsShown, MeetingResolver, MeetingMutationsResolver],
  exports: [MeetingsWriteModule, MeetingQueries, MeetingsShown],
})
export class MeetingsModule {}
