import {
  AcceptAimAndDomain,
  AdmitMember,
  AssignExpert,
  ChangeAim,
  ChangeDomain,
  EndExpertAssignment,
  ProposeCircle,
  RemoveMember,
} from '@app/circles';
import { type Caller, Policy, type Receipt, Streams, policyCaller, isOutcome } from '@app/event-store';
import { idOf, type Recorded, type RecordedOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { type Command, CommandBus } from '@nestjs/cqrs';
import type { Effect } from '../domain/effect.js';
import { proposal } from '../domain/proposal.js';
import type { ProposalEvent } from '../domain/proposal.events.js';
import { RecordEffectRefused } from '../write/outcome.commands.js';
import { detailsOf } from './details.js';

type Reached = RecordedOf<ProposalEvent, 'DecisionReached'>;
type Decision = { readonly proposalId: string; readonly version: number };

/**
 * A decision's output is the change: what its version says it changes is done, and nobody types it again. When the target says no, the
 * decision stands and the proposal gets `EffectRefused`.
 */
@Injectable()
export class WhenDecisionReachedThenApplyItsEffect extends Policy {
  override readonly name = 'when-decision-reached-then-apply-its-effect';
  override readonly on = { DecisionReached: (fact: Recorded) => this.apply(fact as Reached) };

  constructor(
    private readonly commands: CommandBus,
    private readonly streams: Streams,
  ) {
    super();
  }

  private async apply(fact: Reached): Promise<Receipt | undefined> {
    if (fact.data.effectKind === undefined) return undefined;
    const proposalId = idOf(fact.stream);
    const { version } = fact.data;
    const { state } = await this.streams.load(proposal, proposalId);
    const decided = 'versions' in state ? state.versions.find(({ number }) => number === version) : undefined;
    const effect = decided?.content.effect;
    if (effect === undefined || state.phase === 'Absent') throw new Error(`${fact.stream} decided an effect it lacks`);
    const caller = policyCaller(this.name, fact, effect.kind);
    try {
      const command = commandFor(effect, state.circleId, { proposalId, version }, caller);
      return await this.commands.execute<Command<Receipt>, Receipt>(command);
    } catch (error) {
      if (!isOutcome(error)) throw error;
      const told = { proposalId, code: error.code, details: detailsOf(error.details) };
      return this.commands.execute(new RecordEffectRefused(policyCaller(this.name, fact, 'refused'), told));
    }
  }
}

function commandFor(effect: Effect, circleId: string, decision: Decision, caller: Caller): Command<Receipt> {
  switch (effect.kind) {
    case 'acceptAimAndDomain':
      return new AcceptAimAndDomain(caller, { circleId, decision });
    case 'admitMember': {
      const { memberId, splitPlan } = effect;
      return new AdmitMember(caller, {
        circleId,
        memberId,
        ...(splitPlan === undefined ? {} : { splitPlan }),
        decision,
      });
    }
    case 'removeMember':
      return new RemoveMember(caller, { circleId, memberId: effect.memberId, decision });
    case 'conveneCircle': {
      const { kind: _, ...circle } = effect;
      return new ProposeCircle(caller, { ...circle, parentId: circleId, decision });
    }
    case 'assignExpert': {
      const { expertId, from, to } = effect;
      return new AssignExpert(caller, { circleId, expertId, from, to, decision });
    }
    case 'unassignExpert':
      return new EndExpertAssignment(caller, { circleId, expertId: effect.expertId, decision });
    case 'changeAim': {
      const { aim } = effect;
      return new ChangeAim(caller, { circleId: effect.circleId, decidedIn: circleId, aim, decision });
    }
    case 'changeDomain': {
      const { add, remove } = effect;
      return new ChangeDomain(caller, { circleId: effect.circleId, decidedIn: circleId, add, remove, decision });
    }
  }
}
