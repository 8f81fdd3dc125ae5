export * from './access.js';
export * from './answering.js';
export * from './changes.js';
export * from './channel.js';
export * from './connections.js';
export * from './errors.js';
export * from './graph.module.js';
export * from './input.pipe.js';
export * from './input-rules.js';
export * from './loader.js';
export * from './results.js';
export * from './viewer.js';

/** The type of a decorated field whose class is declared in a file that imports this one. Import with `type`. */
export type Lazy<T> = T;
