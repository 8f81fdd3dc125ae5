import type { EventStore } from './event-store.js';

/** The same store, whose pages cannot be read so many times, as when a server is away for a while. */
export function failingReads<S extends EventStore>(store: S, times: number, error = new Error('the log is away')): S {
  let left = times;
  return new Proxy(store, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const read = (value as (...args: unknown[]) => unknown).bind(target);
      if (name !== 'readAll') return read;
      return async (...args: unknown[]) => {
        if (left-- > 0) throw error;
        return read(...args);
      };
    },
  });
}
