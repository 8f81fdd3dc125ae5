import { IsId } from '@app/graph';
import { Field, ID, InputType } from '@nestjs/graphql';
import { ArrayMaxSize, IsBoolean, IsOptional } from 'class-validator';

@InputType({ isAbstract: true })
abstract class ClickInput {
  @Field(() => ID, { nullable: true, description: 'The same id sent twice is the same click.' })
  @IsOptional()
  @IsId()
  commandId?: string;
}

@InputType()
export class OpenMeetingInput extends ClickInput {
  @Field(() => ID)
  @IsId()
  circleId!: string;

  @Field(() => [ID], {
    nullable: true,
    description: 'Members who are there already; whoever opens the meeting is there anyway.',
  })
  @IsOptional()
  @ArrayMaxSize(100)
  @IsId({ each: true })
  present?: string[];
}

@InputType()
export class RecordPresenceInput extends ClickInput {
  @Field(() => ID)
  @IsId()
  meetingId!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Whose presence; absent: one’s own. Another’s is entered by the acting facilitator or secretary.',
  })
  @IsOptional()
  @IsId()
  memberId?: string;

  @Field({ description: 'True: they come in. False: they go out.' })
  @IsBoolean()
  present!: boolean;
}

@InputType()
export class CloseMeetingInput extends ClickInput {
  @Field(() => ID)
  @IsId()
  meetingId!: string;
}
