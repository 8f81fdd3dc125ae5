import { deepStrictEqual, fail, ok, strictEqual } from 'node:assert/strict';
import { type Decider, fold } from './decider.js';
import type { Fact } from './fact.js';
import { Refusal } from './refusal.js';

/** given(decider, ...facts).when(decision, input).then(...facts) or .thenRefused(code): the whole language of domain tests. */
export function given<S, F extends Fact>(decider: Decider<S, F>, ...history: F[]) {
  const state = fold(decider, history);
  return {
    state,
    when<I>(decision: (state: S, input: I) => F[], input: I) {
      const decide = (): F[] => decision(state, input);
      return {
        then: (...expected: F[]): void => deepStrictEqual(decide(), expected),
        thenTypes: (...expected: F['type'][]): void =>
          deepStrictEqual(
            decide().map((fact) => fact.type),
            expected,
          ),
        thenNothing: (): void => deepStrictEqual(decide(), []),
        thenRefused: (code: string): void => strictEqual(refusalOf(decide).code, code),
        facts: decide,
      };
    },
  };
}

/** The refusal that an act ends in; fails when it does not end in one. */
export function refusalOf(act: () => unknown): Refusal {
  try {
    act();
  } catch (error) {
    ok(error instanceof Refusal, error as Error);
    return error;
  }
  return fail('it was not refused');
}
