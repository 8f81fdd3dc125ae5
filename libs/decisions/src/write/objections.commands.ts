import type { Caller, Receipt } from '@app/event-store';
import { derivedId } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import * as objections from '../domain/objections.js';
import type { integrationOptions } from '../domain/proposal.events.js';
import { ProposalDesk } from './proposal-desk.js';

interface OnObjection {
  readonly proposalId: string;
  readonly objectionId: string;
}

/** A way to meet an objection, offered to the circle. Its id comes from the command's. */
export class ProposeIntegration extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnObjection & { readonly option: (typeof integrationOptions)[number]; readonly text?: string },
  ) {
    super();
  }
}

@CommandHandler(ProposeIntegration)
export class ProposeIntegrationHandler implements ICommandHandler<ProposeIntegration> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: ProposeIntegration): Promise<Receipt> {
    const { objectionId, option, text } = input;
    const integrationId = derivedId(caller.community, caller.member, 'ProposeIntegration', caller.commandId);
    return this.desk.write({ command: 'ProposeIntegration', caller, input }, (state, scene) =>
      objections.proposeIntegration(state, { ...scene, objectionId, integrationId, option, text }),
    );
  }
}

/** The objector's own word, or the adopter's, on the latest version; in an open round it withdraws the objection. */
export class ConfirmResolved extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnObjection & { readonly version: number },
  ) {
    super();
  }
}

@CommandHandler(ConfirmResolved)
export class ConfirmResolvedHandler implements ICommandHandler<ConfirmResolved> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: ConfirmResolved): Promise<Receipt> {
    const { objectionId, version } = input;
    return this.desk.write({ command: 'ConfirmResolved', caller, input }, (state, scene) =>
      objections.confirmResolved(state, { ...scene, objectionId, version }),
    );
  }
}

/** Takes over, in one's own words, the objection of somebody who left the circle. */
export class AdoptObjection extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnObjection & { readonly argument: string; readonly affects: string },
  ) {
    super();
  }
}

@CommandHandler(AdoptObjection)
export class AdoptObjectionHandler implements ICommandHandler<AdoptObjection> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: AdoptObjection): Promise<Receipt> {
    const { objectionId, argument, affects } = input;
    return this.desk.write({ command: 'AdoptObjection', caller, input }, (state, scene) =>
      objections.adoptObjection(state, { ...scene, objectionId, argument, affects }),
    );
  }
}
