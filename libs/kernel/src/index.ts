export * from './civil.js';
export * from './clock.js';
export * from './decider.js';
export * from './events.js';
export * from './fact.js';
export * from './ids.js';
export * from './quorum.js';
export * from './refusal.js';
