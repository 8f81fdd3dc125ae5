import { type Instant, newId, Refusal } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { Identity } from './identity.js';
import type { Membership } from './memberships.js';

/** Tells the history of a community that somebody is its member. Bound by the app, for identity knows no other context. */
export abstract class MemberRegistration {
  /**
   * Idempotent. True once the community's history knows of the member; false when it never will: the community was not founded after all.
   * Decides on the history itself. Refuses what the community refuses: the inviter left meanwhile, or the member asked to be forgotten.
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

  /** A membership that the history refuses is withdrawn, and the refusal thrown on. One it could not take now (`STALE`) stays pending. */
  async complete(membership: Membership, correlationId: string): Promise<void> {
    const { memberId } = membership;
    try {
      const known = await this.registration.register(membership, correlationId);
      await (known ? this.identity.confirmRegistered(memberId) : this.identity.withdrawMembership(memberId));
    } catch (error) {
      if (error instanceof Refusal && error.code !== 'STALE') await this.identity.withdrawMembership(memberId);
      throw error;
    }
  }

  /**
   * What a process that stopped left half done. To be called at start, before anybody founds or joins; or, where others go on, for those
   * who joined `before` an instant at which nothing of theirs can be under way any more. `onRefused` hears of each that the history
   * refuses; the others are completed all the same.
   */
  async completePending(
    onRefused: (membership: Membership, refusal: Refusal) => void,
    before?: Instant,
  ): Promise<void> {
    for (const membership of await this.identity.pendingRegistrations()) {
      if (before !== undefined && membership.joinedAt >= before) continue;
      try {
        await this.complete(membership, newId());
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        onRefused(membership, error);
      }
    }
  }
}
