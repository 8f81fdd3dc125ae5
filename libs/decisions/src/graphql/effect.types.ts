import { Member } from '@app/identity';
import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { Effect } from '../domain/effect.js';
import { ConvenedCategory } from './decision.enums.js';

@ObjectType('SplitPlanOfAdmission')
export class SplitPlanView {
  @Field(() => String, { nullable: true })
  plan!: string | null;
  @Field()
  due!: string;
}

@ObjectType('AdmitMemberEffect')
export class AdmitMemberView {
  @Field(() => Member)
  member!: Member;
  @Field(() => SplitPlanView, { nullable: true })
  splitPlan!: SplitPlanView | null;
}

@ObjectType('RemoveMemberEffect')
export class RemoveMemberView {
  @Field(() => Member)
  member!: Member;
}

@ObjectType('ConveneCircleEffect')
export class ConveneCircleView {
  @Field(() => ID, { description: 'The id the circle has once it is convened.' })
  circleId!: string;
  @Field(() => String, { nullable: true })
  name!: string | null;
  @Field(() => String, { nullable: true })
  aim!: string | null;
  @Field(() => [ID], { description: 'The domain items it receives.' })
  items!: string[];
  @Field(() => Member)
  leader!: Member;
  @Field(() => Int)
  leaderTermMonths!: number;
  @Field(() => ConvenedCategory)
  category!: string;
  @Field(() => Int)
  meetingsPerYear!: number;
}

@ObjectType('AssignExpertEffect')
export class AssignExpertView {
  @Field(() => Member)
  expert!: Member;
  @Field()
  from!: string;
  @Field()
  to!: string;
}

@ObjectType('UnassignExpertEffect')
export class UnassignExpertView {
  @Field(() => Member)
  expert!: Member;
}

@ObjectType('ChangeAimEffect')
export class ChangeAimView {
  @Field(() => ID)
  circleId!: string;
  @Field(() => String, { nullable: true })
  aim!: string | null;
}

@ObjectType('ItemOfDomainChange')
export class AddedItemView {
  @Field(() => ID)
  itemId!: string;
  @Field(() => String, { nullable: true })
  text!: string | null;
}

@ObjectType('ChangeDomainEffect')
export class ChangeDomainView {
  @Field(() => ID)
  circleId!: string;
  @Field(() => [AddedItemView])
  add!: AddedItemView[];
  @Field(() => [ID])
  remove!: string[];
}

@ObjectType('Effect', { description: 'What a decision changes by itself. One field says what; the others are null.' })
export class EffectView {
  @Field(() => Boolean, { nullable: true })
  acceptAimAndDomain?: true;
  @Field(() => AdmitMemberView, { nullable: true })
  admitMember?: AdmitMemberView;
  @Field(() => RemoveMemberView, { nullable: true })
  removeMember?: RemoveMemberView;
  @Field(() => ConveneCircleView, { nullable: true })
  conveneCircle?: ConveneCircleView;
  @Field(() => AssignExpertView, { nullable: true })
  assignExpert?: AssignExpertView;
  @Field(() => UnassignExpertView, { nullable: true })
  unassignExpert?: UnassignExpertView;
  @Field(() => ChangeAimView, { nullable: true })
  changeAim?: ChangeAimView;
  @Field(() => ChangeDomainView, { nullable: true })
  changeDomain?: ChangeDomainView;
}

/** An effect as it is shown: persons by name. */
export function effectView(effect: Effect | null): EffectView | null {
  if (effect === null) return null;
  return Object.assign(new EffectView(), { [effect.kind]: shown(effect) });
}

function shown(effect: Effect): unknown {
  switch (effect.kind) {
    case 'acceptAimAndDomain':
      return true;
    case 'admitMember':
      return { member: Member.of(effect.memberId), splitPlan: effect.splitPlan ?? null };
    case 'removeMember':
      return { member: Member.of(effect.memberId) };
    case 'conveneCircle':
      return { ...effect, leader: Member.of(effect.leader) };
    case 'assignExpert':
      return { ...effect, expert: Member.of(effect.expertId) };
    case 'unassignExpert':
      return { expert: Member.of(effect.expertId) };
    case 'changeAim':
    case 'changeDomain':
      return effect;
  }
}
