import { actOf, type Caller, type Receipt, Streams } from '@app/event-store';
import type { CivilDate } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { logbook, type Subject, writeEntry } from '../domain/logbook.js';
import { type EffectOutcome, recordEffectRefused } from '../domain/outcome.js';
import { proposal } from '../domain/proposal.js';
import { ProposalDesk } from './proposal-desk.js';

/** One entry in the circle's logbook for each decision and each finished election (INV-52). Sent by policies. */
export class WriteLogEntry extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: {
      readonly circleId: string;
      readonly subject: Subject;
      readonly date: CivilDate;
      readonly agreementId?: string;
    },
  ) {
    super();
  }
}

@CommandHandler(WriteLogEntry)
export class WriteLogEntryHandler implements ICommandHandler<WriteLogEntry> {
  constructor(private readonly streams: Streams) {}

  execute({ caller, input }: WriteLogEntry): Promise<Receipt> {
    const { circleId } = input;
    const act = actOf(caller, { command: 'WriteLogEntry', input, circle: circleId });
    return this.streams.write(logbook, circleId, act, (state) =>
      writeEntry(state, { ...input, communityId: caller.community }),
    );
  }
}

/** The target of the effect said no: it comes back to the proposal. Sent by the policy that tried. */
export class RecordEffectRefused extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: EffectOutcome & { readonly proposalId: string },
  ) {
    super();
  }
}

@CommandHandler(RecordEffectRefused)
export class RecordEffectRefusedHandler implements ICommandHandler<RecordEffectRefused> {
  constructor(
    private readonly streams: Streams,
    private readonly desk: ProposalDesk,
  ) {}

  async execute({ caller, input }: RecordEffectRefused): Promise<Receipt> {
    const { circleId } = await this.desk.found(caller, input.proposalId);
    const act = actOf(caller, { command: 'RecordEffectRefused', input, circle: circleId });
    return this.streams.write(proposal, input.proposalId, act, (state) => recordEffectRefused(state, input));
  }
}
