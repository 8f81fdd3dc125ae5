export * from './domain/meeting.events.js';
export * from './standing.js';
export { meetingRefusals } from './domain/meeting.js';
export { CloseMeeting, OpenMeeting, RecordPresence } from './write/meeting.commands.js';
export { MeetingsWriteModule } from './meetings-write.module.js';
