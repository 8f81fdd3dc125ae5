export * from './domain/agreement.events.js';
export * from './domain/effect.js';
export * from './domain/proposal.events.js';
