import type { Instant } from '@app/kernel';
import type { IdentityDatabase } from './database.js';

/** Members to forget, each in its community; or an account with all its memberships. */
export type Erased = { readonly memberIds: readonly string[] } | { readonly accountId: string };

/**
 * Forgets people: their memberships lose name and account, their communities' invitations to their address go, and an account that no
 * membership is left of goes with its address, password, sessions and tokens. Repeating it changes nothing. Answers the accounts concerned.
 */
export async function erase(database: IdentityDatabase, erased: Erased, now: Instant): Promise<readonly string[]> {
  const { queries } = database;
  const members = await membersOf(database, erased);
  const accountIds = 'accountId' in erased ? [erased.accountId] : members.map(({ accountId }) => accountId);
  if (accountIds.length === 0) return [];
  const addresses = queries.selectFrom('identity_accounts').select('email');
  const belonging = queries.selectFrom('identity_memberships').select('accountId').where('accountId', 'is not', null);
  const gone = queries
    .selectFrom('identity_accounts')
    .select('id')
    .where('id', 'in', accountIds)
    .where('id', 'not in', belonging);
  const blank = { accountId: null, displayName: null, erasedAt: now };
  const forgotten = queries.updateTable('identity_memberships').set(blank);
  const ofCommunities = members.map(({ communityId, accountId }) =>
    queries
      .deleteFrom('identity_invitations')
      .where('communityId', '=', communityId)
      .where('email', 'in', addresses.where('id', '=', accountId)),
  );
  const statements = [
    'accountId' in erased
      ? forgotten.where('accountId', '=', erased.accountId)
      : forgotten.where('memberId', 'in', erased.memberIds).where('erasedAt', 'is', null),
    ...ofCommunities,
    queries.deleteFrom('identity_invitations').where('email', 'in', addresses.where('id', 'in', gone)),
    queries.updateTable('identity_invitations').set({ usedBy: null }).where('usedBy', 'in', gone),
    queries.deleteFrom('identity_tokens').where('accountId', 'in', gone),
    queries.deleteFrom('identity_positions').where('accountId', 'in', gone),
    queries.deleteFrom('identity_sessions').where('userId', 'in', gone),
    queries.deleteFrom('identity_credentials').where('userId', 'in', gone),
    queries.deleteFrom('identity_accounts').where('id', 'in', gone),
  ];
  await database.allOrNothing(statements.map((query) => ({ query })));
  await database.scrub();
  return accountIds;
}

async function membersOf({ queries }: IdentityDatabase, erased: Erased) {
  const living = queries
    .selectFrom('identity_memberships')
    .select(['communityId', 'accountId'])
    .where('accountId', 'is not', null)
    .$narrowType<{ accountId: string }>();
  if ('accountId' in erased) return living.where('accountId', '=', erased.accountId).execute();
  return erased.memberIds.length === 0 ? [] : living.where('memberId', 'in', erased.memberIds).execute();
}
