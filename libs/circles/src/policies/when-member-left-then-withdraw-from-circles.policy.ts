import { forEachTarget, Policy, type Receipt, policyCaller } from '@app/event-store';
import type { Recorded, RecordedOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { CommunityEvent } from '../domain/community.events.js';
import { CircleFolds } from '../write/circle-folds.js';
import { WithdrawFromCircle } from '../write/membership.commands.js';

/** Who leaves the community leaves every circle. The circles are folded from the root down: a read model might not know the newest seat. */
@Injectable()
export class WhenMemberLeftThenWithdrawFromCircles extends Policy {
  override readonly name = 'when-member-left-then-withdraw-from-circles';
  override readonly on = {
    MemberLeft: (fact: Recorded) => this.withdraw(fact as RecordedOf<CommunityEvent, 'MemberLeft'>),
  };

  constructor(
    private readonly commands: CommandBus,
    private readonly folds: CircleFolds,
  ) {
    super();
  }

  private async withdraw(fact: RecordedOf<CommunityEvent, 'MemberLeft'>): Promise<Receipt[]> {
    const { memberId } = fact.data;
    const { community } = await this.folds.community(fact.meta.community);
    return forEachTarget(await this.folds.circlesOf(community), ({ circleId }) => {
      const caller = policyCaller(this.name, fact, circleId);
      return this.commands.execute(new WithdrawFromCircle(caller, { circleId, memberId }));
    });
  }
}
