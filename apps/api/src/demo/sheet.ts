import type { Caller, Receipt } from '@app/event-store';
import {
  AmendProposal,
  AnswerClarification,
  AskClarification,
  CloseReactions,
  ConfirmResolved,
  DraftProposal,
  type EffectInput,
  GiveConsent,
  JudgeObjection,
  KeepVersion,
  objectionIdOf,
  OpenClarifying,
  OpenConsentRound,
  OpenReacting,
  PresentProposal,
  ProposeIntegration,
  proposalIdOf,
  questionIdOf,
  RaiseObjection,
  RecordReaction,
  RequestObjectionTest,
  roundIdOf,
  WithdrawProposal,
} from '@app/decisions';
import type { CivilDate } from '@app/kernel';
import type { Command } from '@nestjs/cqrs';
import type { Gathering } from './gathering.js';
import type { Who } from './people.js';
import type { Amendment, Answers, Asked, Objecting, Offer, ProposalText } from './proposal-text.js';
import type { Stage } from './stage.js';
import { fr } from './typography.js';
import { Murmur } from './words.js';

/** A proposal on its way through a circle: each step as the people of the demo take it. */
export class Sheet {
  private version = 1;
  private rounds = 0;
  private opened: { roundId: string; version: number; round: string } | undefined;
  private readonly objections = new Map<Who, string>();

  constructor(
    private readonly stage: Stage,
    private readonly circleId: string,
    private readonly text: ProposalText,
    private readonly effect?: EffectInput,
  ) {}

  get proposalId(): string {
    return proposalIdOf(this.stage.caller(this.text.author, this.keyOf('draft')));
  }

  async draft(): Promise<void> {
    const { author, title, text, need, example } = this.text;
    const said = { title: fr(title), text: fr(text), need: fr(need), example: fr(example) };
    const effect = this.effect === undefined ? {} : { effect: this.effect };
    const input = { circleId: this.circleId, ...said, ...effect };
    await this.act(author, 'draft', (caller) => new DraftProposal(caller, input));
  }

  async present({ meetingId }: Gathering): Promise<void> {
    const { author, measures = [], responsible, resources } = this.text;
    const input = {
      proposalId: this.proposalId,
      meetingId,
      reviewOn: this.dated(this.text.review),
      measures: measures.map(fr),
      ...(responsible === undefined ? {} : { responsible: this.stage.member(responsible) }),
      ...(resources === undefined ? {} : { resources: fr(resources) }),
      ...(this.text.expires === undefined ? {} : { expiresOn: this.dated(this.text.expires) }),
    };
    await this.act(author, 'present', (caller) => new PresentProposal(caller, input));
  }

  /** Questions, answered by the author except those that wait. */
  async clarify({ facilitator, meetingId }: Gathering, questions: readonly Asked[] = this.text.questions ?? []) {
    const { proposalId } = this;
    const key = `clarify ${this.version}`;
    await this.act(facilitator, key, (caller) => new OpenClarifying(caller, { proposalId, meetingId }));
    for (const [at, { by, text, answer }] of questions.entries()) {
      const asking = `${key} question ${at}`;
      await this.act(by, asking, (caller) => new AskClarification(caller, { proposalId, text: fr(text) }));
      if (answer === undefined) continue;
      const questionId = questionIdOf(this.stage.caller(by, this.keyOf(asking)));
      const said = { proposalId, questionId, text: fr(answer) };
      await this.act(this.text.author, `${key} answer ${at}`, (caller) => new AnswerClarification(caller, said));
    }
  }

  /** Everybody present reacts, the author last; only some of them where `only` says whom the time was enough for. */
  async react({ facilitator, meetingId, present }: Gathering, only?: readonly Who[]): Promise<void> {
    const { proposalId } = this;
    const { author, reactions = {} } = this.text;
    const key = `react ${this.version}`;
    const murmur = new Murmur(this.keyOf(key));
    await this.act(facilitator, key, (caller) => new OpenReacting(caller, { proposalId, meetingId }));
    const others = present.filter((who) => who !== author);
    const speakers = only ?? (present.includes(author) ? [...others, author] : others);
    for (const who of speakers) {
      const text = fr(reactions[who] ?? (who === author ? murmur.last() : murmur.reaction()));
      await this.act(who, `${key} ${who}`, (caller) => new RecordReaction(caller, { proposalId, meetingId, text }));
    }
    if (only !== undefined) return;
    await this.act(facilitator, `${key} close`, (caller) => new CloseReactions(caller, { proposalId, meetingId }));
  }

  async keep(): Promise<void> {
    const { proposalId } = this;
    const key = `keep ${this.version}`;
    await this.act(this.text.author, key, (caller) => new KeepVersion(caller, { proposalId }));
  }

  async amend({ text, why, substantial = false, measures, review }: Amendment): Promise<void> {
    const { proposalId, version: base } = this;
    const changes = {
      ...(text === undefined ? {} : { text: fr(text) }),
      ...(measures === undefined ? {} : { measures: measures.map(fr) }),
      ...(review === undefined ? {} : { reviewOn: this.dated(review) }),
    };
    const objectionIds = [...this.objections.values()];
    const input = { proposalId, base, changes, why: fr(why), substantial, objectionIds };
    await this.act(this.text.author, `amend ${base}`, (caller) => new AmendProposal(caller, input));
    this.version += 1;
  }

  /** Opens a round on the latest version and hears those who are named, or everybody present. */
  async round(gathering: Gathering, answers: Answers = {}): Promise<void> {
    const { proposalId, version } = this;
    const { facilitator, meetingId, present } = gathering;
    this.rounds += 1;
    const round = `round ${this.rounds}`;
    const opening = { proposalId, meetingId, version };
    await this.act(facilitator, round, (caller) => new OpenConsentRound(caller, opening));
    const roundId = roundIdOf(this.stage.caller(facilitator, this.keyOf(round)));
    this.opened = { roundId, version, round };
    this.objections.clear();
    for (const who of answers.only ?? present) await this.answer(who, answers, gathering);
  }

  /** Somebody answers in the open round: by themselves, or aloud where the facilitator enters it in the meeting. */
  async answer(who: Who, { concerns = {}, objects = {}, aloud = [] }: Answers = {}, gathering?: Gathering) {
    const { opened, proposalId } = this;
    if (opened === undefined) throw new Error(`no round is open on ${this.text.key}`);
    const { roundId, version, round } = opened;
    const entered = gathering !== undefined && aloud.includes(who);
    const voice = entered
      ? { by: this.stage.member(who), channel: 'voice' as const, meetingId: gathering.meetingId }
      : {};
    const answer = { proposalId, roundId, version, ...voice };
    const by = entered ? gathering.facilitator : who;
    const key = `${round} ${who}`;
    const objection = objects[who];
    if (objection !== undefined) return this.object(who, key, answer, objection);
    const concern = concerns[who];
    const said = concern === undefined ? answer : { ...answer, concern: fr(concern) };
    await this.act(by, key, (caller) => new GiveConsent(caller, said));
  }

  /** A way to meet somebody's objection. */
  async offer(by: Who, to: Who, { option, text }: Offer): Promise<void> {
    const input = { proposalId: this.proposalId, objectionId: this.objectionOf(to), option, text: fr(text) };
    await this.act(by, `offer ${this.rounds} ${by} to ${to}`, (caller) => new ProposeIntegration(caller, input));
  }

  /** Who objected says that the latest version no longer gives rise to it. */
  async resolve(who: Who): Promise<void> {
    const input = { proposalId: this.proposalId, objectionId: this.objectionOf(who), version: this.version };
    await this.act(who, `resolve ${this.version} ${who}`, (caller) => new ConfirmResolved(caller, input));
  }

  /** Somebody asks all the others whether what a person objected is an objection. */
  async test(by: Who, of: Who): Promise<void> {
    const input = { proposalId: this.proposalId, objectionId: this.objectionOf(of) };
    await this.act(by, `test ${this.rounds} ${of}`, (caller) => new RequestObjectionTest(caller, input));
  }

  /** One of the others finds that it is none. */
  async judge(who: Who, of: Who, reason: string): Promise<void> {
    const input = { proposalId: this.proposalId, objectionId: this.objectionOf(of), stands: false, reason: fr(reason) };
    await this.act(who, `judge ${this.rounds} ${who} of ${of}`, (caller) => new JudgeObjection(caller, input));
  }

  async withdraw(reason: string): Promise<void> {
    const input = { proposalId: this.proposalId, reason: fr(reason) };
    await this.act(this.text.author, 'withdraw', (caller) => new WithdrawProposal(caller, input));
  }

  /** Read, asked about and reacted to in one meeting, its text kept. */
  async hear(gathering: Gathering): Promise<void> {
    await this.present(gathering);
    await this.clarify(gathering);
    await this.react(gathering);
    await this.keep();
  }

  /** Drafted before, decided in one meeting; who is away answers afterwards. */
  async decide(gathering: Gathering, answers: Answers = {}): Promise<void> {
    await this.draft();
    await this.hear(gathering);
    await this.round(gathering, answers);
    for (const who of gathering.members.filter((it) => !gathering.present.includes(it)))
      await this.answer(who, answers);
  }

  private async object(who: Who, key: string, answer: Answer, objection: Objecting): Promise<void> {
    const { argument, affects, kind, remedy } = objection;
    const words = { argument: fr(argument), affects: fr(affects), kind };
    const input = { ...answer, ...words, ...(remedy === undefined ? {} : { remedy: fr(remedy) }) };
    this.objections.set(who, objectionIdOf(this.stage.caller(who, this.keyOf(key))));
    await this.act(who, key, (caller) => new RaiseObjection(caller, input));
  }

  private objectionOf(who: Who): string {
    const objectionId = this.objections.get(who);
    if (objectionId === undefined) throw new Error(`${who} did not object to ${this.text.key}`);
    return objectionId;
  }

  private dated([week, day]: NonNullable<ProposalText['expires']>): CivilDate {
    return this.stage.date(week, day);
  }

  private keyOf(step: string): string {
    return `${this.text.key}: ${step}`;
  }

  private act(who: Who, step: string, command: (caller: Caller) => Command<Receipt>): Promise<Receipt> {
    return this.stage.act(who, this.keyOf(step), command);
  }
}

type Answer = { readonly proposalId: string; readonly roundId: string; readonly version: number };
