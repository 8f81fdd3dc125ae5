import { AnswerChannel, IsId, Sentence } from '@app/graph';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsIn, IsInt, IsOptional, Min } from 'class-validator';
import { InMeetingInput, OnProposalInput } from './command.inputs.js';
import { IntegrationOption, ObjectionKind } from './decision.enums.js';

@InputType({ isAbstract: true })
export abstract class SpokenInput extends OnProposalInput {
  @Field(() => ID, { nullable: true, description: 'Whose word it is; your own unless said.' })
  @IsOptional()
  @IsId()
  by?: string | null;

  @Field(() => AnswerChannel, { nullable: true, description: 'voice or paper, for what somebody else said.' })
  @IsOptional()
  @IsIn(Object.values(AnswerChannel))
  channel?: string | null;

  @Field(() => ID, { nullable: true, description: 'The meeting it was said in; needed for somebody else’s word.' })
  @IsOptional()
  @IsId()
  meetingId?: string | null;
}

@InputType({ isAbstract: true })
abstract class AnswerInput extends SpokenInput {
  @Field(() => ID)
  @IsId()
  roundId!: string;

  @Field(() => Int, { description: 'The version answered, exactly.' })
  @IsInt()
  @Min(1)
  version!: number;
}

@InputType()
export class OpenClarifyingInput extends InMeetingInput {}

@InputType()
export class OpenReactingInput extends InMeetingInput {}

@InputType()
export class CloseReactionsInput extends InMeetingInput {}

@InputType()
export class CloseConsentRoundInput extends InMeetingInput {}

@InputType()
export class AskClarificationInput extends SpokenInput {
  @Field()
  @Sentence({ max: 4_000 })
  text!: string;
}

@InputType()
export class AnswerClarificationInput extends AskClarificationInput {
  @Field(() => ID)
  @IsId()
  questionId!: string;
}

@InputType()
export class RecordReactionInput extends AskClarificationInput {}

@InputType()
export class OpenConsentRoundInput extends InMeetingInput {
  @Field(() => Int, { description: 'The version everybody is asked about: the latest.' })
  @IsInt()
  @Min(1)
  version!: number;
}

@InputType()
export class GiveConsentInput extends AnswerInput {
  @Field(() => String, { nullable: true, description: 'A worry that does not stop you, to be reread at the review.' })
  @Sentence({ max: 4_000, optional: true })
  concern?: string | null;
}

@InputType()
export class RaiseObjectionInput extends AnswerInput {
  @Field(() => ObjectionKind)
  @IsIn(Object.values(ObjectionKind))
  kind!: string;

  @Field(() => String, { nullable: true, description: 'What would happen, and on what facts you rely. Needed.' })
  @Sentence({ max: 8_000, optional: true })
  argument?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'By kind: the aim or work it hinders, the domain, the rule or the people it harms. Needed.',
  })
  @Sentence({ max: 4_000, optional: true })
  affects?: string | null;

  @Field(() => String, { nullable: true, description: 'What would help.' })
  @Sentence({ max: 4_000, optional: true })
  remedy?: string | null;
}

@InputType()
export class DisputeAnswerInput extends OnProposalInput {
  @Field(() => ID)
  @IsId()
  roundId!: string;
}

@InputType({ isAbstract: true })
export abstract class OnObjectionInput extends OnProposalInput {
  @Field(() => ID)
  @IsId()
  objectionId!: string;
}

@InputType()
export class ProposeIntegrationInput extends OnObjectionInput {
  @Field(() => IntegrationOption)
  @IsIn(Object.values(IntegrationOption))
  option!: string;

  @Field(() => String, { nullable: true })
  @Sentence({ max: 4_000, optional: true })
  text?: string | null;
}

@InputType()
export class ConfirmResolvedInput extends OnObjectionInput {
  @Field(() => Int, { description: 'The version that no longer raises the objection: the latest.' })
  @IsInt()
  @Min(1)
  version!: number;
}

@InputType()
export class AdoptObjectionInput extends OnObjectionInput {
  @Field({ description: 'The argument in your own words.' })
  @Sentence({ max: 8_000 })
  argument!: string;

  @Field({ description: 'What it affects, in your own words.' })
  @Sentence({ max: 4_000 })
  affects!: string;
}
