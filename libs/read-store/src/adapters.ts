export { PostgresReadStore, type PostgresReadStoreOptions } from './adapters/postgres.js';
export { SqliteReadStore, type SqliteReadStoreOptions } from './adapters/sqlite.js';
