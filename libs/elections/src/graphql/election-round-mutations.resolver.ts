import { CurrentViewer, GraphContext, resultOf, Viewer } from '@app/graph';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import {
  CloseElectionRound,
  DisputeElectionAnswer,
  GiveElectionConsent,
  OpenElectionConsent,
  RaiseElectionObjection,
} from '../write/election-round.commands.js';
import {
  AdoptElectionObjection,
  ConfirmElectionIntegration,
  ProposeElectionIntegration,
} from '../write/integrating.commands.js';
import { AcceptOffice, DeclineOffice } from '../write/accepting.commands.js';
import { ElectionAnswering } from './election-answering.js';
import {
  AcceptOfficeInput,
  AdoptElectionObjectionInput,
  CloseElectionRoundInput,
  ConfirmElectionIntegrationInput,
  DeclineOfficeInput,
  DisputeElectionAnswerInput,
  GiveElectionConsentInput,
  OpenElectionConsentInput,
  ProposeElectionIntegrationInput,
  RaiseElectionObjectionInput,
} from './election.inputs.js';
import { ElectionView } from './election.types.js';

const result = (verb: string) => resultOf(`${verb}Result`, () => ElectionView);
const OpenElectionConsentResult = result('OpenElectionConsent');
const GiveElectionConsentResult = result('GiveElectionConsent');
const RaiseElectionObjectionResult = result('RaiseElectionObjection');
const DisputeElectionAnswerResult = result('DisputeElectionAnswer');
const CloseElectionRoundResult = result('CloseElectionRound');
const ProposeElectionIntegrationResult = result('ProposeElectionIntegration');
const ConfirmElectionIntegrationResult = result('ConfirmElectionIntegration');
const AdoptElectionObjectionResult = result('AdoptElectionObjection');
const AcceptOfficeResult = result('AcceptOffice');
const DeclineOfficeResult = result('DeclineOffice');

/** The consent round on a person, and what follows it. */
@Resolver()
export class ElectionRoundMutationsResolver {
  constructor(private readonly answering: ElectionAnswering) {}

  @Mutation(() => OpenElectionConsentResult)
  openElectionConsent(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: OpenElectionConsentInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, OpenElectionConsent);
  }

  @Mutation(() => GiveElectionConsentResult, {
    description: 'No objection, with a concern or without. The nominee answers last.',
  })
  giveElectionConsent(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: GiveElectionConsentInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, GiveElectionConsent);
  }

  @Mutation(() => RaiseElectionObjectionResult, { description: 'A reasoned objection.' })
  raiseElectionObjection(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: RaiseElectionObjectionInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, RaiseElectionObjection);
  }

  @Mutation(() => DisputeElectionAnswerResult, { description: 'An answer entered in one’s name was not one’s own.' })
  disputeElectionAnswer(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: DisputeElectionAnswerInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, DisputeElectionAnswer);
  }

  @Mutation(() => CloseElectionRoundResult, {
    description: 'Only where somebody left: the last answer owed closes a round by itself.',
  })
  closeElectionRound(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: CloseElectionRoundInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, CloseElectionRound);
  }

  @Mutation(() => ProposeElectionIntegrationResult)
  proposeElectionIntegration(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: ProposeElectionIntegrationInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, ProposeElectionIntegration);
  }

  @Mutation(() => ConfirmElectionIntegrationResult, { description: 'The objector’s own word.' })
  confirmElectionIntegration(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: ConfirmElectionIntegrationInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, ConfirmElectionIntegration);
  }

  @Mutation(() => AdoptElectionObjectionResult)
  adoptElectionObjection(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: AdoptElectionObjectionInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, AdoptElectionObjection);
  }

  @Mutation(() => AcceptOfficeResult, { description: 'The person themselves.' })
  acceptOffice(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: AcceptOfficeInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, AcceptOffice);
  }

  @Mutation(() => DeclineOfficeResult, { description: 'The person themselves.' })
  declineOffice(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: DeclineOfficeInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, DeclineOffice);
  }
}
