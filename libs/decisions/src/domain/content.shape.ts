import { day, id, list, maybe, oneOf, record, text, type Static, type TextKey, whole } from '@app/kernel';
import { effect } from './effect.js';

export const missedReviews = ['Continue', 'Lapse'] as const;
export const agreementActions = ['renew', 'amend', 'repeal', 'supersede'] as const;

/** What a proposal does to an agreement that stands, as it read in one exact version (method §3.5). */
export const aboutAgreement = () =>
  record({ agreementId: id(), baseVersion: whole(), action: oneOf(agreementActions) });
export type AboutAgreement = Static<ReturnType<typeof aboutAgreement>>;

/** What a draft says. */
export const draft = (key: TextKey) => ({
  title: text(key, 200),
  text: text(key),
  need: maybe(text(key, 4_000)),
  example: maybe(text(key, 4_000)),
  effect: maybe(effect(key)),
  agreement: maybe(aboutAgreement()),
});

/** What a version says: consent is given to all of it (method §3.3, §3.5). */
export const content = () =>
  record({
    title: text('circle', 200),
    text: text('circle'),
    need: text('circle', 4_000),
    example: text('circle', 4_000),
    responsible: maybe(id()),
    domainItemId: maybe(id()),
    reviewOn: day(),
    measures: list(text('circle', 1_000)),
    resources: maybe(text('circle', 2_000)),
    expiresOn: maybe(day()),
    onMissedReview: oneOf(missedReviews),
    effect: maybe(effect('circle')),
    agreement: maybe(aboutAgreement()),
    /** Agreements in force that it relies on. */
    cites: maybe(list(id())),
  });
export type Content = Static<ReturnType<typeof content>>;
