import { refuseUnless as refuseUnlessAny, type RefuseUnless } from '@app/kernel';
import type { ElectionEvent } from './election.events.js';
import { type Election, type In, named } from './election.js';
import { expectEligible, whyIneligible } from './eligibility.js';
import { expect, expectMeeting, type Setting } from './setting.js';

export const proposingRefusals = [
  'NOT_THE_LEAD',
  'SELF_PROPOSED',
  'LEAD_IS_NOMINATED',
  'NOT_NOMINATED',
  'NO_REASON_CITED',
  'TEXT_EMPTY',
  'ALREADY_DECLINED',
  'OBJECTIONS_OPEN',
  'STILL_ELIGIBLE',
  'LEAD_GOES_IN_ORDER',
  'LEAD_NOT_THERE',
  'NOBODY_TO_LEAD',
] as const;
const refuseUnless: RefuseUnless<(typeof proposingRefusals)[number]> = refuseUnlessAny;

type Named = In<(typeof named)[number]>;
type Order = Extract<ElectionEvent, { type: 'ElectionLeadHandedOver' }>['data']['order'];

const personOf = (state: Named): string | undefined => ('person' in state ? state.person : undefined);

/** An incumbent whom somebody named does not lead the proposing and consent phases (method §4.4). */
const isBarred = (state: Named, person: string, { circle }: Setting): boolean =>
  circle.holders[state.office] === person && state.named.includes(person);

/** Who leads the proposing and consent phases; while they are away, whoever facilitates. An expert's presence is not recorded. */
function proposingLead(state: Named, { circle, meeting, officers }: Setting): string | undefined {
  const lead = state.proposer ?? state.lead;
  return meeting?.present.includes(lead) || circle.experts.includes(lead) ? lead : officers.facilitator;
}

/** Whoever leads these phases leads them in a meeting, and is not an incumbent whom somebody named (INV-65). */
export function leadsProposal(state: Named, setting: Setting): void {
  expectMeeting(setting);
  refuseUnless(!isBarred(state, setting.by, setting), 'LEAD_IS_NOMINATED'); // INV-65
  refuseUnless(setting.by === proposingLead(state, setting), 'NOT_THE_LEAD');
}

/** Who takes over before a member is chosen: secretary, then leader, of those present whom nobody named. */
function successors(state: Named, from: string, setting: Setting): { to: string; order: Order }[] {
  const { holders, acting } = setting.circle;
  const offices: [Order, string | undefined][] = [
    ['secretary', holders.secretary ?? acting.secretary],
    ['leader', holders.leader ?? acting.leader],
  ];
  return offices.flatMap(([order, to]) => {
    if (to === undefined || to === from || state.named.includes(to)) return [];
    return setting.meeting?.present.includes(to) ? [{ to, order }] : [];
  });
}

/** The lead passes by itself, in the same append, once the incumbent who leads is named and an officer can take over. */
export function handOverByItself(state: Named, setting: Setting): ElectionEvent[] {
  const from = state.proposer ?? state.lead;
  if (!isBarred(state, from, setting)) return [];
  const [next] = successors(state, from, setting);
  return next === undefined ? [] : [{ type: 'ElectionLeadHandedOver', data: { from, phase: 'proposing', ...next } }];
}

/** The lead gives the proposing and consent phases away: to the next in order, or where there is none to `to`. */
export function handOverLead(state: Election, input: Setting & { readonly to?: string }): ElectionEvent[] {
  const it = expect(state, ...named);
  const { present } = expectMeeting(input);
  const { by, circle } = input;
  refuseUnless(by === proposingLead(it, input), 'NOT_THE_LEAD');
  const [next] = successors(it, by, input);
  const to = input.to ?? next?.to;
  refuseUnless(to !== undefined, 'NOBODY_TO_LEAD');
  if (to === by) return [];
  refuseUnless(to !== personOf(it) && !isBarred(it, to, input), 'LEAD_IS_NOMINATED'); // INV-65
  refuseUnless(next === undefined || next.to === to, 'LEAD_GOES_IN_ORDER', { next: next?.to ?? '' });
  const expert = circle.experts.includes(to);
  refuseUnless(expert || present.includes(to), 'LEAD_NOT_THERE');
  const order = next?.order ?? (expert ? 'expert' : 'member');
  const phase = it.phase === 'Proposed' || it.phase === 'ConsentRound' ? 'consent' : 'proposing';
  return [{ type: 'ElectionLeadHandedOver', data: { from: by, to, phase, order } }];
}

export interface Naming {
  readonly person: string;
  readonly rationale: string;
  /** Ids of recorded reasons, at least one. */
  readonly cites: readonly string[];
}

/** One person is proposed for the strength of the reasons. Nothing counts names, here or anywhere (INV-63). */
export function proposeNominee(state: Election, input: Setting & Naming): ElectionEvent[] {
  const it = expect(state, 'Changing', 'Integrating', 'Accepting', 'Declined');
  const { by, person, rationale, cites, circle } = input;
  refuseUnless(person !== by, 'SELF_PROPOSED'); // INV-65
  leadsProposal(it, input);
  refuseUnless(it.named.includes(person), 'NOT_NOMINATED'); // INV-62
  expectEligible(it.office, person, circle, 'why'); // INV-62
  refuseUnless(!it.declined.includes(person), 'ALREADY_DECLINED');
  refuseUnless(it.phase !== 'Integrating' || it.person !== person, 'OBJECTIONS_OPEN');
  // Once the circle has consented, another name only where the person can no longer hold the office.
  const settled = it.phase === 'Accepting' && whyIneligible(it.office, it.person, circle) === undefined;
  refuseUnless(!settled, 'STILL_ELIGIBLE');
  refuseUnless(rationale.trim() !== '', 'TEXT_EMPTY', { field: 'rationale' }); // INV-63
  const recorded = it.reasons.map(({ reasonId }) => reasonId);
  refuseUnless(cites.length > 0 && cites.every((cited) => recorded.includes(cited)), 'NO_REASON_CITED'); // INV-63
  return [{ type: 'NomineeProposed', data: { person, rationale, cites: [...cites], by } }];
}
