import type { Caller, Receipt } from '@app/event-store';
import { Refusal } from '@app/kernel';
import { KeyDestroyed, Vault } from '@app/vault';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { nominate, openNominations, revealNominations } from '../domain/nominations.js';
import { markOf, openNomination, sealNomination } from './envelopes.js';
import { Floor, type OnElection } from './floor.js';

/** Opens the nominations in a meeting of the circle. */
export class OpenNominations extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection & { readonly meetingId: string },
  ) {
    super();
  }
}

@CommandHandler(OpenNominations)
export class OpenNominationsHandler implements ICommandHandler<OpenNominations> {
  constructor(private readonly floor: Floor) {}

  execute(command: OpenNominations): Promise<Receipt> {
    return this.floor.act(command, 'OpenNominations', openNominations);
  }
}

/** Seals the caller's own nomination: a member id, or `outside`. Nothing but the caller ever hears of a refusal. */
export class Nominate extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection & { readonly nominee: string },
  ) {
    super();
  }
}

@CommandHandler(Nominate)
export class NominateHandler implements ICommandHandler<Nominate> {
  constructor(
    private readonly floor: Floor,
    private readonly vault: Vault,
  ) {}

  async execute(command: Nominate): Promise<Receipt> {
    const { caller, input } = command;
    const { electionId, nominee } = input;
    const open = await this.floor.stateOf(caller, electionId);
    if (open.phase !== 'Nominating') throw new Refusal('WRONG_PHASE', { phase: open.phase });
    const { keyId, round } = open;
    const key = await this.keyOf(keyId);
    const place = { electionId, round, by: caller.member };
    const sealed = { keyId, ciphertext: sealNomination(key, nominee, place) };
    const recorded = { electionId, mark: markOf(key, nominee, place) };
    return this.floor.act(
      command,
      'Nominate',
      (it, setting) => nominate(it, { ...setting, nominee, sealed }),
      recorded,
    );
  }

  private async keyOf(keyId: string): Promise<Buffer> {
    try {
      return await this.vault.ensure(keyId);
    } catch (error) {
      // The round ended between our reading of it and this.
      if (error instanceof KeyDestroyed) throw new Refusal('WRONG_PHASE', { phase: 'Revealed' });
      throw error;
    }
  }
}

/** Opens all nominations at one moment. The policy that follows destroys the key of the round. */
export class RevealNominations extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection,
  ) {
    super();
  }
}

@CommandHandler(RevealNominations)
export class RevealNominationsHandler implements ICommandHandler<RevealNominations> {
  constructor(
    private readonly floor: Floor,
    private readonly vault: Vault,
  ) {}

  async execute(command: RevealNominations): Promise<Receipt> {
    const { caller, input } = command;
    const { electionId } = input;
    const found = await this.floor.stateOf(caller, electionId);
    const keyId = found.phase === 'Nominating' ? found.keyId : undefined;
    const key = keyId === undefined ? undefined : (await this.vault.keys([keyId])).get(keyId);
    return this.floor.act(command, 'RevealNominations', (state, setting) =>
      revealNominations(state, {
        ...setting,
        unseal: (by, ciphertext) => {
          if (!key || state.phase !== 'Nominating') throw new Error(`the key of election ${electionId} is missing`);
          return openNomination(key, ciphertext, { electionId, round: state.round, by });
        },
      }),
    );
  }
}
