import type { draftingEvents } from './drafting.events.js';
import type { Draft, Tabled } from './proposal.states.js';
import { corrupt, carried, inPhase, type Steps } from './proposal.steps.js';

function drafted({ title, text, need, example, effect, agreement }: Draft): Draft {
  return { title, text, need, example, effect, agreement };
}

/** From a draft to a settled text. */
export const draftingSteps: Steps<keyof typeof draftingEvents> = {
  ProposalDrafted: (state, data) => {
    inPhase(state, 'Absent', 'ProposalDrafted');
    const { proposalId, circleId, communityId, author } = data;
    return { phase: 'Draft', proposalId, circleId, communityId, author, coAuthors: [], draft: drafted(data) };
  },
  DraftRevised: (state, data) => ({ ...inPhase(state, 'Draft', 'DraftRevised'), draft: drafted(data) }),
  CoAuthorJoined: (state, { memberId }) =>
    state.phase === 'Absent'
      ? corrupt('CoAuthorJoined', state.phase)
      : { ...state, coAuthors: [...state.coAuthors, memberId] },
  ProposalPresented: (state, { version, content, by }) => {
    const { proposalId, circleId, communityId, author, coAuthors } = inPhase(state, 'Draft', 'ProposalPresented');
    const versions = [{ number: version, content, by }];
    const identity = { proposalId, circleId, communityId, author, coAuthors };
    return { ...identity, phase: 'Presented', versions, objections: {}, confirmed: [], rounds: [] };
  },
  ClarifyingOpened: (state) => ({ ...carried(state, 'ClarifyingOpened'), phase: 'Clarifying', questions: {} }),
  ClarificationAsked: (state, { questionId, by, text }) => {
    const it = inPhase(state, 'Clarifying', 'ClarificationAsked');
    return { ...it, questions: { ...it.questions, [questionId]: { by, text } } };
  },
  ClarificationAnswered: (state, { questionId, by, text }) => {
    const it = inPhase(state, 'Clarifying', 'ClarificationAnswered');
    const question = it.questions[questionId] ?? corrupt('ClarificationAnswered', it.phase);
    return { ...it, questions: { ...it.questions, [questionId]: { ...question, answer: { by, text } } } };
  },
  ReactingOpened: (state, { order }) => {
    inPhase(state, 'Clarifying', 'ReactingOpened');
    return { ...carried(state, 'ReactingOpened'), phase: 'Reacting', order, reactions: {} };
  },
  ReactionRecorded: (state, { by, text }) => {
    const it = inPhase(state, 'Reacting', 'ReactionRecorded');
    return { ...it, reactions: { ...it.reactions, [by]: text } };
  },
  ReactionsClosed: (state) => ({
    ...carried(inPhase(state, 'Reacting', 'ReactionsClosed'), 'ReactionsClosed'),
    phase: 'Amending',
    settled: false,
    clarifyAgain: false,
  }),
  ProposalAmended: (state, { to, content, by, substantial }) => {
    const { versions } = carried(state, 'ProposalAmended');
    const next = { ...(state as Tabled), versions: [...versions, { number: to, content, by }], test: undefined };
    if (next.phase !== 'Amending') return next;
    return { ...next, settled: true, clarifyAgain: next.clarifyAgain || substantial };
  },
  VersionKept: (state) => ({ ...inPhase(state, 'Amending', 'VersionKept'), settled: true }),
  StillMeetsNeedConfirmed: (state, { version }) => {
    const { confirmed } = carried(state, 'StillMeetsNeedConfirmed');
    return { ...(state as Tabled), confirmed: [...confirmed, version] };
  },
  ProposalWithdrawn: (state) => {
    if (state.phase === 'Absent') return corrupt('ProposalWithdrawn', state.phase);
    const { proposalId, circleId, communityId, author, coAuthors } = state;
    return { phase: 'Withdrawn', proposalId, circleId, communityId, author, coAuthors };
  },
};
