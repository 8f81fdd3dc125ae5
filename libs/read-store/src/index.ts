export * from './moments.js';
export * from './projection.js';
export * from './read-store.js';
export * from './table.js';
