import { LRUCache } from 'lru-cache';
import type { IdentityDatabase } from './database.js';

const seconds = 1000;
const staleAfter = 30 * seconds;

/** The other processes on the same tables, as far as memories are concerned. */
export type Others = Pick<IdentityDatabase, 'announce' | 'onAnnounced'>;

/**
 * Rows of an account, remembered for half a minute. What this process forgets is gone at once, also from a read that was under way;
 * the others forget it when they hear of it, within moments.
 */
export class Remembered<V extends { readonly accountId: string }> {
  private readonly entries = new LRUCache<string, V>({ max: 10_000, ttl: staleAfter });
  private generation = 0;

  constructor(private readonly others: Others) {
    others.onAnnounced((accountId) => (accountId ? this.drop(accountId) : this.clear()));
  }

  get(key: string): V | undefined {
    return this.entries.get(key);
  }

  /** A function that remembers what a read that begins now will find, unless something was forgotten meanwhile. */
  reading(): (key: string, value: V) => void {
    const begun = this.generation;
    return (key, value) => {
      if (begun === this.generation) this.entries.set(key, value);
    };
  }

  async find(key: string, read: () => Promise<V | null>): Promise<V | null> {
    const known = this.entries.get(key);
    if (known) return known;
    const remember = this.reading();
    const found = await read();
    if (found) remember(key, found);
    return found;
  }

  forget(accountId: string): void {
    this.drop(accountId);
    this.others.announce(accountId);
  }

  private clear(): void {
    this.generation += 1;
    this.entries.clear();
  }

  private drop(accountId: string): void {
    this.generation += 1;
    for (const [key, value] of this.entries.entries()) if (value.accountId === accountId) this.entries.delete(key);
  }
}
