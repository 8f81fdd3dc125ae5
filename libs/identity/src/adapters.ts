export * from './adapters/sqlite.js';
