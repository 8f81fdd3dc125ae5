import type { Caller, Receipt } from '@app/event-store';
import { derivedId } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { callElection, type Calling, cancelElection, describeRole, type RoleDescription } from '../domain/calling.js';
import { Floor, type OnElection } from './floor.js';

/** Calls an election for an office of a circle. Its id comes from the command's. */
export class CallElection extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: Omit<Calling, 'electionId'> & { readonly circleId: string },
  ) {
    super();
  }
}

@CommandHandler(CallElection)
export class CallElectionHandler implements ICommandHandler<CallElection> {
  constructor(private readonly floor: Floor) {}

  execute(command: CallElection): Promise<Receipt> {
    const { caller, input } = command;
    const electionId = derivedId(caller.community, caller.member, 'CallElection', caller.commandId);
    return this.floor.begin(command, 'CallElection', electionId, (state, setting) =>
      callElection(state, { ...setting, ...input, electionId }),
    );
  }
}

/** Says what the role asks for, and from when to when it is held. */
export class DescribeRole extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection & RoleDescription,
  ) {
    super();
  }
}

@CommandHandler(DescribeRole)
export class DescribeRoleHandler implements ICommandHandler<DescribeRole> {
  constructor(private readonly floor: Floor) {}

  execute(command: DescribeRole): Promise<Receipt> {
    return this.floor.act(command, 'DescribeRole', (state, setting) =>
      describeRole(state, { ...setting, ...command.input }),
    );
  }
}

/** Ends an election that is no longer asked for. */
export class CancelElection extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnElection & { readonly reason: string },
  ) {
    super();
  }
}

@CommandHandler(CancelElection)
export class CancelElectionHandler implements ICommandHandler<CancelElection> {
  constructor(private readonly floor: Floor) {}

  execute(command: CancelElection): Promise<Receipt> {
    return this.floor.act(command, 'CancelElection', (state, setting) =>
      cancelElection(state, { ...setting, reason: command.input.reason }),
    );
  }
}
