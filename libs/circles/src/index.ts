export * from './domain/circle.events.js';
export * from './domain/community.events.js';
export * from './domain/rules.js';
export * from './standing.js';
