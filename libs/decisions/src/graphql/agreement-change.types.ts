import type { Lazy } from '@app/graph';
import { Field, Int, ObjectType } from '@nestjs/graphql';
import { AgreementView } from './agreement.types.js';
import { AgreementAction } from './decision.enums.js';

@ObjectType('AgreementChange', { description: 'What a version does to an agreement that stands.' })
export class AgreementChangeView {
  @Field(() => AgreementView, { nullable: true })
  agreement!: Lazy<AgreementView> | null;
  @Field(() => Int, { description: 'The version of the agreement it was written on.' })
  baseVersion!: number;
  @Field(() => AgreementAction)
  action!: string;
}
