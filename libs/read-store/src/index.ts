export { ddl } from './ddl.js';
export * from './live.js';
export { eventAt } from './marks.js';
export * from './moments.js';
export * from './prepared.js';
export * from './projection.js';
export * from './read-store.js';
export * from './table.js';
export * from './temporal.js';
