export { PostgresIdentityDatabase } from './adapters/postgres.js';
export * from './adapters/sqlite.js';
