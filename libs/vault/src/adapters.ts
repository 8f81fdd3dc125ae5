export { MasterKeyUnusable, readMasterKey } from './adapters/master-key.js';
export { MemoryVault } from './adapters/memory.js';
export { SqliteVault, type SqliteVaultOptions } from './adapters/sqlite.js';
