import {
  AcceptAdmission,
  ActivateCircle,
  CirclesWriteModule,
  FoundCommunity,
  OfferAdmission,
  type Office,
  RegisterMember,
  rootCircleOf,
  StartTerm,
} from '@app/circles';
import { CirclesInMemory, testCommunity } from '@app/circles/testing';
import { endOf, Refusal, streamOf } from '@app/kernel';
import { CloseMeeting, meetingEvents, MeetingsWriteModule, OpenMeeting } from '@app/meetings';
import type { Type } from '@nestjs/common';
import { decisionPolicies, DecisionsWriteModule } from '../decisions-write.module.js';
import { agreementEvents, logbookEvents } from '../domain/agreement.events.js';
import { proposalEvents } from '../domain/proposal.events.js';
import { KeepVersion } from './amending.commands.js';
import { CloseReactions, OpenClarifying, OpenReacting, RecordReaction } from './clarifying.commands.js';
import { GiveConsent, OpenConsentRound, roundIdOf } from './consent-round.commands.js';
import { DraftProposal, PresentProposal, proposalIdOf } from './drafting.commands.js';

export const zone = 'America/Toronto';
export const circleId = rootCircleOf(testCommunity);
/** Ana convenes and leads, Léo facilitates, Noé keeps the record. */
export const elders = ['ana', 'leo', 'noe', 'eve', 'dora'];

type Said = Partial<Pick<DraftProposal['input'], 'text' | 'agreement'>>;
const everywhere = (module: Type): Type => ({ module, global: true }) as unknown as Type;

/** A community whose root circle is forming with five members, and a meeting of them all. */
export class Village {
  private constructor(
    readonly house: CirclesInMemory,
    public meetingId: string,
  ) {}

  static async open(): Promise<Village> {
    const house = await CirclesInMemory.open('2027-01-10T15:00:00.000Z', {
      catalogues: [meetingEvents, proposalEvents, agreementEvents, logbookEvents],
      modules: [everywhere(CirclesWriteModule), everywhere(MeetingsWriteModule), DecisionsWriteModule],
      policies: [...decisionPolicies],
    });
    const root = { name: 'Cercle général', aim: 'Relier les cercles.', domain: ['L’écoute'], meetingsPerYear: 6 };
    await house.settled(new FoundCommunity(house.by('ana'), { name: 'Communauté de solidarité', zone, root }));
    for (const memberId of [...elders.slice(1), 'maya', 'solange', 'paul'])
      await house.execute(new RegisterMember(house.by(memberId), { memberId, invitedBy: 'ana' }));
    for (const memberId of elders.slice(1)) {
      await house.execute(new OfferAdmission(house.by('ana'), { circleId, memberId }));
      await house.execute(new AcceptAdmission(house.by(memberId), { circleId }));
    }
    const village = new Village(house, '');
    await village.meet();
    return village;
  }

  /** The same, with aim and domain accepted by consent, officers elected, the circle active. */
  static async active(): Promise<Village> {
    const village = await Village.open();
    await village.decide('Accepter notre but', { kind: 'acceptAimAndDomain' });
    for (const [office, memberId] of [
      ['facilitator', 'leo'],
      ['secretary', 'noe'],
      ['leader', 'ana'],
    ] as const)
      await village.elect(office, memberId);
    await village.house.settled(new ActivateCircle(village.house.by('ana'), { circleId }));
    return village;
  }

  async meet(present = elders): Promise<void> {
    const { house } = this;
    if (this.meetingId !== '') await house.execute(new CloseMeeting(house.by('leo'), { meetingId: this.meetingId }));
    const receipt = await house.execute(new OpenMeeting(house.by(present[0]!), { circleId, present }));
    this.meetingId = receipt.stream.slice('meeting-'.length);
  }

  async elect(office: Office, memberId: string): Promise<void> {
    const { house } = this;
    const term = { from: '2027-01-10', to: endOf('2028-03-31', zone) };
    const caller = house.by('policy:when-officer-elected-then-start-term');
    await house.settled(new StartTerm(caller, { circleId, office, memberId, ...term, electionId: `el-${office}` }));
  }

  get facilitator(): Promise<string> {
    const { house } = this;
    return house.standings
      .of(circleId, testCommunity, house.clock.now())
      .then(({ holders, convener }) => holders.facilitator ?? convener);
  }

  async draft(title: string, effect?: DraftProposal['input']['effect'], more: Said = {}): Promise<string> {
    const caller = this.house.by('eve');
    const words = { title, text: `${title}.`, need: 'Un besoin.', example: 'Un exemple.', ...more };
    await this.house.execute(new DraftProposal(caller, { circleId, ...words, ...(effect ? { effect } : {}) }));
    return proposalIdOf(caller);
  }

  /** Eve's proposal, heard and ready for a round. */
  async heard(title: string, effect?: DraftProposal['input']['effect'], more: Said = {}): Promise<string> {
    const { house, meetingId } = this;
    const proposalId = await this.draft(title, effect, more);
    const led = { proposalId, meetingId };
    const facilitator = await this.facilitator;
    const reviewOn = '2027-06-30';
    await house.execute(new PresentProposal(house.by('eve'), { ...led, reviewOn, measures: ['nos présences'] }));
    await house.execute(new OpenClarifying(house.by(facilitator), led));
    await house.execute(new OpenReacting(house.by(facilitator), led));
    for (const by of [...elders.filter((it) => it !== 'eve'), 'eve'])
      await house.execute(new RecordReaction(house.by(by), { proposalId, text: 'Entendu.' }));
    await house.execute(new CloseReactions(house.by(facilitator), led));
    await house.execute(new KeepVersion(house.by('eve'), { proposalId }));
    return proposalId;
  }

  /** Opens a round on version 1 and answers its id. */
  async openRound(proposalId: string): Promise<string> {
    const caller = this.house.by(await this.facilitator);
    await this.house.execute(new OpenConsentRound(caller, { proposalId, meetingId: this.meetingId, version: 1 }));
    return roundIdOf(caller);
  }

  async consent(proposalId: string, roundId: string, people: readonly string[] = elders): Promise<void> {
    for (const by of people)
      await this.house.settled(new GiveConsent(this.house.by(by), { proposalId, roundId, version: 1 }));
  }

  /** Everything from a draft to everybody's consent, and what follows it. */
  async decide(title: string, effect?: DraftProposal['input']['effect'], more: Said = {}): Promise<string> {
    const proposalId = await this.heard(title, effect, more);
    await this.consent(proposalId, await this.openRound(proposalId));
    return proposalId;
  }

  async types(category: string, id: string): Promise<string[]> {
    return (await this.house.facts(streamOf(category, id))).map(({ type }) => type);
  }

  async last<T>(category: string, id: string, type: string): Promise<T> {
    const facts = await this.house.facts(streamOf(category, id));
    return facts.filter((it) => it.type === type).at(-1)?.data as T;
  }
}

export async function refused(act: Promise<unknown>): Promise<string> {
  const error: unknown = await act.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Refusal ? error.code : `not refused: ${String(error)}`;
}
