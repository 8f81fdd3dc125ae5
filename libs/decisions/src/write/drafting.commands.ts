import { actOf, type Caller, type Receipt, Streams } from '@app/event-store';
import { derivedId } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Plan } from '../domain/content.js';
import * as drafting from '../domain/drafting.js';
import type { AboutAgreement } from '../domain/proposal.events.js';
import { proposal } from '../domain/proposal.js';
import { AgreementsNamed } from './agreements-named.js';
import { type EffectInput, effectFrom } from './effects.js';
import { ProposalDesk } from './proposal-desk.js';

interface DraftInput {
  readonly title: string;
  readonly text: string;
  readonly need?: string;
  readonly example?: string;
  readonly effect?: EffectInput;
  /** What it does to an agreement that stands. */
  readonly agreement?: AboutAgreement;
}

/** The id that a drafted proposal has: from its community, author and command, so that one click makes one proposal. */
export const proposalIdOf = ({ community, member, commandId }: Caller): string =>
  derivedId(community, member, 'DraftProposal', commandId);

function words({ effect, ...said }: DraftInput, proposalId: string, { commandId }: Caller): drafting.Words {
  const { title, text, need, example, agreement } = said;
  const change = effect === undefined ? undefined : effectFrom(effect, proposalId, commandId);
  return { title, text, need, example, effect: change, agreement };
}

/** A member begins a proposal; only they read it until it is presented. */
export class DraftProposal extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: DraftInput & { readonly circleId: string },
  ) {
    super();
  }
}

@CommandHandler(DraftProposal)
export class DraftProposalHandler implements ICommandHandler<DraftProposal> {
  constructor(
    private readonly streams: Streams,
    private readonly desk: ProposalDesk,
    private readonly named: AgreementsNamed,
  ) {}

  async execute({ caller, input }: DraftProposal): Promise<Receipt> {
    const proposalId = proposalIdOf(caller);
    const scene = await this.desk.sceneOf(caller, input.circleId);
    const agreements = await this.named.by({ phase: 'Absent' }, input, caller.community, scene.now);
    const act = actOf(caller, { command: 'DraftProposal', input, circle: input.circleId, office: 'author' });
    return this.streams.write(proposal, proposalId, act, (state) =>
      drafting.draftProposal(state, { ...scene, agreements, ...words(input, proposalId, caller), proposalId }),
    );
  }
}

/** The draft as it is to read from now on, whole. */
export class ReviseDraft extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: DraftInput & { readonly proposalId: string },
  ) {
    super();
  }
}

@CommandHandler(ReviseDraft)
export class ReviseDraftHandler implements ICommandHandler<ReviseDraft> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: ReviseDraft): Promise<Receipt> {
    const draft = words(input, input.proposalId, caller);
    return this.desk.write({ command: 'ReviseDraft', caller, input }, (state, scene) =>
      drafting.reviseDraft(state, { ...scene, ...draft }),
    );
  }
}

export class WelcomeCoAuthor extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly proposalId: string; readonly memberId: string },
  ) {
    super();
  }
}

@CommandHandler(WelcomeCoAuthor)
export class WelcomeCoAuthorHandler implements ICommandHandler<WelcomeCoAuthor> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: WelcomeCoAuthor): Promise<Receipt> {
    return this.desk.write({ command: 'WelcomeCoAuthor', caller, input }, (state, scene) =>
      drafting.welcomeCoAuthor(state, { ...scene, memberId: input.memberId }),
    );
  }
}

export class WithdrawProposal extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly proposalId: string; readonly reason: string },
  ) {
    super();
  }
}

@CommandHandler(WithdrawProposal)
export class WithdrawProposalHandler implements ICommandHandler<WithdrawProposal> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: WithdrawProposal): Promise<Receipt> {
    return this.desk.write({ command: 'WithdrawProposal', caller, input }, (state, scene) =>
      drafting.withdrawProposal(state, { ...scene, reason: input.reason }),
    );
  }
}

/** The author reads version 1 to the circle, in an open meeting. */
export class PresentProposal extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: Plan & { readonly proposalId: string; readonly meetingId: string },
  ) {
    super();
  }
}

@CommandHandler(PresentProposal)
export class PresentProposalHandler implements ICommandHandler<PresentProposal> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: PresentProposal): Promise<Receipt> {
    return this.desk.writeInMeeting(
      { command: 'PresentProposal', caller, input },
      (state, scene) => drafting.presentProposal(state, { ...input, ...scene }),
      'author',
    );
  }
}
