import { type Decider, isZone, type RefuseUnless, refuseUnless as refuseUnlessAny } from '@app/kernel';
import { actsByPolicy } from './circle.refusals.js';
import type { CommunityEvent } from './community.events.js';
import { checkMeetings } from './domain-items.js';
import { type Category, communitySettings, methodRules } from './rules.js';

export const communityRefusals = [
  'NOT_FOUND',
  'COMMUNITY_EXISTS',
  'UNKNOWN_ZONE',
  'MEETINGS_BELOW_MINIMUM',
  'INVITER_NOT_A_MEMBER',
  'MEMBER_ERASED',
  'NOT_A_COMMUNITY_MEMBER',
  'ONLY_ONESELF',
] as const;
const refuseUnless: RefuseUnless<(typeof communityRefusals)[number]> = refuseUnlessAny;

/** A community with those who belong to it, those who left and those whose words were forgotten. */
export interface Community {
  readonly phase: 'founded';
  readonly communityId: string;
  readonly zone: string;
  readonly founder: string;
  readonly rootCircleId: string;
  readonly members: readonly string[];
  readonly left: readonly string[];
  readonly erased: readonly string[];
}
export type CommunityState = { readonly phase: 'absent' } | Community;

export const community: Decider<CommunityState, CommunityEvent> = {
  category: 'community',
  initial: { phase: 'absent' },
  evolve: (state, { type, data }) => {
    if (type === 'CommunityFounded') {
      const { communityId, zone, founder, rootCircleId } = data;
      return { phase: 'founded', communityId, zone, founder, rootCircleId, members: [], left: [], erased: [] };
    }
    if (state.phase === 'absent') throw new Error(`${type} before the founding: the stream is corrupt`);
    const { members, left, erased } = state;
    const { memberId } = data;
    const others = (people: readonly string[]): string[] => people.filter((it) => it !== memberId);
    switch (type) {
      case 'MemberRegistered':
        return { ...state, members: [...others(members), memberId], left: others(left) };
      case 'MemberLeft':
        return { ...state, members: others(members), left: [...others(left), memberId] };
      case 'PersonalDataErased':
        return { ...state, erased: [...others(erased), memberId] };
    }
  },
};

export interface Founding {
  readonly communityId: string;
  readonly name: string;
  /** IANA zone: every deadline of the community ends at midnight there. */
  readonly zone: string;
  readonly founder: string;
  readonly rootCircleId: string;
  readonly root: {
    readonly name: string;
    readonly aim: string;
    readonly domain: readonly { readonly itemId: string; readonly text: string }[];
    readonly category?: Category;
    readonly meetingsPerYear: number;
  };
}

/** A community begins with its founder; the root circle's own history follows from what is written here. */
export function foundCommunity(state: CommunityState, founding: Founding): CommunityEvent[] {
  const { communityId, name, zone, founder, rootCircleId, root } = founding;
  refuseUnless(state.phase === 'absent', 'COMMUNITY_EXISTS');
  refuseUnless(isZone(zone), 'UNKNOWN_ZONE', { zone });
  checkMeetings(methodRules, root.meetingsPerYear);
  const { name: rootName, aim, meetingsPerYear, category = 'general' } = root;
  const domain = root.domain.map(({ itemId, text }) => ({ itemId, text }));
  const proposed = { name: rootName, aim, domain, category, meetingsPerYear };
  const settings = communitySettings;
  return [
    {
      type: 'CommunityFounded',
      data: { communityId, name, zone, founder, rootCircleId, root: proposed, settings },
    },
    { type: 'MemberRegistered', data: { memberId: founder, how: 'founder' } },
  ];
}

/** A person who was invited becomes a member of the community. */
export function registerMember(
  state: CommunityState,
  { memberId, invitedBy }: { memberId: string; invitedBy: string },
): CommunityEvent[] {
  const { members, erased } = founded(state);
  refuseUnless(!erased.includes(memberId), 'MEMBER_ERASED');
  if (members.includes(memberId)) return [];
  refuseUnless(members.includes(invitedBy), 'INVITER_NOT_A_MEMBER');
  return [{ type: 'MemberRegistered', data: { memberId, how: 'invitation', invitedBy } }];
}

/** Nobody is kept: a member leaves by their own word, or because their data were erased (INV-25). */
export function leaveCommunity(
  state: CommunityState,
  { memberId, by }: { memberId: string; by: string },
): CommunityEvent[] {
  const { members, left } = founded(state);
  refuseUnless(by === memberId || actsByPolicy(by), 'ONLY_ONESELF');
  if (left.includes(memberId)) return [];
  refuseUnless(members.includes(memberId), 'NOT_A_COMMUNITY_MEMBER');
  return [{ type: 'MemberLeft', data: { memberId } }];
}

/** Asks that a person's words and name be forgotten. Only one's own; also after one has left. */
export function erasePersonalData(
  state: CommunityState,
  { memberId, by }: { memberId: string; by: string },
): CommunityEvent[] {
  const { members, left, erased } = founded(state);
  refuseUnless(by === memberId, 'ONLY_ONESELF');
  refuseUnless(members.includes(memberId) || left.includes(memberId), 'NOT_A_COMMUNITY_MEMBER');
  if (erased.includes(memberId)) return [];
  return [{ type: 'PersonalDataErased', data: { memberId, keyId: `member:${memberId}` } }];
}

function founded(state: CommunityState): Community {
  refuseUnless(state.phase === 'founded', 'NOT_FOUND');
  return state;
}
