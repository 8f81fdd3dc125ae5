import { isIn } from './drafting.js';
import type { Proposal } from './proposal.js';
import type { ProposalEvent } from './proposal.events.js';

/** What became of the effect: its target refused. The decision stands; facilitator and author are asked what to do. */
export interface EffectOutcome {
  /** The refusal's own code. */
  readonly code: string;
  /** Ids and numbers of the refusal, as text. */
  readonly details: readonly string[];
}

export function recordEffectRefused(state: Proposal, { code, details }: EffectOutcome): ProposalEvent[] {
  isIn(state, 'Decided');
  if (state.effectRefused !== undefined) return [];
  return [{ type: 'EffectRefused', data: { code, details: [...details] } }];
}
