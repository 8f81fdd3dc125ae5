import { Policy } from '@app/event-store';
import { idOf, type Recorded, type RecordedOf } from '@app/kernel';
import { Vault } from '@app/vault';
import { Injectable } from '@nestjs/common';
import type { ElectionEvent } from '../domain/election.events.js';
import { sealKeyOf } from '../domain/nominations.js';

/**
 * Once revealed, nominations need no key; cancelled, they are never to be read. The key of the round is destroyed after the fact stands:
 * a process killed in between destroys it at its next start.
 */
@Injectable()
export class WhenNominationsEndThenDestroyTheKey extends Policy {
  override readonly name = 'when-nominations-end-then-destroy-the-key';
  override readonly on = {
    NominationsRevealed: (fact: Recorded) => {
      const { data, stream } = fact as RecordedOf<ElectionEvent, 'NominationsRevealed'>;
      return this.vault.destroy(sealKeyOf(idOf(stream), data.round));
    },
    ElectionCancelled: async (fact: Recorded) => {
      const { data, stream } = fact as RecordedOf<ElectionEvent, 'ElectionCancelled'>;
      if (data.round !== undefined) await this.vault.destroy(sealKeyOf(idOf(stream), data.round));
    },
  };

  constructor(private readonly vault: Vault) {
    super();
  }
}
