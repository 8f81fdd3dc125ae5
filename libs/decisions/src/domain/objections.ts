import { type RefuseUnless, refuseUnless as refuseUnlessAny } from '@app/kernel';
import { reduced } from './consent-round.js';
import { sayAll } from './content.js';
import { isIn } from './drafting.js';
import { isOnRoster, isOpen, known } from './objection.js';
import { isMember, type Place } from './place.js';
import { latestOf, type Proposal } from './proposal.js';
import type { integrationOptions, ProposalEvent } from './proposal.events.js';

export const objectionsRefusals = [
  'OBJECTION_SETTLED',
  'NOT_THE_OBJECTOR',
  'VERSION_NOT_LATEST',
  'OBJECTOR_STILL_MEMBER',
  'OBJECTION_WITHOUT_ARGUMENT',
  'OBJECTION_WITHOUT_LINK',
] as const;
const refuseUnless: RefuseUnless<(typeof objectionsRefusals)[number]> = refuseUnlessAny;

type ByMember = Place & { readonly by: string; readonly objectionId: string };

/**
 * The word of whoever raised or adopted the objection that the current version no longer gives rise to it: nobody else's resolves it,
 * the author's and the facilitator's neither (INV-38, INV-45). In an open round it withdraws the objection, and an answer is owed again.
 * A word said on an earlier version of the same integration has to be said again: it was given to another text (INV-40).
 */
export function confirmResolved(state: Proposal, input: ByMember & { readonly version: number }): ProposalEvent[] {
  const { by, objectionId, version, circle } = input;
  isMember(by, circle);
  isIn(state, 'ConsentRound', 'TestingObjection', 'Integrating');
  const inRound = state.phase === 'ConsentRound';
  const objection = known(state, objectionId, inRound ? state.round : state.lastRound);
  refuseUnless(by === objection.holder, 'NOT_THE_OBJECTOR'); // INV-45
  const latest = latestOf(state).number;
  refuseUnless(version === latest, 'VERSION_NOT_LATEST', { version, latest });
  if (!isOpen(objection, version)) {
    refuseUnless(['resolved', 'withdrawn'].includes(objection.status), 'OBJECTION_SETTLED', {
      status: objection.status,
    });
    return [];
  }
  const how = inRound ? 'withdrawnInRound' : objection.version === version ? 'kept' : 'amended';
  const fact: ProposalEvent = { type: 'ObjectionResolved', data: { objectionId, by, version, how } };
  return inRound ? [...reduced(state, circle), fact] : [fact];
}

/** A remaining roster member takes over, in their own words, the objection of somebody who left the circle (method §3.5, S13). */
export function adoptObjection(
  state: Proposal,
  input: ByMember & { readonly argument: string; readonly affects: string },
): ProposalEvent[] {
  const { by, objectionId, argument, affects, circle } = input;
  isMember(by, circle);
  isIn(state, 'ConsentRound', 'TestingObjection', 'Integrating');
  const inRound = state.phase === 'ConsentRound';
  const round = inRound ? state.round : state.lastRound;
  const objection = known(state, objectionId, round);
  isOnRoster(by, round);
  if (objection.holder === by && objection.by !== by) return [];
  refuseUnless(objection.status === 'open', 'OBJECTION_SETTLED', { status: objection.status });
  refuseUnless(!circle.members.includes(objection.holder), 'OBJECTOR_STILL_MEMBER');
  refuseUnless(argument.trim() !== '', 'OBJECTION_WITHOUT_ARGUMENT'); // INV-36
  refuseUnless(affects.trim() !== '', 'OBJECTION_WITHOUT_LINK', { kind: objection.words.kind }); // INV-36
  const data = { objectionId, from: objection.holder, by, argument, affects };
  const fact: ProposalEvent = { type: 'ObjectionAdopted', data };
  return inRound ? [...reduced(state, circle), fact] : [fact];
}

/** A way to meet an objection, offered by anybody on the roster (method §3.7). */
export function proposeIntegration(
  state: Proposal,
  input: ByMember & {
    readonly integrationId: string;
    readonly option: (typeof integrationOptions)[number];
    readonly text?: string;
  },
): ProposalEvent[] {
  const { by, objectionId, integrationId, option, text, circle } = input;
  isMember(by, circle);
  isIn(state, 'TestingObjection', 'Integrating');
  const objection = known(state, objectionId, state.lastRound);
  isOnRoster(by, state.lastRound);
  refuseUnless(isOpen(objection, latestOf(state).number), 'OBJECTION_SETTLED', { status: objection.status });
  sayAll({ text });
  const words = text === undefined ? {} : { text };
  return [{ type: 'IntegrationProposed', data: { objectionId, integrationId, option, ...words, by } }];
}
