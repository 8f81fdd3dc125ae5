import { actOf, type Caller, type Receipt, Streams } from '@app/event-store';
import { Refusal } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import * as agreements from '../domain/agreement.js';
import type { AgreementEvent } from '../domain/agreement.events.js';
import { reviewDays, turnsOf } from '../domain/agreement-time.js';
import type { Proposal } from '../domain/proposal.js';
import { ProposalDesk } from './proposal-desk.js';

type Decided = Extract<Proposal, { phase: 'Decided' }>;

/** What a decision makes of agreements: a new one, or another of one that stands. Sent by the policy of that decision; nobody else can send it. */
export class PutAgreementInForce extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: { readonly proposalId: string },
  ) {
    super();
  }
}

@CommandHandler(PutAgreementInForce)
export class PutAgreementInForceHandler implements ICommandHandler<PutAgreementInForce> {
  constructor(
    private readonly streams: Streams,
    private readonly desk: ProposalDesk,
  ) {}

  async execute({ caller, input }: PutAgreementInForce): Promise<Receipt> {
    const state = await this.desk.found(caller, input.proposalId);
    if (state.phase !== 'Decided') throw new Refusal('WRONG_PHASE', { phase: state.phase });
    const { circle } = await this.desk.sceneOf(caller, state.circleId);
    const act = actOf(caller, { command: 'PutAgreementInForce', input, circle: state.circleId });
    const write = (id: string, decide: (it: agreements.Agreement) => AgreementEvent[]) =>
      this.streams.write(agreements.agreement, id, act, decide);
    const { decision, proposalId, circleId, communityId } = state;
    const { agreementId, version: decided, decidedOn: effectiveOn } = decision;
    const terms = termsOf(state, circle);
    const about = terms.content.agreement;
    const inForce = { agreementId, circleId, communityId, version: decided, ...terms };
    if (about === undefined) return write(agreementId, (it) => agreements.takeEffect(it, inForce));
    const change = { proposalId, decided, base: about.baseVersion };
    const ending = { ...change, effectiveOn };
    switch (about.action) {
      case 'renew':
        return write(agreementId, (it) =>
          agreements.changeTerms(it, { type: 'AgreementRenewed', ...terms, ...change }),
        );
      case 'amend':
        return write(agreementId, (it) =>
          agreements.changeTerms(it, { type: 'AgreementAmended', ...terms, ...change }),
        );
      case 'repeal':
        return write(agreementId, (it) => agreements.repeal(it, ending));
      case 'supersede':
        // The old one is the judge: refused there, nothing takes its place.
        await write(about.agreementId, (it) => agreements.supersede(it, { ...ending, supersededBy: agreementId }));
        return write(agreementId, (it) => agreements.takeEffect(it, inForce));
    }
  }
}

/** What was consented to, and the days that follow from it by the rules of its round. */
function termsOf(
  { proposalId, decision, versions, lastRound }: Decided,
  { zone, members }: { readonly zone: string; readonly members: readonly string[] },
) {
  const { version, roundId, concerns, decidedOn, rule, explicit } = decision;
  const { content } = versions.find(({ number }) => number === version)!;
  const { reviewOn, expiresOn, onMissedReview } = content;
  const { overdueOn, lapsesOn } = turnsOf(content, lastRound?.rules.review ?? reviewDays);
  const absent = members.filter((person) => rule === 'PresentOnly' && !explicit.includes(person));
  return {
    proposalId,
    content,
    concerns: concerns.map((by) => ({ by, roundId })),
    ...{ decidedOn, effectiveFrom: decidedOn, reviewOn, onMissedReview },
    ...(expiresOn === undefined ? {} : { expiresOn }),
    calendar: { zone, overdueOn, ...(lapsesOn === undefined ? {} : { lapsesOn }) },
    ...(absent.length === 0 ? {} : { absent }),
  };
}
