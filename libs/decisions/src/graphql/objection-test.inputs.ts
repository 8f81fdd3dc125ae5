import { IsId, Sentence } from '@app/graph';
import { Field, ID, InputType } from '@nestjs/graphql';
import { IsBoolean } from 'class-validator';
import { OnObjectionInput, SpokenInput } from './deciding.inputs.js';

@InputType()
export class RequestObjectionTestInput extends OnObjectionInput {}

@InputType()
export class CloseObjectionTestInput extends OnObjectionInput {}

@InputType()
export class JudgeObjectionInput extends SpokenInput {
  @Field(() => ID)
  @IsId()
  objectionId!: string;

  @Field({ description: 'It is an objection: one who says so is enough to keep it.' })
  @IsBoolean()
  stands!: boolean;

  @Field({ description: 'Why, in a sentence or two.' })
  @Sentence({ max: 4_000 })
  reason!: string;
}
