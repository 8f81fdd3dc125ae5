import type { Receipt } from '@app/event-store';
import { Answering, callerOf, CurrentViewer, resultOf, Viewer } from '@app/graph';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Command } from '@nestjs/cqrs';
import {
  AnswerClarification,
  AskClarification,
  CloseReactions,
  OpenClarifying,
  OpenReacting,
  RecordReaction,
} from '../write/clarifying.commands.js';
import {
  CloseConsentRound,
  DisputeAnswer,
  GiveConsent,
  OpenConsentRound,
  RaiseObjection,
} from '../write/consent-round.commands.js';
import { AdoptObjection, ConfirmResolved, ProposeIntegration } from '../write/objections.commands.js';
import {
  AdoptObjectionInput,
  AnswerClarificationInput,
  AskClarificationInput,
  CloseConsentRoundInput,
  CloseReactionsInput,
  ConfirmResolvedInput,
  DisputeAnswerInput,
  GiveConsentInput,
  OpenClarifyingInput,
  OpenConsentRoundInput,
  OpenReactingInput,
  ProposeIntegrationInput,
  RaiseObjectionInput,
  RecordReactionInput,
} from './deciding.inputs.js';
import { DecisionsReader } from './decisions.reader.js';
import { ProposalView } from './proposal.types.js';
import { spoken } from './spoken.js';

const result = (verb: string) => resultOf(`${verb}Result`, () => ProposalView);
const OpenClarifyingResult = result('OpenClarifying');
const AskClarificationResult = result('AskClarification');
const AnswerClarificationResult = result('AnswerClarification');
const OpenReactingResult = result('OpenReacting');
const RecordReactionResult = result('RecordReaction');
const CloseReactionsResult = result('CloseReactions');
const OpenConsentRoundResult = result('OpenConsentRound');
const GiveConsentResult = result('GiveConsent');
const RaiseObjectionResult = result('RaiseObjection');
const DisputeAnswerResult = result('DisputeAnswer');
const CloseConsentRoundResult = result('CloseConsentRound');
const ProposeIntegrationResult = result('ProposeIntegration');
const ConfirmResolvedResult = result('ConfirmResolved');
const AdoptObjectionResult = result('AdoptObjection');

/** What the circle does with a proposal, from the first question to the decision. Nothing here discards an objection or decides. */
@Resolver()
export class DecidingResolver {
  constructor(
    private readonly answering: Answering,
    private readonly reader: DecisionsReader,
  ) {}

  @Mutation(() => OpenClarifyingResult, { description: 'The facilitator opens the questions.' })
  openClarifying(@CurrentViewer() viewer: Viewer, @Args('input') input: OpenClarifyingInput) {
    const { commandId, proposalId, meetingId } = input;
    return this.answer(viewer, input, new OpenClarifying(callerOf(viewer, commandId), { proposalId, meetingId }));
  }

  @Mutation(() => AskClarificationResult)
  askClarification(@CurrentViewer() viewer: Viewer, @Args('input') input: AskClarificationInput) {
    const { commandId, proposalId, text } = input;
    const said = { proposalId, text, ...spoken(input) };
    return this.answer(viewer, input, new AskClarification(callerOf(viewer, commandId), said));
  }

  @Mutation(() => AnswerClarificationResult, { description: 'An author says what was meant.' })
  answerClarification(@CurrentViewer() viewer: Viewer, @Args('input') input: AnswerClarificationInput) {
    const { commandId, proposalId, questionId, text } = input;
    const said = { proposalId, questionId, text, ...spoken(input) };
    return this.answer(viewer, input, new AnswerClarification(callerOf(viewer, commandId), said));
  }

  @Mutation(() => OpenReactingResult, { description: 'The facilitator opens the reactions.' })
  openReacting(@CurrentViewer() viewer: Viewer, @Args('input') input: OpenReactingInput) {
    const { commandId, proposalId, meetingId } = input;
    return this.answer(viewer, input, new OpenReacting(callerOf(viewer, commandId), { proposalId, meetingId }));
  }

  @Mutation(() => RecordReactionResult, { description: 'One short reaction each, the author last.' })
  recordReaction(@CurrentViewer() viewer: Viewer, @Args('input') input: RecordReactionInput) {
    const { commandId, proposalId, text } = input;
    const said = { proposalId, text, ...spoken(input) };
    return this.answer(viewer, input, new RecordReaction(callerOf(viewer, commandId), said));
  }

  @Mutation(() => CloseReactionsResult, { description: 'The facilitator closes the reactions.' })
  closeReactions(@CurrentViewer() viewer: Viewer, @Args('input') input: CloseReactionsInput) {
    const { commandId, proposalId, meetingId } = input;
    return this.answer(viewer, input, new CloseReactions(callerOf(viewer, commandId), { proposalId, meetingId }));
  }

  @Mutation(() => OpenConsentRoundResult, {
    description: 'The facilitator asks everybody for their consent to the latest version.',
  })
  openConsentRound(@CurrentViewer() viewer: Viewer, @Args('input') input: OpenConsentRoundInput) {
    const { commandId, proposalId, meetingId, version } = input;
    const round = { proposalId, meetingId, version };
    return this.answer(viewer, input, new OpenConsentRound(callerOf(viewer, commandId), round));
  }

  @Mutation(() => GiveConsentResult, { description: 'No objection to this version, with or without a concern.' })
  giveConsent(@CurrentViewer() viewer: Viewer, @Args('input') input: GiveConsentInput) {
    const { commandId, proposalId, roundId, version, concern } = input;
    const answer = { proposalId, roundId, version, ...spoken(input), ...(concern ? { concern } : {}) };
    return this.answer(viewer, input, new GiveConsent(callerOf(viewer, commandId), answer));
  }

  @Mutation(() => RaiseObjectionResult, { description: 'A reasoned objection to this version.' })
  raiseObjection(@CurrentViewer() viewer: Viewer, @Args('input') input: RaiseObjectionInput) {
    const { commandId, proposalId, roundId, version, argument, affects, remedy } = input;
    const kind = input.kind as RaiseObjection['input']['kind'];
    const words = { argument: argument ?? '', affects: affects ?? '', kind, ...(remedy ? { remedy } : {}) };
    const answer = { proposalId, roundId, version, ...spoken(input), ...words };
    return this.answer(viewer, input, new RaiseObjection(callerOf(viewer, commandId), answer));
  }

  @Mutation(() => DisputeAnswerResult, { description: 'What was entered for you in this round is not what you said.' })
  disputeAnswer(@CurrentViewer() viewer: Viewer, @Args('input') input: DisputeAnswerInput) {
    const { commandId, proposalId, roundId } = input;
    return this.answer(viewer, input, new DisputeAnswer(callerOf(viewer, commandId), { proposalId, roundId }));
  }

  @Mutation(() => CloseConsentRoundResult, {
    description: 'The facilitator closes a round that somebody left, once nobody owes an answer.',
  })
  closeConsentRound(@CurrentViewer() viewer: Viewer, @Args('input') input: CloseConsentRoundInput) {
    const { commandId, proposalId, meetingId } = input;
    return this.answer(viewer, input, new CloseConsentRound(callerOf(viewer, commandId), { proposalId, meetingId }));
  }

  @Mutation(() => ProposeIntegrationResult, { description: 'Offer a way to meet an objection.' })
  proposeIntegration(@CurrentViewer() viewer: Viewer, @Args('input') input: ProposeIntegrationInput) {
    const { commandId, proposalId, objectionId, text } = input;
    const option = input.option as ProposeIntegration['input']['option'];
    const offer = { proposalId, objectionId, option, ...(text ? { text } : {}) };
    return this.answer(viewer, input, new ProposeIntegration(callerOf(viewer, commandId), offer));
  }

  @Mutation(() => ConfirmResolvedResult, {
    description: 'Your own word that the objection you hold is resolved; in an open round it withdraws it.',
  })
  confirmResolved(@CurrentViewer() viewer: Viewer, @Args('input') input: ConfirmResolvedInput) {
    const { commandId, proposalId, objectionId, version } = input;
    const word = { proposalId, objectionId, version };
    return this.answer(viewer, input, new ConfirmResolved(callerOf(viewer, commandId), word));
  }

  @Mutation(() => AdoptObjectionResult, { description: 'Take over the objection of somebody who left the circle.' })
  adoptObjection(@CurrentViewer() viewer: Viewer, @Args('input') input: AdoptObjectionInput) {
    const { commandId, proposalId, objectionId, argument, affects } = input;
    const words = { proposalId, objectionId, argument, affects };
    return this.answer(viewer, input, new AdoptObjection(callerOf(viewer, commandId), words));
  }

  private answer(viewer: Viewer, { proposalId }: { proposalId: string }, command: Command<Receipt>) {
    return this.answering.answer(viewer, command, () => this.reader.justChanged(proposalId));
  }
}
