export * from './domain/meeting.events.js';
export * from './standing.js';
