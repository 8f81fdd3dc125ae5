import { civilDateOf, refuseUnless as refuseUnlessAny, type RefuseUnless } from '@app/kernel';
import type { ElectionEvent } from './election.events.js';
import type { Election, In } from './election.js';
import { expectEligible } from './eligibility.js';
import { expect, type Setting } from './setting.js';

export const acceptingRefusals = ['NOT_THE_NOMINEE', 'TEXT_EMPTY', 'NO_OBJECTION_TO_UPHOLD'] as const;
const refuseUnless: RefuseUnless<(typeof acceptingRefusals)[number]> = refuseUnlessAny;

/** The person accepts, themselves; eligible still, they are elected in the same append. */
export function acceptOffice(state: Election, input: Setting): ElectionEvent[] {
  if (state.phase === 'Elected' && state.person === input.by) return [];
  const it = expect(state, 'Accepting');
  const { by, circle, now } = input;
  const { person, office, seat, term, roundId, explicit } = it;
  refuseUnless(by === person, 'NOT_THE_NOMINEE'); // INV-66
  expectEligible(office, person, circle, 'why'); // INV-67
  const electedOn = civilDateOf(now, circle.zone);
  const round = { roundId, explicit: [...explicit], circleRevision: circle.revision, electedOn };
  return [
    { type: 'NomineeAccepted', data: { by } },
    { type: 'OfficerElected', data: { person, office, seat, ...term, ...round } },
  ];
}

/** The nominee's no is upheld: their objection cannot be integrated, or they do not accept. Nobody is ever forced. */
export function declineOffice(state: Election, input: Setting & { readonly reason: string }): ElectionEvent[] {
  if (state.phase === 'Declined' && state.declined.at(-1) === input.by) return [];
  const it = expect(state, 'Integrating', 'Accepting');
  const { by, reason } = input;
  refuseUnless(by === it.person, 'NOT_THE_NOMINEE'); // INV-66
  refuseUnless(it.phase === 'Accepting' || objects(it), 'NO_OBJECTION_TO_UPHOLD');
  refuseUnless(reason.trim() !== '', 'TEXT_EMPTY', { field: 'reason' });
  return [{ type: 'NomineeDeclined', data: { by, reason } }];
}

const objects = ({ objections, person }: In<'Integrating'>): boolean =>
  Object.values(objections).some(({ status, holder }) => status === 'open' && holder === person);

/** The circle said no to the term: it waits for the lead and the person elected. */
export function recordEffectRefused(
  state: Election,
  { code, details }: { readonly code: string; readonly details: readonly string[] },
): ElectionEvent[] {
  const elected = expect(state, 'Elected');
  return elected.effectRefused ? [] : [{ type: 'EffectRefused', data: { code, details: [...details] } }];
}
