import { AnswerChannel } from '@app/graph';
import { Member } from '@app/identity';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { RoundRules } from '../domain/proposal.events.js';
import type { AnswerRow, ObjectionRow, ObjectionStepRow, PlaceRow, RoundRow } from '../read/proposal.tables.js';
import {
  AnswerKind,
  IntegrationOption,
  ObjectionKind,
  ObjectionStatus,
  ObjectionStepKind,
  PlaceState,
  RoundOutcome,
} from './decision.enums.js';

@ObjectType('ConsentRound', { description: 'Everybody is asked for their consent to one exact version.' })
export class RoundView implements RoundRow {
  @Field(() => ID, { name: 'id' })
  roundId!: string;
  @Field(() => Int)
  version!: number;
  @Field(() => Int, { description: 'How many make a quorum, counted anew when somebody leaves.' })
  quorum!: number;
  @Field({ description: 'Everybody’s own answer is needed, whatever the circle’s rule.' })
  fundamental!: boolean;
  @Field(() => RoundOutcome)
  outcome!: string;
  @Field(() => String, { nullable: true, description: 'Why the round does not count, when it does not.' })
  voidCause!: string | null;
  @Field(() => ID)
  meetingId!: string;
  @Field()
  openedAt!: string;
  @Field(() => String, { nullable: true })
  closedAt!: string | null;
  proposalId!: string;
  rules!: RoundRules;
  facilitator!: string;
  secretary!: string;
  circleRevision!: number;
  objected!: boolean;
  position!: string;
  /** Whose circle it is; says who may read who objected. */
  circleId!: string;
}

@ObjectType('RosterPlace', { description: 'A person on the roster of a round.' })
export class PlaceView {
  @Field(() => Member)
  member!: Member;
  @Field(() => PlaceState)
  state!: string;
  @Field({ description: 'They were in the room when the round opened.' })
  inRoom!: boolean;

  /** `named`: what each answered is told, not only whether they did. */
  static of({ memberId, answered, inRoom }: PlaceRow, named: boolean): PlaceView {
    const state = named || answered === 'owed' || answered === 'left' ? answered : 'answered';
    return Object.assign(new PlaceView(), { member: Member.of(memberId), state, inRoom });
  }
}

@ObjectType('Answer', { description: 'An answer in a round. All are kept; those that stand count.' })
export class AnswerView implements AnswerRow {
  @Field(() => ID, { name: 'id' })
  answerId!: string;
  @Field(() => Int)
  version!: number;
  @Field(() => AnswerKind)
  kind!: string;
  @Field(() => AnswerChannel)
  channel!: string;
  @Field(() => String, { nullable: true })
  concern!: string | null;
  @Field({ description: 'There was a concern, whether or not its words can still be read.' })
  concerned!: boolean;
  @Field(() => ID, { nullable: true })
  objectionId!: string | null;
  @Field({ description: 'It counts, for this version.' })
  stands!: boolean;
  @Field({ description: 'The person it was entered for said that it was not so.' })
  disputed!: boolean;
  @Field()
  answeredAt!: string;
  roundId!: string;
  proposalId!: string;
  by!: string;
  enteredBy!: string;
  position!: string;
  /** Who answered is told. */
  named!: boolean;
}

@ObjectType('Objection', { description: 'A reasoned objection, and what became of it.' })
export class ObjectionView implements ObjectionRow {
  @Field(() => ID, { name: 'id' })
  objectionId!: string;
  @Field(() => ID)
  roundId!: string;
  @Field(() => Int, { description: 'The version it was raised to.' })
  version!: number;
  @Field(() => ObjectionKind)
  kind!: string;
  @Field(() => String, { nullable: true })
  argument!: string | null;
  @Field(() => String, { nullable: true })
  affects!: string | null;
  @Field(() => String, { nullable: true })
  remedy!: string | null;
  @Field(() => ObjectionStatus)
  status!: string;
  @Field(() => Int, { nullable: true, description: 'The version its holder found good.' })
  resolvedIn!: number | null;
  @Field(() => String, { nullable: true, description: 'amended, kept or withdrawnInRound.' })
  how!: string | null;
  @Field()
  raisedAt!: string;
  @Field(() => AnswerChannel)
  channel!: string;
  proposalId!: string;
  by!: string;
  enteredBy!: string;
  holder!: string;
  integrating!: boolean;
  position!: string;
  /** Who objected is told: inside the circle only. */
  named!: boolean;
}

@ObjectType('ObjectionStep', { description: 'Something that happened to an objection.' })
export class ObjectionStepView implements ObjectionStepRow {
  @Field(() => ID, { name: 'id' })
  stepId!: string;
  @Field(() => ObjectionStepKind)
  kind!: string;
  @Field(() => IntegrationOption, { nullable: true })
  option!: string | null;
  @Field(() => String, { nullable: true })
  text!: string | null;
  @Field(() => String, { nullable: true, description: 'In the words of who took it over.' })
  argument!: string | null;
  @Field(() => String, { nullable: true })
  affects!: string | null;
  @Field(() => Int, { nullable: true })
  version!: number | null;
  @Field(() => String, {
    nullable: true,
    description:
      'Of resolved: amended, kept or withdrawnInRound. Of judged: stands or notObjection, and `text` says why. Of tested: stands or setAside.',
  })
  how!: string | null;
  @Field()
  happenedAt!: string;
  objectionId!: string;
  proposalId!: string;
  by!: string | null;
  position!: string;
  named!: boolean;
}
