import { Departing, Forgetting } from '@app/circles';
import { Identity } from '@app/identity';
import type { Instant } from '@app/kernel';
import { Injectable } from '@nestjs/common';

/** What circles ask to be forgotten of a person is known to identity alone. */
@Injectable()
export class ForgettingInIdentity extends Forgetting {
  constructor(private readonly identity: Identity) {
    super();
  }

  async forget(memberId: string): Promise<void> {
    await this.identity.erase({ memberIds: [memberId] });
  }
}

/** A session or a token says who somebody is; where they belong is known to identity. */
@Injectable()
export class DepartingInIdentity extends Departing {
  constructor(private readonly identity: Identity) {
    super();
  }

  async depart(memberId: string, at: Instant): Promise<void> {
    await this.identity.leaveCommunity(memberId, at);
  }
}
