import { circleEvents, type CircleEvent, CirclesWriteModule, Forgetting, methodRules } from '@app/circles';
import { actOf, type Caller, Codec, type Receipt, type StoredEvent, Streams } from '@app/event-store';
import { MemoryEventStore } from '@app/event-store/adapters';
import { Clock, endOf, type Fact, ManualClock, newId, streamOf } from '@app/kernel';
import { meetingEvents, MeetingsWriteModule, OpenMeeting } from '@app/meetings';
import { Vault } from '@app/vault';
import { MemoryVault } from '@app/vault/adapters';
import { Module } from '@nestjs/common';
import { type Command, CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { electionEvents, type ElectedOffice } from '../domain/election.events.js';
import { ElectionsWriteModule } from '../elections-write.module.js';

export const seven = ['ana', 'marc', 'zoe', 'luc', 'lise', 'paul', 'ines'];
const zone = 'America/Toronto';
const decision = { proposalId: 'p1', version: 1 };
const term = (office: ElectedOffice, memberId: string): CircleEvent => ({
  type: 'TermStarted',
  data: { termId: `${office}-1`, office, seat: 1, memberId, from: '2027-02-01', to: endOf('2028-03-31', zone) },
});
const racines: CircleEvent[] = [
  {
    type: 'CircleProposed',
    data: {
      circleId: 'racines',
      communityId: 'solidarite',
      parentId: 'general',
      zone,
      name: 'Cercle Racines',
      aim: 'Apprendre à écouter',
      domain: [{ itemId: 'ecoute', text: 'Les rencontres d’écoute' }],
      category: 'practice',
      convener: 'marc',
      leader: 'marc',
      leaderTerm: { from: '2027-01-10', to: endOf('2028-01-10', zone) },
      meetingsPerYear: 10,
      rules: methodRules,
      decision,
    },
  },
  { type: 'MemberAdmitted', data: { memberId: 'marc', how: 'convener' } },
  ...seven
    .filter((it) => it !== 'marc')
    .map((memberId): CircleEvent => ({ type: 'MemberAdmitted', data: { memberId, how: 'acceptance' } })),
  { type: 'AimAndDomainAccepted', data: { decision } },
  term('leader', 'marc'),
  term('facilitator', 'zoe'),
  term('secretary', 'luc'),
  { type: 'CircleActivated', data: { by: 'marc' } },
];
/** Cercle Racines as its own streams tell it, and the write side of elections around it, in memory. */
export async function openRacines() {
  const store = new MemoryEventStore();
  const vault = new MemoryVault();
  const clock = new ManualClock('2027-05-27T23:00:00.000Z');
  const codec = new Codec(vault, [circleEvents, meetingEvents, electionEvents]);
  const streams = new Streams(store, codec, vault, clock);
  const ports = [
    { provide: Streams, useValue: streams },
    { provide: Clock, useValue: clock },
    { provide: Vault, useValue: vault },
    { provide: Forgetting, useValue: { forget: () => Promise.resolve() } },
  ];
  @Module({ providers: ports, exports: ports })
  class Ports {}
  const module = await Test.createTestingModule({
    imports: [
      { module: Ports, global: true },
      CqrsModule.forRoot(),
      ...[CirclesWriteModule, MeetingsWriteModule, ElectionsWriteModule].map((it) => ({ module: it, global: true })),
    ],
  }).compile();
  await module.init();
  const commands = module.get(CommandBus);

  const written = (category: string, id: string, facts: readonly Fact[]): Promise<Receipt> => {
    const act = actOf(callerOf('ana'), { command: 'Tell', input: {}, circle: id });
    return streams.write({ category, initial: null, evolve: () => null }, id, act, () => [...facts]);
  };
  await written('circle', 'racines', racines);

  /** Somebody of Solidarité, unless said otherwise. Every click is its own, unless it is named. */
  function callerOf(member: string, commandId = newId(), community = 'solidarite'): Caller {
    return { community, member, commandId, correlationId: 'correlation' };
  }
  const send = (command: Command<Receipt>): Promise<Receipt> => commands.execute(command);
  const stored = (category: string, id: string): Promise<readonly StoredEvent[]> =>
    store.readStream(streamOf(category, id), { max: 1_000 });
  const meet = async (...present: string[]): Promise<string> => {
    const { stream } = await send(new OpenMeeting(callerOf('zoe'), { circleId: 'racines', present }));
    return stream.slice('meeting-'.length);
  };
  return { module, streams, store, codec, vault, clock, callerOf, send, stored, meet, written };
}
export type House = Awaited<ReturnType<typeof openRacines>>;
