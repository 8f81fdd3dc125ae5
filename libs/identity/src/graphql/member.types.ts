import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { type Locale, locales } from '@app/wording';
import type { Account } from '../accounts.js';
import type { ApiToken } from '../api-tokens.js';

export const LocaleName = Object.fromEntries(locales.map((locale) => [locale, locale]));
registerEnumType(LocaleName, { name: 'Locale', description: 'The languages Ronde speaks.' });

/** A person as everything else names them. Resolvers answer `Member.of(id)`; the name joins by itself, in one query a request. */
@ObjectType({ description: 'A person, as member of one community.' })
export class Member {
  @Field(() => ID)
  id!: string;

  static of(id: string): Member {
    return Object.assign(new Member(), { id });
  }
}

@ObjectType('Account', { description: 'What signs in. Only its owner sees it.' })
export class AccountView implements Omit<Account, 'accountId'> {
  @Field()
  name!: string;
  @Field()
  email!: string;
  @Field(() => LocaleName)
  locale!: Locale;
}

@ObjectType('Membership', { description: 'A place in a community.' })
export class MembershipView {
  @Field(() => ID)
  communityId!: string;
  @Field(() => Member)
  member!: Member;
}

/** Who is asking. Other contexts add what waits for them. */
@ObjectType({ description: 'The person who is asking.' })
export class Me {
  accountId!: string;
}

@ObjectType('ApiToken', { description: 'A key for scripts, sent as Authorization: Bearer.' })
export class ApiTokenView implements ApiToken {
  @Field(() => ID, { name: 'id' })
  tokenId!: string;
  @Field()
  label!: string;
  @Field()
  createdAt!: string;
  @Field(() => String, { nullable: true, description: 'Null: it stands until it is revoked.' })
  expiresAt!: string | null;
  @Field(() => String, { nullable: true, description: 'To the hour.' })
  lastUsedAt!: string | null;
}
