import { Answering, callerOf, CurrentViewer, resultOf, Viewer } from '@app/graph';
import type { Receipt } from '@app/event-store';
import { Clock } from '@app/kernel';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Command } from '@nestjs/cqrs';
import type { Office } from '../domain/rules.js';
import { CircleQueries } from '../read/circles.query.js';
import { AcceptConvening } from '../write/convening.commands.js';
import { EndExpertAssignment } from '../write/experts.commands.js';
import {
  AcceptAdmission,
  ActivateCircle,
  DeclineAdmission,
  OfferAdmission,
  StepBackAsSecretary,
  VolunteerAsSecretary,
} from '../write/forming.commands.js';
import { LeaveCircle } from '../write/membership.commands.js';
import { ResignOffice } from '../write/offices.commands.js';
import {
  CircleInput,
  DeclineAdmissionInput,
  LeaveCircleInput,
  OfferAdmissionInput,
  ResignOfficeInput,
  StepBackAsExpertInput,
} from './circle.inputs.js';
import { circleView } from './circle.resolver.js';
import { CircleView } from './circle.types.js';

const result = (verb: string) => resultOf(`${verb}Result`, () => CircleView);
const AcceptConveningResult = result('AcceptConvening');
const OfferAdmissionResult = result('OfferAdmission');
const AcceptAdmissionResult = result('AcceptAdmission');
const DeclineAdmissionResult = result('DeclineAdmission');
const VolunteerAsSecretaryResult = result('VolunteerAsSecretary');
const StepBackAsSecretaryResult = result('StepBackAsSecretary');
const ActivateCircleResult = result('ActivateCircle');
const LeaveCircleResult = result('LeaveCircle');
const ResignOfficeResult = result('ResignOffice');
const StepBackAsExpertResult = result('StepBackAsExpert');

/** What a person does in a circle by themselves. Whatever needs a decision has no mutation: it is the effect of a proposal. */
@Resolver()
export class CircleMutationsResolver {
  constructor(
    private readonly answering: Answering,
    private readonly queries: CircleQueries,
    private readonly clock: Clock,
  ) {}

  @Mutation(() => AcceptConveningResult, {
    description: 'Accept to convene, and lead, a circle that its parent decided.',
  })
  acceptConvening(@CurrentViewer() viewer: Viewer, @Args('input') { circleId, commandId }: CircleInput) {
    return this.answer(viewer, circleId, new AcceptConvening(callerOf(viewer, commandId), { circleId }));
  }

  @Mutation(() => OfferAdmissionResult, { description: 'The convener offers a place in a forming circle.' })
  offerAdmission(
    @CurrentViewer() viewer: Viewer,
    @Args('input') { commandId, circleId, memberId }: OfferAdmissionInput,
  ) {
    return this.answer(viewer, circleId, new OfferAdmission(callerOf(viewer, commandId), { circleId, memberId }));
  }

  @Mutation(() => AcceptAdmissionResult)
  acceptAdmission(@CurrentViewer() viewer: Viewer, @Args('input') { circleId, commandId }: CircleInput) {
    return this.answer(viewer, circleId, new AcceptAdmission(callerOf(viewer, commandId), { circleId }));
  }

  @Mutation(() => DeclineAdmissionResult)
  declineAdmission(
    @CurrentViewer() viewer: Viewer,
    @Args('input') { commandId, circleId, memberId }: DeclineAdmissionInput,
  ) {
    const input = memberId === undefined || memberId === null ? { circleId } : { circleId, memberId };
    return this.answer(viewer, circleId, new DeclineAdmission(callerOf(viewer, commandId), input));
  }

  @Mutation(() => VolunteerAsSecretaryResult, { description: 'Act as secretary while the circle forms.' })
  volunteerAsSecretary(@CurrentViewer() viewer: Viewer, @Args('input') { circleId, commandId }: CircleInput) {
    return this.answer(viewer, circleId, new VolunteerAsSecretary(callerOf(viewer, commandId), { circleId }));
  }

  @Mutation(() => StepBackAsSecretaryResult)
  stepBackAsSecretary(@CurrentViewer() viewer: Viewer, @Args('input') { circleId, commandId }: CircleInput) {
    return this.answer(viewer, circleId, new StepBackAsSecretary(callerOf(viewer, commandId), { circleId }));
  }

  @Mutation(() => ActivateCircleResult, { description: 'What is still missing is named in the refusal.' })
  activateCircle(@CurrentViewer() viewer: Viewer, @Args('input') { circleId, commandId }: CircleInput) {
    return this.answer(viewer, circleId, new ActivateCircle(callerOf(viewer, commandId), { circleId }));
  }

  @Mutation(() => LeaveCircleResult, { description: 'Anyone may leave, at any time.' })
  leaveCircle(@CurrentViewer() viewer: Viewer, @Args('input') { commandId, circleId, handover }: LeaveCircleInput) {
    const input = handover ? { circleId, handover } : { circleId };
    return this.answer(viewer, circleId, new LeaveCircle(callerOf(viewer, commandId), input));
  }

  @Mutation(() => ResignOfficeResult)
  resignOffice(@CurrentViewer() viewer: Viewer, @Args('input') input: ResignOfficeInput) {
    const { commandId, circleId, handover } = input;
    const office = input.office as Office;
    const given = handover ? { circleId, office, handover } : { circleId, office };
    return this.answer(viewer, circleId, new ResignOffice(callerOf(viewer, commandId), given));
  }

  @Mutation(() => StepBackAsExpertResult, { description: 'An expert ends their own assignment.' })
  stepBackAsExpert(@CurrentViewer() viewer: Viewer, @Args('input') { commandId, circleId }: StepBackAsExpertInput) {
    const input = { circleId, expertId: viewer.memberId };
    return this.answer(viewer, circleId, new EndExpertAssignment(callerOf(viewer, commandId), input));
  }

  private answer(viewer: Viewer, circleId: string, command: Command<Receipt>) {
    return this.answering.answer(viewer, command, async () => {
      const [row] = await this.queries.circles([circleId]);
      return row === undefined ? null : circleView(row, { instant: this.clock.now() });
    });
  }
}
