import DataLoader from 'dataloader';
import type { GraphContext } from './viewer.js';

/** Answers for many keys at once: by key, where a key that is missing is null; or in the order of the keys. */
export type Batch<K, V> = (keys: readonly K[]) => Promise<ReadonlyMap<K, V> | readonly (V | null)[]>;

/**
 * The loader of this request under this key: what many fields ask for one by one is read in one go, and each thing once. `key` names
 * what is loaded ("members", "offices of circles"); what depends on arguments has them in its key.
 */
export function loaderOf<K, V>(
  context: Pick<GraphContext, 'loaders'>,
  key: unknown,
  batch: Batch<K, V>,
): DataLoader<K, V | null> {
  const known = context.loaders.get(key);
  if (known !== undefined) return known as DataLoader<K, V | null>;
  const loader = new DataLoader<K, V | null>(async (keys) => {
    const found = await batch(keys);
    return found instanceof Map ? keys.map((it) => found.get(it) ?? null) : (found as readonly (V | null)[]);
  });
  context.loaders.set(key, loader);
  return loader;
}

/** Rows by what they hang on, in their order: a batch for {@link loaderOf} where each key has many. */
export function grouped<T>(rows: readonly T[], keyOf: (row: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group === undefined) groups.set(keyOf(row), [row]);
    else group.push(row);
  }
  return groups;
}
