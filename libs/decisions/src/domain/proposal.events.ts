import { catalogue, type FactOf } from '@app/kernel';
import { consentRoundEvents } from './consent-round.events.js';
import { draftingEvents } from './drafting.events.js';
import { objectionsEvents } from './objections.events.js';

export { type AboutAgreement, agreementActions, content, type Content, missedReviews } from './content.shape.js';
export { type RoundRules } from './consent-round.events.js';
export { integrationOptions, objectionKinds } from './objections.events.js';

/** Everything that can happen to a proposal. Stream `proposal-<proposalId>`. */
export const proposalEvents = catalogue('proposal', { ...draftingEvents, ...consentRoundEvents, ...objectionsEvents });
export type ProposalEvent = FactOf<typeof proposalEvents>;
