import { day, id, list, maybe, oneOf, record, text, type Static, type TextKey } from '@app/kernel';
import { effect } from './effect.js';

export const missedReviews = ['Continue', 'Lapse'] as const;

/** What a draft says. */
export const draft = (key: TextKey) => ({
  title: text(key, 200),
  text: text(key),
  need: maybe(text(key, 4_000)),
  example: maybe(text(key, 4_000)),
  effect: maybe(effect(key)),
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
  });
export type Content = Static<ReturnType<typeof content>>;
