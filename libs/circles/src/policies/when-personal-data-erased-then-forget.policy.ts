import { Policy, type Receipt, policyCaller } from '@app/event-store';
import type { Recorded, RecordedOf } from '@app/kernel';
import { Vault } from '@app/vault';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { CommunityEvent } from '../domain/community.events.js';
import { LeaveCommunity } from '../write/community.commands.js';
import { Forgetting } from './forgetting.js';

/** What a person wrote becomes unreadable, who they were is blanked, and they leave: in an order that can be begun again after a crash. */
@Injectable()
export class WhenPersonalDataErasedThenForget extends Policy {
  override readonly name = 'when-personal-data-erased-then-forget';
  override readonly on = {
    PersonalDataErased: (fact: Recorded) => this.forget(fact as RecordedOf<CommunityEvent, 'PersonalDataErased'>),
  };

  constructor(
    private readonly commands: CommandBus,
    private readonly vault: Vault,
    private readonly forgetting: Forgetting,
  ) {
    super();
  }

  private async forget(fact: RecordedOf<CommunityEvent, 'PersonalDataErased'>): Promise<Receipt> {
    const { memberId, keyId } = fact.data;
    await this.vault.destroy(keyId);
    await this.forgetting.forget(memberId);
    return this.commands.execute(new LeaveCommunity(policyCaller(this.name, fact, memberId), { memberId }));
  }
}
