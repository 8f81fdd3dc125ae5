import { type RefuseUnless, refuseUnless as refuseUnlessAny } from '@app/kernel';
import { amended, type Changes, complete, sayAll } from './content.js';
import { isAnAuthor, isAuthor, isIn } from './drafting.js';
import { isMember, type Place } from './place.js';
import { latestOf, type Proposal } from './proposal.js';
import type { ProposalEvent } from './proposal.events.js';

export const amendingRefusals = [
  'TEXT_FROZEN',
  'BASE_NOT_LATEST',
  'NOTHING_CHANGED',
  'OBJECTION_UNKNOWN',
  'VERSION_NOT_LATEST',
] as const;
const refuseUnless: RefuseUnless<(typeof amendingRefusals)[number]> = refuseUnlessAny;

export interface AmendProposal extends Place {
  readonly by: string;
  /** The version the amendment was written on. */
  readonly base: number;
  readonly changes: Changes;
  readonly why: string;
  /** The author's own word on whether it is another proposal now: then it is clarified anew. */
  readonly substantial: boolean;
  /** Objections it answers. */
  readonly objectionIds: readonly string[];
}

/**
 * Publishes the next version, written on the latest (INV-41), while amending or integrating and never while a round is open (INV-42).
 * Every answer to an earlier version is void (INV-40): answers name their version. An amendment that changes nothing is refused:
 * it would void answers for nothing.
 */
export function amendProposal(state: Proposal, input: AmendProposal): ProposalEvent[] {
  const { by, base, changes, why, substantial, objectionIds, circle, now, agreements } = input;
  isMember(by, circle);
  refuseUnless(state.phase !== 'ConsentRound', 'TEXT_FROZEN'); // INV-42
  isIn(state, 'Amending', 'Integrating');
  isAnAuthor(by, state);
  const { number: from, content: before } = latestOf(state);
  refuseUnless(base === from, 'BASE_NOT_LATEST', { base, latest: from }); // INV-41
  const unknown = objectionIds.filter((id) => !(id in state.objections));
  refuseUnless(unknown.length === 0, 'OBJECTION_UNKNOWN', { objections: unknown });
  const { title, text, need, example, resources } = changes;
  sayAll({ title, text, need, example, resources, why });
  const { content, warnings } = complete(amended(before, changes), { circle, now, agreements });
  refuseUnless(JSON.stringify(sorted(content)) !== JSON.stringify(sorted(before)), 'NOTHING_CHANGED');
  const to = from + 1;
  const data = { from, to, base, content, why, by, substantial, objectionIds: [...objectionIds], warnings };
  return [{ type: 'ProposalAmended', data }];
}

const sorted = (it: object): [string, unknown][] => Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1));

/** Having heard the reactions, the author leaves the text as it is; a co-author where the author has left the circle. */
export function keepVersion(state: Proposal, { by, circle }: Place & { readonly by: string }): ProposalEvent[] {
  isMember(by, circle);
  isIn(state, 'Amending');
  if (circle.members.includes(state.author)) isAuthor(by, state);
  else isAnAuthor(by, state);
  if (state.settled) return [];
  return [{ type: 'VersionKept', data: { version: latestOf(state).number, by } }];
}

/** The author's word that a version another hand wrote still meets the need (method §3.7). */
export function confirmStillMeetsNeed(
  state: Proposal,
  { version, by, circle }: Place & { readonly version: number; readonly by: string },
): ProposalEvent[] {
  isMember(by, circle);
  isIn(state, 'Clarifying', 'Reacting', 'Amending', 'TestingObjection', 'Integrating');
  isAuthor(by, state);
  const latest = latestOf(state);
  refuseUnless(version === latest.number, 'VERSION_NOT_LATEST', { version, latest: latest.number });
  if (latest.by === by || state.confirmed.includes(version)) return [];
  return [{ type: 'StillMeetsNeedConfirmed', data: { version, by } }];
}
