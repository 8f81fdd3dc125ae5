import { newId } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { Identity } from './identity.js';
import type { Membership } from './memberships.js';

/** Tells the history of a community that somebody is its member. Bound by the app, for identity knows no other context. */
export abstract class MemberRegistration {
  /**
   * Idempotent. True once the community's history knows of the member; false when it never will: the community was not founded after all.
   */
  abstract register(membership: Membership, correlationId: string): Promise<boolean>;
}

/** Brings memberships, which are made here, into the history of their communities. */
@Injectable()
export class Registrations {
  constructor(
    private readonly identity: Identity,
    private readonly registration: MemberRegistration,
  ) {}

  async complete(membership: Membership, correlationId: string): Promise<void> {
    const { memberId } = membership;
    const known = await this.registration.register(membership, correlationId);
    await (known ? this.identity.confirmRegistered(memberId) : this.identity.withdrawMembership(memberId));
  }

  /** What a process that stopped left half done. To be called at start, before anybody founds or joins. */
  async completePending(): Promise<void> {
    for (const membership of await this.identity.pendingRegistrations()) await this.complete(membership, newId());
  }
}
