import type { Decider } from '@app/kernel';
import { consentRoundSteps } from './consent-round.steps.js';
import { draftingSteps } from './drafting.steps.js';
import type { Effect } from './effect.js';
import { objectionsSteps } from './objections.steps.js';
import type { ProposalEvent } from './proposal.events.js';
import type { Objection, OnTheTable, Proposal, Version } from './proposal.states.js';
import type { Steps } from './proposal.steps.js';

export type * from './proposal.states.js';

/** One step for every event there is: a type without one does not compile. */
const steps: Steps<ProposalEvent['type']> = { ...draftingSteps, ...consentRoundSteps, ...objectionsSteps };

/** The stream `proposal-<proposalId>`: from a draft to a decision. Its decisions stand beside it, by concern. */
export const proposal: Decider<Proposal, ProposalEvent> = {
  category: 'proposal',
  initial: { phase: 'Absent' },
  evolve: (state, fact) => (steps[fact.type] as (state: Proposal, data: unknown) => Proposal)(state, fact.data),
};

/** The version that counts: the last one published. */
export const latestOf = ({ versions }: OnTheTable): Version => versions[versions.length - 1]!;

/** Objections of the round last held that its holder has not found resolved in the latest version (method §3.7). */
export function unresolved(state: OnTheTable): Objection[] {
  const { number } = latestOf(state);
  return Object.values(state.objections).filter(
    ({ roundId, status, resolvedIn }) =>
      roundId === state.lastRound?.roundId && (status === 'open' || (status === 'resolved' && resolvedIn !== number)),
  );
}

/** What the proposal changes by itself when it is decided, as its latest text says. */
export const effectOf = (state: OnTheTable): Effect | undefined => latestOf(state).content.effect;
