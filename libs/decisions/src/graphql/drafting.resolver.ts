import type { Receipt } from '@app/event-store';
import { Answering, callerOf, CurrentViewer, resultOf, Viewer } from '@app/graph';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Command } from '@nestjs/cqrs';
import { told } from '../domain/content.js';
import type { Content } from '../domain/proposal.events.js';
import { AmendProposal, ConfirmStillMeetsNeed, KeepVersion } from '../write/amending.commands.js';
import {
  DraftProposal,
  PresentProposal,
  proposalIdOf,
  ReviseDraft,
  WelcomeCoAuthor,
  WithdrawProposal,
} from '../write/drafting.commands.js';
import {
  AmendProposalInput,
  ConfirmStillMeetsNeedInput,
  DraftProposalInput,
  KeepVersionInput,
  PresentProposalInput,
  ReviseDraftInput,
  WelcomeCoAuthorInput,
  WithdrawProposalInput,
} from './drafting.inputs.js';
import { aboutAsked } from './agreement-change.inputs.js';
import { DecisionsReader } from './decisions.reader.js';
import { effectAsked } from './effect.inputs.js';
import { ProposalView } from './proposal.types.js';

const result = (verb: string) => resultOf(`${verb}Result`, () => ProposalView);
const DraftProposalResult = result('DraftProposal');
const ReviseDraftResult = result('ReviseDraft');
const WelcomeCoAuthorResult = result('WelcomeCoAuthor');
const WithdrawProposalResult = result('WithdrawProposal');
const PresentProposalResult = result('PresentProposal');
const AmendProposalResult = result('AmendProposal');
const KeepVersionResult = result('KeepVersion');
const ConfirmStillMeetsNeedResult = result('ConfirmStillMeetsNeed');

/** What authors do with the text of a proposal. */
@Resolver()
export class DraftingResolver {
  constructor(
    private readonly answering: Answering,
    private readonly reader: DecisionsReader,
  ) {}

  @Mutation(() => DraftProposalResult, { description: 'Begin a proposal; only you read it until you present it.' })
  draftProposal(@CurrentViewer() viewer: Viewer, @Args('input') input: DraftProposalInput) {
    const caller = callerOf(viewer, input.commandId);
    const command = new DraftProposal(caller, { circleId: input.circleId, ...wordsOf(input) });
    return this.answer(viewer, proposalIdOf(caller), command);
  }

  @Mutation(() => ReviseDraftResult)
  reviseDraft(@CurrentViewer() viewer: Viewer, @Args('input') input: ReviseDraftInput) {
    const { proposalId, commandId } = input;
    const command = new ReviseDraft(callerOf(viewer, commandId), { proposalId, ...wordsOf(input) });
    return this.answer(viewer, proposalId, command);
  }

  @Mutation(() => WelcomeCoAuthorResult, { description: 'Welcome a member to write beside you.' })
  welcomeCoAuthor(@CurrentViewer() viewer: Viewer, @Args('input') input: WelcomeCoAuthorInput) {
    const { proposalId, memberId, commandId } = input;
    const command = new WelcomeCoAuthor(callerOf(viewer, commandId), { proposalId, memberId });
    return this.answer(viewer, proposalId, command);
  }

  @Mutation(() => WithdrawProposalResult)
  withdrawProposal(@CurrentViewer() viewer: Viewer, @Args('input') input: WithdrawProposalInput) {
    const { proposalId, reason, commandId } = input;
    const command = new WithdrawProposal(callerOf(viewer, commandId), { proposalId, reason });
    return this.answer(viewer, proposalId, command);
  }

  @Mutation(() => PresentProposalResult, { description: 'Read version 1 to the circle, in an open meeting.' })
  presentProposal(@CurrentViewer() viewer: Viewer, @Args('input') input: PresentProposalInput) {
    const { commandId, responsibleId: responsible, onMissedReview, ...rest } = input;
    const plan = told({ ...rest, responsible, onMissedReview: onMissedReview as Content['onMissedReview'] });
    const command = new PresentProposal(callerOf(viewer, commandId), plan as PresentProposal['input']);
    return this.answer(viewer, input.proposalId, command);
  }

  @Mutation(() => AmendProposalResult, { description: 'Publish the next version; answers to earlier ones are void.' })
  amendProposal(@CurrentViewer() viewer: Viewer, @Args('input') input: AmendProposalInput) {
    const { commandId, proposalId, baseVersion: base, why, substantial, objectionIds } = input;
    const amendment = { proposalId, base, why, substantial, objectionIds, changes: changesOf(input) };
    return this.answer(viewer, proposalId, new AmendProposal(callerOf(viewer, commandId), amendment));
  }

  @Mutation(() => KeepVersionResult, { description: 'Leave the text as it is, having heard the reactions.' })
  keepVersion(@CurrentViewer() viewer: Viewer, @Args('input') { proposalId, commandId }: KeepVersionInput) {
    return this.answer(viewer, proposalId, new KeepVersion(callerOf(viewer, commandId), { proposalId }));
  }

  @Mutation(() => ConfirmStillMeetsNeedResult, {
    description: 'The author’s word that a version by another hand still meets the need.',
  })
  confirmStillMeetsNeed(@CurrentViewer() viewer: Viewer, @Args('input') input: ConfirmStillMeetsNeedInput) {
    const { proposalId, version, commandId } = input;
    const command = new ConfirmStillMeetsNeed(callerOf(viewer, commandId), { proposalId, version });
    return this.answer(viewer, proposalId, command);
  }

  private answer(viewer: Viewer, proposalId: string, command: Command<Receipt>) {
    return this.answering.answer(viewer, command, () => this.reader.justChanged(proposalId));
  }
}

function wordsOf({ title, text, need, example, effect, agreement }: DraftProposalInput | ReviseDraftInput) {
  const asked = effect ? effectAsked(effect) : undefined;
  const about = agreement ? aboutAsked(agreement) : undefined;
  const words = { title, text, need: need ?? undefined, example: example ?? undefined };
  return told({ ...words, effect: asked, agreement: about });
}

/** What is not named stays: null means the same for what every version has, and takes away the rest. */
function changesOf(input: AmendProposalInput): AmendProposal['input']['changes'] {
  const { title, text, need, example, reviewOn, measures, onMissedReview, effect } = input;
  const { responsibleId: responsible, domainItemId, resources, expiresOn, cites } = input;
  const kept = told({ title, text, need, example, reviewOn, measures, onMissedReview });
  const asked = effect ? effectAsked(effect) : effect;
  const agreement = input.agreement ? aboutAsked(input.agreement) : input.agreement;
  const optional = Object.entries({ responsible, domainItemId, resources, expiresOn, effect: asked, agreement, cites });
  const named = Object.fromEntries(optional.filter(([, value]) => value !== undefined));
  return { ...kept, ...named } as AmendProposal['input']['changes'];
}
