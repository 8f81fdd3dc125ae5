import { IsDay, IsId, Sentence } from '@app/graph';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsBoolean, IsIn, IsInt, IsOptional, Min, ValidateNested } from 'class-validator';
import { AgreementChangeInput } from './agreement-change.inputs.js';
import { CommandInput, InMeetingInput, OnProposalInput } from './command.inputs.js';
import { MissedReview } from './decision.enums.js';
import { EffectInput } from './effect.inputs.js';

@InputType()
export class DraftProposalInput extends CommandInput {
  @Field(() => ID)
  @IsId()
  circleId!: string;

  @Field({ description: 'At most 200 characters.' })
  @Sentence({ max: 200 })
  title!: string;

  @Field({ description: 'What is to be decided, at most 20 000 characters.' })
  @Sentence({ max: 20_000 })
  text!: string;

  @Field(() => String, { nullable: true, description: 'The need or tension it answers; needed to present it.' })
  @Sentence({ max: 4_000, optional: true })
  need?: string | null;

  @Field(() => String, { nullable: true, description: 'A concrete example of the need; needed to present it.' })
  @Sentence({ max: 4_000, optional: true })
  example?: string | null;

  @Field(() => EffectInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => EffectInput)
  effect?: EffectInput | null;

  @Field(() => AgreementChangeInput, { nullable: true, description: 'What it does to an agreement that stands.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => AgreementChangeInput)
  agreement?: AgreementChangeInput | null;
}

@InputType({ description: 'The draft as it is to read from now on, whole.' })
export class ReviseDraftInput extends OnProposalInput {
  @Field()
  @Sentence({ max: 200 })
  title!: string;

  @Field()
  @Sentence({ max: 20_000 })
  text!: string;

  @Field(() => String, { nullable: true })
  @Sentence({ max: 4_000, optional: true })
  need?: string | null;

  @Field(() => String, { nullable: true })
  @Sentence({ max: 4_000, optional: true })
  example?: string | null;

  @Field(() => EffectInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => EffectInput)
  effect?: EffectInput | null;

  @Field(() => AgreementChangeInput, { nullable: true, description: 'What it does to an agreement that stands.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => AgreementChangeInput)
  agreement?: AgreementChangeInput | null;
}

@InputType()
export class WelcomeCoAuthorInput extends OnProposalInput {
  @Field(() => ID)
  @IsId()
  memberId!: string;
}

@InputType()
export class WithdrawProposalInput extends OnProposalInput {
  @Field()
  @Sentence({ max: 4_000 })
  reason!: string;
}

@InputType()
export class PresentProposalInput extends InMeetingInput {
  @Field(() => String, { nullable: true, description: 'The day by which the decision is measured again.' })
  @IsOptional()
  @IsDay()
  reviewOn?: string | null;

  @Field(() => [String], { defaultValue: [], description: 'By what it will be measured.' })
  @ArrayMaxSize(20)
  @Sentence({ max: 1_000, each: true })
  measures!: string[];

  @Field(() => ID, { nullable: true, description: 'The member who carries it out.' })
  @IsOptional()
  @IsId()
  responsibleId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The part of the circle’s domain it is about.' })
  @IsOptional()
  @IsId()
  domainItemId?: string | null;

  @Field(() => String, { nullable: true })
  @Sentence({ max: 2_000, optional: true })
  resources?: string | null;

  @Field(() => String, { nullable: true, description: 'The day it lapses by itself, if it does.' })
  @IsOptional()
  @IsDay()
  expiresOn?: string | null;

  @Field(() => MissedReview, { nullable: true })
  @IsOptional()
  @IsIn(Object.values(MissedReview))
  onMissedReview?: string | null;

  @Field(() => [ID], { defaultValue: [], description: 'Agreements in force that it relies on.' })
  @ArrayMaxSize(20)
  @IsId({ each: true })
  cites!: string[];
}

@InputType({ description: 'What is not named stays as it is; null takes away what can be taken away.' })
export class AmendProposalInput extends OnProposalInput {
  @Field(() => Int, { description: 'The version the change was written on.' })
  @IsInt()
  @Min(1)
  baseVersion!: number;

  @Field({ description: 'Why it is changed.' })
  @Sentence({ max: 4_000 })
  why!: string;

  @Field({ defaultValue: false, description: 'It is another proposal now: it is clarified anew.' })
  @IsBoolean()
  substantial!: boolean;

  @Field(() => [ID], { defaultValue: [], description: 'The objections it answers.' })
  @ArrayMaxSize(50)
  @IsId({ each: true })
  objectionIds!: string[];

  @Field(() => String, { nullable: true })
  @Sentence({ max: 200, optional: true })
  title?: string | null;

  @Field(() => String, { nullable: true })
  @Sentence({ max: 20_000, optional: true })
  text?: string | null;

  @Field(() => String, { nullable: true })
  @Sentence({ max: 4_000, optional: true })
  need?: string | null;

  @Field(() => String, { nullable: true })
  @Sentence({ max: 4_000, optional: true })
  example?: string | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @IsDay()
  reviewOn?: string | null;

  @Field(() => [String], { nullable: true })
  @IsOptional()
  @ArrayMaxSize(20)
  @Sentence({ max: 1_000, each: true, optional: true })
  measures?: string[] | null;

  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsId()
  responsibleId?: string | null;

  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsId()
  domainItemId?: string | null;

  @Field(() => String, { nullable: true })
  @Sentence({ max: 2_000, optional: true })
  resources?: string | null;

  @Field(() => String, { nullable: true })
  @IsOptional()
  @IsDay()
  expiresOn?: string | null;

  @Field(() => MissedReview, { nullable: true })
  @IsOptional()
  @IsIn(Object.values(MissedReview))
  onMissedReview?: string | null;

  @Field(() => EffectInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => EffectInput)
  effect?: EffectInput | null;

  @Field(() => AgreementChangeInput, { nullable: true, description: 'What it does to an agreement that stands.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => AgreementChangeInput)
  agreement?: AgreementChangeInput | null;

  @Field(() => [ID], { nullable: true, description: 'Agreements in force that it relies on.' })
  @IsOptional()
  @ArrayMaxSize(20)
  @IsId({ each: true })
  cites?: string[] | null;
}

@InputType()
export class KeepVersionInput extends OnProposalInput {}

@InputType()
export class ConfirmStillMeetsNeedInput extends OnProposalInput {
  @Field(() => Int)
  @IsInt()
  @Min(1)
  version!: number;
}
