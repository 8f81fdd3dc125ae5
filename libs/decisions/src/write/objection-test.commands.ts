import type { Caller, Receipt } from '@app/event-store';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import * as tests from '../domain/objection-test.js';
import { ProposalDesk, type Spoken } from './proposal-desk.js';

interface OnObjection {
  readonly proposalId: string;
  readonly objectionId: string;
}

/** Asks all the others whether this is an objection. */
export class RequestObjectionTest extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnObjection,
  ) {
    super();
  }
}

@CommandHandler(RequestObjectionTest)
export class RequestObjectionTestHandler implements ICommandHandler<RequestObjectionTest> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: RequestObjectionTest): Promise<Receipt> {
    const { objectionId } = input;
    return this.desk.write({ command: 'RequestObjectionTest', caller, input }, (state, scene) =>
      tests.requestObjectionTest(state, { ...scene, objectionId }),
    );
  }
}

/** Whether it is an objection, and why, in the word of one of those who are asked. */
export class JudgeObjection extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnObjection & Spoken & { readonly stands: boolean; readonly reason: string },
  ) {
    super();
  }
}

@CommandHandler(JudgeObjection)
export class JudgeObjectionHandler implements ICommandHandler<JudgeObjection> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: JudgeObjection): Promise<Receipt> {
    const { objectionId, stands, reason } = input;
    return this.desk.writeVoice({ command: 'JudgeObjection', caller, input }, (state, scene) =>
      tests.judgeObjection(state, { ...scene, objectionId, stands, reason }),
    );
  }
}

/** Ends a test that somebody left, once nobody else owes a word. */
export class CloseObjectionTest extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: OnObjection,
  ) {
    super();
  }
}

@CommandHandler(CloseObjectionTest)
export class CloseObjectionTestHandler implements ICommandHandler<CloseObjectionTest> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: CloseObjectionTest): Promise<Receipt> {
    const { objectionId } = input;
    return this.desk.write({ command: 'CloseObjectionTest', caller, input }, (state, scene) =>
      tests.closeObjectionTest(state, { ...scene, objectionId }),
    );
  }
}
