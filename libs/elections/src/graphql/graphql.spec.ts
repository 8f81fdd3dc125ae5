import 'reflect-metadata';
import { Access, GraphContext, GraphDeskModule, type Relation, Settling, Viewer } from '@app/graph';
import type { Recorded } from '@app/kernel';
import { ReadStore } from '@app/read-store';
import { projected, recorded } from '@app/read-store/testing';
import { MeetingsModule } from '@app/meetings';
import { Standings } from '@app/circles';
import { Streams } from '@app/event-store';
import { Clock, ManualClock } from '@app/kernel';
import { Vault } from '@app/vault';
import { refusalCodes } from '@app/wording';
import { MemoryVault } from '@app/vault/adapters';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { Test } from '@nestjs/testing';
import {
  getNamedType,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  printSchema,
} from 'graphql';
import { members, s8, sealed, upTo } from '../domain/racines.fixture.js';
import type { ElectionEvent } from '../domain/election.events.js';
import { electionRefusals } from '../domain/refusals.js';
import { stories } from '../domain/story.fixture.js';
import { ElectionsModule, electionsProjections } from '../elections.module.js';
import { ElectionQueries } from '../read/elections.query.js';
import { ElectionRoundMutationsResolver } from './election-round-mutations.resolver.js';
import { ElectionResolver, ElectionRoundResolver } from './election.resolver.js';
import { ElectionsShown } from './elections-shown.js';
import { NominatingMutationsResolver } from './nominating-mutations.resolver.js';

const viewer = { memberId: 'paul', communityId: 'solidarite', locale: 'fr' } as unknown as Viewer;
const told = (facts: readonly ElectionEvent[]): Recorded[] =>
  facts.map(({ type, data }) =>
    recorded(type, data, { stream: 'election-e1', circle: 'racines', community: 'solidarite' }),
  );

class As extends Access {
  constructor(private readonly relation: Relation) {
    super();
  }
  override relationTo = () => Promise.resolve(this.relation);
  override leftAt = () => Promise.resolve(undefined);
}

/** The election as somebody with this relation to the circle reads it, every field of it. */
async function seenBy(relation: Relation, facts: readonly ElectionEvent[]) {
  const { store } = await projected(electionsProjections, told(facts));
  const context = { loaders: new Map() } as unknown as GraphContext;
  const queries = new ElectionQueries(store);
  const shown = new ElectionsShown(queries, new As(relation));
  const resolver = new ElectionResolver(shown, queries);
  const election = await resolver.election(viewer, { id: 'e1' }, context);
  const page = await resolver.elections(viewer, { circleId: 'racines' }, context);
  if (election === null) return { election, listed: page.nodes.length };
  const { nodes: rounds } = await resolver.rounds(election, {}, context);
  const answers = new ElectionRoundResolver(queries);
  const { row: _, ...scalars } = election;
  return {
    listed: page.nodes.length,
    election: scalars,
    result: resolver.result(election),
    lead: resolver.lead(election),
    proposingLead: resolver.proposingLead(election),
    calledBy: resolver.calledBy(election),
    nominee: resolver.nominee(election),
    envelopes: await resolver.envelopes(election, context),
    nominations: await resolver.nominations(election, context),
    reasons: await resolver.reasons(election, context),
    proposals: (await resolver.proposals(election, {}, context)).nodes,
    rounds: await Promise.all(rounds.map(async (it) => ({ ...it, answers: await answers.answers(it, context) }))),
    objections: (await resolver.objections(election, {}, context)).nodes,
    refusals: (await resolver.refusals(election, {}, context)).nodes,
  };
}

describe('who reads an election', () => {
  const sealedByAll = [...upTo.nominating, ...members.map((by) => sealed(by, s8[by]!))];

  it('INV-60 S7 nobody reads a nomination before the reveal', async () => {
    for (const relation of ['member', 'parentLink', 'expert'] as const) {
      const seen = await seenBy(relation, sealedByAll);
      expect(seen.nominations).toEqual([]);
      expect(seen.envelopes).toHaveLength(7);
      for (const envelope of seen.envelopes ?? []) expect(Object.keys(envelope).sort()).toEqual(['isSealed', 'member']);
    }
  });

  it('inside the circle all of it, with names', async () => {
    const seen = await seenBy('member', upTo.integrating);
    expect(seen.nominations?.map(({ by, nominee }) => [by?.id, nominee?.id])).toEqual(Object.entries(s8));
    expect(seen.objections?.map(({ by }) => by?.id).sort()).toEqual(['ana', 'luc']);
    expect(seen.rounds?.[0]?.answers.at(-1)).toMatchObject({ member: { id: 'ana' }, answer: 'objection' });
    expect(seen.reasons?.map(({ by, about }) => [by?.id, about?.id])).toEqual([
      ['luc', 'ines'],
      ['zoe', 'ana'],
    ]);
    expect(seen).toMatchObject({ nominee: { id: 'ana' }, lead: { id: 'zoe' }, proposingLead: { id: 'zoe' } });
  });

  it.each(['parentLink', 'expert'] as const)(
    'as %s without who named whom and who objected, in no telling order',
    async (relation) => {
      const seen = await seenBy(relation, [...upTo.integrating]);
      const nobody = [seen.nominations, seen.objections, seen.reasons].flatMap(
        (list) => list?.map(({ by }) => by) ?? [],
      );
      expect(new Set(nobody)).toEqual(new Set([null]));
      expect(seen.objections?.map(({ holder }) => holder)).toEqual([null, null]);
      const answers = seen.rounds?.[0]?.answers ?? [];
      expect(answers.map(({ member }) => member)).toEqual(members.map(() => null));
      expect(answers.map(({ answer }) => answer)).toEqual([
        ...Array<string>(5).fill('consent'),
        'objection',
        'objection',
      ]);
      const names = seen.nominations?.map(({ nominee }) => nominee?.id);
      expect(names).toEqual(['ana', 'ines', 'paul']);
      expect(seen.election).toMatchObject({ duties: 'Porter la voix du cercle' });
    },
  );

  it.each(['community', 'former'] as const)('as %s the result alone, once there is one', async (relation) => {
    expect(await seenBy(relation, upTo.accepting)).toEqual({ election: null, listed: 0 });
    const seen = await seenBy(relation, stories[1]!);
    expect(seen.result).toMatchObject({ person: { id: 'ines' }, electedOn: '2027-05-27', termTo: '2028-05-31' });
    const { election, result: _, listed, ...rest } = seen;
    expect(listed).toBe(1);
    expect(
      Object.values(rest)
        .flat()
        .filter((it) => it !== null),
    ).toEqual([]);
    expect(election).toMatchObject({
      duties: null,
      qualities: null,
      cause: null,
      meetingId: null,
      effectRefused: null,
    });
  });

  it('from elsewhere nothing', async () => {
    expect(await seenBy('none', stories[1]!)).toEqual({ election: null, listed: 0 });
    const { store } = await projected(electionsProjections, told(stories[1]!));
    const shown = new ElectionsShown(new ElectionQueries(store), new As('member'));
    const context = { loaders: new Map() } as unknown as GraphContext;
    const foreign = { ...viewer, communityId: 'ailleurs' } as Viewer;
    expect(await shown.one(foreign, 'e1', context)).toBeNull();
    expect(await shown.one(viewer, 'nowhere', context)).toBeNull();
    expect((await shown.fresh(viewer, 'e1', context))?.phase).toBe('Elected');
  });
});

describe('the schema of elections', () => {
  let schema: GraphQLSchema;
  beforeAll(async () => {
    const module = await Test.createTestingModule({ imports: [GraphQLSchemaBuilderModule] }).compile();
    schema = await module
      .get(GraphQLSchemaFactory)
      .create([ElectionResolver, ElectionRoundResolver, NominatingMutationsResolver, ElectionRoundMutationsResolver]);
  });
  const fieldsOf = (input: string): string[] =>
    Object.keys((schema.getType(input) as GraphQLInputObjectType).getFields()).sort();

  it('INV-44 has no way to seal a nomination, accept or decline for another', () => {
    expect(fieldsOf('NominateInput')).toEqual(['commandId', 'electionId', 'nominee']);
    expect(fieldsOf('AcceptOfficeInput')).toEqual(['commandId', 'electionId', 'meetingId']);
    expect(fieldsOf('DeclineOfficeInput')).toEqual(['commandId', 'electionId', 'meetingId', 'reason']);
  });

  it('INV-14 INV-63 has no way to an office but an election, and no tally', () => {
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {}).sort()).toEqual([
      'acceptOffice',
      'adoptElectionObjection',
      'callElection',
      'cancelElection',
      'changeNomination',
      'closeElectionRound',
      'confirmElectionIntegration',
      'declineOffice',
      'describeRole',
      'disputeElectionAnswer',
      'giveElectionConsent',
      'giveReason',
      'handOverLead',
      'nominate',
      'openChanges',
      'openElectionConsent',
      'openNominations',
      'openReasons',
      'proposeElectionIntegration',
      'proposeNominee',
      'raiseElectionObjection',
      'revealNominations',
    ]);
    const numbers = Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) && /^(Election|Nomin)/.test(type.name))
      .flatMap((type) => Object.values((type as GraphQLObjectType).getFields()))
      .filter((field) => getNamedType(field.type).name === 'Int');
    expect(new Set(numbers.map(({ name }) => name))).toEqual(new Set(['seat', 'round', 'quorum']));
  });

  it('shows no raw row, and nothing by the id of a member', () => {
    expect(printSchema(schema)).not.toMatch(/\brow\b|\brelation\b|leadId|personId|nomineeId/);
    expect(refusalCodes()).toEqual(expect.arrayContaining([...electionRefusals]));
  });
});

it('the module stands on the ports of the application', async () => {
  const { store } = await projected(electionsProjections, []);
  const ports = [
    { provide: ReadStore, useValue: store },
    { provide: Access, useValue: new As('member') },
    { provide: Settling, useValue: { settled: () => Promise.resolve(true) } },
    { provide: Streams, useValue: {} },
    { provide: Standings, useValue: {} },
    { provide: Clock, useValue: new ManualClock('2027-05-27T23:00:00.000Z') },
    { provide: Vault, useValue: new MemoryVault() },
  ];
  @Module({ providers: ports, exports: ports })
  class Ports {}
  const everywhere = [Ports, MeetingsModule, ElectionsModule].map((module) => ({ module, global: true }));
  const app = await Test.createTestingModule({
    imports: [...everywhere, CqrsModule.forRoot(), GraphDeskModule],
  }).compile();
  expect(app.get(ElectionsShown, { strict: false })).toBeInstanceOf(ElectionsShown);
});
