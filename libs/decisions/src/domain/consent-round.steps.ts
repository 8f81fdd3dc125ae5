import type { consentRoundEvents } from './consent-round.events.js';
import type { Answer, DataOf, InRound, Objection, Proposal } from './proposal.states.js';
import { carried, inPhase, changed, without, type Steps } from './proposal.steps.js';

function withAnswer(state: Proposal, by: string, answer: Answer, type: string): InRound {
  const it = inPhase(state, 'ConsentRound', type);
  return { ...it, round: { ...it.round, answers: { ...it.round.answers, [by]: answer } } };
}

function disputed(state: Proposal, { by, objectionId }: DataOf<'AnswerDisputed'>): Proposal {
  const it = inPhase(state, 'ConsentRound', 'AnswerDisputed');
  const objections =
    objectionId === undefined ? it.objections : changed(it, objectionId, { status: 'disputed' }, 'AnswerDisputed');
  return { ...it, objections, round: { ...it.round, answers: without(it.round.answers, [by]) } };
}

/** Asking everybody, and what comes of it. */
export const consentRoundSteps: Steps<keyof typeof consentRoundEvents> = {
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
  DecisionReached: (state, decision) => {
    inPhase(state, 'ConsentRound', 'DecisionReached');
    return { ...carried(state, 'DecisionReached'), phase: 'Decided', decision };
  },
  EffectRefused: (state, { code }) => ({ ...inPhase(state, 'Decided', 'EffectRefused'), effectRefused: code }),
};
