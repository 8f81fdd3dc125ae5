import { type Clock, type Instant, newId, Refusal } from '@app/kernel';
import type { Accounts, NewAccount } from './accounts.js';
import type { IdentityDatabase, InvitationRow } from './database.js';
import { allowedEmail, allowedExpiry, allowedName, daysAfter } from './inputs.js';
import { insertMembership, type Membership, type Memberships } from './memberships.js';
import { refuseUnless } from './refusals.js';
import { hashOf, isSecret, newSecret } from './secrets.js';

/** The furthest an invitation may expire, and when it does unless told otherwise, in days. */
export const maxInvitationDays = 90;
export const usualInvitationDays = 14;

export interface Inviting {
  readonly communityId: string;
  /** The member who invites. */
  readonly invitedBy: string;
  /** Binds the invitation to whoever has this address. */
  readonly email?: string;
  readonly expiresAt?: Instant;
  /** Makes a duplicated click recognisable: the same one from the same member is refused. */
  readonly commandId?: string;
}

/** `token` goes into the link; it is told once and only its hash is kept. */
export interface Invited {
  readonly invitationId: string;
  readonly token: string;
  readonly expiresAt: Instant;
}

/** Who redeems: an account that is signed in, or a person without one. */
export type Redeemer = { readonly accountId: string; readonly displayName?: string } | NewAccount;

/** Invitations into a community: a link that expires and works once. */
export class Invitations {
  constructor(
    private readonly database: IdentityDatabase,
    private readonly clock: Clock,
    private readonly accounts: Accounts,
    private readonly memberships: Memberships,
  ) {}

  /** Refuses INVITER_NOT_IN_COMMUNITY, EMAIL_NOT_ALLOWED, EXPIRY_NOT_ALLOWED and, for a duplicated click, SECRET_ALREADY_SHOWN. */
  async invite({ communityId, invitedBy, email, expiresAt, commandId }: Inviting): Promise<Invited> {
    const now = this.clock.now();
    const until = allowedExpiry(expiresAt ?? daysAfter(now, usualInvitationDays), now, maxInvitationDays);
    const boundTo = email === undefined ? null : allowedEmail(email);
    const inviter = await this.memberships.find(invitedBy);
    refuseUnless(inviter?.communityId === communityId && !inviter.left, 'INVITER_NOT_IN_COMMUNITY');
    const token = newSecret();
    const row = { id: newId(), tokenHash: hashOf(token), communityId, invitedBy, email: boundTo, createdAt: now };
    const query = this.database.queries
      .insertInto('identity_invitations')
      .values({ ...row, commandId: commandId ?? null, expiresAt: until })
      .onConflict((conflict) => conflict.columns(['invitedBy', 'commandId']).doNothing());
    refuseUnless(await this.database.allOrNothing([{ query, mustChange: true }]), 'SECRET_ALREADY_SHOWN');
    return { invitationId: row.id, token, expiresAt: until };
  }

  /**
   * Uses an invitation up and makes the membership, in one transaction: of two that race, one wins. The account that used it may do so again
   * and is answered the same. A person without an account gets one; should the process stop in between, they sign in and redeem again.
   * Refuses INVITATION_UNKNOWN, INVITATION_EXPIRED, INVITATION_USED, INVITATION_OTHER_ADDRESS, INVITER_NOT_A_MEMBER, ALREADY_IN_COMMUNITY
   * and what making an account refuses (EMAIL_TAKEN: sign in first).
   */
  async redeem(token: string, redeemer: Redeemer): Promise<Membership> {
    const invitation = await this.known(token);
    if (!('accountId' in redeemer)) return this.redeemWithNewAccount(invitation, redeemer);
    const { accountId, displayName } = redeemer;
    const account = await this.accounts.find(accountId);
    refuseUnless(account, 'ACCOUNT_UNKNOWN');
    const before = await this.memberships.of(accountId, invitation.communityId);
    if (before && invitation.usedBy === accountId) return before;
    await this.refuseUnlessOpen(invitation, account.email);
    return this.claim(invitation, accountId, displayName === undefined ? undefined : allowedName(displayName));
  }

  private async redeemWithNewAccount(invitation: InvitationRow, person: NewAccount): Promise<Membership> {
    await this.refuseUnlessOpen(invitation, allowedEmail(person.email));
    const accountId = await this.accounts.create(person);
    try {
      return await this.claim(invitation, accountId);
    } catch (error) {
      if (error instanceof Refusal) await this.accounts.discard(accountId);
      throw error;
    }
  }

  private async claim(invitation: InvitationRow, accountId: string, displayName?: string): Promise<Membership> {
    const { communityId, invitedBy } = invitation;
    const now = this.clock.now();
    const used = this.database.queries
      .updateTable('identity_invitations')
      .set({ usedAt: now, usedBy: accountId, email: null })
      .where('id', '=', invitation.id)
      .where('usedAt', 'is', null);
    const joins = insertMembership(this.database, { accountId, communityId, invitedBy, displayName }, now);
    const won = await this.database.allOrNothing([
      { query: used, mustChange: true },
      { query: joins, mustChange: true },
    ]);
    this.memberships.forget(accountId);
    const made = await this.memberships.of(accountId, communityId);
    if (!won) {
      refuseUnless(!made, 'ALREADY_IN_COMMUNITY');
      refuseUnless(await this.accounts.find(accountId), 'ACCOUNT_UNKNOWN');
    }
    refuseUnless(won && made, 'INVITATION_USED');
    return made;
  }

  private async known(token: string): Promise<InvitationRow> {
    const found = isSecret(token)
      ? await this.database.queries
          .selectFrom('identity_invitations')
          .selectAll()
          .where('tokenHash', '=', hashOf(token))
          .executeTakeFirst()
      : undefined;
    refuseUnless(found, 'INVITATION_UNKNOWN');
    return found;
  }

  private async refuseUnlessOpen({ usedAt, expiresAt, email, invitedBy }: InvitationRow, by: string): Promise<void> {
    refuseUnless(usedAt === null, 'INVITATION_USED');
    refuseUnless(this.clock.now() < expiresAt, 'INVITATION_EXPIRED');
    refuseUnless(email === null || email === by, 'INVITATION_OTHER_ADDRESS');
    const inviter = await this.memberships.find(invitedBy);
    refuseUnless(inviter && !inviter.left, 'INVITER_NOT_A_MEMBER');
  }
}
