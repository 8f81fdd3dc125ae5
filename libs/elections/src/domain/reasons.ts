import { refuseUnless as refuseUnlessAny, type RefuseUnless } from '@app/kernel';
import type { ElectionEvent } from './election.events.js';
import { election, type Election, type In } from './election.js';
import { expectEligible, outside } from './eligibility.js';
import { handOverByItself } from './proposing.js';
import { expect, expectOwnWord, heard, leadsUpToProposal, type Setting, type Voice } from './setting.js';

export const reasonRefusals = [
  'DID_NOT_NOMINATE',
  'REASON_ALREADY_GIVEN',
  'NO_REASON_YET',
  'TEXT_EMPTY',
  'ALREADY_CHANGED',
  'SAME_NAME',
  'NAME_NOT_ON_THE_BOARD',
] as const;
const refuseUnless: RefuseUnless<(typeof reasonRefusals)[number]> = refuseUnlessAny;

/** Each nominator in turn says why, in the order of the roster. */
export function openReasons(state: Election, input: Setting): ElectionEvent[] {
  const revealed = expect(state, 'Revealed');
  leadsUpToProposal(revealed, input);
  return [{ type: 'ReasonsOpened', data: { by: input.by, order: revealed.pairs.map(({ by }) => by) } }];
}

/** Why this person, for this role: once, by who named them. */
export function giveReason(
  state: Election,
  input: Setting & { readonly voice: Voice; readonly reasonId: string; readonly text: string },
): ElectionEvent[] {
  const { voice, reasonId, text } = input;
  const it = expect(state, 'Reasons');
  if (it.reasons.some((reason) => reason.reasonId === reasonId)) return [];
  expectOwnWord(voice, input);
  const { nominee } = ownPair(it, voice.of);
  refuseUnless(!it.reasons.some(({ by }) => by === voice.of), 'REASON_ALREADY_GIVEN');
  refuseUnless(text.trim() !== '', 'TEXT_EMPTY', { field: 'text' });
  return [{ type: 'ReasonGiven', data: { reasonId, ...heard(voice, input), about: nominee, text } }];
}

/** After at least one reason, everybody may move their nomination. */
export function openChanges(state: Election, input: Setting): ElectionEvent[] {
  const it = expect(state, 'Reasons');
  leadsUpToProposal(it, input);
  refuseUnless(it.reasons.length > 0, 'NO_REASON_YET');
  return [{ type: 'ChangesOpened', data: { by: input.by } }];
}

export interface Change {
  readonly voice: Voice;
  /** The id of the reason that comes with the change: it can be cited as any other. */
  readonly reasonId: string;
  readonly to: string;
  readonly reason: string;
}

/** Moves a nomination, once, to somebody who can hold the office; to a name on the board where the circle's rules say so. */
export function changeNomination(state: Election, input: Setting & Change): ElectionEvent[] {
  const { voice, reasonId, to, reason, circle } = input;
  const it = expect(state, 'Changing');
  if (it.reasons.some((known) => known.reasonId === reasonId)) return [];
  expectOwnWord(voice, input);
  const { nominee: from } = ownPair(it, voice.of);
  refuseUnless(!it.changed.includes(voice.of), 'ALREADY_CHANGED');
  refuseUnless(to !== from, 'SAME_NAME');
  refuseUnless(!it.rules.changeToNamedOnly || it.named.includes(to), 'NAME_NOT_ON_THE_BOARD');
  if (to !== outside) expectEligible(it.office, to, circle, 'why'); // INV-62
  refuseUnless(reason.trim() !== '', 'TEXT_EMPTY', { field: 'reason' });
  const changed: ElectionEvent = {
    type: 'NominationChanged',
    data: { reasonId, ...heard(voice, input), from, to, reason },
  };
  return [changed, ...(it.proposer === undefined ? handOverByItself(evolved(it, changed), input) : [])];
}

const evolved = (state: Election, fact: ElectionEvent): In<'Changing'> =>
  election.evolve(state, fact) as In<'Changing'>;

function ownPair(it: In<'Reasons' | 'Changing'>, member: string): { nominee: string } {
  const pair = it.pairs.find(({ by }) => by === member);
  refuseUnless(pair !== undefined, 'DID_NOT_NOMINATE');
  return pair;
}
