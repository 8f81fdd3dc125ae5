export { MasterKeyUnusable, readMasterKey } from './adapters/master-key.js';
export { MemoryVault } from './adapters/memory.js';
export { PostgresVault, type PostgresVaultOptions } from './adapters/postgres.js';
export { SqliteVault, type SqliteVaultOptions } from './adapters/sqlite.js';
export {
  copyKeys,
  KeysDiffer,
  type KeyTable,
  postgresKeys,
  sqliteKeys,
  type StoredKey,
} from './adapters/stored-keys.js';
