import { newId } from '@app/kernel';
import { Ear, type Heard, type Message } from './live.js';
import { openRacines, type Racines } from './racines.js';
import type { Person } from './support.js';
import { callElection, meet, present } from './ways.js';

const change = '{ position changed { kind id } }';
const of = {
  circle: `subscription ($id: ID!) { circleChanged(id: $id) ${change} }`,
  proposal: `subscription ($id: ID!) { proposalChanged(id: $id) ${change} }`,
  election: `subscription ($id: ID!) { electionChanged(id: $id) ${change} }`,
};

let story: Racines;
const ears: Ear[] = [];
beforeAll(async () => {
  story = await openRacines();
});
afterEach(async () => {
  for (const ear of ears.splice(0)) await ear.leave();
});
afterAll(() => story.ronde.close());

function ear(said: Record<string, string>, headers: Record<string, string> = {}): Ear {
  const opened = new Ear({ url: story.ronde.url, said, headers });
  ears.push(opened);
  return opened;
}

const earOf = (person: Person, locale = 'en'): Ear =>
  ear({ authorization: `Bearer ${person.token}`, 'accept-language': locale });

/** Listens, and waits for the first message: whatever happens from there on is heard. */
async function listening(by: Ear, query: string, id: string): Promise<Heard> {
  const heard = by.hear(query, { id });
  await heard.messages.next();
  return heard;
}

const codesOf = async ({ over }: Heard): Promise<string[]> => (await over).map(({ extensions }) => extensions.code);

const matter = { title: 'Un panier chaque semaine', text: 'Chaque mercredi.' };

describe('what happens is heard of', () => {
  it('by a member, as soon as it can be read', async () => {
    const { cast, racines } = story;
    const meetingId = await meet(racines);
    const proposalId = await present(racines, meetingId, cast.ana, matter);
    const circle = await listening(earOf(cast.paul), of.circle, racines.circleId);
    const proposal = await listening(earOf(cast.paul), of.proposal, proposalId);
    await cast.zoe.acts('openClarifying', { proposalId, meetingId });
    const told = await proposal.messages.next();
    expect(told).toEqual({ position: expect.any(String), changed: [{ kind: 'proposal', id: proposalId }] });
    const { data } = await cast.paul.ask('query ($id: ID!) { proposal(id: $id) { phase } }', { id: proposalId });
    expect(data.proposal).toEqual({ phase: 'Clarifying' });
    const wider = await circle.messages.next(({ changed }) => changed.some(({ id }) => id === proposalId));
    expect(wider.position).toBe(told.position);
  });

  it('by others as far as they may read of it', async () => {
    const { cast, racines, general, newcomer } = story;
    const insider = await listening(earOf(cast.paul), of.circle, racines.circleId);
    const outsider = await listening(earOf(await newcomer('Rémi')), of.circle, racines.circleId);
    const stranger = earOf(await newcomer('Maya'));
    const { id: draft } = await cast.ana.acts<{ id: string }>('draftProposal', {
      ...{ circleId: racines.circleId, need: 'Un besoin.', example: 'Un exemple.', ...matter },
    });
    const meetingId = await meet(racines);
    const proposalId = await present(racines, meetingId, cast.ana, matter);
    const { electionId } = await callElection(racines, 'facilitator', 'expiry', '2029-06-30');
    await cast.ines.acts('leaveCircle', { circleId: racines.circleId });

    const heard = new Set<string>();
    const note = ({ changed }: Message): void => changed.forEach(({ kind, id }) => heard.add(`${kind} ${id}`));
    const left = `circle ${racines.circleId}`;
    await insider.messages.next((message) => (note(message), heard.has(left)));
    expect([...heard]).toEqual(
      expect.arrayContaining([`meeting ${meetingId}`, `proposal ${proposalId}`, `election ${electionId}`, left]),
    );
    expect([...heard]).not.toContain(`proposal ${draft}`);
    expect((await outsider.messages.next()).changed).toEqual([{ kind: 'circle', id: racines.circleId }]);
    for (const [query, id] of [
      [of.proposal, proposalId],
      [of.election, electionId],
    ] as const)
      expect(await codesOf(stranger.hear(query, { id }))).toEqual(['NOT_FOUND']);
    expect(await codesOf(earOf(cast.paul).hear(of.proposal, { id: draft }))).toEqual(['NOT_FOUND']);
    expect(await codesOf(earOf(cast.paul).hear(of.circle, { id: newId() }))).toEqual(['NOT_FOUND']);
    await listening(earOf(cast.paul), of.circle, general.circleId);
  });

  it('by nobody any more who has left, or whose key has ended', async () => {
    const { ronde, cast, racines } = story;
    const meetingId = await meet(racines, [cast.ana, cast.marc, cast.zoe, cast.luc, cast.lise, cast.paul]);
    const proposalId = await present(racines, meetingId, cast.ana, matter);
    const { identity } = ronde.running.house;
    const key = await identity.createToken({ accountId: cast.lise.accountId, label: 'oreille' });
    const listeners = [earOf(cast.paul), ear({ authorization: `Bearer ${key.token}` }), earOf(cast.marc)] as const;
    const [paul, lise, marc] = await Promise.all(listeners.map((by) => listening(by, of.proposal, proposalId)));
    await cast.paul.acts('leaveCircle', { circleId: racines.circleId });
    await cast.lise.acts('signOutEverywhere', { tokens: true });
    await cast.zoe.acts('openClarifying', { proposalId, meetingId });
    expect(await marc!.messages.next()).toMatchObject({ changed: [{ id: proposalId }] });
    for (const gone of [paul!, lise!]) {
      expect(await gone.over).toEqual([]);
      await expect(gone.messages.next(() => true, 1)).rejects.toThrow('nothing of the kind');
    }
  });

  it('by whoever comes back, as a place in the log that is further than the one they knew', async () => {
    const { cast, racines } = story;
    const before = await earOf(cast.marc).hear(of.circle, { id: racines.circleId }).messages.next();
    await meet(racines, [cast.marc, cast.zoe, cast.ana]);
    const after = await earOf(cast.marc).hear(of.circle, { id: racines.circleId }).messages.next();
    expect(after.position! > before.position!).toBe(true);
  });
});

describe('a connection', () => {
  it('is for those who are signed in', async () => {
    const keys: Record<string, string>[] = [{}, { authorization: 'Bearer ronde_made-up' }];
    for (const said of keys) {
      const nobody = ear(said);
      nobody.hear(of.circle, { id: story.racines.circleId });
      expect(await nobody.closed).toMatchObject({ code: 4403 });
    }
  });

  it('is opened by pages of ours alone, at one address', async () => {
    const { ronde, cast, racines, newcomer } = story;
    await newcomer('Maïté', 'maite@ronde.test');
    const cookie = await ronde.signIn('maite@ronde.test');
    const circle = { id: racines.circleId };
    const ours = ear({}, { cookie, origin: ronde.url });
    expect(await ours.hear(of.circle, circle).messages.next()).toMatchObject({ changed: [] });
    const theirs = ear({}, { cookie, origin: 'https://ailleurs.example' });
    theirs.hear(of.circle, circle);
    expect(await theirs.closed).toMatchObject({ code: 403 });
    const lost = new Ear({ url: `${ronde.url}/autre`, said: { authorization: `Bearer ${cast.ana.token}` } });
    lost.hear(of.circle, circle);
    expect(await lost.closed).toMatchObject({ code: 404 });
  });

  it('answers what it does not serve with a code, and words in the reader’s language', async () => {
    const { cast } = story;
    const told = async (locale: string, query: string) => (await earOf(cast.ana, locale).hear(query).over)[0];
    const query = '{ me { account { name } } }';
    expect(await told('fr', query)).toMatchObject({
      message: expect.stringContaining('qu’aux abonnements'),
      extensions: { code: 'SUBSCRIPTIONS_ONLY' },
    });
    expect((await told('en', query))?.message).toContain('for subscriptions alone');
    expect((await told('en', 'subscription {'))?.extensions.code).toBe('GRAPHQL_PARSE_FAILED');
    expect((await told('en', 'subscription { nothingOfTheKind }'))?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await told('en', of.circle))?.extensions.code).toBe('BAD_USER_INPUT');
    const often = Array.from({ length: 14 }, (_, n) => `fragment f${n} on Change { ...f${n + 1} ...f${n + 1} }`).join(
      ' ',
    );
    const costly = `subscription { circleChanged(id: "${newId()}") { ...f0 } } ${often} fragment f14 on Change { position }`;
    expect((await told('en', costly))?.extensions['limit']).toBe('QUERY_TOO_COSTLY');
    const misnamed = `subscription { circleChanged(id: " ") ${change} }`;
    expect(await told('fr', misnamed)).toMatchObject({ extensions: { problems: [{ path: 'id' }] } });
  });

  it('carries so many subscriptions and no more', async () => {
    const { cast, racines } = story;
    const many = earOf(cast.ana);
    const circle = { id: racines.circleId };
    await Promise.all(Array.from({ length: 100 }, () => many.hear(of.circle, circle).messages.next()));
    expect(await codesOf(many.hear(of.circle, circle))).toEqual(['TOO_MANY_SUBSCRIPTIONS']);
  });

  it('is what a subscription needs: a POST is told so', async () => {
    const { cast, racines } = story;
    const [fr, en] = await Promise.all(
      (['fr', 'en'] as const).map((locale) => cast.ana.ask(of.circle, { id: racines.circleId }, { locale })),
    );
    expect(fr?.errors).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('se fait par WebSocket'),
        extensions: { code: 'SUBSCRIPTION_OVER_HTTP' },
      }),
    ]);
    expect(en?.errors?.[0]?.message).toContain('needs a WebSocket');
  });

  it('is told that the server goes', async () => {
    const { cast, racines } = story;
    const listener = earOf(cast.ana);
    await listening(listener, of.circle, racines.circleId);
    await story.ronde.running.stop();
    expect(await listener.closed).toMatchObject({ code: 1001 });
  });
});
