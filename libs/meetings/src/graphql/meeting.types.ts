import { connectionOf } from '@app/graph';
import { Member } from '@app/identity';
import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { MeetingRow } from '../read/meeting.tables.js';

export const MeetingStatus = { open: 'open', closed: 'closed' } as const;
registerEnumType(MeetingStatus, { name: 'MeetingStatus' });

@ObjectType('MeetingPresence', { description: 'A person who is, or was, in the room.' })
export class MeetingPresenceView {
  @Field(() => Member)
  member!: Member;
  @Field({ description: 'False: they have gone out again.' })
  inRoom!: boolean;
  @Field({ description: 'When they came in or went out.' })
  since!: string;
  @Field(() => Member, { description: 'Themselves, or the officer who entered it.' })
  enteredBy!: Member;
}

@ObjectType('Meeting', { description: 'A meeting of a circle: members, the parent’s members and the expert see it.' })
export class MeetingView implements MeetingRow {
  @Field(() => ID, { name: 'id' })
  meetingId!: string;
  @Field(() => ID)
  circleId!: string;
  @Field(() => MeetingStatus)
  status!: string;
  @Field()
  openedAt!: string;
  @Field(() => String, { nullable: true })
  closedAt!: string | null;
  @Field(() => Int, { description: 'How many members make a quorum.' })
  quorum!: number;
  @Field({ description: 'Whether the quorum holds; once closed, whether it held at the end.' })
  quorate!: boolean;
  @Field({ description: 'Closed with a quorum: one of the year’s meetings.' })
  counted!: boolean;
  communityId!: string;
  openedBy!: string;
  closedBy!: string | null;
}

export const MeetingConnection = connectionOf(MeetingView, 'Meeting');
