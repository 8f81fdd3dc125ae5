import {
  type CivilDate,
  civilDateOf,
  isCivilDate,
  plusMonths,
  type RefuseUnless,
  refuseUnless as refuseUnlessAny,
} from '@app/kernel';
import { agreementsHold } from './about-agreement.js';
import type { Effect } from './effect.js';
import type { CircleNow, Place } from './place.js';
import type { Draft } from './proposal.js';
import type { AboutAgreement, Content } from './proposal.events.js';

export const contentRefusals = [
  'TEXT_EMPTY',
  'PROPOSAL_INCOMPLETE',
  'DATE_INVALID',
  'REVIEW_NOT_AFTER_TODAY',
  'REVIEW_TOO_LATE',
  'EXPIRY_BEFORE_REVIEW',
  'EXPIRING_DECISION_LAPSES',
  'RESPONSIBLE_NOT_A_MEMBER',
  'OUTSIDE_DOMAIN',
] as const;
const refuseUnless: RefuseUnless<(typeof contentRefusals)[number]> = refuseUnlessAny;

/** What is added to a draft when it is presented: when it is reviewed, by what, who does it. */
export interface Plan {
  readonly reviewOn?: CivilDate;
  readonly measures?: readonly string[];
  readonly responsible?: string;
  /** The part of the circle's domain it is about; none where it is about the circle's own way of working. */
  readonly domainItemId?: string;
  readonly resources?: string;
  readonly expiresOn?: CivilDate;
  readonly onMissedReview?: Content['onMissedReview'];
  /** Agreements in force that it relies on. */
  readonly cites?: readonly string[];
}

/** What an amendment changes; what it does not name stays, `null` takes away. */
export interface Changes {
  readonly title?: string;
  readonly text?: string;
  readonly need?: string;
  readonly example?: string;
  readonly reviewOn?: CivilDate;
  readonly measures?: readonly string[];
  readonly responsible?: string | null;
  readonly domainItemId?: string | null;
  readonly resources?: string | null;
  readonly expiresOn?: CivilDate | null;
  readonly onMissedReview?: Content['onMissedReview'];
  readonly effect?: Effect | null;
  readonly agreement?: AboutAgreement | null;
  readonly cites?: readonly string[] | null;
}

type Unfinished = Omit<Content, 'need' | 'example' | 'reviewOn' | 'measures' | 'onMissedReview' | 'cites'> &
  Partial<Pick<Content, 'need' | 'example' | 'reviewOn' | 'onMissedReview'>> & {
    readonly measures?: readonly string[];
    readonly cites?: readonly string[];
  };

/** The same record without the fields that nobody filled: facts carry no `undefined`. */
export function told<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as T;
}

/** Every text named here says something. Applied to what comes in, never to history. */
export function sayAll(texts: Readonly<Record<string, string | null | undefined>>): void {
  for (const [field, it] of Object.entries(texts))
    refuseUnless(it === undefined || it === null || it.trim() !== '', 'TEXT_EMPTY', { field });
}

export const planned = (draft: Draft, plan: Plan): Unfinished => ({ ...draft, ...plan });

export function amended(content: Content, changes: Changes): Unfinished {
  const named = Object.entries(changes).filter(([, value]) => value !== undefined);
  return told<object>({ ...content, ...Object.fromEntries(named) }) as Unfinished;
}

/**
 * The whole of a version, checked: text, need, example and review date are there (INV-31), the review is ahead and near enough
 * (INV-32), it is about the circle's own domain (INV-53). A decision that expires lapses by itself (method §3.9), so saying otherwise
 * is refused. A warning never stops anything.
 */
export function complete(it: Unfinished, place: Place): { readonly content: Content; readonly warnings: string[] } {
  const { need, example, reviewOn } = it;
  const missing = Object.entries({ title: it.title, text: it.text, need, example, reviewOn }).filter(
    ([, v]) => v == null,
  );
  refuseUnless(missing.length === 0, 'PROPOSAL_INCOMPLETE', { missing: missing.map(([field]) => field) }); // INV-31
  const onMissedReview = it.onMissedReview ?? (it.expiresOn === undefined ? 'Continue' : 'Lapse');
  const whole = { ...it, need: need ?? null, example: example ?? null, reviewOn: reviewOn ?? '', onMissedReview };
  const cites = it.cites === undefined || it.cites.length === 0 ? undefined : [...new Set(it.cites)];
  const content: Content = told({ ...whole, measures: [...(it.measures ?? [])], cites });
  datesHold(content);
  stillHolds(content, place);
  const { circle } = place;
  const { responsible } = content;
  refuseUnless(responsible === undefined || circle.members.includes(responsible), 'RESPONSIBLE_NOT_A_MEMBER');
  return { content, warnings: warningsOf(content, place) };
}

/** What must hold when the version is presented, and again whenever a round opens on it: time passes and domains move. */
export function stillHolds(content: Content, place: Place): void {
  const { reviewOn } = content;
  const { circle, now } = place;
  const today = civilDateOf(now, circle.zone);
  const latest = plusMonths(today, circle.rules.review.maxMonths);
  refuseUnless(reviewOn > today, 'REVIEW_NOT_AFTER_TODAY', { reviewOn, today }); // INV-32
  refuseUnless(reviewOn <= latest, 'REVIEW_TOO_LATE', { reviewOn, latest }); // INV-32
  refuseUnless(isOwnMatter(content, circle), 'OUTSIDE_DOMAIN'); // INV-53
  agreementsHold(content, place);
}

function datesHold({ reviewOn, expiresOn, onMissedReview }: Content): void {
  for (const date of [reviewOn, expiresOn])
    refuseUnless(date === undefined || isCivilDate(date), 'DATE_INVALID', { date: date ?? '' });
  refuseUnless(expiresOn === undefined || expiresOn >= reviewOn, 'EXPIRY_BEFORE_REVIEW');
  refuseUnless(expiresOn === undefined || onMissedReview === 'Lapse', 'EXPIRING_DECISION_LAPSES');
}

/** The matter is the circle's own: an item it holds and has not delegated, and a change to itself or to its direct sub-circle (INV-53). */
function isOwnMatter({ domainItemId, effect }: Content, { circleId, domain, subCircles }: CircleNow): boolean {
  const own = new Set(domain.filter(({ delegatedTo }) => delegatedTo === undefined).map(({ itemId }) => itemId));
  if (domainItemId !== undefined && !own.has(domainItemId)) return false;
  switch (effect?.kind) {
    case 'changeAim':
    case 'changeDomain':
      return effect.circleId === circleId || subCircles.includes(effect.circleId);
    case 'conveneCircle':
      return effect.items.every((item) => own.has(item));
    default:
      return true;
  }
}

function warningsOf({ reviewOn, measures }: Content, { circle, now }: Place): string[] {
  const comfortable = plusMonths(civilDateOf(now, circle.zone), circle.rules.review.warnMonths);
  return [...(reviewOn > comfortable ? ['REVIEW_FAR'] : []), ...(measures.length === 0 ? ['NO_MEASURES'] : [])];
}
