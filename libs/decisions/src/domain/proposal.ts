import type { Decider } from '@app/kernel';
import type { Effect } from './effect.js';
import type { ProposalEvent } from './proposal.events.js';
import type {
  Answer,
  DataOf,
  Draft,
  InRound,
  Objection,
  ObjectionTest,
  OnTheTable,
  Phase,
  Proposal,
  Round,
  Tabled,
  Version,
} from './proposal.states.js';

export type * from './proposal.states.js';

const corrupt = (type: string, phase: Phase): never => {
  throw new Error(`${type} in phase ${phase}: the stream is corrupt`);
};

/** The part that stays when the phase changes. */
function carried(state: Proposal, type: string): OnTheTable {
  if (!('versions' in state)) return corrupt(type, state.phase);
  const { proposalId, circleId, communityId, author, coAuthors } = state;
  const { versions, objections, confirmed, lastRound, rounds, test } = state;
  const table = { versions, objections, confirmed, lastRound, rounds, test };
  return { proposalId, circleId, communityId, author, coAuthors, ...table };
}

function inPhase<P extends Phase>(state: Proposal, phase: P, type: string): Extract<Proposal, { phase: P }> {
  return state.phase === phase ? (state as Extract<Proposal, { phase: P }>) : corrupt(type, state.phase);
}

const changed = (state: Proposal, id: string, changes: Partial<Objection>, type: string): OnTheTable['objections'] => {
  const { objections } = carried(state, type);
  const objection = objections[id] ?? corrupt(type, state.phase);
  return { ...objections, [id]: { ...objection, ...changes } };
};

/** What of the test goes on when this objection is not the same any more. */
const untested = (state: Proposal, objectionId: string): ObjectionTest | undefined => {
  const test = 'versions' in state ? state.test : undefined;
  return test?.objectionId === objectionId ? undefined : test;
};

const without = (answers: Round['answers'], people: readonly string[]): Round['answers'] =>
  Object.fromEntries(Object.entries(answers).filter(([person]) => !people.includes(person)));

function withAnswer(state: Proposal, by: string, answer: Answer, type: string): InRound {
  const it = inPhase(state, 'ConsentRound', type);
  return { ...it, round: { ...it.round, answers: { ...it.round.answers, [by]: answer } } };
}

function resolved(state: Proposal, { objectionId, by, version, how }: DataOf<'ObjectionResolved'>): Proposal {
  if (how !== 'withdrawnInRound') {
    const objections = changed(state, objectionId, { status: 'resolved', resolvedIn: version }, 'ObjectionResolved');
    return { ...(state as Tabled), objections, test: untested(state, objectionId) };
  }
  const it = inPhase(state, 'ConsentRound', 'ObjectionResolved');
  const objections = changed(it, objectionId, { status: 'withdrawn' }, 'ObjectionResolved');
  const own = it.round.answers[by]?.objectionId === objectionId;
  const answers = own ? without(it.round.answers, [by]) : it.round.answers;
  return { ...it, objections, round: { ...it.round, answers } };
}

function disputed(state: Proposal, { by, objectionId }: DataOf<'AnswerDisputed'>): Proposal {
  const it = inPhase(state, 'ConsentRound', 'AnswerDisputed');
  const objections =
    objectionId === undefined ? it.objections : changed(it, objectionId, { status: 'disputed' }, 'AnswerDisputed');
  return { ...it, objections, round: { ...it.round, answers: without(it.round.answers, [by]) } };
}

function drafted({ title, text, need, example, effect }: Draft): Draft {
  return { title, text, need, example, effect };
}

type Steps = { readonly [T in ProposalEvent['type']]: (state: Proposal, data: DataOf<T>) => Proposal };

/** One step for every event there is: a type without one does not compile. */
const steps: Steps = {
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
  ConsentRoundOpened: (state, { roundId, version, roster, quorum, rules, fundamental }) => {
    const it = carried(state, 'ConsentRoundOpened');
    const round = { roundId, version, roster, quorum, rules, fundamental, answers: {} };
    return { ...it, rounds: [...it.rounds, roundId], phase: 'ConsentRound', round };
  },
  ConsentGiven: (state, { by, enteredBy, channel, concern }) =>
    withAnswer(state, by, { kind: 'consent', enteredBy, channel, concern }, 'ConsentGiven'),
  ObjectionRaised: (state, data) => {
    const { objectionId, roundId, version, by, enteredBy, channel, argument, affects, kind, remedy } = data;
    const it = withAnswer(state, by, { kind: 'objection', enteredBy, channel, objectionId }, 'ObjectionRaised');
    const words = { argument, affects, kind, remedy };
    const objection: Objection = { objectionId, roundId, version, by, holder: by, words, status: 'open' };
    return { ...it, objections: { ...it.objections, [objectionId]: objection } };
  },
  AnswerDisputed: disputed,
  RosterReduced: (state, { left, quorum }) => {
    const it = inPhase(state, 'ConsentRound', 'RosterReduced');
    const roster = it.round.roster.filter((person) => !left.includes(person));
    return { ...it, round: { ...it.round, roster, quorum, answers: without(it.round.answers, left) } };
  },
  ConsentRoundClosed: (state, { outcome }) => {
    const it = inPhase(state, 'ConsentRound', 'ConsentRoundClosed');
    // A consent is followed by its decision in the same append.
    if (outcome === 'consent') return { ...it, lastRound: it.round };
    return { ...carried(it, 'ConsentRoundClosed'), lastRound: it.round, phase: 'TestingObjection' };
  },
  ConsentRoundVoided: (state) => {
    const it = inPhase(state, 'ConsentRound', 'ConsentRoundVoided');
    const left = { settled: false, clarifyAgain: false };
    return { ...carried(it, 'ConsentRoundVoided'), lastRound: it.round, phase: 'Amending', ...left };
  },
  IntegrationProposed: (state) => ({ ...carried(state, 'IntegrationProposed'), phase: 'Integrating' }),
  ObjectionResolved: resolved,
  StillMeetsNeedConfirmed: (state, { version }) => {
    const { confirmed } = carried(state, 'StillMeetsNeedConfirmed');
    return { ...(state as Tabled), confirmed: [...confirmed, version] };
  },
  ObjectionAdopted: (state, { objectionId, by }) => {
    const objections = changed(state, objectionId, { holder: by }, 'ObjectionAdopted');
    return { ...(state as Tabled), objections, test: untested(state, objectionId) };
  },
  ObjectionOrphaned: (state, { objectionId }) => {
    const objections = changed(state, objectionId, { status: 'orphaned' }, 'ObjectionOrphaned');
    return { ...(state as Tabled), objections, test: untested(state, objectionId) };
  },
  ObjectionTestRequested: (state, { objectionId, judges, minimum }) => {
    carried(state, 'ObjectionTestRequested');
    return { ...(state as Tabled), test: { objectionId, judges, minimum, judged: {} } };
  },
  ObjectionJudged: (state, { objectionId, by, stands }) => {
    const test = carried(state, 'ObjectionJudged').test ?? corrupt('ObjectionJudged', state.phase);
    if (test.objectionId !== objectionId) return corrupt('ObjectionJudged', state.phase);
    return { ...(state as Tabled), test: { ...test, judged: { ...test.judged, [by]: stands } } };
  },
  ObjectionTested: (state) => {
    carried(state, 'ObjectionTested');
    return { ...(state as Tabled), test: undefined };
  },
  ObjectionSetAsideAsConcern: (state, { objectionId }) => {
    const objections = changed(state, objectionId, { status: 'setAside' }, 'ObjectionSetAsideAsConcern');
    return { ...(state as Tabled), objections };
  },
  DecisionReached: (state, decision) => {
    inPhase(state, 'ConsentRound', 'DecisionReached');
    return { ...carried(state, 'DecisionReached'), phase: 'Decided', decision };
  },
  EffectRefused: (state, { code }) => ({ ...inPhase(state, 'Decided', 'EffectRefused'), effectRefused: code }),
  ProposalWithdrawn: (state) => {
    if (state.phase === 'Absent') return corrupt('ProposalWithdrawn', state.phase);
    const { proposalId, circleId, communityId, author, coAuthors } = state;
    return { phase: 'Withdrawn', proposalId, circleId, communityId, author, coAuthors };
  },
};

/** The stream `proposal-<proposalId>`: from a draft to a decision. Its decisions stand beside it, by concern. */
export const proposal: Decider<Proposal, ProposalEvent> = {
  category: 'proposal',
  initial: { phase: 'Absent' },
  evolve: (state, fact) => (steps[fact.type] as (state: Proposal, data: unknown) => Proposal)(state, fact.data),
};

/** The version that counts: the last one published. */
export const latestOf = ({ versions }: OnTheTable): Version => versions[versions.length - 1]!;

/** Objections of the round last held that its holder has not found resolved in the latest version (method §3.7). */
export function unresolved(state: OnTheTable): Objection[] {
  const { number } = latestOf(state);
  return Object.values(state.objections).filter(
    ({ roundId, status, resolvedIn }) =>
      roundId === state.lastRound?.roundId && (status === 'open' || (status === 'resolved' && resolvedIn !== number)),
  );
}

/** What the proposal changes by itself when it is decided, as its latest text says. */
export const effectOf = (state: OnTheTable): Effect | undefined => latestOf(state).content.effect;
