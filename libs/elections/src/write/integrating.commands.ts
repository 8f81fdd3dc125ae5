import type { Caller, Receipt } from '@app/event-store';
import { derivedId } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  adoptElectionObjection,
  confirmElectionIntegration,
  type Offer,
  proposeElectionIntegration,
} from '../domain/integrating.js';
import { Floor, type OnElection } from './floor.js';

/** Offers a way to integrate an objection. */
export class ProposeElectionIntegration extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection & Omit<Offer, 'integrationId'>,
  ) {
    super();
  }
}

@CommandHandler(ProposeElectionIntegration)
export class ProposeElectionIntegrationHandler implements ICommandHandler<ProposeElectionIntegration> {
  constructor(private readonly floor: Floor) {}

  execute(command: ProposeElectionIntegration): Promise<Receipt> {
    const { caller, input } = command;
    const integrationId = derivedId(caller.community, caller.member, 'ProposeElectionIntegration', caller.commandId);
    return this.floor.act(command, 'ProposeElectionIntegration', (state, setting) =>
      proposeElectionIntegration(state, { ...setting, ...input, integrationId }),
    );
  }
}

/** The objector's own word that their objection is resolved. */
export class ConfirmElectionIntegration extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection & { readonly objectionId: string; readonly integrationId?: string },
  ) {
    super();
  }
}

@CommandHandler(ConfirmElectionIntegration)
export class ConfirmElectionIntegrationHandler implements ICommandHandler<ConfirmElectionIntegration> {
  constructor(private readonly floor: Floor) {}

  execute(command: ConfirmElectionIntegration): Promise<Receipt> {
    return this.floor.act(command, 'ConfirmElectionIntegration', (state, setting) =>
      confirmElectionIntegration(state, { ...setting, ...command.input }),
    );
  }
}

/** Takes over the objection of somebody who left the circle. */
export class AdoptElectionObjection extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection & { readonly objectionId: string; readonly argument: string },
  ) {
    super();
  }
}

@CommandHandler(AdoptElectionObjection)
export class AdoptElectionObjectionHandler implements ICommandHandler<AdoptElectionObjection> {
  constructor(private readonly floor: Floor) {}

  execute(command: AdoptElectionObjection): Promise<Receipt> {
    return this.floor.act(command, 'AdoptElectionObjection', (state, setting) =>
      adoptElectionObjection(state, { ...setting, ...command.input }),
    );
  }
}
