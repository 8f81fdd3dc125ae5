import type { Caller, Receipt } from '@app/event-store';
import { derivedId } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { changeNomination, giveReason, openChanges, openReasons } from '../domain/reasons.js';
import { Floor, type OnElection } from './floor.js';
import { type Spoken, voiceOf } from './voice.js';

/** Opens the round of reasons. */
export class OpenReasons extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection,
  ) {
    super();
  }
}

@CommandHandler(OpenReasons)
export class OpenReasonsHandler implements ICommandHandler<OpenReasons> {
  constructor(private readonly floor: Floor) {}

  execute(command: OpenReasons): Promise<Receipt> {
    return this.floor.act(command, 'OpenReasons', openReasons);
  }
}

/** Says why, about whom one named. */
export class GiveReason extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection & Spoken & { readonly text: string },
  ) {
    super();
  }
}

@CommandHandler(GiveReason)
export class GiveReasonHandler implements ICommandHandler<GiveReason> {
  constructor(private readonly floor: Floor) {}

  execute(command: GiveReason): Promise<Receipt> {
    const { caller, input } = command;
    const reasonId = derivedId(caller.community, caller.member, 'GiveReason', caller.commandId);
    const said = { voice: voiceOf(command), reasonId, text: input.text };
    return this.floor.act(command, 'GiveReason', (state, setting) => giveReason(state, { ...setting, ...said }));
  }
}

/** Opens the change round. */
export class OpenChanges extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection,
  ) {
    super();
  }
}

@CommandHandler(OpenChanges)
export class OpenChangesHandler implements ICommandHandler<OpenChanges> {
  constructor(private readonly floor: Floor) {}

  execute(command: OpenChanges): Promise<Receipt> {
    return this.floor.act(command, 'OpenChanges', openChanges);
  }
}

/** Moves a nomination to another name, with a reason. */
export class ChangeNomination extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection & Spoken & { readonly to: string; readonly reason: string },
  ) {
    super();
  }
}

@CommandHandler(ChangeNomination)
export class ChangeNominationHandler implements ICommandHandler<ChangeNomination> {
  constructor(private readonly floor: Floor) {}

  execute(command: ChangeNomination): Promise<Receipt> {
    const { caller, input } = command;
    const reasonId = derivedId(caller.community, caller.member, 'ChangeNomination', caller.commandId);
    const change = { voice: voiceOf(command), reasonId, to: input.to, reason: input.reason };
    return this.floor.act(command, 'ChangeNomination', (state, setting) =>
      changeNomination(state, { ...setting, ...change }),
    );
  }
}
