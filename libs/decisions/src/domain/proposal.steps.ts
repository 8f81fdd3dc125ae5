import type { ProposalEvent } from './proposal.events.js';
import type { DataOf, Objection, ObjectionTest, OnTheTable, Phase, Proposal, Round } from './proposal.states.js';

/** How the state moves on at each of some facts. */
export type Steps<T extends ProposalEvent['type']> = {
  readonly [K in T]: (state: Proposal, data: DataOf<K>) => Proposal;
};

export const corrupt = (type: string, phase: Phase): never => {
  throw new Error(`${type} in phase ${phase}: the stream is corrupt`);
};

/** The part that stays when the phase changes. */
export function carried(state: Proposal, type: string): OnTheTable {
  if (!('versions' in state)) return corrupt(type, state.phase);
  const { proposalId, circleId, communityId, author, coAuthors } = state;
  const { versions, objections, confirmed, lastRound, rounds, test } = state;
  const table = { versions, objections, confirmed, lastRound, rounds, test };
  return { proposalId, circleId, communityId, author, coAuthors, ...table };
}

export function inPhase<P extends Phase>(state: Proposal, phase: P, type: string): Extract<Proposal, { phase: P }> {
  return state.phase === phase ? (state as Extract<Proposal, { phase: P }>) : corrupt(type, state.phase);
}

export const changed = (
  state: Proposal,
  id: string,
  changes: Partial<Objection>,
  type: string,
): OnTheTable['objections'] => {
  const { objections } = carried(state, type);
  const objection = objections[id] ?? corrupt(type, state.phase);
  return { ...objections, [id]: { ...objection, ...changes } };
};

/** What of the test goes on when this objection is not the same any more. */
export const untested = (state: Proposal, objectionId: string): ObjectionTest | undefined => {
  const test = 'versions' in state ? state.test : undefined;
  return test?.objectionId === objectionId ? undefined : test;
};

export const without = (answers: Round['answers'], people: readonly string[]): Round['answers'] =>
  Object.fromEntries(Object.entries(answers).filter(([person]) => !people.includes(person)));
