import { evening, openRacines, type Racines } from './racines.js';
import type { Person } from './support.js';
import { ask, askAbout, consent, meet } from './ways.js';

let story: Racines;
beforeAll(async () => {
  story = await openRacines({ MAX_QUERY_COST: '1000000' });
});
afterAll(() => story.ronde.close());

const named = (name: string): { name: string } => ({ name });
const query = `query ($id: ID!) { proposal(id: $id) { phase agreement { id keptObjections { argument by { name }
    steps { nodes { kind how text by { name } } } } }
  objections { nodes { id status judges { name } steps { nodes { kind how text by { name } } } } } } }`;
const read = async (by: Person, id: string) => (await by.gets(query, { id })).proposal;

interface Tested {
  readonly proposalId: string;
  readonly objectionId: string;
  readonly meetingId: string;
}

/** A round in which Paul objected and everybody was heard. */
async function objected(day: string, kind = 'HindersMyWork'): Promise<Tested> {
  const { ronde, racines, cast } = story;
  ronde.itIs(evening(day));
  const meetingId = await meet(racines);
  const matter = { title: `Salle ${day}`, text: 'Nous louons la salle du marché.' };
  const round = await askAbout(racines, meetingId, cast.ana, matter);
  const words = { argument: 'Elle est loin de chez moi.', affects: 'Mon travail.' };
  await cast.paul.acts('raiseObjection', { ...round, kind, ...words });
  await consent(othersThan(cast.paul), round);
  const [{ id: objectionId }] = (await read(cast.ana, round.proposalId)).objections.nodes;
  return { proposalId: round.proposalId, objectionId, meetingId };
}

const othersThan = (person: Person): Person[] => story.racines.people.filter((it) => it !== person);

const waitingOf = async (by: Person): Promise<string[]> =>
  (await by.gets('{ me { waitingDecisions { nodes { kind objectionId } } } }')).me.waitingDecisions.nodes
    .filter(({ kind }: { kind: string }) => kind === 'judgeObjection')
    .map(({ objectionId }: { objectionId: string }) => objectionId);

describe('an objection that the circle tests', () => {
  it('S3 INV-39 stands when one alone finds it an objection', async () => {
    const { ana, marc, zoe, luc, paul } = story.cast;
    const { proposalId, objectionId, meetingId } = await objected('2027-03-11');
    const about = { proposalId, objectionId };
    const others = othersThan(paul);
    await marc.acts('requestObjectionTest', about);
    expect((await read(paul, proposalId)).objections.nodes[0].judges).toEqual(others.map((it) => named(it.name)));
    for (const other of others) expect(await waitingOf(other)).toEqual([objectionId]);
    expect(await waitingOf(paul)).toEqual([]);
    const no = { ...about, stands: false, reason: 'C’est une préférence.' };
    expect(await paul.refused('judgeObjection', { ...about, stands: true, reason: 'Si.' })).toBe('NOT_A_JUDGE');
    await zoe.acts('judgeObjection', no);
    await luc.acts('judgeObjection', no);
    expect(await zoe.refused('judgeObjection', { ...about, stands: true, reason: 'Si.' })).toBe('ALREADY_JUDGED');
    expect(await zoe.refused('closeObjectionTest', about)).toBe('JUDGEMENTS_MISSING');
    await ana.acts('judgeObjection', { ...about, stands: true, reason: 'Il ne pourrait plus venir.' });
    const { objections } = await read(ana, proposalId);
    expect(objections.nodes).toMatchObject([{ status: 'open', judges: [] }]);
    expect(objections.nodes[0].steps.nodes).toMatchObject([
      { kind: 'testRequested', by: named('Marc') },
      { kind: 'judged', how: 'notObjection', text: no.reason, by: named('Zoé') },
      { kind: 'judged', how: 'notObjection', by: named('Luc') },
      { kind: 'judged', how: 'stands', by: named('Ana') },
      { kind: 'tested', how: 'stands', by: null },
    ]);
    for (const other of others) expect(await waitingOf(other)).toEqual([]);
    expect(await zoe.refused('openConsentRound', { proposalId, meetingId, version: 1 })).toBe('OBJECTIONS_OPEN');
    await paul.acts('confirmResolved', { ...about, version: 1 });
    await zoe.acts('closeMeeting', { meetingId });
  });

  it('INV-37 INV-39 is set aside by all the others, stays as a concern with their reasons, and everybody is asked again', async () => {
    const { cast, racines } = story;
    const { ana, zoe, luc, paul } = cast;
    const { proposalId, objectionId, meetingId } = await objected('2027-03-18');
    const about = { proposalId, objectionId };
    await zoe.acts('requestObjectionTest', about);
    const judge = { ...about, stands: false };
    for (const other of othersThan(paul).filter((it) => it !== luc))
      await other.acts('judgeObjection', { ...judge, reason: `${other.name} : un goût.` });
    expect((await read(ana, proposalId)).objections.nodes).toMatchObject([{ status: 'open', judges: [named('Luc')] }]);
    // Luc says it aloud, and Zoé enters it.
    const aloud = { by: luc.memberId, channel: 'voice', meetingId, reason: 'Luc : un goût.' };
    await zoe.acts('judgeObjection', { ...judge, ...aloud });
    expect((await read(ana, proposalId)).objections.nodes).toMatchObject([{ status: 'setAside', judges: [] }]);
    await consent(racines.people, await ask(racines, meetingId, proposalId));
    const { phase, agreement } = await read(ana, proposalId);
    expect(phase).toBe('Decided');
    expect(agreement.keptObjections).toMatchObject([{ argument: 'Elle est loin de chez moi.', by: named('Paul') }]);
    const reasons = agreement.keptObjections[0].steps.nodes.filter(({ kind }: { kind: string }) => kind === 'judged');
    expect(reasons).toHaveLength(othersThan(paul).length);
    await zoe.acts('closeMeeting', { meetingId });
  });

  it('INV-39 is not one that says a rule or the domain is broken', async () => {
    const { paul, zoe } = story.cast;
    for (const [day, kind] of [
      ['2027-04-01', 'BreaksRuleOrLaw'],
      ['2027-04-08', 'OutsideDomain'],
    ] as const) {
      const { proposalId, objectionId, meetingId } = await objected(day, kind);
      expect(await zoe.refused('requestObjectionTest', { proposalId, objectionId })).toBe('OBJECTION_NOT_TESTABLE');
      await paul.acts('confirmResolved', { proposalId, objectionId, version: 1 });
      await zoe.acts('closeMeeting', { meetingId });
    }
  });

  it('is read in words in the record, without names from outside', async () => {
    const { cast, racines } = story;
    const trail = `query ($id: ID!) { auditTrail(circleId: $id, first: 100, types: ["ObjectionTestRequested",
      "ObjectionJudged", "ObjectionTested", "ObjectionSetAsideAsConcern"]) { nodes { type sentence } } }`;
    const sentences = async (by: Person, locale: 'fr' | 'en' = 'fr'): Promise<string[]> =>
      (await by.gets(trail, { id: racines.circleId }, { locale })).auditTrail.nodes.map(
        ({ sentence }: { sentence: string }) => sentence,
      );
    expect(await sentences(cast.ana)).toContain('Marc a demandé aux autres si une objection en est une.');
    expect(await sentences(cast.ana)).toContain('Luc a dit que ce n’est pas une objection (inscrit par Zoé).');
    expect(await sentences(cast.ana, 'en')).toContain('Ana said that it is an objection.');
    const outside = (await sentences(cast.nadia)).join('\n');
    expect(outside).toContain('mise de côté');
    expect(outside).not.toMatch(/Marc|Ana|Luc|Zoé/);
  });
});
