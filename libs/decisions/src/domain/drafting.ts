import { type RefuseUnless, refuseUnless as refuseUnlessAny } from '@app/kernel';
import { isAboutWhatStands } from './about-agreement.js';
import { complete, type Plan, planned, sayAll, told } from './content.js';
import type { Effect } from './effect.js';
import { isHeld, isMember, type MeetingPlace, type Place } from './place.js';
import type { Phase, Proposal } from './proposal.js';
import type { AboutAgreement, ProposalEvent } from './proposal.events.js';

export const draftingRefusals = ['WRONG_PHASE', 'NOT_THE_AUTHOR', 'NOT_AN_AUTHOR', 'AIM_NOT_ACCEPTED'] as const;
const refuseUnless: RefuseUnless<(typeof draftingRefusals)[number]> = refuseUnlessAny;

const openPhases = [
  'Draft',
  'Presented',
  'Clarifying',
  'Reacting',
  'Amending',
  'ConsentRound',
  'TestingObjection',
  'Integrating',
] as const;

/** What a draft says. Its text is the writer's own until it is presented. */
export interface Words {
  readonly title: string;
  readonly text: string;
  readonly need?: string;
  readonly example?: string;
  readonly effect?: Effect;
  readonly agreement?: AboutAgreement;
}

/** The proposal is in one of these phases; otherwise the refusal tells in which it is. */
export function isIn<P extends Phase>(
  state: Proposal,
  ...phases: readonly P[]
): asserts state is Extract<Proposal, { phase: P }> {
  refuseUnless((phases as readonly Phase[]).includes(state.phase), 'WRONG_PHASE', { phase: state.phase });
}

type Authored = Exclude<Proposal, { phase: 'Absent' }>;

export function isAuthor(by: string, { author }: Authored): void {
  refuseUnless(by === author, 'NOT_THE_AUTHOR');
}

/** The author and whoever the author welcomed beside them. */
export function isAnAuthor(by: string, { author, coAuthors }: Authored): void {
  refuseUnless(by === author || coAuthors.includes(by), 'NOT_AN_AUTHOR');
}

const wordsOf = ({ title, text, need, example, effect, agreement }: Words): Words =>
  told({ title, text, need, example, effect, agreement });

function say({ title, text, need, example, effect, agreement, circle, agreements }: Words & Place): void {
  sayAll({ title, text, need, example });
  if (agreement !== undefined) isAboutWhatStands(agreement, effect, { circle, agreements });
}

export type DraftProposal = Place & Words & { readonly proposalId: string; readonly by: string };

/** Any member may bring a proposal. */
export function draftProposal(state: Proposal, input: DraftProposal): ProposalEvent[] {
  const { proposalId, by, circle } = input;
  if (state.phase !== 'Absent') return [];
  isMember(by, circle);
  say(input);
  const { circleId, communityId } = circle;
  return [{ type: 'ProposalDrafted', data: { proposalId, circleId, communityId, author: by, ...wordsOf(input) } }];
}

export function reviseDraft(state: Proposal, input: Place & Words & { readonly by: string }): ProposalEvent[] {
  const { by, circle } = input;
  isMember(by, circle);
  isIn(state, 'Draft');
  isAnAuthor(by, state);
  say(input);
  return [{ type: 'DraftRevised', data: { by, ...wordsOf(input) } }];
}

/** The author welcomes a member beside them, at any time before the end. */
export function welcomeCoAuthor(
  state: Proposal,
  { memberId, by, circle }: Place & { readonly memberId: string; readonly by: string },
): ProposalEvent[] {
  isMember(by, circle);
  isIn(state, ...openPhases);
  isAuthor(by, state);
  isMember(memberId, circle);
  if (memberId === state.author || state.coAuthors.includes(memberId)) return [];
  return [{ type: 'CoAuthorJoined', data: { memberId, by } }];
}

export type PresentProposal = MeetingPlace & Plan & { readonly by: string };

/**
 * The author reads version 1 in an open meeting; from here on its text is the circle's. Quorum is not needed yet. Until the circle has
 * accepted its aim and domain it hears nothing else than that (INV-10).
 */
export function presentProposal(state: Proposal, input: PresentProposal): ProposalEvent[] {
  const { by, circle, meeting, now, agreements, measures, resources } = input;
  isMember(by, circle);
  isIn(state, 'Draft');
  isAuthor(by, state);
  isHeld(meeting, circle);
  const { effect } = state.draft;
  refuseUnless(circle.accepted || effect?.kind === 'acceptAimAndDomain', 'AIM_NOT_ACCEPTED'); // INV-10
  sayAll({ resources, ...Object.fromEntries((measures ?? []).map((it, place) => [`measures.${place}`, it])) });
  const { content, warnings } = complete(planned(state.draft, planOf(input)), { circle, now, agreements });
  const { meetingId } = meeting;
  return [{ type: 'ProposalPresented', data: { version: 1, content, meetingId, by, warnings } }];
}

function planOf(input: PresentProposal): Plan {
  const { reviewOn, measures, responsible, domainItemId, resources, expiresOn, onMissedReview, cites } = input;
  return { reviewOn, measures, responsible, domainItemId, resources, expiresOn, onMissedReview, cites };
}

/**
 * The author takes the proposal back and says why. Only where the method lets a proposal leave (method §3.2): as a draft, while
 * amending, while integrating. A round that has begun is heard to its end.
 */
export function withdrawProposal(
  state: Proposal,
  { by, reason, circle }: Place & { readonly by: string; readonly reason: string },
): ProposalEvent[] {
  isMember(by, circle);
  if (state.phase === 'Withdrawn' && by === state.author) return [];
  isIn(state, 'Draft', 'Amending', 'Integrating');
  isAuthor(by, state);
  sayAll({ reason });
  return [{ type: 'ProposalWithdrawn', data: { by, reason } }];
}
