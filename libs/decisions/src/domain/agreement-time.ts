import { type CivilDate, plusDays } from '@app/kernel';
import type { Content } from './content.shape.js';

export const agreementStatuses = ['InForce', 'ReviewDue', 'ReviewOverdue', 'Lapsed', 'Repealed', 'Superseded'] as const;
export type AgreementStatus = (typeof agreementStatuses)[number];

/** The days on which time alone changes what an agreement is. */
export interface Turns {
  readonly reviewOn: CivilDate;
  readonly overdueOn: CivilDate;
  /** From this day on it is no decision any more; none where a missed review lets it continue. */
  readonly lapsesOn?: CivilDate;
}

/** Days after the review date, by the rules of the circle when it decided. */
export interface ReviewDays {
  readonly overdueDays: number;
  readonly lapseDays: number;
}

/** The method's own figures (method §3.9). */
export const reviewDays: ReviewDays = { overdueDays: 30, lapseDays: 60 };

/**
 * The days are fixed with the decision: a rule that changes later moves none of them (INV-50). What expires lapses on that day, whatever
 * became of its review.
 */
export function turnsOf(
  { reviewOn, expiresOn, onMissedReview }: Pick<Content, 'reviewOn' | 'expiresOn' | 'onMissedReview'>,
  { overdueDays, lapseDays }: ReviewDays = reviewDays,
): Turns {
  const overdueOn = plusDays(reviewOn, overdueDays);
  if (onMissedReview !== 'Lapse') return { reviewOn, overdueOn };
  return { reviewOn, overdueOn, lapsesOn: expiresOn ?? plusDays(reviewOn, lapseDays) };
}

/** What an agreement that nobody ended is on a day. */
export function statusOn(today: CivilDate, { reviewOn, overdueOn, lapsesOn }: Turns): AgreementStatus {
  if (lapsesOn !== undefined && today >= lapsesOn) return 'Lapsed';
  if (today >= overdueOn) return 'ReviewOverdue';
  return today >= reviewOn ? 'ReviewDue' : 'InForce';
}

/** What is announced of these days, each on its day, in order. A review that comes too late to matter is not announced overdue. */
export const announcementsOf = ({ reviewOn, overdueOn, lapsesOn }: Turns) =>
  [
    { type: 'ReviewBecameDue', on: reviewOn },
    ...(lapsesOn !== undefined && lapsesOn <= overdueOn
      ? []
      : [{ type: 'ReviewBecameOverdue', on: overdueOn } as const]),
    ...(lapsesOn === undefined ? [] : [{ type: 'AgreementLapsed', on: lapsesOn } as const]),
  ] as const;

/** It binds, whether or not its review is late. */
export const binds = (status: AgreementStatus): boolean => ['InForce', 'ReviewDue', 'ReviewOverdue'].includes(status);
