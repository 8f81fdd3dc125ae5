export * from './testing/contract.js';
export * from './testing/fixtures.js';
export * from './testing/projected.js';
export * from './testing/recorded.js';
