import { type RefuseUnless, refuseUnless as refuseUnlessAny } from '@app/kernel';
import { heard, reduced } from './consent-round.js';
import { sayAll } from './content.js';
import { isHeard, isMember, type Place, type Voice, type VoicePlace, voiceOf } from './place.js';
import type { InRound, Proposal } from './proposal.js';
import { objectionKinds, type ProposalEvent } from './proposal.events.js';

export const answersRefusals = [
  'ROUND_NOT_OPEN',
  'ANSWER_TO_ANOTHER_VERSION',
  'NOT_ON_ROSTER',
  'ALREADY_ANSWERED',
  'OBJECTION_STANDS',
  'ANSWER_UNKNOWN',
  'OBJECTION_WITHOUT_ARGUMENT',
  'OBJECTION_WITHOUT_LINK',
  'NOTHING_TO_DISPUTE',
] as const;
const refuseUnless: RefuseUnless<(typeof answersRefusals)[number]> = refuseUnlessAny;

/** Somebody's answer in one round, to one exact version. */
export interface Answering extends VoicePlace, Voice {
  readonly roundId: string;
  readonly version: number;
}

/** The open round, when this answer belongs to it: its version exactly (INV-40), by somebody on its roster (INV-34). */
function openRound(state: Proposal, input: Answering): InRound {
  const { roundId, version, by } = input;
  isHeard(input, input);
  refuseUnless(state.phase === 'ConsentRound', 'ROUND_NOT_OPEN', { phase: state.phase });
  const { round } = state;
  const same = roundId === round.roundId && version === round.version;
  refuseUnless(same, 'ANSWER_TO_ANOTHER_VERSION', { version, asked: round.version }); // INV-40
  refuseUnless(round.roster.includes(by), 'NOT_ON_ROSTER'); // INV-34
  return state;
}

/**
 * No objection, with or without a concern to watch. The same answer again is the same answer. One answer of a person stands (INV-34):
 * whoever objects takes the objection back first (INV-45), and a consent once given changes only into an objection.
 */
export function giveConsent(state: Proposal, input: Answering & { readonly concern?: string }): ProposalEvent[] {
  const it = openRound(state, input);
  const { by, concern, roundId, version } = input;
  const standing = it.round.answers[by];
  if (standing?.kind === 'consent' && standing.concern === concern) return [];
  refuseUnless(standing?.kind !== 'objection', 'OBJECTION_STANDS', { objectionId: standing?.objectionId ?? '' }); // INV-45
  refuseUnless(standing === undefined, 'ALREADY_ANSWERED'); // INV-34
  sayAll({ concern });
  const given = { roundId, version, ...voiceOf(input), ...(concern === undefined ? {} : { concern }) };
  return heard(it, [...reduced(it, input.circle), { type: 'ConsentGiven', data: given }], input);
}

export interface RaiseObjection extends Answering {
  readonly objectionId: string;
  /** What would happen, on what facts. */
  readonly argument: string;
  /** By kind: the aim or work it hinders, the rule, the domain or the people it harms. */
  readonly affects: string;
  readonly kind: (typeof objectionKinds)[number];
  readonly remedy?: string;
}

/**
 * A reasoned objection: an argument and its link (INV-36). It may replace one's own consent until the round closes; both are kept. There
 * is no abstention among the answers (INV-35).
 */
export function raiseObjection(state: Proposal, input: RaiseObjection): ProposalEvent[] {
  const it = openRound(state, input);
  const { by, objectionId, roundId, version, argument, affects, kind, remedy } = input;
  const standing = it.round.answers[by];
  if (objectionId in it.objections || isSaid(it, standing?.objectionId, input)) return [];
  refuseUnless(standing?.kind !== 'objection', 'ALREADY_ANSWERED'); // INV-34
  refuseUnless(objectionKinds.includes(kind), 'ANSWER_UNKNOWN', { kind }); // INV-35
  refuseUnless(argument.trim() !== '', 'OBJECTION_WITHOUT_ARGUMENT'); // INV-36
  refuseUnless(affects.trim() !== '', 'OBJECTION_WITHOUT_LINK', { kind }); // INV-36
  sayAll({ remedy });
  const words = { argument, affects, kind, ...(remedy === undefined ? {} : { remedy }) };
  const data = { objectionId, roundId, version, ...voiceOf(input), ...words };
  return heard(it, [...reduced(it, input.circle), { type: 'ObjectionRaised', data }], input);
}

/** The same person has said exactly this in this round. */
function isSaid({ objections }: InRound, objectionId: string | undefined, input: RaiseObjection): boolean {
  const words = objectionId === undefined ? undefined : objections[objectionId]?.words;
  if (words === undefined) return false;
  const { argument, affects, kind, remedy } = input;
  return words.argument === argument && words.affects === affects && words.kind === kind && words.remedy === remedy;
}

/** Who was entered for says that it was not so, while the round is open: their answer is owed again (INV-44). */
export function disputeAnswer(
  state: Proposal,
  { by, roundId, circle }: Place & { readonly by: string; readonly roundId: string },
): ProposalEvent[] {
  isMember(by, circle);
  refuseUnless(state.phase === 'ConsentRound', 'ROUND_NOT_OPEN', { phase: state.phase });
  const { round } = state;
  refuseUnless(roundId === round.roundId, 'ROUND_NOT_OPEN', { phase: state.phase });
  const standing = round.answers[by];
  refuseUnless(standing !== undefined && standing.enteredBy !== by, 'NOTHING_TO_DISPUTE');
  const { objectionId } = standing;
  return [{ type: 'AnswerDisputed', data: { roundId, by, ...(objectionId === undefined ? {} : { objectionId }) } }];
}
