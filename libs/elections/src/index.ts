export * from './domain/election.events.js';
