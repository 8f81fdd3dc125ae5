import { IsDay, IsId, Sentence } from '@app/graph';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, Equals, IsIn, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import type { EffectInput as Asked } from '../write/effects.js';
import { BadInput } from '@app/graph';
import { ConvenedCategory } from './decision.enums.js';

@InputType({ description: 'How and by when a circle that grows to nine or ten will divide.' })
export class SplitPlanEffectInput {
  @Field()
  @Sentence({ max: 2_000 })
  plan!: string;

  @Field({ description: 'A day, YYYY-MM-DD.' })
  @IsDay()
  due!: string;
}

@InputType()
export class AdmitMemberEffectInput {
  @Field(() => ID)
  @IsId()
  memberId!: string;

  @Field(() => SplitPlanEffectInput, { nullable: true, description: 'Needed for the ninth and the tenth member.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SplitPlanEffectInput)
  splitPlan?: SplitPlanEffectInput | null;
}

@InputType()
export class RemoveMemberEffectInput {
  @Field(() => ID, { description: 'Who would be a member no longer. They ask and react, and do not answer.' })
  @IsId()
  memberId!: string;
}

@InputType()
export class ConveneCircleEffectInput {
  @Field()
  @Sentence({ max: 200 })
  name!: string;

  @Field()
  @Sentence({ max: 2_000 })
  aim!: string;

  @Field(() => [ID], { description: 'The domain items it receives.' })
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @IsId({ each: true })
  items!: string[];

  @Field(() => ID, { description: 'Who leads it, and convenes it.' })
  @IsId()
  leaderId!: string;

  @Field(() => Int, { defaultValue: 12 })
  @IsInt()
  @Min(1)
  @Max(60)
  leaderTermMonths!: number;

  @Field(() => ConvenedCategory)
  @IsIn(Object.values(ConvenedCategory))
  category!: string;

  @Field(() => Int, { description: 'Meetings pledged a year.' })
  @IsInt()
  @Min(1)
  @Max(366)
  meetingsPerYear!: number;
}

@InputType()
export class AssignExpertEffectInput {
  @Field(() => ID)
  @IsId()
  expertId!: string;

  @Field({ description: 'First day.' })
  @IsDay()
  from!: string;

  @Field({ description: 'Last day.' })
  @IsDay()
  to!: string;
}

@InputType()
export class UnassignExpertEffectInput {
  @Field(() => ID)
  @IsId()
  expertId!: string;
}

@InputType()
export class ChangeAimEffectInput {
  @Field(() => ID, { description: 'The circle itself where it is the root, or a sub-circle of it.' })
  @IsId()
  circleId!: string;

  @Field()
  @Sentence({ max: 2_000 })
  aim!: string;
}

@InputType({
  description: 'A new matter by its words, or an item of the parent’s that goes to its sub-circle by its id.',
})
export class DomainItemEffectInput {
  @Field(() => ID, { nullable: true })
  @IsOptional()
  @IsId()
  itemId?: string | null;

  @Field(() => String, { nullable: true })
  @Sentence({ max: 500, optional: true })
  text?: string | null;
}

@InputType()
export class ChangeDomainEffectInput {
  @Field(() => ID, { description: 'The circle itself where it is the root, or a sub-circle of it.' })
  @IsId()
  circleId!: string;

  @Field(() => [DomainItemEffectInput], { defaultValue: [] })
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => DomainItemEffectInput)
  add!: DomainItemEffectInput[];

  @Field(() => [ID], { defaultValue: [] })
  @ArrayMaxSize(50)
  @IsId({ each: true })
  remove!: string[];
}

@InputType({ description: 'What the decision changes by itself: exactly one of these.' })
export class EffectInput {
  @Field(() => Boolean, { nullable: true, description: 'true: the forming circle accepts its aim and domain.' })
  @IsOptional()
  @Equals(true)
  acceptAimAndDomain?: boolean | null;

  @Field(() => AdmitMemberEffectInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => AdmitMemberEffectInput)
  admitMember?: AdmitMemberEffectInput | null;

  @Field(() => RemoveMemberEffectInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => RemoveMemberEffectInput)
  removeMember?: RemoveMemberEffectInput | null;

  @Field(() => ConveneCircleEffectInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => ConveneCircleEffectInput)
  conveneCircle?: ConveneCircleEffectInput | null;

  @Field(() => AssignExpertEffectInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => AssignExpertEffectInput)
  assignExpert?: AssignExpertEffectInput | null;

  @Field(() => UnassignExpertEffectInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => UnassignExpertEffectInput)
  unassignExpert?: UnassignExpertEffectInput | null;

  @Field(() => ChangeAimEffectInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => ChangeAimEffectInput)
  changeAim?: ChangeAimEffectInput | null;

  @Field(() => ChangeDomainEffectInput, { nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => ChangeDomainEffectInput)
  changeDomain?: ChangeDomainEffectInput | null;
}

/** The effect asked for. More than one, or none, is malformed. */
export function effectAsked(input: EffectInput): Asked {
  const { acceptAimAndDomain, admitMember, removeMember, conveneCircle } = input;
  const { assignExpert, unassignExpert, changeAim, changeDomain } = input;
  const asked: (Asked | null | undefined | false)[] = [
    acceptAimAndDomain && { kind: 'acceptAimAndDomain' },
    admitMember && { kind: 'admitMember', ...admission(admitMember) },
    removeMember && { kind: 'removeMember', ...removeMember },
    conveneCircle && { kind: 'conveneCircle', ...convening(conveneCircle) },
    assignExpert && { kind: 'assignExpert', ...assignExpert },
    unassignExpert && { kind: 'unassignExpert', ...unassignExpert },
    changeAim && { kind: 'changeAim', ...changeAim },
    changeDomain && { kind: 'changeDomain', ...changing(changeDomain) },
  ];
  const [effect, another] = asked.filter((it): it is Asked => Boolean(it));
  if (effect === undefined || another !== undefined) {
    throw new BadInput([{ path: 'input.effect', rule: 'exactlyOne', args: {} }]);
  }
  return effect;
}

function admission({ memberId, splitPlan }: AdmitMemberEffectInput) {
  return splitPlan ? { memberId, splitPlan: { plan: splitPlan.plan, due: splitPlan.due } } : { memberId };
}

function convening({ leaderId: leader, category, ...rest }: ConveneCircleEffectInput) {
  return { ...rest, leader, category: category as 'general' | 'practice' | 'department' };
}

function changing({ circleId, add, remove }: ChangeDomainEffectInput) {
  const items = add.map(({ itemId, text }) => ({ ...(itemId ? { itemId } : {}), ...(text ? { text } : {}) }));
  return { circleId, add: items, remove };
}
