import type { Channel, Decider } from '@app/kernel';
import type { Effect } from './effect.js';
import type { Content, ProposalEvent, RoundRules } from './proposal.events.js';

type DataOf<T extends ProposalEvent['type']> = Extract<ProposalEvent, { type: T }>['data'];

/** What the author has so far; its words are theirs until they are presented. */
export type Draft = Pick<DataOf<'ProposalDrafted'>, 'title' | 'text' | 'need' | 'example' | 'effect'>;

export interface Version {
  readonly number: number;
  readonly content: Content;
  readonly by: string;
}

export interface Question {
  readonly by: string;
  readonly text: string | null;
  readonly answer?: { readonly by: string; readonly text: string | null };
}

/** The answer of one person that counts in the round: consent, or an objection by its id (INV-34). */
export interface Answer {
  readonly kind: 'consent' | 'objection';
  readonly enteredBy: string;
  readonly channel: Channel;
  readonly concern?: string | null;
  readonly objectionId?: string;
}

export interface Round {
  readonly roundId: string;
  readonly version: number;
  /** Who owes an answer, in order; shrinks when somebody loses membership. */
  readonly roster: readonly string[];
  readonly quorum: number;
  readonly rules: RoundRules;
  readonly fundamental: boolean;
  readonly answers: Readonly<Record<string, Answer>>;
}

export interface Objection {
  readonly objectionId: string;
  readonly roundId: string;
  readonly version: number;
  readonly by: string;
  /** Whose word resolves it: who raised it, or who adopted it. */
  readonly holder: string;
  readonly words: Pick<DataOf<'ObjectionRaised'>, 'argument' | 'affects' | 'kind' | 'remedy'>;
  readonly status: 'open' | 'resolved' | 'withdrawn' | 'orphaned' | 'disputed';
  /** The version its holder found good. */
  readonly resolvedIn?: number;
}

interface Identity {
  readonly proposalId: string;
  readonly circleId: string;
  readonly communityId: string;
  readonly author: string;
  readonly coAuthors: readonly string[];
}

export interface OnTheTable extends Identity {
  readonly versions: readonly Version[];
  /** Every objection ever raised, by its id. */
  readonly objections: Readonly<Record<string, Objection>>;
  /** Versions of another hand that the author found to meet the need still. */
  readonly confirmed: readonly number[];
  /** The round last held, whatever came of it. */
  readonly lastRound?: Round;
  /** Rounds ever opened, so that a repeated opening is known. */
  readonly rounds: readonly string[];
}

export type Clarifying = OnTheTable & {
  readonly phase: 'Clarifying';
  readonly questions: Readonly<Record<string, Question>>;
};
export type Reacting = OnTheTable & {
  readonly phase: 'Reacting';
  /** Who is heard, the author last. */
  readonly order: readonly string[];
  readonly reactions: Readonly<Record<string, string | null>>;
};
export type Amending = OnTheTable & {
  readonly phase: 'Amending';
  /** The author has published a version or kept the one there was. */
  readonly settled: boolean;
  /** The latest version is substantially another one: it is clarified anew before anybody consents. */
  readonly clarifyAgain: boolean;
};
export type InRound = OnTheTable & { readonly phase: 'ConsentRound'; readonly round: Round };
export type Decided = OnTheTable & {
  readonly phase: 'Decided';
  readonly decision: DataOf<'DecisionReached'>;
  readonly effectRefused?: string;
};
export type Tabled =
  | (OnTheTable & { readonly phase: 'Presented' })
  | Clarifying
  | Reacting
  | Amending
  | InRound
  | (OnTheTable & { readonly phase: 'TestingObjection' })
  | (OnTheTable & { readonly phase: 'Integrating' })
  | Decided;

/** A proposal, by the phase it is in (method §3.2). */
export type Proposal =
  | { readonly phase: 'Absent' }
  | (Identity & { readonly phase: 'Draft'; readonly draft: Draft })
  | Tabled
  | (Identity & { readonly phase: 'Withdrawn' });
export type Phase = Proposal['phase'];

const corrupt = (type: string, phase: Phase): never => {
  throw new Error(`${type} in phase ${phase}: the stream is corrupt`);
};

/** The part that stays when the phase changes. */
function carried(state: Proposal, type: string): OnTheTable {
  if (!('versions' in state)) return corrupt(type, state.phase);
  const { proposalId, circleId, communityId, author, coAuthors } = state;
  const { versions, objections, confirmed, lastRound, rounds } = state;
  return { proposalId, circleId, communityId, author, coAuthors, versions, objections, confirmed, lastRound, rounds };
}

function inPhase<P extends Phase>(state: Proposal, phase: P, type: string): Extract<Proposal, { phase: P }> {
  return state.phase === phase ? (state as Extract<Proposal, { phase: P }>) : corrupt(type, state.phase);
}

const changed = (state: Proposal, id: string, changes: Partial<Objection>, type: string): OnTheTable['objections'] => {
  const { objections } = carried(state, type);
  const objection = objections[id] ?? corrupt(type, state.phase);
  return { ...objections, [id]: { ...objection, ...changes } };
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
    return { ...(state as Tabled), objections };
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
    const next = { ...(state as Tabled), versions: [...versions, { number: to, content, by }] };
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
    return { ...(state as Tabled), objections };
  },
  ObjectionOrphaned: (state, { objectionId }) => {
    const objections = changed(state, objectionId, { status: 'orphaned' }, 'ObjectionOrphaned');
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
