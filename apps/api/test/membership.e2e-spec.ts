import { openRacines, type Racines } from './racines.js';
import type { Person } from './support.js';
import { ask, askAbout, consent, decide, hear, meet, type Matter } from './ways.js';

let story: Racines;
let theo: Person;
beforeAll(async () => {
  story = await openRacines();
  theo = await story.newcomer('Théo');
}, 120_000);
afterAll(() => story.ronde.close());

const others = (...but: Person[]): Person[] => story.racines.people.filter((it) => !but.includes(it));
const named = (name: string): { name: string } => ({ name });
const admitting = (person: Person, splitPlan?: object): Matter => ({
  title: `Accueillir ${person.name}`,
  text: `${person.name} devient membre du cercle.`,
  effect: { admitMember: { memberId: person.memberId, ...(splitPlan === undefined ? {} : { splitPlan }) } },
});

const circleQuery = `query ($id: ID!) { circle(id: $id) {
  persons strength members { member { name } } splitPlans { plan dueOn } parent { members { member { name } } } } }`;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const circle = async (reader: Person): Promise<any> =>
  (await reader.gets(circleQuery, { id: story.racines.circleId })).circle;

const proposalQuery = `query ($id: ID!) { proposal(id: $id) {
  phase effectRefusal { code message } lastRound { outcome quorum roster { member { name } state } }
  objections(first: 9) { nodes { id status by { name } holder { name } steps(first: 9) { nodes { kind by { name } argument } } } }
} }`;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const read = async (reader: Person, id: string): Promise<any> => (await reader.gets(proposalQuery, { id })).proposal;

describe('a circle whose members come and go', () => {
  it('S13 INV-25 INV-34 loses a member in the round: their objection is adopted, and the quorum is that of those who remain', async () => {
    const { ronde, racines, cast } = story;
    const { ana, paul, zoe, luc } = cast;
    ronde.itIs('2027-09-09T22:30:00.000Z');
    const meetingId = await meet(racines);
    const round = await askAbout(racines, meetingId, ana, { title: 'Deux soirs', text: 'Deux soirs par mois.' });
    const { proposalId, roundId } = round;
    const words = { kind: 'HindersMyWork', affects: 'Mes soirées d’accueil.' };
    await paul.acts('raiseObjection', { ...round, ...words, argument: 'Je travaille un soir sur deux.' });
    await consent(others(paul, zoe, luc), round);
    const [{ id: objectionId }] = (await read(ana, proposalId)).objections.nodes;
    const adoption = { proposalId, objectionId, argument: 'Nos soirs d’accueil tombent.', affects: 'L’accueil.' };
    expect(await ana.refused('adoptObjection', adoption)).toBe('OBJECTOR_STILL_MEMBER');

    await decide({ ...racines, people: [...racines.people] }, ana, admitting(theo));
    await paul.acts('leaveCircle', { circleId: racines.circleId, handover: 'Les clés sont chez Luc.' });
    racines.people = [...others(paul), theo];
    expect(await paul.refused('giveConsent', round)).toBe('NOT_A_MEMBER');
    expect(await theo.refused('giveConsent', round)).toBe('NOT_ON_ROSTER'); // INV-34

    await ana.acts('adoptObjection', adoption);
    await consent([zoe, luc], round);
    const held = await read(ana, proposalId);
    expect(held).toMatchObject({
      phase: 'TestingObjection',
      lastRound: { outcome: 'objections', quorum: 4 },
      objections: { nodes: [{ status: 'open', by: named('Paul'), holder: named('Ana') }] },
    });
    expect(held.objections.nodes[0].steps.nodes).toContainEqual(
      expect.objectContaining({ kind: 'adopted', by: named('Ana'), argument: adoption.argument }),
    );
    const roster = held.lastRound.roster as { member: { name: string }; state: string }[];
    expect(roster.filter(({ state }) => state !== 'left')).toHaveLength(6);
    expect(roster).toContainEqual({ member: named('Paul'), state: 'left' });
    expect(await paul.refused('confirmResolved', { proposalId, objectionId, version: 1 })).toBe('NOT_A_MEMBER');
    await zoe.acts('proposeIntegration', { proposalId, objectionId, option: 'pilot', text: 'Trois mois d’essai.' });
    expect(await read(ana, proposalId)).toMatchObject({ phase: 'Integrating' });
    await ana.acts('confirmResolved', { proposalId, objectionId, version: 1 });
    const next = await ask(racines, meetingId, proposalId);
    expect(next.roundId).not.toBe(roundId);
    await consent(racines.people, next); // Théo takes part from this round on.
    expect(await read(ana, proposalId)).toMatchObject({ phase: 'Decided' });
    await zoe.acts('closeMeeting', { meetingId });
  });

  it('S14 INV-06 takes a ninth and a tenth only with a plan to divide, and never an eleventh', async () => {
    const { ronde, racines, cast, newcomer } = story;
    const { ana, zoe, marc } = cast;
    const newcomers: Person[] = [];
    for (const name of ['Rémi', 'Maya', 'Léo', 'Aïda', 'Noé']) newcomers.push(await newcomer(name));
    const [remi, maya, leo, aida, noe] = newcomers as [Person, Person, Person, Person, Person];
    ronde.itIs('2027-10-14T22:30:00.000Z');
    await decide(racines, ana, admitting(remi));
    racines.people = [...racines.people, remi];
    expect(await circle(ana)).toMatchObject({ persons: 8, strength: 'OnTarget', splitPlans: [] });

    const meetingId = await meet(racines);
    const proposalId = await hear(racines, meetingId, ana, admitting(maya));
    await ana.acts('keepVersion', { proposalId });
    expect(await zoe.tries('openConsentRound', { proposalId, meetingId, version: 1 })).toMatchObject({
      code: 'SPLIT_PLAN_NEEDED',
      details: [{ name: 'members', values: ['9'] }],
    });
    const amendment = { proposalId, baseVersion: 1, why: 'Nous serons neuf.' };
    const late = { plan: 'cercle Racines-Soir', due: '2028-03-01' };
    const { effect } = admitting(maya, late);
    await ana.acts('amendProposal', { ...amendment, effect });
    expect(await zoe.refused('openConsentRound', { proposalId, meetingId, version: 2 })).toBe('SPLIT_PLAN_TOO_FAR');
    const plan = { plan: 'cercle Racines-Soir', due: '2027-12-10' };
    await ana.acts('amendProposal', { ...amendment, baseVersion: 2, effect: admitting(maya, plan).effect });
    await consent(racines.people, await ask(racines, meetingId, proposalId, 3));
    expect(await read(ana, proposalId)).toMatchObject({ phase: 'Decided', effectRefusal: null });
    // The parent's members and the expert see it as the circle does.
    for (const reader of [ana, cast.omar, cast.solange])
      expect(await circle(reader)).toMatchObject({
        persons: 9,
        strength: 'OverStrength',
        splitPlans: [{ plan: plan.plan, dueOn: plan.due }],
        members: expect.arrayContaining([{ member: named('Maya') }]),
      });
    racines.people = [...racines.people, maya];

    // Two admissions of a tenth, asked about at once: the round of each could open, the circle takes one.
    const first = await askAbout(racines, meetingId, ana, admitting(leo, plan));
    const second = await askAbout(racines, meetingId, marc, admitting(aida, plan));
    await Promise.all([first, second].map((round) => consent(racines.people, round)));
    const [his, hers] = [await read(ana, first.proposalId), await read(ana, second.proposalId)];
    const refusals = [his, hers].map(({ effectRefusal }) => effectRefusal);
    expect(refusals).toContainEqual(null);
    expect(refusals).toContainEqual({ code: 'CIRCLE_FULL', message: expect.stringMatching(/at most 10 people/) });
    expect([his.phase, hers.phase]).toEqual(['Decided', 'Decided']);
    expect((await circle(ana)).persons).toBe(10);
    const waiting = 'query { me { waiting(first: 20) { nodes { kind proposal { id } } } } }';
    const lost = refusals[0] === null ? second : first;
    expect((await zoe.gets(waiting)).me.waiting.nodes).toContainEqual({
      kind: 'effectRefused',
      proposal: { id: lost.proposalId },
    });
    racines.people = [...racines.people, lost === first ? aida : leo];

    const eleventh = await hear(racines, meetingId, ana, admitting(noe, plan));
    await ana.acts('keepVersion', { proposalId: eleventh });
    const before = await circle(ana);
    expect(await zoe.refused('openConsentRound', { proposalId: eleventh, meetingId, version: 1 })).toBe('CIRCLE_FULL');
    expect(await circle(ana)).toEqual(before);
    await zoe.acts('closeMeeting', { meetingId });
  });
});
