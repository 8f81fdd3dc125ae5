import 'reflect-metadata';
import { Access, GraphContext, type Relation, Viewer } from '@app/graph';
import { projected, recorder } from '@app/read-store/testing';
import { refusalCodes } from '@app/wording';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { Test } from '@nestjs/testing';
import type { GraphQLObjectType } from 'graphql';
import type { MeetingEvent } from '../domain/meeting.events.js';
import { meetingRefusals } from '../domain/meeting.js';
import { meetingsProjection } from '../read/meetings.projection.js';
import { MeetingQueries } from '../read/meetings.query.js';
import { MeetingMutationsResolver } from './meeting-mutations.resolver.js';
import { MeetingResolver } from './meeting.resolver.js';
import { MeetingsShown } from './meetings-shown.js';

const viewer = { memberId: 'paul', communityId: 'solidarite', locale: 'fr' } as unknown as Viewer;
const m1 = recorder<MeetingEvent>({ stream: 'meeting-m1', circle: 'racines', community: 'solidarite' });
const opened = {
  meetingId: 'm1',
  circleId: 'racines',
  communityId: 'solidarite',
  by: 'zoe',
  present: ['zoe'],
  members: ['zoe', 'luc'],
  quorum: 3,
  circleRevision: 12,
};

class As extends Access {
  constructor(private readonly relation: Relation) {
    super();
  }
  override relationTo = () => Promise.resolve(this.relation);
  override leftAt = () => Promise.resolve(undefined);
}

async function seenBy(relation: Relation, who = viewer) {
  const { store } = await projected(meetingsProjection, [
    m1('MeetingOpened', opened),
    m1('PresenceChanged', { memberId: 'luc', present: true, enteredBy: 'zoe' }),
  ]);
  const context = { loaders: new Map() } as unknown as GraphContext;
  const queries = new MeetingQueries(store);
  const shown = new MeetingsShown(queries, new As(relation));
  const resolver = new MeetingResolver(shown, queries);
  const page = await resolver.meetings(who, { circleId: 'racines' }, context);
  const meeting = await resolver.meeting(who, { id: 'm1' }, context);
  const presences = meeting === null ? [] : await resolver.presences(meeting, context);
  const fresh = await shown.fresh(who, 'm1', context);
  return { listed: page.nodes.length, meeting, presences, fresh, resolver };
}

describe('who reads a meeting', () => {
  it.each(['member', 'parentLink', 'expert'] as const)('as %s: who is in the room', async (relation) => {
    const { listed, meeting, presences, fresh, resolver } = await seenBy(relation);
    expect([listed, meeting?.status, fresh?.meetingId]).toEqual([1, 'open', 'm1']);
    expect(presences.map(({ member, enteredBy }) => [member.id, enteredBy.id])).toEqual([
      ['luc', 'zoe'],
      ['zoe', 'zoe'],
    ]);
    expect([resolver.openedBy(meeting!).id, resolver.closedBy(meeting!)]).toEqual(['zoe', null]);
  });

  it.each(['community', 'former', 'none'] as const)('as %s: nothing', async (relation) => {
    expect(await seenBy(relation)).toMatchObject({ listed: 0, meeting: null, fresh: null });
  });

  it('of another community: nothing', async () => {
    expect(await seenBy('member', { ...viewer, communityId: 'ailleurs' } as Viewer)).toMatchObject({ meeting: null });
  });
});

it('the schema of meetings offers what people do in one', async () => {
  const module = await Test.createTestingModule({ imports: [GraphQLSchemaBuilderModule] }).compile();
  const schema = await module.get(GraphQLSchemaFactory).create([MeetingResolver, MeetingMutationsResolver]);
  const offered = Object.keys(schema.getMutationType()?.getFields() ?? {}).sort();
  expect(offered).toEqual(['closeMeeting', 'openMeeting', 'recordPresence']);
  const shown = Object.keys((schema.getType('Meeting') as GraphQLObjectType).getFields());
  expect(shown).not.toContain('communityId');
  expect(refusalCodes()).toEqual(expect.arrayContaining([...meetingRefusals]));
});
