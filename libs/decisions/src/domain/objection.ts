import { type RefuseUnless, refuseUnless as refuseUnlessAny } from '@app/kernel';
import type { Objection, OnTheTable, Round } from './proposal.js';

export const objectionRefusals = ['OBJECTION_UNKNOWN', 'NOT_ON_ROSTER'] as const;
const refuseUnless: RefuseUnless<(typeof objectionRefusals)[number]> = refuseUnlessAny;

/** The objection, when it belongs to the round under way or last held: older ones were settled before that round opened. */
export function known(state: OnTheTable, objectionId: string, round: Round | undefined): Objection {
  const objection = state.objections[objectionId];
  refuseUnless(objection !== undefined && objection.roundId === round?.roundId, 'OBJECTION_UNKNOWN');
  return objection;
}

export const isOpen = ({ status, resolvedIn }: Objection, version: number): boolean =>
  status === 'open' || (status === 'resolved' && resolvedIn !== version);

/** Only who was asked in the round has a word on what came of it (INV-34). */
export function isOnRoster(by: string, round: Round | undefined): void {
  refuseUnless(round?.roster.includes(by), 'NOT_ON_ROSTER');
}
