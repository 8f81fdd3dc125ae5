import { IsId } from '@app/graph';
import { Field, ID, InputType, Int } from '@nestjs/graphql';
import { IsIn, IsInt, Min } from 'class-validator';
import type { AboutAgreement } from '../domain/proposal.events.js';
import { AgreementAction } from './decision.enums.js';

@InputType({ description: 'An agreement of this circle in force, and what becomes of it when everybody consents.' })
export class AgreementChangeInput {
  @Field(() => ID)
  @IsId()
  agreementId!: string;

  @Field(() => Int, { description: 'The version of the agreement this is written on: the latest.' })
  @IsInt()
  @Min(1)
  baseVersion!: number;

  @Field(() => AgreementAction)
  @IsIn(Object.values(AgreementAction))
  action!: string;
}

export const aboutAsked = ({ agreementId, baseVersion, action }: AgreementChangeInput): AboutAgreement => ({
  agreementId,
  baseVersion,
  action: action as AboutAgreement['action'],
});
