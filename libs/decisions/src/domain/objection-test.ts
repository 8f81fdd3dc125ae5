import { type RefuseUnless, refuseUnless as refuseUnlessAny } from '@app/kernel';
import { sayAll } from './content.js';
import { isIn } from './drafting.js';
import { isOnRoster, isOpen, known } from './objection.js';
import { isHeard, isMember, type Place, type Voice, type VoicePlace, voiceOf } from './place.js';
import { latestOf, type Objection, type ObjectionTest, proposal, type Proposal } from './proposal.js';
import type { ProposalEvent } from './proposal.events.js';

export const objectionTestRefusals = [
  'OBJECTION_SETTLED',
  'OBJECTION_NOT_TESTABLE',
  'TOO_FEW_TO_TEST',
  'OTHER_TEST_UNDERWAY',
  'TEST_NOT_OPEN',
  'NOT_A_JUDGE',
  'ALREADY_JUDGED',
  'JUDGEMENTS_MISSING',
] as const;
const refuseUnless: RefuseUnless<(typeof objectionTestRefusals)[number]> = refuseUnlessAny;

/** What the record answers, not the circle: the secretary looks it up (method §3.6). */
const neverSetAside: readonly Objection['words']['kind'][] = ['BreaksRuleOrLaw', 'OutsideDomain'];

type OnObjection = { readonly objectionId: string };

/**
 * Somebody on the roster asks whether it is an objection. Everybody else on it is asked, the author and the officers like the others:
 * there is no smaller circle that could set it aside (INV-38, INV-39).
 */
export function requestObjectionTest(
  state: Proposal,
  { by, objectionId, circle }: Place & OnObjection & { readonly by: string },
): ProposalEvent[] {
  isMember(by, circle);
  isIn(state, 'TestingObjection', 'Integrating');
  const objection = known(state, objectionId, state.lastRound);
  isOnRoster(by, state.lastRound);
  if (state.test?.objectionId === objectionId) return [];
  const { status, words, holder } = objection;
  refuseUnless(isOpen(objection, latestOf(state).number), 'OBJECTION_SETTLED', { status });
  refuseUnless(!neverSetAside.includes(words.kind), 'OBJECTION_NOT_TESTABLE', { kind: words.kind }); // INV-39
  refuseUnless(state.test === undefined, 'OTHER_TEST_UNDERWAY', { objectionId: state.test?.objectionId ?? '' });
  const others = (state.lastRound?.roster ?? []).filter((person) => person !== holder && person !== objection.by);
  const judges = others.filter((person) => circle.members.includes(person));
  const minimum = circle.rules.rounds.setAsideMinimum;
  refuseUnless(judges.length >= minimum, 'TOO_FEW_TO_TEST', { others: judges.length, minimum }); // INV-39
  return [{ type: 'ObjectionTestRequested', data: { objectionId, by, judges, minimum } }];
}

export interface JudgeObjection extends VoicePlace, Voice, OnObjection {
  /** It is an objection; one who says so is enough to keep it. */
  readonly stands: boolean;
  readonly reason: string;
}

/** One of the others says, with a reason, whether it is an objection. The word that settles it ends the test in the same append. */
export function judgeObjection(state: Proposal, input: JudgeObjection): ProposalEvent[] {
  const { by, objectionId, stands, reason } = input;
  isHeard(input, input);
  const test = testOf(state, objectionId);
  refuseUnless(test.judges.includes(by), 'NOT_A_JUDGE'); // INV-39
  const said = test.judged[by];
  if (said === stands) return [];
  refuseUnless(said === undefined, 'ALREADY_JUDGED');
  sayAll({ reason });
  const fact: ProposalEvent = {
    type: 'ObjectionJudged',
    data: { objectionId, ...voiceOf(input), stands, reason },
  };
  const after = testOf(proposal.evolve(state, fact), objectionId);
  return [fact, ...(outcomeOf(after, input) === undefined ? [] : ending(after, input))];
}

/** Ends a test in which nobody owes a word any more because somebody left. */
export function closeObjectionTest(
  state: Proposal,
  input: Place & OnObjection & { readonly by: string },
): ProposalEvent[] {
  isMember(input.by, input.circle);
  const test = testOf(state, input.objectionId);
  const missing = stillThere(test, input).filter((person) => !(person in test.judged));
  refuseUnless(outcomeOf(test, input) !== undefined, 'JUDGEMENTS_MISSING', { missing });
  return ending(test, input);
}

function testOf(state: Proposal, objectionId: string): ObjectionTest {
  const test = 'versions' in state ? state.test : undefined;
  refuseUnless(test?.objectionId === objectionId, 'TEST_NOT_OPEN');
  return test as ObjectionTest;
}

const stillThere = ({ judges }: ObjectionTest, { circle }: Place): string[] =>
  judges.filter((person) => circle.members.includes(person));

/** Nothing while somebody is still to be heard and nobody supports it. */
function outcomeOf(test: ObjectionTest, place: Place): 'stands' | 'setAside' | undefined {
  const judges = stillThere(test, place);
  if (judges.some((person) => test.judged[person] === true)) return 'stands'; // INV-39
  if (judges.length < test.minimum) return 'stands'; // INV-39
  return judges.every((person) => person in test.judged) ? 'setAside' : undefined; // INV-39, without: return 'setAside';
}

function ending(test: ObjectionTest, place: Place): ProposalEvent[] {
  const { objectionId, judged } = test;
  const judges = stillThere(test, place);
  const outcome = outcomeOf(test, place) ?? 'stands';
  const supporters = judges.filter((person) => judged[person] === true);
  const tested: ProposalEvent = { type: 'ObjectionTested', data: { objectionId, outcome, judges, supporters } };
  return outcome === 'stands' ? [tested] : [tested, { type: 'ObjectionSetAsideAsConcern', data: { objectionId } }];
}
