import type { Identity, Registrations } from '@app/identity';
import { derivedId } from '@app/kernel';
import { demoPassword, emailOf, nameOf, type Who } from './people.js';
import type { Stage } from './stage.js';

/** How people come into the demo community: as everybody does, by an invitation that they redeem. */
export class Arrivals {
  private hash: Promise<string> | undefined;

  constructor(
    private readonly stage: Stage,
    private readonly identity: Identity,
    private readonly registrations: Registrations,
  ) {}

  /** Brings in whoever is not there yet. The founder is invited by nobody. */
  async join(people: readonly Who[], invitedBy?: Who): Promise<void> {
    if (invitedBy !== undefined) await this.registered(invitedBy);
    for (const who of people) {
      const memberId = (await this.membershipOf(who))?.memberId ?? (await this.come(who, invitedBy));
      this.stage.knows(who, memberId);
      if (invitedBy !== undefined) await this.registered(who);
    }
  }

  private async come(who: Who, invitedBy: Who | undefined): Promise<string> {
    const { communityId } = this.stage;
    const email = emailOf(who);
    const accountId = await this.identity.accountWithEmail(email);
    this.hash ??= this.identity.hashPassword(demoPassword);
    const person = { name: nameOf(who), email, locale: 'fr' as const, passwordHash: await this.hash };
    if (invitedBy === undefined) {
      const founder = accountId ?? (await this.identity.createAccount(person));
      return this.identity.createMembership({ accountId: founder, communityId });
    }
    const inviting = { communityId, invitedBy: this.stage.member(invitedBy), email };
    const { token } = await this.identity.invite(inviting);
    const { memberId } = await this.identity.redeem(token, accountId === null ? person : { accountId });
    return memberId;
  }

  /** The community's history knows of this member. */
  private async registered(who: Who): Promise<void> {
    const membership = await this.membershipOf(who);
    if (membership === null || membership.registered) return;
    await this.registrations.complete(membership, derivedId('demo arrival', membership.memberId));
  }

  private async membershipOf(who: Who) {
    const accountId = await this.identity.accountWithEmail(emailOf(who));
    return accountId === null ? null : this.identity.membershipOf(accountId, this.stage.communityId);
  }
}
