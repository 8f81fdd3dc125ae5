import { catalogue, event, type FactOf, id, maybe, oneOf, record, text, whole, word } from '@app/kernel';

/** Everything that can happen to a community. Stream `community-<communityId>`. */
export const communityEvents = catalogue('community', {
  CommunityFounded: event({
    communityId: id(),
    name: text('community', 200),
    zone: word(64),
    founder: id(),
    rootCircleId: id(),
    settings: record({ sealEveryEvents: whole(), sealEveryMinutes: whole() }),
  }),
  MemberRegistered: event({ memberId: id(), how: oneOf(['founder', 'invitation']), invitedBy: maybe(id()) }),
  MemberLeft: event({ memberId: id() }),
  /** The key with this id is destroyed by the policy that follows; what it covered is blank from here on. */
  PersonalDataErased: event({ memberId: id(), keyId: id() }),
});
export type CommunityEvent = FactOf<typeof communityEvents>;
