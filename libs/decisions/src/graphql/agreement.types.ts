import type { Lazy } from '@app/graph';
import { Member } from '@app/identity';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Effect } from '../domain/effect.js';
import type { AgreementRow, AgreementVersionRow, LogEntryRow, WaitingRow } from '../read/agreement.tables.js';
import type { AgreementMomentRow } from '../read/agreement-life.tables.js';
import {
  AgreementHow,
  AgreementMomentKind,
  LogSubject,
  MissedReview,
  WaitingKind,
  WaitingRole,
} from './decision.enums.js';

@ObjectType('AgreementConcern', { description: 'A worry that did not stop the decision, to be reread at its review.' })
export class ConcernView {
  @Field(() => Member)
  member!: Lazy<Member>;
  @Field(() => String, { nullable: true })
  text!: string | null;
}

@ObjectType('Agreement', { description: 'What a circle decided, from the day it took effect to its end.' })
export class AgreementView implements AgreementRow {
  @Field(() => ID, { name: 'id' })
  agreementId!: string;
  @Field(() => ID)
  circleId!: string;
  @Field(() => ID)
  proposalId!: string;
  @Field(() => Int, { description: 'Each renewal and each amendment is the next version.' })
  version!: number;
  @Field(() => String, { nullable: true })
  title!: string | null;
  @Field(() => String, { nullable: true })
  text!: string | null;
  @Field(() => String, { nullable: true })
  need!: string | null;
  @Field(() => String, { nullable: true })
  example!: string | null;
  @Field(() => ID, { nullable: true })
  domainItemId!: string | null;
  @Field(() => [String], { nullable: 'items' })
  measures!: (string | null)[];
  @Field(() => String, { nullable: true })
  resources!: string | null;
  @Field()
  decidedOn!: string;
  @Field()
  effectiveFrom!: string;
  @Field()
  reviewOn!: string;
  @Field(() => String, { nullable: true })
  expiresOn!: string | null;
  @Field(() => MissedReview)
  onMissedReview!: string;
  @Field(() => String, { nullable: true, description: 'The day it was repealed or superseded.' })
  endedOn!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'From this day on it is no decision any more, unless it is renewed.',
  })
  lapsesOn!: string | null;
  state!: string;
  zone!: string;
  overdueOn!: string;
  supersedes!: string | null;
  supersededBy!: string | null;
  endedBy!: string | null;
  communityId!: string;
  responsible!: string | null;
  effect!: Effect | null;
  concerns!: { by: string; roundId: string }[];
  position!: string;
}

@ObjectType('AgreementVersion', { description: 'What an agreement said from one decision to the next.' })
export class AgreementVersionView implements AgreementVersionRow {
  @Field(() => Int, { name: 'number' })
  version!: number;
  @Field(() => AgreementHow)
  how!: string;
  @Field(() => String, { nullable: true })
  title!: string | null;
  @Field(() => String, { nullable: true })
  text!: string | null;
  @Field(() => [String], { nullable: 'items' })
  measures!: (string | null)[];
  @Field()
  decidedOn!: string;
  @Field()
  effectiveFrom!: string;
  @Field()
  reviewOn!: string;
  @Field(() => String, { nullable: true })
  expiresOn!: string | null;
  @Field(() => MissedReview)
  onMissedReview!: string;
  agreementId!: string;
  circleId!: string;
  proposalId!: string;
  responsible!: string | null;
  concerns!: { by: string; roundId: string }[];
}

@ObjectType('AgreementMoment', { description: 'Something that happened to an agreement.' })
export class AgreementMomentView implements AgreementMomentRow {
  @Field(() => ID, { name: 'id' })
  momentId!: string;
  @Field(() => AgreementMomentKind)
  kind!: string;
  @Field(() => Int, { nullable: true, description: 'The version it made or met.' })
  version!: number | null;
  @Field(() => String, { nullable: true, description: 'The day from which it counts.' })
  day!: string | null;
  @Field()
  happenedAt!: string;
  agreementId!: string;
  circleId!: string;
  by!: string | null;
  text!: string | null;
  position!: string;
}

@ObjectType('LogEntry', { description: 'A numbered entry of a circle’s logbook. Entries are added, never changed.' })
export class LogEntryView implements LogEntryRow {
  @Field(() => ID)
  circleId!: string;
  @Field(() => Int)
  year!: number;
  @Field(() => Int)
  number!: number;
  @Field()
  date!: string;
  @Field(() => LogSubject)
  subjectKind!: string;
  @Field(() => ID, { description: 'The proposal or the election it is about.' })
  subjectId!: string;
  @Field()
  writtenAt!: string;
  agreementId!: string | null;
  communityId!: string;
}

@ObjectType('WaitingDecision', { description: 'Something a proposal waits for from the person who is asking.' })
export class WaitingDecisionView implements WaitingRow {
  @Field(() => WaitingKind)
  kind!: string;
  @Field(() => WaitingRole, { description: 'As what they see this.' })
  role!: string;
  @Field(() => ID)
  circleId!: string;
  @Field(() => ID)
  proposalId!: string;
  @Field()
  since!: string;
  memberId!: string;
  subject!: string;
  objectionId!: string | null;
  communityId!: string;
  due!: boolean;
  position!: string;
}
