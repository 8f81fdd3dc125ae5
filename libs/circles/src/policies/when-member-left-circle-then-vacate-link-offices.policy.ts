import { forEachTarget, Policy, type Receipt, policyCaller } from '@app/event-store';
import type { Recorded, RecordedOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { CircleEvent } from '../domain/circle.events.js';
import { VacateLinkOffice } from '../write/offices.commands.js';

/** Who leaves a circle in which they sat as link of sub-circles is their link no longer: the office ends there. */
@Injectable()
export class WhenMemberLeftCircleThenVacateLinkOffices extends Policy {
  override readonly name = 'when-member-left-circle-then-vacate-link-offices';
  override readonly on = {
    MemberLeftCircle: (fact: Recorded) => this.vacate(fact as RecordedOf<CircleEvent, 'MemberLeftCircle'>),
  };

  constructor(private readonly commands: CommandBus) {
    super();
  }

  private vacate(fact: RecordedOf<CircleEvent, 'MemberLeftCircle'>): Promise<Receipt[]> {
    return forEachTarget(fact.data.linksEnded, ({ subCircleId: circleId, termId }) => {
      const caller = policyCaller(this.name, fact, termId);
      return this.commands.execute(new VacateLinkOffice(caller, { circleId, termId }));
    });
  }
}
