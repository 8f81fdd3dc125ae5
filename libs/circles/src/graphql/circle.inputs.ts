import { IsId, IsZone, Sentence } from '@app/graph';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { ArrayMaxSize, ArrayMinSize, Equals, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { CircleCategory, OfficeName } from './circle.types.js';

@InputType({ isAbstract: true })
abstract class CommandInput {
  @Field(() => ID, { nullable: true, description: 'The same id sent twice is the same click.' })
  @IsOptional()
  @IsId()
  commandId?: string;
}

@InputType()
export class CircleInput extends CommandInput {
  @Field(() => ID)
  @IsId()
  circleId!: string;
}

@InputType()
export class FoundCommunityInput extends CommandInput {
  @Field({ description: 'Name of the community, at most 200 characters.' })
  @Sentence({ max: 200 })
  name!: string;

  @Field({ defaultValue: 'America/Toronto', description: 'IANA time zone.' })
  @IsZone()
  zone!: string;

  @Field({ description: 'Name of the root circle.' })
  @Sentence({ max: 200 })
  circleName!: string;

  @Field({ description: 'What the root circle brings, and to whom.' })
  @Sentence({ max: 2_000 })
  aim!: string;

  @Field(() => [String], { description: 'The matters it decides, one text each.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @Sentence({ max: 500, each: true })
  domain!: string[];

  @Field(() => CircleCategory, { defaultValue: 'general' })
  @IsIn(Object.values(CircleCategory))
  category!: string;

  @Field(() => Int, { description: 'Meetings pledged a year.' })
  @IsInt()
  @Min(1)
  @Max(366)
  meetingsPerYear!: number;
}

@InputType()
export class OfferAdmissionInput extends CircleInput {
  @Field(() => ID)
  @IsId()
  memberId!: string;
}

@InputType()
export class DeclineAdmissionInput extends CircleInput {
  @Field(() => ID, { nullable: true, description: 'Whose place the convener takes back; one’s own unless said.' })
  @IsOptional()
  @IsId()
  memberId?: string;
}

@InputType()
export class LeaveCircleInput extends CircleInput {
  @Field(() => String, { nullable: true, description: 'What you propose for what you leave behind.' })
  @Sentence({ max: 4_000, optional: true })
  handover?: string;
}

@InputType()
export class ResignOfficeInput extends LeaveCircleInput {
  @Field(() => OfficeName)
  @IsIn(Object.values(OfficeName))
  office!: string;
}

@InputType()
export class StepBackAsExpertInput extends CircleInput {}

@InputType()
export class EraseMyDataInput extends CommandInput {
  @Field({ description: 'Must be true: what is erased can never be read again.' })
  @Equals(true)
  understood!: boolean;
}

@InputType()
export class LeaveCommunityInput extends CommandInput {}
