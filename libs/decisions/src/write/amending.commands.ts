import type { Caller, Receipt } from '@app/event-store';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import * as amending from '../domain/amending.js';
import type { Changes } from '../domain/content.js';
import { type EffectInput, effectFrom } from './effects.js';
import { ProposalDesk } from './proposal-desk.js';

/** The next version, written on `base`: what is not named stays, `null` takes away. */
export class AmendProposal extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: {
      readonly proposalId: string;
      readonly base: number;
      readonly changes: Omit<Changes, 'effect'> & { readonly effect?: EffectInput | null };
      readonly why: string;
      readonly substantial: boolean;
      readonly objectionIds?: readonly string[];
    },
  ) {
    super();
  }
}

@CommandHandler(AmendProposal)
export class AmendProposalHandler implements ICommandHandler<AmendProposal> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: AmendProposal): Promise<Receipt> {
    const { proposalId, base, why, substantial, objectionIds = [] } = input;
    const { effect: asked, ...rest } = input.changes;
    const effect = asked ? effectFrom(asked, proposalId, caller.commandId) : asked;
    const amendment = { base, why, substantial, objectionIds, changes: { ...rest, effect } };
    return this.desk.write({ command: 'AmendProposal', caller, input }, (state, scene) =>
      amending.amendProposal(state, { ...scene, ...amendment }),
    );
  }
}

/** The author leaves the text as it is. */
export class KeepVersion extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly proposalId: string },
  ) {
    super();
  }
}

@CommandHandler(KeepVersion)
export class KeepVersionHandler implements ICommandHandler<KeepVersion> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: KeepVersion): Promise<Receipt> {
    return this.desk.write({ command: 'KeepVersion', caller, input }, amending.keepVersion);
  }
}

/** The author's word on a version that another hand wrote. */
export class ConfirmStillMeetsNeed extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly proposalId: string; readonly version: number },
  ) {
    super();
  }
}

@CommandHandler(ConfirmStillMeetsNeed)
export class ConfirmStillMeetsNeedHandler implements ICommandHandler<ConfirmStillMeetsNeed> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: ConfirmStillMeetsNeed): Promise<Receipt> {
    return this.desk.write({ command: 'ConfirmStillMeetsNeed', caller, input }, (state, scene) =>
      amending.confirmStillMeetsNeed(state, { ...scene, version: input.version }),
    );
  }
}
