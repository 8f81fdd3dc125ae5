import type { Caller, Receipt } from '@app/event-store';
import { derivedId, type Refusal } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import * as answers from '../domain/answers.js';
import * as rounds from '../domain/consent-round.js';
import { Effects } from './effects.js';
import { ProposalDesk, type Spoken } from './proposal-desk.js';

type Answer = Spoken & { readonly proposalId: string; readonly roundId: string; readonly version: number };

export const roundIdOf = ({ community, member, commandId }: Caller): string =>
  derivedId(community, member, 'OpenConsentRound', commandId);
export const objectionIdOf = ({ community, member, commandId }: Caller): string =>
  derivedId(community, member, 'RaiseObjection', commandId);

/** The facilitator asks everybody for their consent to one exact version. The round's id comes from the command's. */
export class OpenConsentRound extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly proposalId: string; readonly meetingId: string; readonly version: number },
  ) {
    super();
  }
}

@CommandHandler(OpenConsentRound)
export class OpenConsentRoundHandler implements ICommandHandler<OpenConsentRound> {
  constructor(
    private readonly desk: ProposalDesk,
    private readonly effects: Effects,
  ) {}

  async execute({ caller, input }: OpenConsentRound): Promise<Receipt> {
    const effectRefusal = await this.refusalOf(caller, input);
    const { version } = input;
    const roundId = roundIdOf(caller);
    return this.desk.writeInMeeting(
      { command: 'OpenConsentRound', caller, input },
      (state, scene) => rounds.openConsentRound(state, { ...scene, roundId, version, effectRefusal }),
      'facilitator',
    );
  }

  /** What the target of this version's effect would say; versions never change, so this cannot be overtaken by another text. */
  private async refusalOf(caller: Caller, input: OpenConsentRound['input']): Promise<Refusal | undefined> {
    const state = await this.desk.found(caller, input.proposalId);
    const version = 'versions' in state ? state.versions.find((it) => it.number === input.version) : undefined;
    const effect = version?.content.effect;
    if (effect === undefined) return undefined;
    const { circle, now } = await this.desk.sceneOf(caller, state.circleId);
    return this.effects.refusalOf(effect, circle, now);
  }
}

/** No objection to this version, with or without a concern. */
export class GiveConsent extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: Answer & { readonly concern?: string },
  ) {
    super();
  }
}

@CommandHandler(GiveConsent)
export class GiveConsentHandler implements ICommandHandler<GiveConsent> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: GiveConsent): Promise<Receipt> {
    const { roundId, version, concern } = input;
    return this.desk.writeVoice({ command: 'GiveConsent', caller, input }, (state, scene) =>
      answers.giveConsent(state, { ...scene, roundId, version, concern }),
    );
  }
}

/** A reasoned objection to this version. Its id comes from the command's. */
export class RaiseObjection extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: Answer & Pick<answers.RaiseObjection, 'argument' | 'affects' | 'kind' | 'remedy'>,
  ) {
    super();
  }
}

@CommandHandler(RaiseObjection)
export class RaiseObjectionHandler implements ICommandHandler<RaiseObjection> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: RaiseObjection): Promise<Receipt> {
    const { roundId, version, argument, affects, kind, remedy } = input;
    const objection = { objectionId: objectionIdOf(caller), argument, affects, kind, remedy };
    return this.desk.writeVoice({ command: 'RaiseObjection', caller, input }, (state, scene) =>
      answers.raiseObjection(state, { ...scene, roundId, version, ...objection }),
    );
  }
}

/** What was entered for the caller is not what they said. */
export class DisputeAnswer extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly proposalId: string; readonly roundId: string },
  ) {
    super();
  }
}

@CommandHandler(DisputeAnswer)
export class DisputeAnswerHandler implements ICommandHandler<DisputeAnswer> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: DisputeAnswer): Promise<Receipt> {
    return this.desk.write({ command: 'DisputeAnswer', caller, input }, (state, scene) =>
      answers.disputeAnswer(state, { ...scene, roundId: input.roundId }),
    );
  }
}

/** The facilitator closes a round that somebody left, once nobody else owes an answer. */
export class CloseConsentRound extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly proposalId: string; readonly meetingId: string },
  ) {
    super();
  }
}

@CommandHandler(CloseConsentRound)
export class CloseConsentRoundHandler implements ICommandHandler<CloseConsentRound> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: CloseConsentRound): Promise<Receipt> {
    const sent = { command: 'CloseConsentRound', caller, input };
    return this.desk.writeInMeeting(sent, rounds.closeConsentRound, 'facilitator');
  }
}
