import { civilDateOf, deadlineAfter } from '@app/kernel';
import type { CircleRules } from '../domain/rules.js';
import type { OfficeTermRow } from './circle.tables.js';

type Term = Pick<OfficeTermRow, 'circleId' | 'office' | 'seat' | 'startsOn' | 'endsAt'>;
/** What a term is counted by: its circle's calendar and rules. */
export interface Reckoning {
  readonly zone: string;
  readonly rules: Pick<CircleRules, 'terms'>;
}
export type TermStanding = 'running' | 'endsSoon' | 'caretaker' | 'ended';

/** Where a term that has begun stands at an instant (method §2.6): its holder acts on for a while after its end. */
export function standingOf({ office, endsAt }: Term, { rules, zone }: Reckoning, instant: string): TermStanding {
  const { noticeDays, caretakerLinkDays, caretakerOfficerDays } = rules.terms;
  if (endsAt >= instant) return endsAt <= deadlineAfter(instant, noticeDays, zone).instant ? 'endsSoon' : 'running';
  const days = office === 'leader' || office === 'secondLink' ? caretakerLinkDays : caretakerOfficerDays;
  return deadlineAfter(endsAt, days, zone).instant >= instant ? 'caretaker' : 'ended';
}

/** Of the terms of an office and seat, the one that began last by this instant, as long as its holder acts. */
export function inEffect<T extends Term>(
  terms: readonly T[],
  reckon: (term: T) => Reckoning,
  instant: string,
): readonly T[] {
  const latest = new Map<string, T>();
  for (const term of terms) {
    if (term.startsOn > civilDateOf(instant, reckon(term).zone)) continue;
    const place = `${term.circleId} ${term.office} ${term.seat}`;
    const known = latest.get(place);
    if (known === undefined || known.startsOn <= term.startsOn) latest.set(place, term);
  }
  return terms.filter(
    (term) => [...latest.values()].includes(term) && standingOf(term, reckon(term), instant) !== 'ended',
  );
}
