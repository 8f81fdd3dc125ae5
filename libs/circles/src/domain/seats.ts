import { civilDateOf, type Instant, endOf, plusDays, startOf } from '@app/kernel';
import type { Circle, LinkSeat, Term } from './circle.js';
import type { Office } from './rules.js';

/**
 * Who holds what, and who belongs, at a moment. Nothing here waits for an announcement: a term is compared with `now`. After its last
 * day the holder stays on as caretaker for the days the rules give, then the office is vacant.
 */
export function runningTerms(circle: Circle, now: Instant): Term[] {
  return [...latestBegun(circle, now).values()].filter((term) => now <= caretakingEnds(circle, term));
}

/** Terms that run now or are yet to begin: what a person holds when it is asked whether they may hold something else. */
export function liveTerms(circle: Circle, now: Instant): Term[] {
  return [...runningTerms(circle, now), ...circle.terms.filter((term) => !begun(circle, term, now))];
}

/** Who holds the office now, caretakers included. */
export function holderOf(circle: Circle, office: Office, now: Instant, seat = 1): string | undefined {
  return runningTerms(circle, now).find((term) => term.office === office && term.seat === seat)?.memberId;
}

/** The leader and those whom the circle admitted itself. */
export function ownMembers(circle: Circle, now: Instant): string[] {
  const leader = holderOf(circle, 'leader', now);
  return [...new Set([...(leader === undefined ? [] : [leader]), ...circle.admitted])];
}

/** The seats that count here: without those whose holder left this circle. */
export function seatsHere(circle: Circle, seats: readonly LinkSeat[]): LinkSeat[] {
  return seats.filter(({ termId }) => !circle.seatsLeft.includes(termId)); // INV-16
}

/** Everybody with consent rights, each person once whatever seats they hold (INV-09). `seats`: the links of the sub-circles (INV-15). */
export function membersOf(circle: Circle, seats: readonly LinkSeat[], now: Instant): string[] {
  const links = seatsHere(circle, seats).map(({ memberId }) => memberId);
  return [...new Set([...ownMembers(circle, now), ...links])]; // INV-09
}

/** The seats that this circle's offices give in its parent: none before it is active, and only to its members (INV-15, INV-16). */
export function linkSeatsOf(circle: Circle, seats: readonly LinkSeat[], now: Instant): LinkSeat[] {
  if (circle.phase !== 'Active' || circle.parentId === undefined) return [];
  const members = membersOf(circle, seats, now);
  const running = runningTerms(circle, now).filter(({ office }) => linkOf(office) !== undefined); // INV-15
  const seated = running.filter(({ memberId }) => members.includes(memberId)); // INV-16
  return seated.map(({ office, memberId, termId }) => ({
    subCircleId: circle.circleId,
    link: linkOf(office)!,
    memberId,
    termId,
  }));
}

/** Which link an office is, seen from the parent. */
export function linkOf(office: Office): 'first' | 'second' | undefined {
  if (office === 'leader') return 'first';
  return office === 'secondLink' ? 'second' : undefined;
}

/** Experts whose assignment runs now. */
export function expertsOf(circle: Circle, now: Instant): string[] {
  return circle.experts
    .filter(({ from, to }) => startOf(from, circle.zone) <= now && now <= to.instant)
    .map(({ expertId }) => expertId);
}

/** Whether the person is, or is to be, this circle's expert. */
export function isExpert(circle: Circle, person: string, now: Instant): boolean {
  return circle.experts.some(({ expertId, to }) => expertId === person && now <= to.instant);
}

export const todayIn = ({ zone }: Circle, now: Instant): string => civilDateOf(now, zone);

const begun = ({ zone }: Circle, { from }: Term, now: Instant): boolean => startOf(from, zone) <= now;

function latestBegun(circle: Circle, now: Instant): Map<string, Term> {
  const latest = new Map<string, Term>();
  for (const term of circle.terms) {
    const place = `${term.office} ${term.seat}`;
    const before = latest.get(place);
    if (begun(circle, term, now) && (before === undefined || before.from <= term.from)) latest.set(place, term);
  }
  return latest;
}

function caretakingEnds({ rules, zone }: Circle, { office, to }: Term): Instant {
  const { caretakerLinkDays, caretakerOfficerDays } = rules.terms;
  const days = linkOf(office) === undefined ? caretakerOfficerDays : caretakerLinkDays;
  return endOf(plusDays(to.date, days), zone).instant;
}
