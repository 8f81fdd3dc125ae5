import { fold } from '@app/kernel';
import { given } from '@app/kernel/testing';
import type { CommunityEvent } from './community.events.js';
import { community, erasePersonalData, foundCommunity, leaveCommunity, registerMember } from './community.js';
import { communitySettings } from './rules.js';

const root = {
  name: 'Cercle général',
  aim: 'Relier les cercles, pour le quartier.',
  domain: [{ itemId: 'i1', text: 'Tout' }],
  category: 'general' as const,
  meetingsPerYear: 10,
};
const founding = {
  communityId: 'c1',
  name: 'Communauté de solidarité',
  zone: 'America/Toronto',
  founder: 'ana',
  rootCircleId: 'general',
  root,
};
const founded: CommunityEvent[] = [
  { type: 'CommunityFounded', data: { ...founding, settings: communitySettings } },
  { type: 'MemberRegistered', data: { memberId: 'ana', how: 'founder' } },
];
const marc: CommunityEvent = {
  type: 'MemberRegistered',
  data: { memberId: 'marc', how: 'invitation', invitedBy: 'ana' },
};
const marcLeft: CommunityEvent = { type: 'MemberLeft', data: { memberId: 'marc' } };
const marcErased: CommunityEvent = { type: 'PersonalDataErased', data: { memberId: 'marc', keyId: 'member:marc' } };

describe('a community', () => {
  it('is founded with its founder and what its root circle begins with', () =>
    given(community)
      .when(foundCommunity, founding)
      .then(...founded));

  it('has a general circle for root unless told otherwise', () =>
    given(community)
      .when(foundCommunity, { ...founding, root: { ...root, category: undefined } })
      .then(...founded));

  it('is founded once', () =>
    given(community, ...founded)
      .when(foundCommunity, founding)
      .thenRefused('COMMUNITY_EXISTS'));

  it('needs a zone that exists, since its days end there', () =>
    given(community)
      .when(foundCommunity, { ...founding, zone: 'Montréal' })
      .thenRefused('UNKNOWN_ZONE'));

  it('begins with a circle that meets often enough to be activated', () =>
    given(community)
      .when(foundCommunity, { ...founding, root: { ...root, meetingsPerYear: 5 } })
      .thenRefused('MEETINGS_BELOW_MINIMUM'));

  it('welcomes a person whom a member invited', () =>
    given(community, ...founded)
      .when(registerMember, { memberId: 'marc', invitedBy: 'ana' })
      .then(marc));

  it('registers a person once', () =>
    given(community, ...founded, marc)
      .when(registerMember, { memberId: 'marc', invitedBy: 'ana' })
      .thenNothing());

  it('knows no invitation by a stranger', () =>
    given(community, ...founded)
      .when(registerMember, { memberId: 'marc', invitedBy: 'zoe' })
      .thenRefused('INVITER_NOT_A_MEMBER'));

  it('takes nobody back under an id whose words were forgotten', () =>
    given(community, ...founded, marc, marcErased, marcLeft)
      .when(registerMember, { memberId: 'marc', invitedBy: 'ana' })
      .thenRefused('MEMBER_ERASED'));

  it('takes back who left', () =>
    given(community, ...founded, marc, marcLeft)
      .when(registerMember, { memberId: 'marc', invitedBy: 'ana' })
      .then(marc));

  it('is not there before it is founded', () => {
    given(community).when(registerMember, { memberId: 'marc', invitedBy: 'ana' }).thenRefused('NOT_FOUND');
    given(community).when(leaveCommunity, { memberId: 'marc', by: 'marc' }).thenRefused('NOT_FOUND');
    given(community).when(erasePersonalData, { memberId: 'marc', by: 'marc' }).thenRefused('NOT_FOUND');
  });

  it('INV-25 lets a member go, the founder too', () => {
    given(community, ...founded, marc)
      .when(leaveCommunity, { memberId: 'marc', by: 'marc' })
      .then(marcLeft);
    given(community, ...founded)
      .when(leaveCommunity, { memberId: 'ana', by: 'ana' })
      .then({ type: 'MemberLeft', data: { memberId: 'ana' } });
  });

  it('lets nobody send another away', () =>
    given(community, ...founded, marc)
      .when(leaveCommunity, { memberId: 'marc', by: 'ana' })
      .thenRefused('ONLY_ONESELF'));

  it('lets a person leave once', () =>
    given(community, ...founded, marc, marcLeft)
      .when(leaveCommunity, { memberId: 'marc', by: 'marc' })
      .thenNothing());

  it('cannot be left by a stranger', () =>
    given(community, ...founded)
      .when(leaveCommunity, { memberId: 'zoe', by: 'zoe' })
      .thenRefused('NOT_A_COMMUNITY_MEMBER'));

  it('lets the policy of an erasure end the membership', () =>
    given(community, ...founded, marc, marcErased)
      .when(leaveCommunity, { memberId: 'marc', by: 'policy:when-personal-data-erased-then-forget' })
      .then(marcLeft));

  it('forgets a person at their own word, once, also after they left', () => {
    given(community, ...founded, marc)
      .when(erasePersonalData, { memberId: 'marc', by: 'marc' })
      .then(marcErased);
    given(community, ...founded, marc, marcLeft)
      .when(erasePersonalData, { memberId: 'marc', by: 'marc' })
      .then(marcErased);
    given(community, ...founded, marc, marcErased)
      .when(erasePersonalData, { memberId: 'marc', by: 'marc' })
      .thenNothing();
  });

  it('forgets nobody at another’s word, and no stranger', () => {
    given(community, ...founded, marc)
      .when(erasePersonalData, { memberId: 'marc', by: 'ana' })
      .thenRefused('ONLY_ONESELF');
    given(community, ...founded)
      .when(erasePersonalData, { memberId: 'zoe', by: 'zoe' })
      .thenRefused('NOT_A_COMMUNITY_MEMBER');
  });

  it('is folded from every event', () => {
    expect(fold(community, [...founded, marc, marcErased, marcLeft])).toEqual({
      phase: 'founded',
      communityId: 'c1',
      zone: 'America/Toronto',
      founder: 'ana',
      rootCircleId: 'general',
      members: ['ana'],
      left: ['marc'],
      erased: ['marc'],
    });
  });

  it('does not fold a history that has no beginning', () => {
    expect(() => fold(community, [marcLeft])).toThrow('corrupt');
  });
});
