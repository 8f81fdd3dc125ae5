export { DataDirLocked, lockDataDir, type DataDirLock } from './adapters/data-dir.js';
export { type EventStoreDbOptions, EventStoreDbStore } from './adapters/eventstoredb.js';
export { StoreRefusesUs, type TroubleKind } from './adapters/eventstoredb.errors.js';
export { type StoreObserver } from './adapters/eventstoredb.patience.js';
export { InvalidStoreUrl } from './adapters/eventstoredb.url.js';
export { MemoryEventStore } from './adapters/memory.js';
export { SqliteEventStore, type SqliteOptions } from './adapters/sqlite.js';
export { SqliteCheckpointStore } from './checkpoints.sqlite.js';
