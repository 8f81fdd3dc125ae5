import { quorumOf, refuseUnless as refuseUnlessAny, type RefuseUnless } from '@app/kernel';
import type { ElectedOffice, ElectionEvent } from './election.events.js';
import { election, type Election, type In } from './election.js';
import { expectEligible, outside } from './eligibility.js';
import { handOverByItself } from './proposing.js';
import {
  type ElectingCircle,
  expect,
  expectFacilitator,
  expectMeeting,
  expectMember,
  leadsUpToProposal,
  rulesOf,
  type Setting,
} from './setting.js';

export const nominationRefusals = [
  'FIRST_ELECTIONS_IN_ORDER',
  'QUORUM_MISSING',
  'NOT_ON_ROSTER',
  'ALREADY_NOMINATED',
  'SEALED_FOR_ANOTHER_ROUND',
  'NOMINATIONS_MISSING',
  'NOBODY_NOMINATED',
] as const;
const refuseUnless: RefuseUnless<(typeof nominationRefusals)[number]> = refuseUnlessAny;

/** The key that covers the nominations of one round, and nothing else. */
export const sealKeyOf = (electionId: string, round: number): string => `seal:${electionId}:${round}`;

const firstOffices = ['facilitator', 'secretary', 'secondLink'] as const;

/** In a circle's first meetings: facilitator, then secretary, then second link (method §4.4). */
function expectFirstInOrder(office: ElectedOffice, { state, holders }: ElectingCircle): void {
  if (state !== 'Forming' || office === 'leader') return;
  const before = firstOffices.slice(0, firstOffices.indexOf(office));
  const missing = before.find((it) => holders[it] === undefined);
  refuseUnless(missing === undefined, 'FIRST_ELECTIONS_IN_ORDER', { first: missing ?? '' });
}

/** Opens the nominations in a meeting: every member of the circle owes one, the leader as anyone. */
export function openNominations(state: Election, input: Setting): ElectionEvent[] {
  const described = expect(state, 'RoleDescribed');
  const { by, circle } = input;
  expectMember(input);
  expectFacilitator(input);
  const { meetingId, present } = expectMeeting(input);
  expectFirstInOrder(described.office, circle);
  const rules = rulesOf(circle);
  const quorum = quorumOf(rules.quorum, circle.members.length);
  refuseUnless(present.length >= quorum, 'QUORUM_MISSING', { present: present.length, quorum }); // INV-43
  const round = described.round + 1;
  const keyId = sealKeyOf(described.electionId, round);
  const held = { present: [...present], quorum, rules, meetingId, circleRevision: circle.revision, by };
  return [{ type: 'NominationsOpened', data: { round, roster: [...circle.members], keyId, lead: by, ...held } }];
}

export interface Nomination {
  /** A member id, or `outside`. It is looked at here and written nowhere. */
  readonly nominee: string;
  readonly sealed: { readonly keyId: string; readonly ciphertext: string };
}

/** One person's sealed word. It is theirs alone: nobody enters it for another (INV-44). A refusal tells the caller alone, and not why. */
export function nominate(state: Election, input: Setting & Nomination): ElectionEvent[] {
  const open = expect(state, 'Nominating');
  const { by, nominee, sealed, circle } = input;
  expectMember(input);
  refuseUnless(open.roster.includes(by), 'NOT_ON_ROSTER'); // INV-60
  refuseUnless(!(by in open.sealed), 'ALREADY_NOMINATED'); // INV-60
  // Sealed for a round that was opened anew meanwhile, it could never be read again.
  refuseUnless(sealed.keyId === sealKeyOf(open.electionId, open.round), 'SEALED_FOR_ANOTHER_ROUND');
  if (nominee !== outside) expectEligible(open.office, nominee, circle, 'nothing'); // INV-62
  return [{ type: 'NominationSealed', data: { round: open.round, by, ...sealed } }];
}

/** Reads one sealed nomination: who it is by, and its ciphertext. */
export type Unsealing = (by: string, ciphertext: string) => string;

/** Everybody's nomination at one moment, in the order of the roster. Who left the circle meanwhile is not revealed. */
export function revealNominations(state: Election, input: Setting & { readonly unseal: Unsealing }): ElectionEvent[] {
  const open = expect(state, 'Nominating');
  leadsUpToProposal(open, input);
  const { by, circle, unseal } = input;
  const { present } = expectMeeting(input);
  const left = open.roster.filter((member) => !circle.members.includes(member));
  const roster = open.roster.filter((member) => !left.includes(member));
  const quorum = quorumOf(open.rules.quorum, roster.length);
  refuseUnless(present.length >= quorum, 'QUORUM_MISSING', { present: present.length, quorum }); // INV-43
  const missing = roster.filter((member) => present.includes(member) && !(member in open.sealed));
  refuseUnless(missing.length === 0, 'NOMINATIONS_MISSING', { missing: missing.length }); // INV-61
  const pairs = roster.flatMap((it) => {
    const ciphertext = open.sealed[it];
    return ciphertext === undefined ? [] : [{ by: it, nominee: unseal(it, ciphertext) }];
  });
  refuseUnless(pairs.length > 0, 'NOBODY_NOMINATED');
  const circleRevision = circle.revision;
  const facts: ElectionEvent[] = [
    { type: 'NominationsRevealed', data: { round: open.round, pairs, present: [...present], circleRevision, by } },
  ];
  if (left.length > 0) {
    facts.unshift({ type: 'ElectionRosterReduced', data: { phase: 'nominating', left, quorum, circleRevision } });
  }
  const revealed = facts.reduce(election.evolve, state) as In<'Revealed'>;
  return [...facts, ...handOverByItself(revealed, input)];
}
