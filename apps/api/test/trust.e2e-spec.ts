import { evening, openRacines, type Racines } from './racines.js';
import type { Person } from './support.js';
import { askAbout, consent, decide, meet } from './ways.js';

let story: Racines;
beforeAll(async () => {
  story = await openRacines({ MAX_QUERY_COST: '1000000' });
});
afterAll(() => story.ronde.close());

const named = (name: string): { name: string } => ({ name });

describe('an invitation', () => {
  it('is used by one of two who come at once, and by nobody once it has expired', async () => {
    const { ronde, cast } = story;
    ronde.itIs(evening('2027-01-04'));
    const { token } = await cast.nadia.acts<{ token: string }>('invite');
    const two = [await ronde.person('Rémi'), await ronde.person('Maya')];
    const answers = await Promise.all(two.map((it) => it.tries('redeemInvitation', { token })));
    expect(answers.map(({ __typename, code }) => code ?? __typename).sort()).toEqual(['INVITATION_USED', 'Membership']);

    const late = await cast.nadia.acts<{ token: string; expiresAt: string }>('invite', {
      expiresAt: '2027-01-07T17:00:00Z',
    });
    expect(late.expiresAt).toBe('2027-01-07T17:00:00.000Z');
    ronde.itIs('2027-01-07T17:00:01.000Z');
    const noe = await ronde.person('Noé');
    expect(await noe.refused('redeemInvitation', { token: late.token })).toBe('INVITATION_EXPIRED');
    expect(await noe.refused('redeemInvitation', { token: 'nowhere' })).toBe('INVITATION_UNKNOWN');
    expect((await noe.gets('{ me { member { id } } }')).me.member).toBeNull();
  });

  it('for one address serves nobody else', async () => {
    const { ronde, cast } = story;
    const { token } = await cast.nadia.acts<{ token: string }>('invite', { email: 'lea@ronde.test' });
    const other = await ronde.person('Théa');
    expect(await other.refused('redeemInvitation', { token })).toBe('INVITATION_OTHER_ADDRESS');
    const lea = await ronde.person('Léa', 'lea@ronde.test');
    expect(await lea.acts('redeemInvitation', { token })).toMatchObject({ __typename: 'Membership' });
  });
});

describe('a key', () => {
  const whoIs = async (asking: { token: string } | { cookie: string }): Promise<string | undefined> => {
    const by = 'cookie' in asking ? { headers: { cookie: asking.cookie } } : asking;
    const { data, errors } = await story.ronde.ask('{ me { account { name } } }', {}, by);
    return errors?.[0]?.extensions.code ?? data.me.account.name;
  };
  const make = async (cookie: string, input: object): Promise<{ token: string; apiToken: { id: string } }> => {
    const { ronde } = story;
    const document = await ronde.document('createApiToken');
    const headers = { cookie, origin: ronde.url };
    return (await ronde.ask(document, { input }, { headers })).data.createApiToken;
  };

  it('is made from a session alone, opens GraphQL to scripts, and ends when it expires or is revoked', async () => {
    const { ronde } = story;
    const noor = await ronde.person('Noor', 'noor@ronde.test');
    expect(await noor.refused('createApiToken', { label: 'de clé en clé' })).toBe('SESSION_NEEDED');
    const cookie = await story.ronde.signIn('noor@ronde.test');
    const short = await make(cookie, {
      label: 'un jour',
      expiresAt: new Date(Date.parse(`${ronde.day(1)}T17:00Z`)).toISOString(),
    });
    const lasting = await make(cookie, { label: 'sans fin' });
    expect(await whoIs(short)).toBe('Noor');
    ronde.later({ days: 2 });
    expect(await whoIs(short)).toBe('UNAUTHENTICATED');
    expect(await whoIs(lasting)).toBe('Noor');
    const { me } = await noor.gets('{ me { apiTokens { id label } } }');
    expect(JSON.stringify(me.apiTokens)).not.toContain(lasting.token);
    await noor.acts('revokeApiToken', { tokenId: lasting.apiToken.id });
    expect(await whoIs(lasting)).toBe('UNAUTHENTICATED');
    expect(await noor.refused('revokeApiToken', { tokenId: lasting.apiToken.id })).toBe('TOKEN_UNKNOWN');
    expect(await whoIs({ token: 'ronde_made-up' })).toBe('UNAUTHENTICATED');
  });

  it('of any kind ends when its owner signs out everywhere, and nobody else’s does', async () => {
    const { ronde, cast } = story;
    const lou = await ronde.person('Lou', 'lou@ronde.test');
    const sessions = [await story.ronde.signIn('lou@ronde.test'), await story.ronde.signIn('lou@ronde.test')] as const;
    const key = await make(sessions[0], { label: 'script' });
    for (const cookie of sessions) expect(await whoIs({ cookie })).toBe('Lou');
    const document = await ronde.document('signOutEverywhere');
    await ronde.ask(document, { input: {} }, { headers: { cookie: sessions[1], origin: ronde.url } });
    for (const cookie of sessions) expect(await whoIs({ cookie })).toBe('UNAUTHENTICATED');
    expect(await whoIs(key)).toBe('Lou');
    expect(await lou.acts('signOutEverywhere', { tokens: true })).toEqual({
      __typename: 'SignedOutEverywhere',
      tokens: true,
    });
    expect(await whoIs(key)).toBe('UNAUTHENTICATED');
    expect(await whoIs(cast.ana)).toBe('Ana');
  });
});

describe('the past', () => {
  const query = `query ($id: ID!, $asOf: String) {
    circle(id: $id, asOf: $asOf) { persons strength members { member { name } } offices { office holder { name } }
      meetings(first: 1) { nodes { id } } parent { members { member { name } } } }
    organisation(asOf: $asOf) { rootCircle { aim persons } circles { nodes { name } } } }`;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  const at = (reader: Person, asOf: string | null): Promise<any> =>
    reader.gets(query, { id: story.racines.circleId, asOf });

  it('is read as it was known, by the rights of today', async () => {
    const { ronde, racines, general, cast } = story;
    const { ana, lise, nadia } = cast;
    ronde.itIs(evening('2027-01-20'));
    const before = await at(ana, null);
    expect(before.circle.persons).toBe(7);
    await decide(general, nadia, {
      title: 'Un but plus court',
      text: 'Notre but se lit d’un souffle.',
      effect: { changeAim: { circleId: general.circleId, aim: 'S’entraider' } },
    });
    ronde.itIs(evening('2027-01-22'));
    await lise.acts('leaveCircle', { circleId: racines.circleId });
    racines.people = racines.people.filter((it) => it !== lise);
    general.people = general.people.filter((it) => it !== lise);
    ronde.itIs(evening('2027-01-30'));

    const { meetings: _, ...was } = before.circle;
    expect(await at(ana, '2027-01-19T12:00:00-05:00')).toMatchObject({ ...before, circle: was });
    const between = await at(ana, '2027-01-21T12:00:00Z');
    expect(between.organisation.rootCircle).toEqual({ aim: 'S’entraider', persons: 7 });
    expect(between.circle).toMatchObject({ persons: 7, strength: 'OnTarget' });
    expect(between.circle.offices).toContainEqual({ office: 'secondLink', holder: named('Lise') });
    const now = await at(ana, null);
    expect(await at(ana, '2027-01-23T12:00:00Z')).toEqual(now);
    expect(now.circle).toMatchObject({ persons: 6, strength: 'OnTarget' });
    expect(now.circle.offices).not.toContainEqual(expect.objectContaining({ office: 'secondLink' }));
    expect(now.circle.parent.members).not.toContainEqual({ member: named('Lise') });
    expect(now.organisation.rootCircle).toEqual({ aim: 'S’entraider', persons: 6 });
    expect(await at(ana, '2026-10-01T12:00:00Z')).toEqual({ circle: null, organisation: null });

    // She was a member then, and is none today: the room she sat in is not hers to read.
    const hers = await at(lise, '2027-01-19T12:00:00Z');
    expect(hers.circle.members).toContainEqual({ member: named('Lise') });
    expect(hers.circle.meetings.nodes).toEqual([]);
    const salma = await ronde.person('Salma');
    const elsewhere = { name: 'Ailleurs', circleName: 'R', aim: 'A', domain: ['D'], meetingsPerYear: 6 };
    await salma.acts('foundCommunity', elsewhere);
    expect((await at(salma, '2027-01-21T12:00:00Z')).circle).toBeNull();
  });
});

const verify = `query ($knownHead: String) { verifyAuditTrail(knownHead: $knownHead) {
  whole events head firstBroken { why message } message } }`;

describe('the record', () => {
  it('is checked against a head that a reader kept, whoever changed what since', async () => {
    const { cast } = story;
    const check = async (knownHead?: string) => (await cast.ana.gets(verify, { knownHead })).verifyAuditTrail;
    const { head } = await check();
    const meetingId = await meet(story.racines);
    await cast.zoe.acts('closeMeeting', { meetingId });
    const later = await check(head);
    expect(later).toMatchObject({ whole: true, firstBroken: null, message: expect.stringMatching(/./) });
    expect(later.head).not.toBe(head);
    const kept = JSON.parse(Buffer.from(head, 'base64url').toString()) as { hash: string };
    const forged = Buffer.from(JSON.stringify({ ...kept, hash: '0'.repeat(kept.hash.length) })).toString('base64url');
    expect(await check(forged)).toMatchObject({ whole: false, firstBroken: { message: expect.stringMatching(/./) } });
    const { errors } = await cast.ana.ask(verify, { knownHead: 'something else' });
    expect(errors?.[0]?.extensions.code).toBe('BAD_KNOWN_HEAD');
  });
});

/** Everything of Cercle Racines that can be read, by one person. */
const everything = `query ($id: ID!, $asOf: String) {
  me { waiting(first: 50) { nodes { kind sentence } } }
  circle(id: $id) {
    aim members { member { name forgotten } } offices { office holder { name } } experts { expert { name } }
    meetings(first: 50) { nodes { openedBy { name } presences { member { name } } } }
    logbook(first: 50) { nodes { label } }
    agreements(first: 50) { nodes { title text need concerns { member { name } text } responsible { name } } }
    proposals(first: 50) { nodes {
      title phase author { name } coAuthors { name } draft { title text } withdrawnReason
      versions(first: 5) { nodes { number title text need why by { name } } }
      questions(first: 20) { nodes { text by { name } answer answeredBy { name } } }
      reactions(first: 20) { nodes { text by { name } } }
      rounds(first: 5) { nodes { roster { member { name } } answers(first: 20) { nodes { by { name } concern kind } } } }
      objections(first: 5) { nodes { argument affects remedy by { name } steps(first: 5) { nodes { text argument by { name } } } } }
    } }
    elections(first: 50) { nodes {
      duties nominee { name } nominations { by { name } nominee { name } } reasons { by { name } text } proposals { nodes { by { name } rationale } }
      rounds { nodes { answers { member { name } concern } } } objections { nodes { by { name } argument } } result { person { name } }
    } }
  }
  past: circle(id: $id, asOf: $asOf) { members { member { name } } offices { holder { name } } }
  auditTrail(circleId: $id, first: 100) { nodes { type fr en member { name } } }
}`;

describe('a person who asks to be forgotten', () => {
  it('is, on every page and in every language and at every moment; the record still holds, and a rebuild says the same', async () => {
    const { ronde, racines, cast } = story;
    const { ines, ana, zoe, luc, marc, solange, omar } = cast;
    ronde.itIs(evening('2027-02-11'));
    const meetingId = await meet(racines);
    const first = await askAbout(racines, meetingId, ana, { title: 'Frais', text: 'Un atelier coûte 40 $.' });
    const { proposalId } = first;
    await consent(
      racines.people.filter((it) => it !== ines && it !== luc),
      first,
    );
    await luc.acts('giveConsent', first);
    const words = { kind: 'HindersCircleAim', argument: 'MOTINES argument', affects: 'MOTINES but' };
    await ines.acts('raiseObjection', { ...first, ...words, remedy: 'MOTINES remède' });
    const hers = 'query ($id: ID!) { proposal(id: $id) { objections(first: 1) { nodes { id } } } }';
    const { proposal } = await ines.gets(hers, { id: proposalId });
    const objectionId = proposal.objections.nodes[0].id;
    await ines.acts('proposeIntegration', { proposalId, objectionId, option: 'pilot', text: 'MOTINES essai' });
    await ines.acts('confirmResolved', { proposalId, objectionId, version: 1 });
    const { id: draftId } = await ines.acts('draftProposal', {
      circleId: racines.circleId,
      title: 'MOTINES titre',
      text: 'MOTINES texte',
    });
    const own = await askAbout(racines, meetingId, ines, { title: 'Un jardin', text: 'Nous plantons un jardin.' });
    await consent(
      racines.people.filter((it) => it !== ines),
      own,
    );
    await ines.acts('giveConsent', { ...own, concern: 'MOTINES souci' });
    await zoe.acts('closeMeeting', { meetingId });

    const variables = { id: racines.circleId, asOf: '2027-02-01T12:00:00Z' };
    const readers = [ana, zoe, luc, marc, solange, omar];
    const read = async (): Promise<object[]> => {
      const answers: object[] = [];
      for (const reader of readers)
        for (const locale of ['fr', 'en'] as const) answers.push(await reader.gets(everything, variables, { locale }));
      return answers;
    };
    const [before] = await read();
    for (const told of [
      'Inès',
      'MOTINES argument',
      'MOTINES but',
      'MOTINES souci',
      'MOTINES essai',
      'Inès : sa patience',
    ])
      expect(JSON.stringify(before)).toContain(told);
    const head = (await ana.gets(verify)).verifyAuditTrail.head;

    expect(await ines.acts('eraseMyData', { understood: true })).toEqual({
      __typename: 'Gone',
      member: { id: ines.memberId },
    });

    const after = await read();
    for (const page of after) expect(JSON.stringify(page)).not.toMatch(/Inès|MOTINES/);
    expect(JSON.stringify(after[0])).toContain('une personne oubliée à sa demande');
    expect(JSON.stringify(after[1])).toContain('a person forgotten at their request');
    // What the circle adopted stays the circle's.
    expect(JSON.stringify(after[0])).toContain('Nous plantons un jardin.');
    const { circle, past } = after[0] as { circle: { members: object[] }; past: { members: object[] } };
    expect([circle.members.length, past.members.length]).toEqual([5, 6]);
    expect((await ana.gets('query ($id: ID!) { proposal(id: $id) { id } }', { id: draftId })).proposal).toBeNull();
    const { errors } = await ines.ask('{ me { account { name } } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');

    const { verifyAuditTrail } = await ana.gets(verify, { knownHead: head });
    expect(verifyAuditTrail).toMatchObject({ whole: true, firstBroken: null });

    await ronde.rebuild();
    expect(await read()).toEqual(after);
  });
});
