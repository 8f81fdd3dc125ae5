import { actOf, type Caller, type Receipt, Streams } from '@app/event-store';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { acceptOffice, declineOffice, recordEffectRefused } from '../domain/accepting.js';
import { election } from '../domain/election.js';
import { Floor, type OnElection } from './floor.js';

/** The person the circle consented to accepts, themselves. */
export class AcceptOffice extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection,
  ) {
    super();
  }
}

@CommandHandler(AcceptOffice)
export class AcceptOfficeHandler implements ICommandHandler<AcceptOffice> {
  constructor(private readonly floor: Floor) {}

  execute(command: AcceptOffice): Promise<Receipt> {
    return this.floor.act(command, 'AcceptOffice', acceptOffice);
  }
}

/** The nominee's no, with its reason. */
export class DeclineOffice extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection & { readonly reason: string },
  ) {
    super();
  }
}

@CommandHandler(DeclineOffice)
export class DeclineOfficeHandler implements ICommandHandler<DeclineOffice> {
  constructor(private readonly floor: Floor) {}

  execute(command: DeclineOffice): Promise<Receipt> {
    return this.floor.act(command, 'DeclineOffice', (state, setting) =>
      declineOffice(state, { ...setting, reason: command.input.reason }),
    );
  }
}

/** The circle refused to start the term. Sent by the policy that asked it to. */
export class RecordElectionEffectRefused extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: {
      readonly electionId: string;
      readonly circleId: string;
      readonly code: string;
      readonly details: readonly string[];
    },
  ) {
    super();
  }
}

@CommandHandler(RecordElectionEffectRefused)
export class RecordElectionEffectRefusedHandler implements ICommandHandler<RecordElectionEffectRefused> {
  constructor(private readonly streams: Streams) {}

  execute({ caller, input }: RecordElectionEffectRefused): Promise<Receipt> {
    const act = actOf(caller, { command: 'RecordElectionEffectRefused', input, circle: input.circleId });
    return this.streams.write(election, input.electionId, act, (state) => recordEffectRefused(state, input));
  }
}
