import { actOf, type Caller, type Receipt, Streams } from '@app/event-store';
import { Clock, Refusal } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { agreement } from '../domain/agreement.js';
import { announce } from '../domain/passing.js';

/** Announces what time has made of an agreement. Sent by the clock; nobody else can send it. */
export class AnnounceAgreement extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly agreementId: string },
  ) {
    super();
  }
}

@CommandHandler(AnnounceAgreement)
export class AnnounceAgreementHandler implements ICommandHandler<AnnounceAgreement> {
  constructor(
    private readonly streams: Streams,
    private readonly clock: Clock,
  ) {}

  async execute({ caller, input }: AnnounceAgreement): Promise<Receipt> {
    const { agreementId } = input;
    const { state } = await this.streams.load(agreement, agreementId, caller.community);
    if (state.state === 'absent' || state.communityId !== caller.community) throw new Refusal('NOT_FOUND');
    const act = actOf(caller, { command: 'AnnounceAgreement', input, circle: state.circleId });
    const now = this.clock.now();
    return this.streams.write(agreement, agreementId, act, (it) => announce(it, { now }));
  }
}
