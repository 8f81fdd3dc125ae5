import { Policy, type Receipt, Streams, policyCaller } from '@app/event-store';
import { idOf, type Recorded, type RecordedOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { proposal } from '../domain/proposal.js';
import type { ProposalEvent } from '../domain/proposal.events.js';
import { WriteLogEntry } from '../write/outcome.commands.js';

/** Every decision has its entry in the circle's logbook (INV-52). */
@Injectable()
export class WhenDecisionReachedThenWriteLogEntry extends Policy {
  override readonly name = 'when-decision-reached-then-write-log-entry';
  override readonly on = {
    DecisionReached: (fact: Recorded) => this.enter(fact as RecordedOf<ProposalEvent, 'DecisionReached'>),
  };

  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {
    super();
  }

  private async enter(fact: RecordedOf<ProposalEvent, 'DecisionReached'>): Promise<Receipt> {
    const id = idOf(fact.stream);
    const { state } = await this.streams.load(proposal, id);
    if (state.phase === 'Absent') throw new Error(`${fact.stream} holds a decision and no proposal`);
    const { decidedOn: date, agreementId } = fact.data;
    const input = { circleId: state.circleId, subject: { kind: 'decision' as const, id }, date, agreementId };
    return this.commands.execute(new WriteLogEntry(policyCaller(this.name, fact, id), input));
  }
}
