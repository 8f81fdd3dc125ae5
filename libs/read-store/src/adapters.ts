export { SqliteReadStore, type SqliteReadStoreOptions } from './adapters/sqlite.js';
