import { Policy, type Receipt, policyCaller } from '@app/event-store';
import type { Recorded, RecordedOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { CommunityEvent } from '../domain/community.events.js';
import { ProposeRootCircle } from '../write/convening.commands.js';

/** A community begins with its root circle, whose founder is its first member. */
@Injectable()
export class WhenCommunityFoundedThenProposeRootCircle extends Policy {
  override readonly name = 'when-community-founded-then-propose-root-circle';
  override readonly on = {
    CommunityFounded: (fact: Recorded) => this.propose(fact as RecordedOf<CommunityEvent, 'CommunityFounded'>),
  };

  constructor(private readonly commands: CommandBus) {
    super();
  }

  private propose(fact: RecordedOf<CommunityEvent, 'CommunityFounded'>): Promise<Receipt> {
    const { rootCircleId: circleId, zone, founder, root } = fact.data;
    const caller = policyCaller(this.name, fact, circleId);
    return this.commands.execute(new ProposeRootCircle(caller, { circleId, zone, founder, ...root }));
  }
}
