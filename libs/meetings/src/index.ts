export * from './domain/meeting.events.js';
export * from './standing.js';
export { meetingRefusals } from './domain/meeting.js';
export { CloseMeeting, OpenMeeting, RecordPresence } from './write/meeting.commands.js';
export { MeetingsWriteModule } from './meetings-write.module.js';
export { MeetingQueries } from './read/meetings.query.js';
export { MeetingConnection, MeetingView } from './graphql/meeting.types.js';
export { MeetingsShown } from './graphql/meetings-shown.js';
export { meetingsCatalogues, MeetingsModule, meetingsProjections } from './meetings.module.js';
