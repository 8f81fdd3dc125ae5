import { type CircleEvent, CirclesWriteModule, methodRules } from '@app/circles';
import { CirclesInMemory, testCommunity } from '@app/circles/testing';
import { agreementEvents, decisionPolicies, DecisionsWriteModule, logbookEvents, proposalEvents } from '@app/decisions';
import { actOf, type Caller, type Receipt, type StoredEvent } from '@app/event-store';
import { endOf, type Fact, newId, streamOf } from '@app/kernel';
import { meetingEvents, MeetingsWriteModule, OpenMeeting } from '@app/meetings';
import type { Type } from '@nestjs/common';
import type { Command } from '@nestjs/cqrs';
import { type ElectedOffice, electionEvents } from '../domain/election.events.js';
import { electionPolicies, ElectionsWriteModule } from '../elections-write.module.js';

export const seven = ['ana', 'marc', 'zoe', 'luc', 'lise', 'paul', 'ines'];
const elders = ['denise', 'leo', 'noe', 'eve', 'dora'];
const zone = 'America/Toronto';
const decision = { proposalId: 'p1', version: 1 };

const proposed = (circleId: string, parentId: string | undefined, convener: string, items: string[]): CircleEvent => ({
  type: 'CircleProposed',
  data: {
    circleId,
    communityId: testCommunity,
    ...(parentId === undefined ? {} : { parentId, decision, leader: convener }),
    ...(parentId === undefined ? {} : { leaderTerm: { from: '2027-01-10', to: endOf('2028-01-10', zone) } }),
    zone,
    name: 'Un cercle',
    aim: 'Apprendre à écouter',
    domain: items.map((itemId) => ({ itemId, text: 'Un domaine' })),
    category: 'department',
    convener,
    meetingsPerYear: 10,
    rules: methodRules,
  },
});
const gathered = (convener: string, members: readonly string[]): CircleEvent[] => [
  { type: 'MemberAdmitted', data: { memberId: convener, how: 'convener' } },
  ...members
    .filter((it) => it !== convener)
    .map((memberId): CircleEvent => ({ type: 'MemberAdmitted', data: { memberId, how: 'acceptance' } })),
  { type: 'AimAndDomainAccepted', data: { decision } },
];
const term = (office: ElectedOffice, memberId: string): CircleEvent => ({
  type: 'TermStarted',
  data: {
    termId: `${office}-${memberId}`,
    office,
    seat: 1,
    memberId,
    from: '2027-02-01',
    to: endOf('2028-03-31', zone),
  },
});
const general: CircleEvent[] = [
  proposed('general', undefined, 'denise', ['ecoute', 'argent']),
  ...gathered('denise', elders),
  term('leader', 'denise'),
  term('facilitator', 'leo'),
  term('secretary', 'noe'),
  { type: 'CircleActivated', data: { by: 'denise' } },
  { type: 'DomainDelegated', data: { subCircleId: 'racines', items: ['ecoute'], convenes: 'yes', decision } },
];
const racines: CircleEvent[] = [
  proposed('racines', 'general', 'marc', ['ecoute']),
  ...gathered('marc', seven),
  term('leader', 'marc'),
  term('facilitator', 'zoe'),
  term('secretary', 'luc'),
  { type: 'CircleActivated', data: { by: 'marc' } },
];
const words = { name: 'Cercle général', aim: 'Relier', domain: [], category: 'general', meetingsPerYear: 6 };
const community: Fact[] = [
  {
    type: 'CommunityFounded',
    data: {
      communityId: testCommunity,
      name: 'Communauté de solidarité',
      zone,
      founder: 'denise',
      rootCircleId: 'general',
      root: words,
      settings: { sealEveryEvents: 100, sealEveryMinutes: 60 },
    },
  },
  ...[...elders, ...seven].map((memberId) => ({
    type: 'MemberRegistered',
    data: { memberId, how: 'invitation', invitedBy: 'denise' },
  })),
];

const everywhere = (module: Type): Type => ({ module, global: true }) as unknown as Type;

/** Cercle Racines without its second link, as its own streams tell it, and the write side of elections around it, in memory. */
export async function openRacines() {
  const house = await CirclesInMemory.open('2027-05-27T23:00:00.000Z', {
    catalogues: [meetingEvents, electionEvents, proposalEvents, agreementEvents, logbookEvents],
    modules: [
      everywhere(CirclesWriteModule),
      everywhere(MeetingsWriteModule),
      DecisionsWriteModule,
      ElectionsWriteModule,
    ],
    policies: [...decisionPolicies, ...electionPolicies],
  });
  const callerOf = (member: string, commandId = newId(), from = testCommunity): Caller =>
    house.by(member, commandId, from);
  const written = (category: string, id: string, facts: readonly Fact[]): Promise<Receipt> => {
    const act = actOf(callerOf('denise'), { command: 'Tell', input: {}, circle: id });
    return house.streams.write({ category, initial: null, evolve: () => null }, id, act, () => [...facts]);
  };
  await written('community', testCommunity, community);
  await written('circle', 'general', general);
  await written('circle', 'racines', racines);
  const send = (command: Command<Receipt>): Promise<Receipt> => house.execute(command);
  const stored = (category: string, id: string): Promise<readonly StoredEvent[]> =>
    house.store.readStream(streamOf(category, id), { max: 1_000 });
  const meet = async (...present: string[]): Promise<string> => {
    const { stream } = await send(new OpenMeeting(callerOf('zoe'), { circleId: 'racines', present }));
    return stream.slice('meeting-'.length);
  };
  return { house, callerOf, send, stored, meet, written };
}
export type Racines = Awaited<ReturnType<typeof openRacines>>;
