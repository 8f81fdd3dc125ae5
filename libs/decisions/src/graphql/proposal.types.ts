import { AnswerChannel } from '@app/graph';
import { Member } from '@app/identity';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Effect } from '../domain/effect.js';
import type { AboutAgreement } from '../domain/proposal.events.js';
import type { ProposalRow, QuestionRow, ReactionRow, VersionRow } from '../read/proposal.tables.js';
import { MissedReview, ProposalPhase } from './decision.enums.js';

@ObjectType('ProposalDraft', { description: 'What is written so far. Only its authors read it.' })
export class DraftView {
  @Field(() => String, { nullable: true })
  title!: string | null;
  @Field(() => String, { nullable: true })
  text!: string | null;
  @Field(() => String, { nullable: true })
  need!: string | null;
  @Field(() => String, { nullable: true })
  example!: string | null;
  agreement!: AboutAgreement | null;
}

@ObjectType('EffectRefusal', { description: 'What the decision was to change could not be done.' })
export class EffectRefusalView {
  @Field()
  code!: string;
  @Field({ description: 'What is wrong, in the language of the reader.' })
  message!: string;
}

@ObjectType('Proposal', { description: 'A proposal, from a draft to a decision.' })
export class ProposalView implements ProposalRow {
  @Field(() => ID, { name: 'id' })
  proposalId!: string;
  @Field(() => ID)
  circleId!: string;
  @Field(() => ProposalPhase)
  phase!: string;
  @Field(() => Int, { description: 'The latest version; 0 while it is a draft.' })
  version!: number;
  @Field(() => String, { nullable: true, description: 'The title of the latest version; null in a draft.' })
  title!: string | null;
  @Field(() => String, { nullable: true, description: 'The review date of the latest version.' })
  reviewOn!: string | null;
  @Field(() => String, { nullable: true, description: 'The day it was decided, in the circle’s zone.' })
  decidedOn!: string | null;
  @Field(() => String, { nullable: true })
  withdrawnReason!: string | null;
  @Field()
  draftedAt!: string;
  @Field(() => String, { nullable: true })
  presentedAt!: string | null;
  @Field({ description: 'When anything last happened to it.' })
  changedAt!: string;
  communityId!: string;
  author!: string;
  draftBy!: string;
  draftTitle!: string | null;
  draftText!: string | null;
  draftNeed!: string | null;
  draftExample!: string | null;
  draftEffect!: string | null;
  draftAgreement!: AboutAgreement | null;
  effectKind!: string | null;
  changes!: string | null;
  roundId!: string | null;
  agreementId!: string | null;
  refusedCode!: string | null;
  refusedDetails!: string[] | null;
  withdrawnBy!: string | null;
  draftedPosition!: string;
  changedPosition!: string;
}

@ObjectType('ProposalVersion', { description: 'One exact text: consent is given to all of it.' })
export class VersionView implements VersionRow {
  @Field(() => Int, { name: 'number' })
  version!: number;
  @Field(() => String, { nullable: true })
  title!: string | null;
  @Field(() => String, { nullable: true })
  text!: string | null;
  @Field(() => String, { nullable: true })
  need!: string | null;
  @Field(() => String, { nullable: true })
  example!: string | null;
  @Field(() => ID, { nullable: true, description: 'The part of the circle’s domain it is about.' })
  domainItemId!: string | null;
  @Field()
  reviewOn!: string;
  @Field(() => [String], { nullable: 'items' })
  measures!: (string | null)[];
  @Field(() => String, { nullable: true })
  resources!: string | null;
  @Field(() => String, { nullable: true })
  expiresOn!: string | null;
  @Field(() => MissedReview)
  onMissedReview!: string;
  @Field(() => String, { nullable: true, description: 'Why it was written; null for the first.' })
  why!: string | null;
  @Field(() => Int, { nullable: true, description: 'The version it was written on; null for the first.' })
  base!: number | null;
  @Field({ description: 'It is another proposal than the one before, in its author’s own word.' })
  substantial!: boolean;
  @Field(() => [ID], { description: 'The objections it answers.' })
  objectionIds!: string[];
  warnings!: string[];
  @Field(() => ID, { nullable: true, description: 'The meeting in which it was presented.' })
  meetingId!: string | null;
  @Field({ description: 'Its author kept it after hearing the reactions.' })
  kept!: boolean;
  @Field({ description: 'The author said that this version, by another hand, still meets the need.' })
  confirmed!: boolean;
  @Field()
  publishedAt!: string;
  proposalId!: string;
  by!: string;
  responsible!: string | null;
  effect!: Effect | null;
  agreement!: AboutAgreement | null;
  cites!: string[];
}

@ObjectType('Clarification', { description: 'A question on what the text means, and its answer.' })
export class QuestionView implements QuestionRow {
  @Field(() => ID, { name: 'id' })
  questionId!: string;
  @Field(() => Int)
  version!: number;
  @Field(() => AnswerChannel)
  channel!: string;
  @Field(() => String, { nullable: true })
  text!: string | null;
  @Field()
  askedAt!: string;
  @Field(() => String, { nullable: true })
  answer!: string | null;
  @Field(() => AnswerChannel, { nullable: true })
  answerChannel!: string | null;
  @Field(() => String, { nullable: true })
  answeredAt!: string | null;
  proposalId!: string;
  by!: string;
  enteredBy!: string;
  answeredBy!: string | null;
  answerEnteredBy!: string | null;
  position!: string;
}

@ObjectType('Reaction', { description: 'One short reaction of a member, without a reply.' })
export class ReactionView implements ReactionRow {
  @Field(() => Int)
  version!: number;
  @Field(() => AnswerChannel)
  channel!: string;
  @Field(() => String, { nullable: true })
  text!: string | null;
  @Field()
  reactedAt!: string;
  proposalId!: string;
  by!: string;
  enteredBy!: string;
  position!: string;
}

/** A person as the schema shows them, or nobody. */
export const personOf = (id: string | null): Member | null => (id === null ? null : Member.of(id));
