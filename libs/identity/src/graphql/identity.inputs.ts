import { Field, ID, InputType } from '@nestjs/graphql';
import { IsId, IsMoment, Sentence } from '@app/graph';
import { type Locale, locales } from '@app/wording';
import { Type } from 'class-transformer';
import { IsIn, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { maxTokenDays } from '../api-tokens.js';
import { maxInvitationDays, usualInvitationDays } from '../invitations.js';
import { LocaleName } from './member.types.js';

const click = 'The same id sent twice is the same click: the second is refused and makes nothing.';

@InputType()
export class InviteInput {
  @Field(() => String, { nullable: true, description: 'Only somebody with this address may use the invitation.' })
  @IsOptional()
  @IsString()
  @MaxLength(254)
  email?: string;

  @Field(() => String, {
    nullable: true,
    description: `An instant at most ${maxInvitationDays} days away; in ${usualInvitationDays} days unless said.`,
  })
  @IsOptional()
  @IsMoment()
  expiresAt?: string;

  @Field(() => ID, { nullable: true, description: click })
  @IsOptional()
  @IsId()
  commandId?: string;
}

@InputType({ description: 'A person who has no account yet.' })
export class NewAccountInput {
  @Field()
  @Sentence({ max: 200 })
  name!: string;

  @Field()
  @IsString()
  @MaxLength(254)
  email!: string;

  @Field({ description: '10 to 128 characters.' })
  @IsString()
  @MaxLength(1000)
  password!: string;

  @Field(() => LocaleName, { nullable: true })
  @IsOptional()
  @IsIn(locales)
  locale?: Locale;
}

@InputType()
export class RedeemInvitationInput {
  @Field({ description: 'From the link.' })
  @IsString()
  @MaxLength(200)
  token!: string;

  @Field(() => NewAccountInput, { nullable: true, description: 'Left out by somebody who is signed in.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => NewAccountInput)
  account?: NewAccountInput;

  @Field(() => String, {
    nullable: true,
    description: 'For somebody who is signed in: what to be called in this community, instead of the account’s name.',
  })
  @Sentence({ max: 200, optional: true })
  displayName?: string;
}

@InputType()
export class CreateApiTokenInput {
  @Field({ description: 'What it is for.' })
  @Sentence({ max: 100 })
  label!: string;

  @Field(() => String, {
    nullable: true,
    description: `An instant at most ${maxTokenDays} days away. Without it the token stands until it is revoked.`,
  })
  @IsOptional()
  @IsMoment()
  expiresAt?: string;

  @Field(() => ID, { nullable: true, description: click })
  @IsOptional()
  @IsId()
  commandId?: string;
}

@InputType()
export class RevokeApiTokenInput {
  @Field(() => ID)
  @IsId()
  tokenId!: string;
}

@InputType()
export class SignOutEverywhereInput {
  @Field(() => Boolean, { nullable: true, description: 'Ends the API tokens as well.' })
  @IsOptional()
  tokens?: boolean;
}
