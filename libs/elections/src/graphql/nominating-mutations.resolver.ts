import { CurrentViewer, GraphContext, resultOf, Viewer } from '@app/graph';
import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { CallElection, CancelElection, DescribeRole } from '../write/calling.commands.js';
import { Nominate, OpenNominations, RevealNominations } from '../write/nomination.commands.js';
import { ChangeNomination, GiveReason, OpenChanges, OpenReasons } from '../write/reason.commands.js';
import { HandOverLead, ProposeNominee } from '../write/proposing.commands.js';
import { ElectionAnswering } from './election-answering.js';
import {
  CallElectionInput,
  CancelElectionInput,
  ChangeNominationInput,
  DescribeRoleInput,
  GiveReasonInput,
  HandOverLeadInput,
  NominateInput,
  OpenChangesInput,
  OpenNominationsInput,
  OpenReasonsInput,
  ProposeNomineeInput,
  RevealNominationsInput,
} from './election.inputs.js';
import { ElectionView } from './election.types.js';

const result = (verb: string) => resultOf(`${verb}Result`, () => ElectionView);
const CallElectionResult = result('CallElection');
const DescribeRoleResult = result('DescribeRole');
const CancelElectionResult = result('CancelElection');
const OpenNominationsResult = result('OpenNominations');
const NominateResult = result('Nominate');
const RevealNominationsResult = result('RevealNominations');
const OpenReasonsResult = result('OpenReasons');
const GiveReasonResult = result('GiveReason');
const OpenChangesResult = result('OpenChanges');
const ChangeNominationResult = result('ChangeNomination');
const ProposeNomineeResult = result('ProposeNominee');
const HandOverLeadResult = result('HandOverLead');

/** From the call of an election to the name that is proposed. */
@Resolver()
export class NominatingMutationsResolver {
  constructor(private readonly answering: ElectionAnswering) {}

  @Mutation(() => CallElectionResult, { description: 'Any member calls an election in their circle.' })
  callElection(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: CallElectionInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, CallElection);
  }

  @Mutation(() => DescribeRoleResult, { description: 'What the role asks for, and for how long.' })
  describeRole(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: DescribeRoleInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, DescribeRole);
  }

  @Mutation(() => CancelElectionResult)
  cancelElection(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: CancelElectionInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, CancelElection);
  }

  @Mutation(() => OpenNominationsResult, { description: 'Every member of the circle owes one nomination.' })
  openNominations(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: OpenNominationsInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, OpenNominations);
  }

  @Mutation(() => NominateResult, {
    description: 'Sealed at once: nobody reads it before all are opened. A refusal tells its sender alone.',
  })
  nominate(@CurrentViewer() viewer: Viewer, @Args('input') input: NominateInput, @Context() context: GraphContext) {
    return this.answering.answer(viewer, context, input, Nominate);
  }

  @Mutation(() => RevealNominationsResult, { description: 'Everybody’s nomination, at one moment.' })
  revealNominations(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: RevealNominationsInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, RevealNominations);
  }

  @Mutation(() => OpenReasonsResult)
  openReasons(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: OpenReasonsInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, OpenReasons);
  }

  @Mutation(() => GiveReasonResult, { description: 'Why, once, by who named.' })
  giveReason(@CurrentViewer() viewer: Viewer, @Args('input') input: GiveReasonInput, @Context() context: GraphContext) {
    return this.answering.answer(viewer, context, input, GiveReason);
  }

  @Mutation(() => OpenChangesResult)
  openChanges(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: OpenChangesInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, OpenChanges);
  }

  @Mutation(() => ChangeNominationResult, { description: 'Moves a nomination once, with a reason.' })
  changeNomination(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: ChangeNominationInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, ChangeNomination);
  }

  @Mutation(() => ProposeNomineeResult, { description: 'One name, on the strength of reasons: nothing counts names.' })
  proposeNominee(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: ProposeNomineeInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, ProposeNominee);
  }

  @Mutation(() => HandOverLeadResult)
  handOverLead(
    @CurrentViewer() viewer: Viewer,
    @Args('input') input: HandOverLeadInput,
    @Context() context: GraphContext,
  ) {
    return this.answering.answer(viewer, context, input, HandOverLead);
  }
}
