import type { Caller, Receipt } from '@app/event-store';
import { type CivilDate, endOf } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type DecisionRef, existing } from '../domain/circle.js';
import { assignExpert, endExpertAssignment } from '../domain/experts.js';
import { CircleDesk } from './circle-desk.js';

/** The circle decided by whom it is supervised, from a day to a day. Sent by the policy of that decision. */
export class AssignExpert extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: {
      readonly circleId: string;
      readonly expertId: string;
      readonly from: CivilDate;
      /** Its last day. */
      readonly to: CivilDate;
      readonly decision: DecisionRef;
    },
  ) {
    super();
  }
}

@CommandHandler(AssignExpert)
export class AssignExpertHandler implements ICommandHandler<AssignExpert> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: AssignExpert): Promise<Receipt> {
    const { expertId, from, to, decision } = input;
    return this.desk.write('AssignExpert', caller, input, (circle, scene) =>
      assignExpert(circle, { ...scene, expertId, from, to: endOf(to, existing(circle).zone), decision }),
    );
  }
}

/** An assignment ends early: the expert steps back themselves, or the policy of the circle's decision sends this. */
export class EndExpertAssignment extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string; readonly expertId: string; readonly decision?: DecisionRef },
  ) {
    super();
  }
}

@CommandHandler(EndExpertAssignment)
export class EndExpertAssignmentHandler implements ICommandHandler<EndExpertAssignment> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: EndExpertAssignment): Promise<Receipt> {
    const { expertId, decision } = input;
    return this.desk.write('EndExpertAssignment', caller, input, (circle, { by }) =>
      endExpertAssignment(circle, { expertId, by, decision }),
    );
  }
}
