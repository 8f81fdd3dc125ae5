import 'reflect-metadata';
import {
  AcceptAdmission,
  FoundCommunity,
  OfferAdmission,
  RegisterMember,
  rootCircleOf,
  VolunteerAsSecretary,
} from '@app/circles';
import {
  CloseReactions,
  DraftProposal,
  type EffectInput,
  GiveConsent,
  KeepVersion,
  OpenClarifying,
  OpenConsentRound,
  OpenReacting,
  PresentProposal,
  proposalIdOf,
  RecordReaction,
  roundIdOf,
} from '@app/decisions';
import type { Caller, Receipt } from '@app/event-store';
import { Settling } from '@app/graph';
import { plusDays, idOf, newId } from '@app/kernel';
import { CloseMeeting, OpenMeeting, RecordPresence } from '@app/meetings';
import { type Command, CommandBus } from '@nestjs/cqrs';
import { type Running, start } from '../../../api/src/running.js';
import { serve, type Serving } from './command-messages.js';

const MEMBERS = 8;
/** Proposals that go through their phases at the same time. */
const AT_ONCE = 32;

/** The real application, with a circle of eight and so many proposals in open rounds, made by the commands that everybody uses. */
class Circle {
  private constructor(
    private readonly send: (command: Command<Receipt>) => Promise<Receipt>,
    readonly communityId: string,
    readonly members: readonly string[],
    readonly tokens: readonly string[],
  ) {}

  static async found({ app, house: { identity } }: Running): Promise<Circle> {
    const bus = app.get(CommandBus, { strict: false });
    const settling = app.get<Settling>(Settling, { strict: false });
    const send = async (command: Command<Receipt>): Promise<Receipt> => {
      const receipt = await bus.execute<Command<Receipt>, Receipt>(command);
      await settling.settled(receipt);
      return receipt;
    };
    const communityId = newId();
    const passwordHash = await identity.hashPassword(newId());
    const members: string[] = [];
    const tokens: string[] = [];
    for (let nth = 0; nth < MEMBERS; nth++) {
      const person = { name: `Membre ${nth}`, email: `membre${nth}@ronde.test`, passwordHash };
      const accountId = await identity.createAccount(person);
      members.push(await identity.createMembership({ accountId, communityId, invitedBy: members[0] }));
      tokens.push((await identity.createToken({ accountId, label: 'bench' })).token);
    }
    const circle = new Circle(send, communityId, members, tokens);
    await circle.form();
    for (const memberId of members) await identity.confirmRegistered(memberId);
    return circle;
  }

  /** Rounds that are open for everybody's answer: proposals are heard by two, since only who is there owes a reaction; then all come in. */
  async openRounds(count: number): Promise<Serving['rounds']> {
    const { facilitator, author, members } = this;
    const meetingId = await this.meet([facilitator, author]);
    const proposals: string[] = [];
    await inTurns(count, async () => void proposals.push(await this.hear(meetingId, [facilitator, author])));
    for (const memberId of members)
      await this.send(new RecordPresence(this.by(facilitator), { meetingId, memberId, present: true }));
    const rounds: { proposalId: string; roundId: string }[] = [];
    await inTurns(count, async (nth) => {
      const proposalId = proposals[nth]!;
      rounds.push({ proposalId, roundId: await this.ask(meetingId, proposalId) });
    });
    return rounds;
  }

  private get circleId(): string {
    return rootCircleOf(this.communityId);
  }

  /** The founder convenes the circle and leads it while it forms. */
  private get facilitator(): string {
    return this.members[0]!;
  }

  private get author(): string {
    return this.members[MEMBERS - 1]!;
  }

  private by(member: string): Caller {
    return { community: this.communityId, member, commandId: newId(), correlationId: 'bench' };
  }

  /** The circle takes its members, and accepts its aim by the consent of all. */
  private async form(): Promise<void> {
    const { circleId, facilitator, members } = this;
    const [, secretary, ...others] = members;
    const root = { name: 'Cercle général', aim: 'Relier les cercles.', domain: ['L’écoute'], meetingsPerYear: 6 };
    await this.send(new FoundCommunity(this.by(facilitator), { name: 'Banc d’essai', zone: 'America/Toronto', root }));
    for (const memberId of [secretary!, ...others]) {
      await this.send(new RegisterMember(this.by(memberId), { memberId, invitedBy: facilitator }));
      await this.send(new OfferAdmission(this.by(facilitator), { circleId, memberId }));
      await this.send(new AcceptAdmission(this.by(memberId), { circleId }));
    }
    await this.send(new VolunteerAsSecretary(this.by(secretary!), { circleId }));
    const meetingId = await this.meet(members);
    const proposalId = await this.hear(meetingId, members, { kind: 'acceptAimAndDomain' });
    const roundId = await this.ask(meetingId, proposalId);
    for (const by of members) await this.send(new GiveConsent(this.by(by), { proposalId, roundId, version: 1 }));
    await this.send(new CloseMeeting(this.by(facilitator), { meetingId }));
  }

  private async meet(present: readonly string[]): Promise<string> {
    const { circleId, facilitator } = this;
    return idOf((await this.send(new OpenMeeting(this.by(facilitator), { circleId, present }))).stream);
  }

  /** A proposal from its draft to the version that is to be decided. */
  private async hear(meetingId: string, present: readonly string[], effect?: EffectInput): Promise<string> {
    const { circleId, facilitator, author } = this;
    const words = {
      title: 'Des horaires d’été',
      text: 'Le local ouvre à 8 h.',
      need: 'Il fait chaud.',
      example: 'Hier.',
    };
    const caller = this.by(author);
    await this.send(new DraftProposal(caller, { circleId, ...words, ...(effect === undefined ? {} : { effect }) }));
    const proposalId = proposalIdOf(caller);
    const led = { proposalId, meetingId };
    const reviewOn = plusDays(new Date().toISOString().slice(0, 10), 180);
    await this.send(new PresentProposal(this.by(author), { ...led, reviewOn, measures: ['nos présences'] }));
    await this.send(new OpenClarifying(this.by(facilitator), led));
    await this.send(new OpenReacting(this.by(facilitator), led));
    for (const by of present) await this.send(new RecordReaction(this.by(by), { ...led, text: 'Entendu.' }));
    await this.send(new CloseReactions(this.by(facilitator), led));
    await this.send(new KeepVersion(this.by(author), { proposalId }));
    return proposalId;
  }

  private async ask(meetingId: string, proposalId: string): Promise<string> {
    const caller = this.by(this.facilitator);
    await this.send(new OpenConsentRound(caller, { proposalId, meetingId, version: 1 }));
    return roundIdOf(caller);
  }
}

async function inTurns(count: number, work: (nth: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let nth = next++; nth < count; nth = next++) await work(nth);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

const running = await start(process.env);
const circle = await Circle.found(running);
const rounds = await circle.openRounds(Number(process.argv[2]));
const { members, tokens } = circle;
serve({ port: running.house.config.PORT, tokens, members, rounds }, () => running.stop());
