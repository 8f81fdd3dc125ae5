import { isOutcome, Policy, type Receipt, policyCaller } from '@app/event-store';
import { idOf, type Recorded } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { PutAgreementInForce } from '../write/agreement.commands.js';
import { RecordEffectRefused } from '../write/outcome.commands.js';
import { detailsOf } from './details.js';

/**
 * A decision is in force from the moment it is reached. Where it changes an agreement that another decision changed first, that agreement
 * says no: the decision stands, and the refusal comes back to its proposal.
 */
@Injectable()
export class WhenDecisionReachedThenAgreementTakesEffect extends Policy {
  override readonly name = 'when-decision-reached-then-agreement-takes-effect';
  override readonly on = { DecisionReached: (fact: Recorded) => this.takeEffect(fact) };

  constructor(private readonly commands: CommandBus) {
    super();
  }

  private async takeEffect(fact: Recorded): Promise<Receipt> {
    const proposalId = idOf(fact.stream);
    try {
      const caller = policyCaller(this.name, fact, proposalId);
      return await this.commands.execute(new PutAgreementInForce(caller, { proposalId }));
    } catch (error) {
      if (!isOutcome(error)) throw error;
      const told = { proposalId, code: error.code, details: detailsOf(error.details) };
      return this.commands.execute(new RecordEffectRefused(policyCaller(this.name, fact, 'refused'), told));
    }
  }
}
