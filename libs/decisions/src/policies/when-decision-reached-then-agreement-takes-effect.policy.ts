import { Policy, type Receipt, policyCaller } from '@app/event-store';
import { idOf, type Recorded } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { PutAgreementInForce } from '../write/outcome.commands.js';

/** A decision is in force from the moment it is reached. */
@Injectable()
export class WhenDecisionReachedThenAgreementTakesEffect extends Policy {
  override readonly name = 'when-decision-reached-then-agreement-takes-effect';
  override readonly on = { DecisionReached: (fact: Recorded) => this.takeEffect(fact) };

  constructor(private readonly commands: CommandBus) {
    super();
  }

  private takeEffect(fact: Recorded): Promise<Receipt> {
    const proposalId = idOf(fact.stream);
    return this.commands.execute(new PutAgreementInForce(policyCaller(this.name, fact, proposalId), { proposalId }));
  }
}
