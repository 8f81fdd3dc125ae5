export { DataDirLocked, lockDataDir, type DataDirLock } from './adapters/data-dir.js';
export { MemoryEventStore } from './adapters/memory.js';
export { SqliteEventStore, type SqliteOptions } from './adapters/sqlite.js';
export { SqliteCheckpointStore } from './checkpoints.sqlite.js';
