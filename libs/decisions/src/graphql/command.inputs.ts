import { IsId } from '@app/graph';
import { Field, ID, InputType } from '@nestjs/graphql';
import { IsOptional } from 'class-validator';

/** What every mutation takes besides its own. */
@InputType({ isAbstract: true })
export abstract class CommandInput {
  @Field(() => ID, { nullable: true, description: 'The same id sent twice is the same click.' })
  @IsOptional()
  @IsId()
  commandId?: string | null;
}

@InputType({ isAbstract: true })
export abstract class OnProposalInput extends CommandInput {
  @Field(() => ID)
  @IsId()
  proposalId!: string;
}

@InputType({ isAbstract: true })
export abstract class InMeetingInput extends OnProposalInput {
  @Field(() => ID, { description: 'The meeting in which it happens.' })
  @IsId()
  meetingId!: string;
}
