import type { Caller, Receipt } from '@app/event-store';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { handOverLead, type Naming, proposeNominee } from '../domain/proposing.js';
import { Floor, type OnElection } from './floor.js';

/** Proposes one of the names, on the strength of reasons that are cited. */
export class ProposeNominee extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection & Naming,
  ) {
    super();
  }
}

@CommandHandler(ProposeNominee)
export class ProposeNomineeHandler implements ICommandHandler<ProposeNominee> {
  constructor(private readonly floor: Floor) {}

  execute(command: ProposeNominee): Promise<Receipt> {
    return this.floor.act(command, 'ProposeNominee', (state, setting) =>
      proposeNominee(state, { ...setting, ...command.input }),
    );
  }
}

/** Gives the proposing and consent phases to somebody else; `to` absent: the next in order. */
export class HandOverLead extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection & { readonly to?: string },
  ) {
    super();
  }
}

@CommandHandler(HandOverLead)
export class HandOverLeadHandler implements ICommandHandler<HandOverLead> {
  constructor(private readonly floor: Floor) {}

  execute(command: HandOverLead): Promise<Receipt> {
    return this.floor.act(command, 'HandOverLead', (state, setting) =>
      handOverLead(state, { ...setting, to: command.input.to }),
    );
  }
}
