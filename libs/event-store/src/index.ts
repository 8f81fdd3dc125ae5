export * from './act.js';
export * from './errors.js';
export * from './event-store.js';
export * from './streams.js';
export * from './policy.js';
