import { newId, type Clock, type Instant } from '@app/kernel';
import type { IdentityDatabase, MembershipRow } from './database.js';
import { allowedName } from './inputs.js';
import { refuseUnless } from './refusals.js';
import { Remembered } from './remembered.js';

/** One person in one community. Events know the member id alone. */
export interface Membership {
  readonly memberId: string;
  readonly accountId: string;
  readonly communityId: string;
  readonly how: 'founder' | 'invitation';
  readonly invitedBy: string | null;
  /** Since when; for somebody who came back, since then. */
  readonly joinedAt: Instant;
  /** Whether the community's own history knows of this member. */
  readonly registered: boolean;
  /** They left the community, and ask nothing of it any more but to be forgotten. */
  readonly left: boolean;
}

export interface Joining {
  readonly accountId: string;
  readonly communityId: string;
  /** Absent for the founder. */
  readonly invitedBy?: string;
  /** How the person is called in this community, where it is not the account's name. */
  readonly displayName?: string;
}

const whose = ['memberId', 'accountId', 'communityId'] as const;
const columns = [...whose, 'how', 'invitedBy', 'createdAt', 'registeredAt', 'leftAt'] as const;
type Row = Pick<MembershipRow, (typeof columns)[number]>;

/** The statement that makes a membership of an account that exists, unless it has one in that community already. Who comes back is who they were. */
export function insertMembership({ queries }: IdentityDatabase, joining: Joining, now: string) {
  const displayName = joining.displayName === undefined ? null : allowedName(joining.displayName);
  return queries
    .insertInto('identity_memberships')
    .columns(['memberId', 'accountId', 'communityId', 'displayName', 'how', 'invitedBy', 'createdAt'])
    .expression((eb) =>
      eb
        .selectFrom('identity_accounts')
        .select([
          eb.val(newId()).as('memberId'),
          'identity_accounts.id as accountId',
          eb.val(joining.communityId).as('communityId'),
          eb.val(displayName).as('displayName'),
          eb.val(joining.invitedBy ? ('invitation' as const) : ('founder' as const)).as('how'),
          eb.val(joining.invitedBy ?? null).as('invitedBy'),
          eb.val(now).as('createdAt'),
        ])
        .where('identity_accounts.id', '=', joining.accountId),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['accountId', 'communityId'])
        .doUpdateSet(({ ref }) => ({
          ...{ how: ref('excluded.how'), invitedBy: ref('excluded.invitedBy'), createdAt: ref('excluded.createdAt') },
          ...{ displayName: ref('excluded.displayName'), registeredAt: null, leftAt: null },
          leftBefore: ref('identity_memberships.leftAt'),
        }))
        .where('identity_memberships.leftAt', 'is not', null),
    );
}

/** Which person is which member, and under what name. */
export class Memberships {
  private readonly lists: Remembered<{ accountId: string; list: readonly Membership[] }>;
  private readonly names: Remembered<{ accountId: string; name: string }>;

  constructor(
    private readonly database: IdentityDatabase,
    private readonly clock: Clock,
  ) {
    this.lists = new Remembered(database);
    this.names = new Remembered(database);
  }

  /** The member id of this account in this community, made first where there is none. Refuses ACCOUNT_UNKNOWN. */
  async create(joining: Joining): Promise<string> {
    await this.database.allOrNothing([{ query: insertMembership(this.database, joining, this.clock.now()) }]);
    this.forget(joining.accountId);
    const made = await this.of(joining.accountId, joining.communityId);
    refuseUnless(made, 'ACCOUNT_UNKNOWN');
    return made.memberId;
  }

  /**
   * Takes back a membership that the community's history did not take. Who wanted to come back is again somebody who left: what they did
   * keeps its author, who can still ask to be forgotten. Memberships that are registered stay.
   */
  async withdraw(memberId: string): Promise<void> {
    const accountId = (await this.find(memberId))?.accountId;
    const { queries } = this.database;
    const returning = queries
      .updateTable('identity_memberships')
      .set(({ ref }) => ({ registeredAt: ref('leftBefore'), leftAt: ref('leftBefore') }))
      .where('leftBefore', 'is not', null);
    const never = queries.deleteFrom('identity_memberships').where('leftBefore', 'is', null);
    await this.database.allOrNothing([
      {
        query: returning
          .where('memberId', '=', memberId)
          .where('registeredAt', 'is', null)
          .where('erasedAt', 'is', null),
      },
      { query: never.where('memberId', '=', memberId).where('registeredAt', 'is', null).where('erasedAt', 'is', null) },
    ]);
    if (accountId) this.forget(accountId);
  }

  /** The membership with this member id; null for an unknown or erased one. */
  async find(memberId: string): Promise<Membership | null> {
    const rows = await this.rows().where('memberId', '=', memberId).execute();
    return rows.flatMap(membershipOf)[0] ?? null;
  }

  /** Where they belong now; null where they left. */
  async of(accountId: string, communityId: string): Promise<Membership | null> {
    const list = await this.ofAccount(accountId);
    return list.find((membership) => membership.communityId === communityId && !membership.left) ?? null;
  }

  /** Those that were left too. */
  async ofAccount(accountId: string): Promise<readonly Membership[]> {
    const found = await this.lists.find(accountId, async () => {
      const rows = await this.rows().where('accountId', '=', accountId).orderBy('createdAt').execute();
      return { accountId, list: rows.flatMap(membershipOf) };
    });
    return found?.list ?? [];
  }

  /** Names by member id, in one query for all that are not remembered; null for a person who was erased and for an unknown id. */
  async namesOf(memberIds: readonly string[]): Promise<ReadonlyMap<string, { readonly name: string | null }>> {
    const names = new Map<string, { name: string | null }>();
    for (const memberId of memberIds) names.set(memberId, { name: this.names.get(memberId)?.name ?? null });
    const missing = [...names].filter(([, { name }]) => name === null).map(([memberId]) => memberId);
    for (const [memberId, name] of await this.readNames(missing)) names.set(memberId, { name });
    return names;
  }

  /** Memberships that the community's history may not know of yet: their registration is to be issued, again if need be. */
  async pendingRegistrations(): Promise<readonly Membership[]> {
    const rows = await this.rows()
      .where('registeredAt', 'is', null)
      .where('erasedAt', 'is', null)
      .orderBy('createdAt')
      .execute();
    return rows.flatMap(membershipOf);
  }

  /** Notes that the community's history knows of the member; doing it again changes nothing. */
  async confirmRegistered(memberId: string): Promise<void> {
    const { queries } = this.database;
    await queries
      .updateTable('identity_memberships')
      .set({ registeredAt: this.clock.now() })
      .where('memberId', '=', memberId)
      .where('registeredAt', 'is', null)
      .execute();
    const accountId = (await this.find(memberId))?.accountId;
    if (accountId) this.forget(accountId);
  }

  /** They left at this instant. Doing it again changes nothing, after they came back neither. */
  async leave(memberId: string, at: Instant): Promise<void> {
    const { queries } = this.database;
    await queries
      .updateTable('identity_memberships')
      .set({ leftAt: at })
      .where('memberId', '=', memberId)
      .where('leftAt', 'is', null)
      .where('createdAt', '<=', at)
      .execute();
    const accountId = (await this.find(memberId))?.accountId;
    if (accountId) this.forget(accountId);
  }

  forget(accountId: string): void {
    this.lists.forget(accountId);
    this.names.forget(accountId);
  }

  private async readNames(memberIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (memberIds.length === 0) return new Map();
    const remember = this.names.reading();
    const rows = await this.database.queries
      .selectFrom('identity_memberships as membership')
      .innerJoin('identity_accounts as account', 'account.id', 'membership.accountId')
      .select(['membership.memberId', 'membership.displayName', 'account.id as accountId', 'account.name'])
      .where('membership.memberId', 'in', memberIds)
      .execute();
    const names = new Map(rows.map(({ memberId, displayName, name }) => [memberId, displayName ?? name]));
    for (const { memberId, accountId, displayName, name } of rows)
      remember(memberId, { accountId, name: displayName ?? name });
    return names;
  }

  private rows() {
    return this.database.queries.selectFrom('identity_memberships').select(columns);
  }
}

function membershipOf({ registeredAt, leftAt, createdAt, accountId, ...row }: Row): Membership[] {
  if (accountId === null) return [];
  return [{ ...row, accountId, joinedAt: createdAt, registered: registeredAt !== null, left: leftAt !== null }];
}
