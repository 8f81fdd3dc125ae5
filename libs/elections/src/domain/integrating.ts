import { refuseUnless as refuseUnlessAny, type RefuseUnless } from '@app/kernel';
import { boundedTerm } from './calling.js';
import type { ElectionEvent, electionIntegrations } from './election.events.js';
import type { Election, In, Objection } from './election.js';
import { expect, expectMember, type Setting } from './setting.js';

export const integratingRefusals = [
  'OBJECTION_UNKNOWN',
  'OBJECTION_SETTLED',
  'NOMINEE_HEARD_FIRST',
  'TEXT_EMPTY',
  'OBJECTION_WITHOUT_ARGUMENT',
  'NOT_THE_OBJECTOR',
  'INTEGRATION_UNKNOWN',
  'OBJECTOR_STILL_MEMBER',
  'NOT_ON_ROSTER',
] as const;
const refuseUnless: RefuseUnless<(typeof integratingRefusals)[number]> = refuseUnlessAny;

export interface Offer {
  readonly objectionId: string;
  readonly integrationId: string;
  readonly option: (typeof electionIntegrations)[number];
  readonly text: string;
  readonly duties?: string;
  /** Civil dates of another term, for the option `term`. */
  readonly from?: string;
  readonly to?: string;
}

/** A way to take an objection in; anybody in the circle may offer one. The nominee's own objection comes first. */
export function proposeElectionIntegration(state: Election, input: Setting & Offer): ElectionEvent[] {
  const it = expect(state, 'Integrating');
  const { objectionId, integrationId, option, text, duties, from, to, by } = input;
  if (integrationId in it.integrations) return [];
  expectMember(input);
  const { holder } = openObjection(it, objectionId);
  const nomineeObjects = Object.values(it.objections).some((o) => o.status === 'open' && o.holder === it.person);
  refuseUnless(!nomineeObjects || holder === it.person, 'NOMINEE_HEARD_FIRST');
  refuseUnless(text.trim() !== '', 'TEXT_EMPTY', { field: 'text' });
  const term = option === 'term' ? boundedTerm(from ?? it.term.from, to, input) : {};
  const work = duties === undefined ? {} : { duties };
  return [
    { type: 'ElectionIntegrationProposed', data: { objectionId, integrationId, option, text, ...work, ...term, by } },
  ];
}

/** The objector's own word that it is resolved: nobody else's resolves it. */
export function confirmElectionIntegration(
  state: Election,
  input: Setting & { readonly objectionId: string; readonly integrationId?: string },
): ElectionEvent[] {
  const it = expect(state, 'ConsentRound', 'Integrating');
  const { objectionId, integrationId, by } = input;
  expectMember(input);
  const { holder } = openObjection(it, objectionId);
  refuseUnless(by === holder, 'NOT_THE_OBJECTOR'); // INV-45
  const offers = it.phase === 'Integrating' ? it.integrations : {};
  const known = integrationId === undefined || offers[integrationId]?.objectionId === objectionId;
  refuseUnless(known, 'INTEGRATION_UNKNOWN');
  const which = integrationId === undefined ? {} : { integrationId };
  return [{ type: 'ElectionObjectionIntegrated', data: { objectionId, ...which, by } }];
}

/** A remaining member of the roster takes over the objection of somebody who left the circle, in their own words. */
export function adoptElectionObjection(
  state: Election,
  input: Setting & { readonly objectionId: string; readonly argument: string },
): ElectionEvent[] {
  const it = expect(state, 'ConsentRound', 'Integrating');
  const { objectionId, argument, by, circle } = input;
  expectMember(input);
  const { holder } = openObjection(it, objectionId);
  if (holder === by) return [];
  refuseUnless(it.roster.includes(by), 'NOT_ON_ROSTER'); // INV-34
  refuseUnless(!circle.members.includes(holder), 'OBJECTOR_STILL_MEMBER'); // INV-45
  refuseUnless(argument.trim() !== '', 'OBJECTION_WITHOUT_ARGUMENT'); // INV-36
  return [{ type: 'ElectionObjectionAdopted', data: { objectionId, from: holder, by, argument } }];
}

function openObjection({ objections }: In<'ConsentRound' | 'Integrating'>, objectionId: string): Objection {
  const objection = objections[objectionId];
  refuseUnless(objection !== undefined, 'OBJECTION_UNKNOWN');
  refuseUnless(objection.status === 'open', 'OBJECTION_SETTLED', { status: objection.status });
  return objection;
}
