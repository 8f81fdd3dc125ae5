import type { Fact } from './fact.js';

/** How one kind of stream becomes state. Decisions are plain functions `(state, input) => facts` beside it. */
export interface Decider<S, F extends Fact> {
  /** First word of the stream's name: `circle` in `circle-<id>`. Never renamed. */
  readonly category: string;
  readonly initial: S;
  /** Pure; throws only when the history itself is impossible. */
  readonly evolve: (state: S, fact: F) => S;
}

/** Folds facts into state from the beginning. */
export function fold<S, F extends Fact>(decider: Decider<S, F>, facts: Iterable<F>): S {
  let state = decider.initial;
  for (const fact of facts) state = decider.evolve(state, fact);
  return state;
}
