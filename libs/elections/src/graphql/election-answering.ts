import type { Caller, Receipt } from '@app/event-store';
import { Answering, callerOf, GraphContext, Viewer } from '@app/graph';
import { idOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { Command } from '@nestjs/cqrs';
import type { ClickInput } from './election.inputs.js';
import { ElectionsShown } from './elections-shown.js';

/** How every mutation on elections answers: the input as it came, nothing for what was not said, then the election as it stands. */
@Injectable()
export class ElectionAnswering {
  constructor(
    private readonly answering: Answering,
    private readonly shown: ElectionsShown,
  ) {}

  answer<I extends ClickInput>(
    viewer: Viewer,
    context: GraphContext,
    { commandId, ...given }: I,
    Sent: new (caller: Caller, input: Omit<I, 'commandId'>) => Command<Receipt>,
  ) {
    const said = Object.entries(given).filter(([, value]) => value !== undefined && value !== null);
    const command = new Sent(callerOf(viewer, commandId), Object.fromEntries(said) as Omit<I, 'commandId'>);
    return this.answering.answer(viewer, command, ({ stream }) => this.shown.fresh(viewer, idOf(stream), context));
  }
}
