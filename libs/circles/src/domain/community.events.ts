import { catalogue, event, type FactOf, id, list, maybe, oneOf, record, text, whole, word } from '@app/kernel';
import { categories } from './rules.js';

/** Everything that can happen to a community. Stream `community-<communityId>`. */
export const communityEvents = catalogue('community', {
  CommunityFounded: event({
    communityId: id(),
    name: text('community', 200),
    zone: word(64),
    founder: id(),
    rootCircleId: id(),
    /** What the root circle is proposed with, by the policy that follows. */
    root: record({
      name: text('community', 200),
      aim: text('community', 2_000),
      domain: list(record({ itemId: id(), text: text('community', 500) })),
      category: oneOf(categories),
      meetingsPerYear: whole(),
    }),
    settings: record({ sealEveryEvents: whole(), sealEveryMinutes: whole() }),
  }),
  MemberRegistered: event({ memberId: id(), how: oneOf(['founder', 'invitation']), invitedBy: maybe(id()) }),
  MemberLeft: event({ memberId: id() }),
  /** The key with this id is destroyed by the policy that follows; what it covered is blank from here on. */
  PersonalDataErased: event({ memberId: id(), keyId: id() }),
});
export type CommunityEvent = FactOf<typeof communityEvents>;
