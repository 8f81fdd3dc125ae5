import type { Expected } from '../event-store.js';

/** What becomes of an append: written from a revision on, already there up to a revision, or refused. */
export type Verdict =
  | { readonly kind: 'write'; readonly from: number }
  | { readonly kind: 'again'; readonly last: number }
  | { readonly kind: 'stale' };

/** How far back an append that names no revision looks for its own ids. */
export const RECENT = 256;

/**
 * The rule of expected revisions (eventstore.md §1.7). `current` is the stream's last revision, -1 when it does not exist.
 * An exact revision equal to the current one is written without looking at ids. One below it succeeds again where the same ids
 * stand at the same place. 'any' and 'exists' recognise a repetition only among the stream's latest events: best effort.
 */
export function judge(
  expected: Expected,
  current: number,
  ids: readonly string[],
  idAt: (revision: number) => string | undefined,
): Verdict {
  const sameFrom = (from: number): boolean => ids.every((id, ordinal) => id === idAt(from + ordinal));
  if (expected === 'any' || expected === 'exists') {
    if (expected === 'exists' && current < 0) return { kind: 'stale' };
    const from = recent(ids[0]!, current, idAt);
    if (from === undefined) return { kind: 'write', from: current + 1 };
    return sameFrom(from) ? { kind: 'again', last: from + ids.length - 1 } : { kind: 'stale' };
  }
  const from = expected === 'none' ? 0 : expected + 1;
  if (from === current + 1) return { kind: 'write', from };
  if (from <= current && sameFrom(from)) return { kind: 'again', last: from + ids.length - 1 };
  return { kind: 'stale' };
}

function recent(id: string, current: number, idAt: (revision: number) => string | undefined): number | undefined {
  const oldest = Math.max(0, current - RECENT + 1);
  for (let revision = current; revision >= oldest; revision--) if (idAt(revision) === id) return revision;
  return undefined;
}
