import { Member } from '@app/identity';
import type { Lazy } from '@app/graph';
import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CircleRules } from '../domain/rules.js';
import type { CircleRow, CommunityRow, DomainItemRow } from '../read/circle.tables.js';

const words = <const T extends readonly string[]>(list: T) => Object.fromEntries(list.map((it) => [it, it]));
export const CircleState = words(['Proposed', 'Forming', 'Active'] as const);
export const OfficeName = words(['leader', 'facilitator', 'secretary', 'secondLink'] as const);
export const TermState = words(['running', 'endsSoon', 'caretaker', 'acting'] as const);
export const CircleCategory = words(['general', 'practice', 'department', 'top'] as const);
registerEnumType(CircleState, { name: 'CircleState' });
registerEnumType(OfficeName, { name: 'OfficeName' });
registerEnumType(TermState, {
  name: 'TermState',
  description: 'caretaker: the term has ended and the holder acts on.',
});
registerEnumType(CircleCategory, { name: 'CircleCategory' });

/** The moment a view is read at: now, or a past one with its place in the log. */
export interface At {
  readonly instant: string;
  readonly position?: string;
}

@ObjectType('Community')
export class CommunityView implements CommunityRow {
  @Field(() => ID, { name: 'id' })
  communityId!: string;
  @Field(() => String, { nullable: true })
  name!: string | null;
  @Field({ description: 'IANA time zone: where its days begin and end.' })
  zone!: string;
  @Field(() => ID)
  rootCircleId!: string;
  @Field()
  foundedAt!: string;
  founderId!: string;
}

@ObjectType('DomainItem', { description: 'A matter the circle decides.' })
export class DomainItemView implements DomainItemRow {
  @Field(() => ID, { name: 'id' })
  itemId!: string;
  @Field(() => String, { nullable: true })
  text!: string | null;
  @Field(() => ID, { nullable: true, description: 'The sub-circle that decides it, when it was delegated.' })
  delegatedTo!: string | null;
  circleId!: string;
  communityId!: string;
}

@ObjectType('Office', { description: 'A function held in a circle.' })
export class OfficeView {
  @Field(() => OfficeName)
  office!: string;
  @Field(() => Int)
  seat!: number;
  @Field(() => Member)
  holder!: Lazy<Member>;
  @Field(() => TermState)
  state!: string;
  @Field(() => String, { nullable: true })
  startsOn!: string | null;
  @Field(() => String, { nullable: true, description: 'Last day of the term.' })
  endsOn!: string | null;
  @Field(() => ID, { nullable: true })
  electionId!: string | null;
}

@ObjectType('LinkSeat', { description: 'A place held in this circle as link of a sub-circle.' })
export class LinkSeatView {
  @Field(() => ID)
  circleId!: string;
  @Field({ description: 'first: the sub-circle’s leader; second: the person it elected.' })
  link!: string;
}

@ObjectType('CircleMember', {
  description: 'A person with consent rights in the circle: one voice, whatever seats they hold.',
})
export class CircleMemberView {
  @Field(() => Member)
  member!: Lazy<Member>;
  @Field(() => String, { nullable: true, description: 'When they were admitted to the circle itself.' })
  since!: string | null;
  @Field(() => [OfficeName])
  offices!: string[];
  @Field(() => [LinkSeatView])
  linksOf!: LinkSeatView[];
}

@ObjectType('ExpertAssignment')
export class ExpertView {
  @Field(() => Member)
  expert!: Lazy<Member>;
  @Field()
  startsOn!: string;
  @Field()
  endsOn!: string;
}

@ObjectType('QuorumRule')
export class QuorumRuleView {
  @Field(() => Int)
  numerator!: number;
  @Field(() => Int)
  denominator!: number;
  @Field(() => Int)
  minimum!: number;
}

@ObjectType('SplitPlan', { description: 'How and by when a circle of nine or ten will divide.' })
export class SplitPlanView {
  @Field(() => String, { nullable: true })
  plan!: string | null;
  @Field()
  dueOn!: string;
}

@ObjectType('AdmissionOffer', {
  description: 'A place offered in a forming circle, waiting for the person’s own word.',
})
export class AdmissionOfferView {
  @Field(() => Member)
  member!: Lazy<Member>;
  @Field()
  offeredAt!: string;
}

@ObjectType('Circle')
export class CircleView implements CircleRow {
  @Field(() => ID, { name: 'id' })
  circleId!: string;
  @Field(() => ID)
  communityId!: string;
  @Field(() => ID, { nullable: true })
  parentId!: string | null;
  @Field(() => String, { nullable: true })
  name!: string | null;
  @Field(() => String, { nullable: true })
  aim!: string | null;
  @Field(() => CircleCategory)
  category!: string;
  @Field(() => CircleState)
  state!: string;
  @Field({ description: 'The circle has accepted its aim and domain.' })
  accepted!: boolean;
  @Field(() => Int, { description: 'Meetings pledged a year.' })
  meetingsPerYear!: number;
  @Field()
  zone!: string;
  @Field()
  proposedAt!: string;
  convenerId!: string;
  rules!: CircleRules;
  /** The moment this view and everything under it is read at. */
  at!: At;
}

@ObjectType('Organisation', {
  description: 'The circles of the community, now or as they were known at a past moment.',
})
export class OrganisationView {
  @Field(() => CommunityView)
  community!: CommunityView;
  @Field(() => String, { nullable: true, description: 'The moment asked for; nothing means now.' })
  asOf!: string | null;
  at!: At;
}
