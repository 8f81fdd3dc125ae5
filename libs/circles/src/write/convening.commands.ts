import { actOf, type Caller, type Receipt, Streams } from '@app/event-store';
import { civilDateOf, Clock, endOf, plusMonths } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { type Circle, circle, type DecisionRef, type DomainItem } from '../domain/circle.js';
import { delegateToNewCircle } from '../domain/domain-items.js';
import { acceptConvening, proposeCircle, proposeRootCircle } from '../domain/founding.js';
import { type Category, methodRules } from '../domain/rules.js';
import { CircleDesk } from './circle-desk.js';
import { CircleFolds } from './circle-folds.js';

/** The root circle of a community that was founded. Sent by the policy that follows the founding. */
export class ProposeRootCircle extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: {
      readonly circleId: string;
      readonly zone: string;
      readonly founder: string;
      readonly name: string | null;
      readonly aim: string | null;
      readonly domain: readonly DomainItem[];
      readonly category: Category;
      readonly meetingsPerYear: number;
    },
  ) {
    super();
  }
}

@CommandHandler(ProposeRootCircle)
export class ProposeRootCircleHandler implements ICommandHandler<ProposeRootCircle> {
  constructor(private readonly streams: Streams) {}

  execute({ caller, input }: ProposeRootCircle): Promise<Receipt> {
    const { circleId, zone, founder, name, aim, domain, category, meetingsPerYear } = input;
    const proposal = { circleId, communityId: caller.community, zone, name, aim, domain, category, meetingsPerYear };
    const founding = { ...proposal, convener: founder, rules: methodRules, by: caller.member };
    const act = actOf(caller, { command: 'ProposeRootCircle', input, circle: circleId });
    return this.streams.write(circle, circleId, act, (state) => proposeRootCircle(state, founding));
  }
}

/**
 * A sub-circle, by its parent's decision: the parent's stream delegates the domain items, then the circle is proposed with the parent's
 * rules of that moment. Sent again after a crash in between, it completes. The leader convenes.
 */
export class ProposeCircle extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: {
      /** The new circle's id. */
      readonly circleId: string;
      /** The circle that decided. */
      readonly parentId: string;
      readonly name: string | null;
      readonly aim: string | null;
      /** Ids of items of the parent's domain. */
      readonly items: readonly string[];
      readonly leader: string;
      readonly leaderTermMonths: number;
      readonly category: Category;
      readonly meetingsPerYear: number;
      readonly decision: DecisionRef;
    },
  ) {
    super();
  }
}

@CommandHandler(ProposeCircle)
export class ProposeCircleHandler implements ICommandHandler<ProposeCircle> {
  constructor(
    private readonly streams: Streams,
    private readonly folds: CircleFolds,
    private readonly clock: Clock,
  ) {}

  async execute(command: ProposeCircle): Promise<Receipt> {
    const { circle: parent } = await this.folds.circle(command.input.parentId, command.caller.community);
    const from = civilDateOf(this.clock.now(), parent.zone);
    const term = { from, to: endOf(plusMonths(from, command.input.leaderTermMonths), parent.zone) };
    await this.delegate(command, parent, term);
    return this.propose(command, term);
  }

  private async delegate({ caller, input }: ProposeCircle, parent: Circle, term: LeaderTerm): Promise<void> {
    const { circleId, parentId, items, leader, meetingsPerYear, decision } = input;
    const now = this.clock.now();
    const seats = await this.folds.seatsIn(parent, now);
    const { community } = await this.folds.community(caller.community);
    const exists = await this.folds.exists(circleId);
    const delegation = { subCircleId: circleId, items, decision, by: caller.member, exists };
    const convening = { leader, term, meetingsPerYear, communityMembers: community.members };
    const act = actOf(caller, { command: 'DelegateDomain', input, circle: parentId });
    await this.streams.write(circle, parentId, act, (state) =>
      delegateToNewCircle(state, { ...delegation, ...convening, seats, now }),
    );
  }

  private async propose({ caller, input }: ProposeCircle, leaderTerm: LeaderTerm): Promise<Receipt> {
    const { circleId, parentId, name, aim, items, leader, category, meetingsPerYear, decision } = input;
    const { circle: parent } = await this.folds.circle(parentId, caller.community);
    const { communityId, zone, rules } = parent;
    const domain = parent.domain.filter(
      ({ itemId, delegatedTo }) => items.includes(itemId) && delegatedTo === circleId,
    );
    const proposal = { circleId, communityId, parentId, zone, name, aim, domain, category, meetingsPerYear, rules };
    const people = { leader, leaderTerm, convener: leader, by: caller.member };
    const act = actOf(caller, { command: 'ProposeCircle', input, circle: circleId });
    return this.streams.write(circle, circleId, act, (state) =>
      proposeCircle(state, { ...proposal, ...people, decision }),
    );
  }
}
type LeaderTerm = Parameters<typeof proposeCircle>[1]['leaderTerm'];

/** The convener takes up the task: the circle begins to form, and they are its first member. */
export class AcceptConvening extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly circleId: string },
  ) {
    super();
  }
}

@CommandHandler(AcceptConvening)
export class AcceptConveningHandler implements ICommandHandler<AcceptConvening> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: AcceptConvening): Promise<Receipt> {
    return this.desk.write('AcceptConvening', caller, input, acceptConvening);
  }
}
