import type { Caller, Receipt } from '@app/event-store';
import type { CivilDate } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { DecisionRef } from '../domain/circle.js';
import { admitMember, leaveCircle, removeMember, withdrawFromCircle } from '../domain/membership.js';
import { CircleDesk } from './circle-desk.js';

/** An active circle decided to admit a person. Sent by the policy of that decision. */
export class AdmitMember extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: {
      readonly circleId: string;
      readonly memberId: string;
      readonly splitPlan?: { readonly plan: string | null; readonly due: CivilDate };
      readonly decision: DecisionRef;
    },
  ) {
    super();
  }
}

@CommandHandler(AdmitMember)
export class AdmitMemberHandler implements ICommandHandler<AdmitMember> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: AdmitMember): Promise<Receipt> {
    return this.desk.write('AdmitMember', caller, input, (circle, scene) =>
      admitMember(circle, { ...scene, ...input }),
    );
  }
}

/** An active circle decided that somebody is a member no longer. Sent by the policy of that decision. */
export class RemoveMember extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string; readonly memberId: string; readonly decision: DecisionRef },
  ) {
    super();
  }
}

@CommandHandler(RemoveMember)
export class RemoveMemberHandler implements ICommandHandler<RemoveMember> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: RemoveMember): Promise<Receipt> {
    return this.desk.write('RemoveMember', caller, input, (circle, scene) =>
      removeMember(circle, { ...scene, ...input }),
    );
  }
}

/** The caller leaves the circle, with what they want to hand over. */
export class LeaveCircle extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string; readonly handover?: string },
  ) {
    super();
  }
}

@CommandHandler(LeaveCircle)
export class LeaveCircleHandler implements ICommandHandler<LeaveCircle> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: LeaveCircle): Promise<Receipt> {
    const { handover } = input;
    return this.desk.write('LeaveCircle', caller, input, (circle, scene) =>
      leaveCircle(circle, { ...scene, memberId: caller.member, handover }),
    );
  }
}

/** Whatever a person was in the circle ends, since they left the community. Sent by the policy of that departure. */
export class WithdrawFromCircle extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string; readonly memberId: string },
  ) {
    super();
  }
}

@CommandHandler(WithdrawFromCircle)
export class WithdrawFromCircleHandler implements ICommandHandler<WithdrawFromCircle> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: WithdrawFromCircle): Promise<Receipt> {
    return this.desk.write('WithdrawFromCircle', caller, input, (circle, scene) =>
      withdrawFromCircle(circle, { ...scene, memberId: input.memberId }),
    );
  }
}
