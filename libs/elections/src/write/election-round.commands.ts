import type { Caller, Receipt } from '@app/event-store';
import { derivedId } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  closeElectionRound,
  disputeElectionAnswer,
  giveElectionConsent,
  openElectionConsent,
  raiseElectionObjection,
} from '../domain/consent.js';
import { Floor, type OnElection } from './floor.js';
import { type Spoken, voiceOf } from './voice.js';

type Answering = OnElection & Spoken & { readonly roundId: string };

/** Opens the consent round on the person proposed. */
export class OpenElectionConsent extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection,
  ) {
    super();
  }
}

@CommandHandler(OpenElectionConsent)
export class OpenElectionConsentHandler implements ICommandHandler<OpenElectionConsent> {
  constructor(private readonly floor: Floor) {}

  execute(command: OpenElectionConsent): Promise<Receipt> {
    const { caller } = command;
    const roundId = derivedId(caller.community, caller.member, 'OpenElectionConsent', caller.commandId);
    return this.floor.act(command, 'OpenElectionConsent', (state, setting) =>
      openElectionConsent(state, { ...setting, roundId }),
    );
  }
}

/** No objection, with a concern or without. */
export class GiveElectionConsent extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: Answering & { readonly concern?: string },
  ) {
    super();
  }
}

@CommandHandler(GiveElectionConsent)
export class GiveElectionConsentHandler implements ICommandHandler<GiveElectionConsent> {
  constructor(private readonly floor: Floor) {}

  execute(command: GiveElectionConsent): Promise<Receipt> {
    const { roundId, concern } = command.input;
    const answer = { voice: voiceOf(command), roundId, concern };
    return this.floor.act(command, 'GiveElectionConsent', (state, setting) =>
      giveElectionConsent(state, { ...setting, ...answer }),
    );
  }
}

/** A reasoned objection. */
export class RaiseElectionObjection extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: Answering & { readonly argument: string },
  ) {
    super();
  }
}

@CommandHandler(RaiseElectionObjection)
export class RaiseElectionObjectionHandler implements ICommandHandler<RaiseElectionObjection> {
  constructor(private readonly floor: Floor) {}

  execute(command: RaiseElectionObjection): Promise<Receipt> {
    const { caller, input } = command;
    const objectionId = derivedId(caller.community, caller.member, 'RaiseElectionObjection', caller.commandId);
    const answer = { voice: voiceOf(command), roundId: input.roundId, objectionId, argument: input.argument };
    return this.floor.act(command, 'RaiseElectionObjection', (state, setting) =>
      raiseElectionObjection(state, { ...setting, ...answer }),
    );
  }
}

/** Says that an answer entered in one's name was not one's own. */
export class DisputeElectionAnswer extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection & { readonly roundId: string },
  ) {
    super();
  }
}

@CommandHandler(DisputeElectionAnswer)
export class DisputeElectionAnswerHandler implements ICommandHandler<DisputeElectionAnswer> {
  constructor(private readonly floor: Floor) {}

  execute(command: DisputeElectionAnswer): Promise<Receipt> {
    const { roundId } = command.input;
    return this.floor.act(command, 'DisputeElectionAnswer', (state, setting) =>
      disputeElectionAnswer(state, { ...setting, roundId }),
    );
  }
}

/** Closes a round that somebody left, or lets go of objections nobody adopted. */
export class CloseElectionRound extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection,
  ) {
    super();
  }
}

@CommandHandler(CloseElectionRound)
export class CloseElectionRoundHandler implements ICommandHandler<CloseElectionRound> {
  constructor(private readonly floor: Floor) {}

  execute(command: CloseElectionRound): Promise<Receipt> {
    return this.floor.act(command, 'CloseElectionRound', closeElectionRound);
  }
}
