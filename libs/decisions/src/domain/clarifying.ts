import { type RefuseUnless, refuseUnless as refuseUnlessAny } from '@app/kernel';
import { sayAll } from './content.js';
import { isAnAuthor, isIn } from './drafting.js';
import { isHeard, leads, type MeetingPlace, type Voice, type VoicePlace, voiceOf } from './place.js';
import { latestOf, type Proposal } from './proposal.js';
import type { ProposalEvent } from './proposal.events.js';

export const clarifyingRefusals = [
  'PHASE_SKIPPED',
  'NOTHING_TO_CLARIFY',
  'QUESTION_UNKNOWN',
  'ALREADY_ANSWERED',
  'QUESTIONS_UNANSWERED',
  'ALREADY_REACTED',
  'AUTHOR_REACTS_LAST',
  'REACTIONS_MISSING',
  'NOT_IN_THE_ROUND',
] as const;
const refuseUnless: RefuseUnless<(typeof clarifyingRefusals)[number]> = refuseUnlessAny;

type Led = MeetingPlace & { readonly by: string };
type Said = VoicePlace & Voice & { readonly text: string };

/** The facilitator opens the questions: after the presentation, or anew when the author's amendment was substantial (method §3.2). */
export function openClarifying(state: Proposal, input: Led): ProposalEvent[] {
  leads(input.by, input);
  isIn(state, 'Presented', 'Amending');
  refuseUnless(state.phase === 'Presented' || state.clarifyAgain, 'NOTHING_TO_CLARIFY');
  return [{ type: 'ClarifyingOpened', data: { version: latestOf(state).number, by: input.by } }];
}

export function askClarification(state: Proposal, input: Said & { readonly questionId: string }): ProposalEvent[] {
  const { questionId, text } = input;
  isHeard(input, input);
  isIn(state, 'Clarifying');
  if (questionId in state.questions) return [];
  sayAll({ text });
  const version = latestOf(state).number;
  return [{ type: 'ClarificationAsked', data: { questionId, version, ...voiceOf(input), text } }];
}

/** The author, or who writes beside them, says what was meant; once for each question. */
export function answerClarification(state: Proposal, input: Said & { readonly questionId: string }): ProposalEvent[] {
  const { questionId, by, text } = input;
  isHeard(input, input);
  isIn(state, 'Clarifying');
  isAnAuthor(by, state);
  const question = state.questions[questionId];
  refuseUnless(question !== undefined, 'QUESTION_UNKNOWN');
  if (question.answer?.by === by && question.answer.text === text) return [];
  refuseUnless(question.answer === undefined, 'ALREADY_ANSWERED');
  sayAll({ text });
  const version = latestOf(state).number;
  return [{ type: 'ClarificationAnswered', data: { questionId, version, ...voiceOf(input), text } }];
}

/**
 * The facilitator opens the reactions, the author last. The strict reading of method §3.10 holds in a meeting too: no question is left
 * without an answer, unless nobody who could answer is a member any more. Nothing is skipped (INV-33).
 */
export function openReacting(state: Proposal, input: Led): ProposalEvent[] {
  const { by, circle } = input;
  leads(by, input);
  refuseUnless(state.phase !== 'Presented', 'PHASE_SKIPPED', { phase: state.phase }); // INV-33
  isIn(state, 'Clarifying');
  const { author, coAuthors, questions } = state;
  const hands = [author, ...coAuthors].filter((person) => circle.members.includes(person));
  const open = Object.entries(questions).filter(([, { answer }]) => answer === undefined);
  refuseUnless(hands.length === 0 || open.length === 0, 'QUESTIONS_UNANSWERED', { questions: open.map(([id]) => id) });
  const order = [
    ...circle.members.filter((person) => person !== author),
    ...circle.members.filter((person) => person === author),
  ];
  return [{ type: 'ReactingOpened', data: { version: latestOf(state).number, by, order } }];
}

/**
 * One reaction each, the author last. The order of the others is shown, not enforced; once the author has reacted nobody else does.
 * Whoever is not in the room reacts by themselves, before the author.
 */
export function recordReaction(state: Proposal, input: Said): ProposalEvent[] {
  const { by, text, circle } = input;
  isHeard(input, input);
  isIn(state, 'Reacting');
  const { author, order, reactions } = state;
  refuseUnless(order.includes(by), 'NOT_IN_THE_ROUND');
  if (by in reactions && reactions[by] === text) return [];
  refuseUnless(!(by in reactions), 'ALREADY_REACTED');
  const present = input.meeting?.present ?? circle.members;
  const waited = order.filter((it) => it !== author && present.includes(it) && circle.members.includes(it));
  if (by === author)
    refuseUnless(
      waited.every((it) => it in reactions),
      'AUTHOR_REACTS_LAST',
    );
  else refuseUnless(!(author in reactions), 'AUTHOR_REACTS_LAST');
  sayAll({ text });
  return [{ type: 'ReactionRecorded', data: { version: latestOf(state).number, ...voiceOf(input), text } }];
}

/** The facilitator closes the reactions when everybody present has given theirs; who was away is recorded as missing. */
export function closeReactions(state: Proposal, input: Led): ProposalEvent[] {
  const { by, meeting, circle } = input;
  leads(by, input);
  refuseUnless(state.phase !== 'Presented' && state.phase !== 'Clarifying', 'PHASE_SKIPPED', { phase: state.phase }); // INV-33
  isIn(state, 'Reacting');
  const missing = state.order.filter((person) => !(person in state.reactions) && circle.members.includes(person));
  const here = missing.filter((person) => meeting.present.includes(person));
  refuseUnless(here.length === 0, 'REACTIONS_MISSING', { missing: here });
  return [{ type: 'ReactionsClosed', data: { by, missing } }];
}
