import { answered, bool, event, id, list, text, whole, word } from '@app/kernel';
import { content, draft } from './content.shape.js';

/** From a draft to a settled text. */
export const draftingEvents = {
  ProposalDrafted: event({
    proposalId: id(),
    circleId: id(),
    communityId: id(),
    author: id(),
    ...draft({ member: 'author' }),
  }),
  DraftRevised: event({ by: id(), ...draft({ member: 'by' }) }),
  CoAuthorJoined: event({ memberId: id(), by: id() }),
  ProposalPresented: event({
    version: whole(),
    content: content(),
    meetingId: id(),
    by: id(),
    warnings: list(word(60)),
  }),
  ClarifyingOpened: event({ version: whole(), by: id() }),
  ClarificationAsked: event({ questionId: id(), version: whole(), ...answered(), text: text({ member: 'by' }, 4_000) }),
  ClarificationAnswered: event({
    questionId: id(),
    version: whole(),
    ...answered(),
    text: text({ member: 'by' }, 4_000),
  }),
  ReactingOpened: event({ version: whole(), by: id(), order: list(id()) }),
  ReactionRecorded: event({ version: whole(), ...answered(), text: text({ member: 'by' }, 4_000) }),
  ReactionsClosed: event({ by: id(), missing: list(id()) }),
  ProposalAmended: event({
    from: whole(),
    to: whole(),
    base: whole(),
    content: content(),
    why: text({ member: 'by' }, 4_000),
    by: id(),
    substantial: bool(),
    objectionIds: list(id()),
    warnings: list(word(60)),
  }),
  VersionKept: event({ version: whole(), by: id() }),
  StillMeetsNeedConfirmed: event({ version: whole(), by: id() }),
  ProposalWithdrawn: event({ by: id(), reason: text({ member: 'by' }, 4_000) }),
};
