import { Member } from '@app/identity';
import type { Lazy } from '@app/graph';
import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { AuditRow, Particulars } from '../read/audit.tables.js';

export const AuditOrder = { oldestFirst: 'oldestFirst', newestFirst: 'newestFirst' } as const;
registerEnumType(AuditOrder, { name: 'AuditOrder' });

@ObjectType('AuditEntry', {
  description: 'One event of a circle, in words: who, in what office, when, what, caused by what.',
})
export class AuditEntryView implements Omit<AuditRow, 'correlationId'> {
  @Field(() => ID, { name: 'id' })
  eventId!: string;
  @Field({ description: 'The event’s type, as in schema/events.json.' })
  type!: string;
  @Field()
  stream!: string;
  @Field(() => Int)
  revision!: number;
  @Field({ description: 'The place in the log: opaque, sorts as text.' })
  position!: string;
  @Field(() => Member, {
    nullable: true,
    description: 'Nobody where Ronde acted by itself, or where the reader may not know.',
  })
  member!: Lazy<Member> | null;
  @Field(() => String, { nullable: true, description: 'The office they acted in.' })
  office!: string | null;
  @Field({ description: 'The command that wrote it.' })
  command!: string;
  @Field({ description: 'When it happened.' })
  occurredAt!: string;
  @Field({ description: 'When it was written down.' })
  recordedAt!: string;
  @Field(() => ID, {
    nullable: true,
    description: 'Ties together what one act caused; not told where the person is not.',
  })
  correlationId!: string | null;
  actor!: string;
  category!: string;
  communityId!: string;
  circleId!: string | null;
  causeId!: string | null;
  particulars!: Particulars;
  /** The reader is not of the circle. */
  outside!: boolean;
  /** Persons are not named to this reader in this entry. */
  veiled!: boolean;
}

@ObjectType('BrokenPlace', { description: 'The first place where the record no longer holds.' })
export class BrokenPlaceView {
  @Field(() => String, { nullable: true })
  stream!: string | null;
  @Field(() => Int, { nullable: true })
  revision!: number | null;
  @Field(() => String, { nullable: true })
  position!: string | null;
  @Field({ description: 'What is wrong there, as a code.' })
  why!: string;
  @Field({ description: 'What is wrong there, in words.' })
  message!: string;
}

@ObjectType('AuditVerdict', { description: 'What a check of every chain and seal of the community found.' })
export class AuditVerdictView {
  @Field()
  whole!: boolean;
  @Field(() => Int)
  events!: number;
  @Field(() => Int)
  seals!: number;
  @Field(() => String, {
    nullable: true,
    description: 'Keep this: given back as `knownHead`, it shows whether anything before it was changed.',
  })
  head!: string | null;
  @Field(() => BrokenPlaceView, { nullable: true })
  firstBroken!: BrokenPlaceView | null;
  @Field({ description: 'The result in one sentence.' })
  message!: string;
}
