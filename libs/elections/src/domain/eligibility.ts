import { refuseUnless as refuseUnlessAny, type RefuseUnless } from '@app/kernel';
import type { ElectedOffice } from './election.events.js';
import type { ElectingCircle } from './setting.js';

export const eligibilityRefusals = ['NOT_ELIGIBLE'] as const;
const refuseUnless: RefuseUnless<(typeof eligibilityRefusals)[number]> = refuseUnlessAny;

/** The word for a search outside the circle, nominated in place of a person. */
export const outside = 'outside';

const united = ['leader', 'facilitator', 'secretary'] as const;
export type Ineligible = 'expert' | 'notAMember' | 'leader' | 'threeOffices';

/** Why a person cannot hold an office of the circle as it stands, or nothing when they can (method §4.1). */
export function whyIneligible(office: ElectedOffice, person: string, circle: ElectingCircle): Ineligible | undefined {
  const { holders, acting, experts, members } = circle;
  const holds = (it: ElectedOffice): boolean => holders[it] === person;
  if (experts.includes(person)) return 'expert'; // INV-20
  if (!members.includes(person)) return 'notAMember'; // INV-13
  if (office === 'secondLink' && [holders.leader, acting.leader].includes(person)) return 'leader'; // INV-12
  if (united.some((it) => it === office) && united.every((it) => it === office || holds(it))) return 'threeOffices'; // INV-18
  return undefined;
}

/** Refuses who cannot hold the office. `telling` says why; a sealed nomination does not let even that be heard. */
export function expectEligible(
  office: ElectedOffice,
  person: string,
  circle: ElectingCircle,
  telling: 'why' | 'nothing',
): void {
  const why = whyIneligible(office, person, circle);
  refuseUnless(why === undefined, 'NOT_ELIGIBLE', telling === 'why' && why !== undefined ? { why } : {});
}
