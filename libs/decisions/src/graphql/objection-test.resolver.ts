import type { Receipt } from '@app/event-store';
import { Answering, callerOf, CurrentViewer, resultOf, Viewer } from '@app/graph';
import { Args, Mutation, Resolver } from '@nestjs/graphql';
import type { Command } from '@nestjs/cqrs';
import { CloseObjectionTest, JudgeObjection, RequestObjectionTest } from '../write/objection-test.commands.js';
import { DecisionsReader } from './decisions.reader.js';
import { CloseObjectionTestInput, JudgeObjectionInput, RequestObjectionTestInput } from './objection-test.inputs.js';
import { ProposalView } from './proposal.types.js';
import { spoken } from './spoken.js';

const result = (verb: string) => resultOf(`${verb}Result`, () => ProposalView);
const RequestObjectionTestResult = result('RequestObjectionTest');
const JudgeObjectionResult = result('JudgeObjection');
const CloseObjectionTestResult = result('CloseObjectionTest');

/** The circle asks itself whether an objection is one (method §3.6). Only all the others, at least three, set it aside (INV-39). */
@Resolver()
export class ObjectionTestResolver {
  constructor(
    private readonly answering: Answering,
    private readonly reader: DecisionsReader,
  ) {}

  @Mutation(() => RequestObjectionTestResult, {
    description:
      'Ask all the others whether this is an objection. What says that a rule or the domain is broken is not tested.',
  })
  requestObjectionTest(@CurrentViewer() viewer: Viewer, @Args('input') input: RequestObjectionTestInput) {
    const { commandId, proposalId, objectionId } = input;
    const asked = new RequestObjectionTest(callerOf(viewer, commandId), { proposalId, objectionId });
    return this.answer(viewer, input, asked);
  }

  @Mutation(() => JudgeObjectionResult, { description: 'Say whether it is an objection, and why.' })
  judgeObjection(@CurrentViewer() viewer: Viewer, @Args('input') input: JudgeObjectionInput) {
    const { commandId, proposalId, objectionId, stands, reason } = input;
    const said = { proposalId, objectionId, stands, reason, ...spoken(input) };
    return this.answer(viewer, input, new JudgeObjection(callerOf(viewer, commandId), said));
  }

  @Mutation(() => CloseObjectionTestResult, {
    description: 'End a test that somebody left, once nobody else is to be heard.',
  })
  closeObjectionTest(@CurrentViewer() viewer: Viewer, @Args('input') input: CloseObjectionTestInput) {
    const { commandId, proposalId, objectionId } = input;
    const closed = new CloseObjectionTest(callerOf(viewer, commandId), { proposalId, objectionId });
    return this.answer(viewer, input, closed);
  }

  private answer(viewer: Viewer, { proposalId }: { proposalId: string }, command: Command<Receipt>) {
    return this.answering.answer(viewer, command, () => this.reader.justChanged(proposalId));
  }
}
