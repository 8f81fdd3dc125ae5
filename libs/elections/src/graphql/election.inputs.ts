import { AnswerChannel, IsDay, IsId, Sentence } from '@app/graph';
import type { Channel } from '@app/kernel';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { ArrayMaxSize, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { type Calling, electionCauses } from '../domain/calling.js';
import { type ElectedOffice, electedOffices, electionIntegrations } from '../domain/election.events.js';
import { ElectedOfficeName, ElectionCause, ElectionIntegrationOption } from './election.types.js';

@InputType({ isAbstract: true })
export abstract class ClickInput {
  @Field(() => ID, { nullable: true, description: 'The same id sent twice is the same click.' })
  @IsOptional()
  @IsId()
  commandId?: string;
}

@InputType({ isAbstract: true })
abstract class OnElectionInput extends ClickInput {
  @Field(() => ID)
  @IsId()
  electionId!: string;

  @Field(() => ID, { nullable: true, description: 'The meeting it happens in; the one of the last step unless said.' })
  @IsOptional()
  @IsId()
  meetingId?: string;
}

@InputType({ isAbstract: true })
abstract class SpokenInput extends OnElectionInput {
  @Field(() => ID, { nullable: true, description: 'Whose word it is; absent: one’s own.' })
  @IsOptional()
  @IsId()
  memberId?: string;

  @Field(() => AnswerChannel, { nullable: true, description: 'own unless said.' })
  @IsOptional()
  @IsIn(Object.values(AnswerChannel))
  channel?: Channel;
}

@InputType()
export class CallElectionInput extends ClickInput {
  @Field(() => ID)
  @IsId()
  circleId!: string;

  @Field(() => ElectedOfficeName)
  @IsIn(electedOffices)
  office!: ElectedOffice;

  @Field(() => Int, { defaultValue: 1, description: '2 for a second facilitator or a second second link.' })
  @IsInt()
  @Min(1)
  @Max(2)
  seat!: number;

  @Field(() => ElectionCause)
  @IsIn(electionCauses)
  cause!: Calling['cause'];
}

@InputType()
export class DescribeRoleInput extends OnElectionInput {
  @Field({ description: 'At most 4000 characters.' })
  @Sentence({ max: 4_000 })
  duties!: string;

  @Field({ description: 'At most 4000 characters.' })
  @Sentence({ max: 4_000 })
  qualities!: string;

  @Field({ description: 'First day of the term.' })
  @IsDay()
  from!: string;

  @Field(() => String, { nullable: true, description: 'Last day of the term: without one the role is refused.' })
  @IsOptional()
  @IsDay()
  to?: string;
}

@InputType()
export class OpenNominationsInput extends ClickInput {
  @Field(() => ID)
  @IsId()
  electionId!: string;

  @Field(() => ID)
  @IsId()
  meetingId!: string;
}

@InputType()
export class NominateInput extends ClickInput {
  @Field(() => ID)
  @IsId()
  electionId!: string;

  @Field(() => ID, { description: 'A member id, or `outside` for a search outside the circle.' })
  @IsId()
  nominee!: string;
}

@InputType()
export class GiveReasonInput extends SpokenInput {
  @Field({ description: 'At most 4000 characters.' })
  @Sentence({ max: 4_000 })
  text!: string;
}

@InputType()
export class ChangeNominationInput extends SpokenInput {
  @Field(() => ID, { description: 'A member id, or `outside`.' })
  @IsId()
  to!: string;

  @Field({ description: 'At most 4000 characters.' })
  @Sentence({ max: 4_000 })
  reason!: string;
}

@InputType()
export class ProposeNomineeInput extends OnElectionInput {
  @Field(() => ID)
  @IsId()
  person!: string;

  @Field({ description: 'At most 4000 characters.' })
  @Sentence({ max: 4_000 })
  rationale!: string;

  @Field(() => [ID], { description: 'Recorded reasons, at least one.' })
  @ArrayMaxSize(100)
  @IsId({ each: true })
  cites!: string[];
}

@InputType()
export class HandOverLeadInput extends OnElectionInput {
  @Field(() => ID, { nullable: true, description: 'Absent: the next in order.' })
  @IsOptional()
  @IsId()
  to?: string;
}

@InputType()
export class GiveElectionConsentInput extends SpokenInput {
  @Field(() => ID)
  @IsId()
  roundId!: string;

  @Field(() => String, { nullable: true, description: 'At most 4000 characters.' })
  @Sentence({ max: 4_000, optional: true })
  concern?: string;
}

@InputType()
export class RaiseElectionObjectionInput extends SpokenInput {
  @Field(() => ID)
  @IsId()
  roundId!: string;

  @Field({ description: 'At most 8000 characters.' })
  @Sentence({ max: 8_000 })
  argument!: string;
}

@InputType()
export class ProposeElectionIntegrationInput extends OnElectionInput {
  @Field(() => ID)
  @IsId()
  objectionId!: string;

  @Field(() => ElectionIntegrationOption)
  @IsIn(electionIntegrations)
  option!: (typeof electionIntegrations)[number];

  @Field({ description: 'At most 4000 characters.' })
  @Sentence({ max: 4_000 })
  text!: string;

  @Field(() => String, { nullable: true, description: 'Other duties, at most 4000 characters.' })
  @Sentence({ max: 4_000, optional: true })
  duties?: string;

  @Field(() => String, { nullable: true, description: 'For the option term: first day.' })
  @IsOptional()
  @IsDay()
  from?: string;

  @Field(() => String, { nullable: true, description: 'For the option term: last day.' })
  @IsOptional()
  @IsDay()
  to?: string;
}

@InputType()
export class ConfirmElectionIntegrationInput extends OnElectionInput {
  @Field(() => ID)
  @IsId()
  objectionId!: string;

  @Field(() => ID, { nullable: true, description: 'The offer that satisfies: its dates become the term’s.' })
  @IsOptional()
  @IsId()
  integrationId?: string;
}

@InputType()
export class AdoptElectionObjectionInput extends OnElectionInput {
  @Field(() => ID)
  @IsId()
  objectionId!: string;

  @Field({ description: 'At most 8000 characters.' })
  @Sentence({ max: 8_000 })
  argument!: string;
}

@InputType({ isAbstract: true })
abstract class WithReasonInput extends OnElectionInput {
  @Field({ description: 'At most 4000 characters.' })
  @Sentence({ max: 4_000 })
  reason!: string;
}

@InputType()
export class DeclineOfficeInput extends WithReasonInput {}

@InputType()
export class CancelElectionInput extends WithReasonInput {}

@InputType()
export class RevealNominationsInput extends OnElectionInput {}

@InputType()
export class OpenReasonsInput extends OnElectionInput {}

@InputType()
export class OpenChangesInput extends OnElectionInput {}

@InputType()
export class OpenElectionConsentInput extends OnElectionInput {}

@InputType()
export class DisputeElectionAnswerInput extends OnElectionInput {
  @Field(() => ID)
  @IsId()
  roundId!: string;
}

@InputType()
export class CloseElectionRoundInput extends OnElectionInput {}

@InputType()
export class AcceptOfficeInput extends OnElectionInput {}
