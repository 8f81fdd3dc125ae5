import type { objectionsEvents } from './objections.events.js';
import type { DataOf, Proposal, Tabled } from './proposal.states.js';
import { corrupt, carried, inPhase, changed, untested, without, type Steps } from './proposal.steps.js';

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

/** What becomes of objections once everybody was heard. */
export const objectionsSteps: Steps<keyof typeof objectionsEvents> = {
  IntegrationProposed: (state) => ({ ...carried(state, 'IntegrationProposed'), phase: 'Integrating' }),
  ObjectionResolved: resolved,
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
};
