import { evening, openRacines, type Racines } from './racines.js';
import type { Person } from './support.js';
import { callElection, type Election, giveReasons, meet, nominate, propose } from './ways.js';

let story: Racines;
beforeAll(async () => {
  story = await openRacines();
}, 120_000);
afterAll(() => story.ronde.close());

const electionQuery = `query ($id: ID!) { election(id: $id) {
  phase lead { name } proposingLead { name } nominee { name } termFrom termTo roundId
  envelopes { isSealed member { name } } nominations { by { name } nominee { name } } reasons { id text }
  result { person { name } electedOn termFrom termTo }
} }`;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const read = async (reader: Person, { electionId }: Election): Promise<any> =>
  (await reader.gets(electionQuery, { id: electionId })).election;
const others = (...but: Person[]): Person[] => story.racines.people.filter((it) => !but.includes(it));
const named = (name: string): { name: string } => ({ name });

const circleQuery = `query ($id: ID!) { circle(id: $id) {
  members { member { name } offices linksOf { link circleId } }
  offices { office holder { name } endsOn }
} }`;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const circle = async (reader: Person, id: string): Promise<any> => (await reader.gets(circleQuery, { id })).circle;

/** What the record of a circle holds, the newest first. */
async function trail(reader: Person, circleId: string, types?: string[]) {
  const query = `query ($circleId: ID!, $types: [String!]) {
    auditTrail(circleId: $circleId, types: $types, first: 50) { nodes { type position occurredAt fr en } } }`;
  return (await reader.gets(query, { circleId, types })).auditTrail.nodes as {
    type: string;
    position: string;
    occurredAt: string;
    fr: string;
    en: string;
  }[];
}

/** Everybody's consent to the person proposed, theirs last, and their acceptance. */
async function conclude(lead: Person, held: Election, person: Person): Promise<void> {
  const { roundId } = await lead.acts<{ roundId: string }>('openElectionConsent', held);
  const answer = { electionId: held.electionId, roundId };
  await Promise.all(others(person).map((it) => it.acts('giveElectionConsent', answer)));
  await person.acts('giveElectionConsent', answer);
  await person.acts('acceptOffice', held);
}

describe('an election without candidates', () => {
  it('S7 INV-60 INV-64 INV-65 is read by nobody before the reveal, led by nobody who is named, and answered by the nominee last', async () => {
    const { ronde, racines, general, cast } = story;
    const { ana, zoe, luc, paul, ines, solange, marc } = cast;
    ronde.itIs(evening('2027-03-18'));
    const held = await callElection(racines, 'facilitator', 'expiry', '2028-12-31');
    const { electionId } = held;
    const name = (it: Person): Person => ([ana, paul].includes(it) ? zoe : ines);
    await Promise.all(others(luc).map((it) => it.acts('nominate', { electionId, nominee: name(it).memberId })));

    // INV-60: nothing is returned, to anybody, officers included, and the record tells no name.
    for (const reader of [zoe, luc, ana, paul, marc, solange, general.facilitator]) {
      const { nominations, reasons, envelopes } = await read(reader, held);
      expect({ nominations, reasons }).toEqual({ nominations: [], reasons: [] });
      expect(JSON.stringify(envelopes)).not.toContain('nominee');
    }
    const envelopes = (await read(luc, held)).envelopes as { isSealed: boolean }[];
    expect(envelopes.filter(({ isSealed }) => isSealed)).toHaveLength(6);
    const sealed = await trail(ana, racines.circleId, ['NominationSealed']);
    const ofAna = sealed.filter(({ en }) => en.includes('Ana'));
    expect(ofAna.length).toBeGreaterThan(0);
    for (const { fr, en } of ofAna) expect(fr + en).not.toMatch(/Zoé|Inès/);
    expect(await zoe.refused('revealNominations', held)).toBe('NOMINATIONS_MISSING'); // INV-61
    await luc.acts('nominate', { electionId, nominee: ines.memberId });
    expect(await luc.refused('nominate', { electionId, nominee: ana.memberId })).toBe('ALREADY_NOMINATED');
    await giveReasons(racines, held);
    expect((await read(ana, held)).nominations).toContainEqual({ by: named('Paul'), nominee: named('Zoé') });

    expect(await zoe.refused('proposeNominee', await propose(zoe, held, zoe))).toBe('SELF_PROPOSED'); // INV-65
    expect(await zoe.refused('proposeNominee', await propose(zoe, held, ines))).toBe('LEAD_IS_NOMINATED');
    expect((await read(ana, held)).proposingLead).toEqual(named('Luc'));
    const hers = await propose(luc, held, zoe);
    expect(await luc.refused('proposeNominee', { ...hers, cites: [] })).toBe('NO_REASON_CITED'); // INV-63
    await luc.acts('proposeNominee', hers);
    const { roundId } = await luc.acts<{ roundId: string }>('openElectionConsent', held);
    const answer = { electionId, roundId };
    await Promise.all(others(zoe, paul, ana).map((it) => it.acts('giveElectionConsent', answer)));
    expect(await zoe.refused('giveElectionConsent', answer)).toBe('NOMINEE_ANSWERS_LAST'); // INV-64
    await paul.acts('giveElectionConsent', answer);
    await ana.acts('giveElectionConsent', answer);
    await zoe.acts('giveElectionConsent', answer);
    expect(await luc.refused('acceptOffice', held)).toBe('NOT_THE_NOMINEE'); // INV-66
    await zoe.acts('acceptOffice', held);
    expect(await read(ana, held)).toMatchObject({
      phase: 'Elected',
      result: { person: named('Zoé'), electedOn: '2027-03-18', termTo: '2028-12-31' },
    });
    expect((await circle(ana, racines.circleId)).offices).toContainEqual({
      office: 'facilitator',
      holder: named('Zoé'),
      endsOn: '2028-12-31',
    });
    await zoe.acts('closeMeeting', { meetingId: held.meetingId });
  });

  it('S8 INV-12 INV-62 INV-63 makes nobody second link who leads, and rests on reasons, not on how often a name was written', async () => {
    const { ronde, racines, general, cast } = story;
    const { ana, zoe, luc, paul, ines, marc, lise } = cast;
    ronde.itIs('2027-05-27T22:30:00.000Z');
    const held = await callElection(racines, 'secondLink', 'expiry', '2028-05-31');
    const { electionId } = held;
    const before = await trail(zoe, racines.circleId);
    const refused = await paul.tries('nominate', { electionId, nominee: marc.memberId });
    expect(refused).toMatchObject({ __typename: 'Refused', code: 'NOT_ELIGIBLE', details: [] });
    expect(await trail(zoe, racines.circleId)).toEqual(before);
    const inEnvelope = new Map<Person, Person>([
      [luc, ana],
      [ines, ana],
      [ana, paul],
    ]);
    await nominate(racines, held, (it) => inEnvelope.get(it) ?? ines);
    const told = (await read(zoe, held)).nominations as { nominee: { name: string } }[];
    expect(told.map(({ nominee }) => nominee.name).sort()).toEqual(
      ['Ana', 'Ana', 'Inès', 'Inès', 'Inès', 'Inès', 'Paul'].sort(),
    );

    const reasons = await propose(zoe, held, ines);
    expect(await zoe.refused('proposeNominee', { ...reasons, person: marc.memberId })).toBe('NOT_NOMINATED');
    await zoe.acts('proposeNominee', await propose(zoe, held, ana));
    await conclude(zoe, held, ana);

    expect(await read(zoe, held)).toMatchObject({ phase: 'Elected', result: { person: named('Ana') } });
    const [seated] = await trail(marc, general.circleId, ['LinkSeated']);
    expect(seated).toMatchObject({
      occurredAt: expect.stringMatching(/^2027-05-27/),
      en: expect.stringMatching(/Ana/),
    });
    const { members } = await circle(ana, general.circleId);
    const seat = { link: 'second', circleId: racines.circleId };
    expect(members).toContainEqual({ member: named('Ana'), offices: [], linksOf: [seat] });
    expect(members).not.toContainEqual(expect.objectContaining({ member: named('Lise') }));
    // INV-15: she has a voice in the general circle from that moment.
    const meetingId = await meet({ ...general, people: [...general.people.filter((it) => it !== lise), ana] });
    const query = 'query ($id: ID!) { meeting(id: $id) { presences { member { name } } } }';
    const { meeting } = await ana.gets(query, { id: meetingId });
    expect(meeting.presences).toContainEqual({ member: named('Ana') });
    expect((await circle(ana, racines.circleId)).members).toContainEqual(
      expect.objectContaining({ member: named('Lise'), offices: [] }),
    );
    await zoe.acts('closeMeeting', { meetingId: held.meetingId });
  });

  it('INV-13 INV-20 INV-21 describes a term that ends, and takes neither an outsider nor the expert', async () => {
    const { ronde, racines, general, cast } = story;
    const { zoe, luc, ana, marc, solange } = cast;
    ronde.itIs(evening('2027-11-18'));
    const meetingId = await meet(racines);
    const calling = { circleId: racines.circleId, office: 'secretary', cause: 'expiry' };
    const { id: electionId } = await luc.acts('callElection', calling);
    const role = { electionId, meetingId, duties: 'Tenir le cahier.', qualities: 'Soin.', from: ronde.day() };
    expect(await zoe.refused('describeRole', role)).toBe('TERM_NEEDS_AN_END');
    expect(await zoe.refused('describeRole', { ...role, to: '2027-11-01' })).toBe('TERM_ENDS_TOO_SOON');
    await zoe.acts('describeRole', { ...role, to: '2028-11-30' });
    await zoe.acts('openNominations', { electionId, meetingId });
    for (const nominee of [general.facilitator, solange])
      expect(await ana.refused('nominate', { electionId, nominee: nominee.memberId })).toBe('NOT_ELIGIBLE');
    expect(await solange.refused('nominate', { electionId, nominee: ana.memberId })).toBe('NOT_A_MEMBER');
    await zoe.acts('cancelElection', { electionId, reason: 'Luc continue jusqu’au terme prévu.' });
    expect(await marc.gets(electionQuery, { id: electionId })).toMatchObject({
      election: { phase: 'Cancelled', nominations: [] },
    });
    await zoe.acts('closeMeeting', { meetingId });
  });
});
