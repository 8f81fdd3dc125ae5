import { jest } from '@jest/globals';
import { CircleQueries } from '@app/circles';
import { OutcomeUnknown } from '@app/event-store';
import { type Person, Ronde } from './support.js';

let ronde: Ronde;
beforeAll(async () => {
  ronde = await Ronde.open();
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => ronde.close());

const founding = { name: 'C', circleName: 'R', aim: 'A', domain: ['D'], meetingsPerYear: 10, commandId: 'found' };
const reading = '{ organisation { rootCircle { name } } }';
const memberships = (person: Person) => ronde.running.house.identity.membershipsOf(person.accountId);
const reads = async (person: Person): Promise<boolean> => (await person.ask(reading)).errors === undefined;

/** The read models know of no community: they lag. */
function readModelsLag(): void {
  const queries = ronde.running.app.get(CircleQueries, { strict: false });
  jest.spyOn(queries, 'communities').mockResolvedValue([]);
}

/** The next act is written, and nobody is told. */
function theAnswerIsLost(): void {
  const { streams } = ronde.running.house;
  const write = streams.write.bind(streams);
  jest.spyOn(streams, 'write').mockImplementationOnce(async (...it) => {
    await write(...it);
    throw new OutcomeUnknown('the answer was lost');
  });
}

describe('a founding', () => {
  it('that is refused leaves no membership', async () => {
    const person = await ronde.person('Maïté');
    expect(await person.refused('foundCommunity', { ...founding, meetingsPerYear: 1 })).not.toMatch(/^not refused/);
    expect(await memberships(person)).toEqual([]);
  });

  it('keeps its founder when the same command id is then refused for something else, however far the read models are', async () => {
    const person = await ronde.person('Naomi');
    theAnswerIsLost();
    readModelsLag();
    expect(await person.refused('foundCommunity', founding)).toBe('OUTCOME_UNKNOWN');
    expect(await person.refused('foundCommunity', { ...founding, name: 'Autre' })).toBe('COMMAND_ID_REUSED');
    expect(await memberships(person)).toMatchObject([{ registered: true }]);
    expect(await reads(person)).toBe(true);
  });

  it('whose outcome nobody knows keeps its membership, and the same click again completes it', async () => {
    const person = await ronde.person('Omar');
    theAnswerIsLost();
    readModelsLag();
    expect(await person.refused('foundCommunity', founding)).toBe('OUTCOME_UNKNOWN');
    expect(await memberships(person)).toMatchObject([{ registered: false }]);
    expect(await reads(person)).toBe(false);
    jest.restoreAllMocks();
    await person.acts('foundCommunity', founding);
    expect(await memberships(person)).toMatchObject([{ registered: true }]);
    expect(await reads(person)).toBe(true);
  });

  it('that is written before it can be read is its founder’s already', async () => {
    const person = await ronde.person('Paul');
    readModelsLag();
    expect(await person.tries('foundCommunity', founding)).toMatchObject({ __typename: 'Recorded' });
    jest.restoreAllMocks();
    expect(await reads(person)).toBe(true);
  });
});

describe('a person whom the history of a community does not know', () => {
  it('reads nothing of it, and belongs nowhere', async () => {
    const [founder, stranger] = [await ronde.person('Ines'), await ronde.person('Luc')];
    await founder.acts('foundCommunity', founding);
    const [place] = await memberships(founder);
    if (place === undefined) throw new Error('nothing was founded');
    const { communityId, memberId: invitedBy } = place;
    await ronde.running.house.identity.createMembership({ accountId: stranger.accountId, communityId, invitedBy });
    expect((await stranger.ask(reading)).errors?.[0]?.extensions.code).toBe('NO_COMMUNITY');
    const named = await stranger.ask(reading, {}, { community: communityId });
    expect(named.errors?.[0]?.extensions.code).toBe('NOT_YOUR_COMMUNITY');
    expect((await stranger.gets('{ me { memberships { communityId } member { id } } }')).me).toEqual({
      memberships: [],
      member: null,
    });
  });
});
