import { actOf, type Caller, type Receipt, Streams } from '@app/event-store';
import { Injectable } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { circle, type DecisionRef } from '../domain/circle.js';
import { changeAim, changeDomain, moveDomain } from '../domain/domain-items.js';
import { CircleDesk } from './circle-desk.js';
import { CircleFolds } from './circle-folds.js';

interface Move {
  readonly parentId: string;
  readonly subCircleId: string;
  readonly delegate: readonly string[];
  readonly takeBack: readonly string[];
  readonly decision: DecisionRef;
}

/**
 * Moves domain items between a parent and its sub-circle: first the parent's stream, which alone says where an item is (INV-03), then the
 * sub-circle's. Sent again after a crash in between, it completes.
 */
@Injectable()
export class DomainMover {
  constructor(
    private readonly streams: Streams,
    private readonly folds: CircleFolds,
  ) {}

  async move(caller: Caller, input: object, move: Move): Promise<Receipt> {
    const { parentId, subCircleId, delegate, takeBack, decision } = move;
    const by = caller.member;
    await this.folds.circle(parentId, caller.community);
    const { circle: subCircle } = await this.folds.circle(subCircleId, caller.community);
    const inParent = actOf(caller, { command: 'ChangeDomain', input, circle: parentId });
    await this.streams.write(circle, parentId, inParent, (state) =>
      moveDomain(state, { subCircleId, delegate, takeBack, decision, by, subCircle }),
    );
    const { circle: parent } = await this.folds.circle(parentId, caller.community);
    const add = parent.domain.filter(({ itemId }) => delegate.includes(itemId));
    const inSubCircle = actOf(caller, { command: 'ChangeDomain', input, circle: subCircleId });
    return this.streams.write(circle, subCircleId, inSubCircle, (state) =>
      changeDomain(state, { add, remove: takeBack, decision, decidedIn: parentId, by }),
    );
  }
}

/** A circle's domain changes: the root's by its own decision, a sub-circle's by its parent's, whose items it then receives or returns. */
export class ChangeDomain extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: {
      readonly circleId: string;
      /** The circle that decided. */
      readonly decidedIn: string;
      /** For a sub-circle only the ids count: the words are its parent's. */
      readonly add: readonly { readonly itemId: string; readonly text: string | null }[];
      readonly remove: readonly string[];
      readonly decision: DecisionRef;
    },
  ) {
    super();
  }
}

@CommandHandler(ChangeDomain)
export class ChangeDomainHandler implements ICommandHandler<ChangeDomain> {
  constructor(
    private readonly desk: CircleDesk,
    private readonly mover: DomainMover,
  ) {}

  execute({ caller, input }: ChangeDomain): Promise<Receipt> {
    const { circleId, decidedIn, add, remove, decision } = input;
    if (decidedIn === circleId)
      return this.desk.write('ChangeDomain', caller, input, (state, { by }) =>
        changeDomain(state, { add, remove, decision, decidedIn, by }),
      );
    const delegate = add.map(({ itemId }) => itemId);
    const move = { parentId: decidedIn, subCircleId: circleId, delegate, takeBack: remove, decision };
    return this.mover.move(caller, input, move);
  }
}

/** A circle's aim changes: the root's by its own decision, a sub-circle's by its parent's. */
export class ChangeAim extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: {
      readonly circleId: string;
      readonly decidedIn: string;
      readonly aim: string | null;
      readonly decision: DecisionRef;
    },
  ) {
    super();
  }
}

@CommandHandler(ChangeAim)
export class ChangeAimHandler implements ICommandHandler<ChangeAim> {
  constructor(private readonly desk: CircleDesk) {}

  execute({ caller, input }: ChangeAim): Promise<Receipt> {
    const { aim, decision, decidedIn } = input;
    return this.desk.write('ChangeAim', caller, input, (state, { by }) =>
      changeAim(state, { aim, decision, decidedIn, by }),
    );
  }
}
