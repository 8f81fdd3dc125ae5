import { Forgetting } from '@app/circles';
import { Identity } from '@app/identity';
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
