import type { Caller, Receipt } from '@app/event-store';
import { derivedId } from '@app/kernel';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import * as clarifying from '../domain/clarifying.js';
import { ProposalDesk, type Spoken } from './proposal-desk.js';

interface InMeeting {
  readonly proposalId: string;
  readonly meetingId: string;
}
type Said = Spoken & { readonly proposalId: string; readonly text: string };

/** The facilitator opens the questions. */
export class OpenClarifying extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: InMeeting,
  ) {
    super();
  }
}

@CommandHandler(OpenClarifying)
export class OpenClarifyingHandler implements ICommandHandler<OpenClarifying> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: OpenClarifying): Promise<Receipt> {
    const sent = { command: 'OpenClarifying', caller, input };
    return this.desk.writeInMeeting(sent, clarifying.openClarifying, 'facilitator');
  }
}

/** The question's id comes from the command's: see {@link questionIdOf}. */
export class AskClarification extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: Said,
  ) {
    super();
  }
}

export const questionIdOf = ({ community, member, commandId }: Caller): string =>
  derivedId(community, member, 'AskClarification', commandId);

@CommandHandler(AskClarification)
export class AskClarificationHandler implements ICommandHandler<AskClarification> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: AskClarification): Promise<Receipt> {
    const questionId = questionIdOf(caller);
    return this.desk.writeVoice({ command: 'AskClarification', caller, input }, (state, scene) =>
      clarifying.askClarification(state, { ...scene, questionId, text: input.text }),
    );
  }
}

export class AnswerClarification extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: Said & { readonly questionId: string },
  ) {
    super();
  }
}

@CommandHandler(AnswerClarification)
export class AnswerClarificationHandler implements ICommandHandler<AnswerClarification> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: AnswerClarification): Promise<Receipt> {
    const { questionId, text } = input;
    return this.desk.writeVoice({ command: 'AnswerClarification', caller, input }, (state, scene) =>
      clarifying.answerClarification(state, { ...scene, questionId, text }),
    );
  }
}

/** The facilitator opens the reactions. */
export class OpenReacting extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: InMeeting,
  ) {
    super();
  }
}

@CommandHandler(OpenReacting)
export class OpenReactingHandler implements ICommandHandler<OpenReacting> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: OpenReacting): Promise<Receipt> {
    return this.desk.writeInMeeting({ command: 'OpenReacting', caller, input }, clarifying.openReacting, 'facilitator');
  }
}

/** With a meeting, the author speaks last of those in the room; without one, last of all. */
export class RecordReaction extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: Said,
  ) {
    super();
  }
}

@CommandHandler(RecordReaction)
export class RecordReactionHandler implements ICommandHandler<RecordReaction> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: RecordReaction): Promise<Receipt> {
    return this.desk.writeVoice({ command: 'RecordReaction', caller, input }, (state, scene) =>
      clarifying.recordReaction(state, { ...scene, text: input.text }),
    );
  }
}

/** The facilitator closes the reactions. */
export class CloseReactions extends Command<Receipt> {
  constructor(
    readonly caller: Caller,
    readonly input: InMeeting,
  ) {
    super();
  }
}

@CommandHandler(CloseReactions)
export class CloseReactionsHandler implements ICommandHandler<CloseReactions> {
  constructor(private readonly desk: ProposalDesk) {}

  execute({ caller, input }: CloseReactions): Promise<Receipt> {
    const sent = { command: 'CloseReactions', caller, input };
    return this.desk.writeInMeeting(sent, clarifying.closeReactions, 'facilitator');
  }
}
