import { evening, openRacines, type Racines } from './racines.js';
import type { Person } from './support.js';
import { askAbout, callElection, consent, hear, meet, type Round } from './ways.js';

let story: Racines;
let round: Round;
let electionId: string;
beforeAll(async () => {
  story = await openRacines();
  const { ronde, racines, cast } = story;
  ronde.itIs(evening('2027-01-14'));
  const held = await callElection(racines, 'secretary', 'expiry', '2028-12-31');
  electionId = held.electionId;
  round = await askAbout(racines, held.meetingId, cast.ana, { title: 'Frais', text: 'Un atelier coûte 40 $.' });
});
afterAll(() => story.ronde.close());

/** Where the record of both circles ends. */
async function ends(): Promise<unknown> {
  const { cast, racines, general } = story;
  const query = `query ($here: ID!, $above: ID!) {
    here: auditTrail(circleId: $here, first: 1) { nodes { position type } }
    above: auditTrail(circleId: $above, first: 1) { nodes { position type } } }`;
  return cast.marc.gets(query, { here: racines.circleId, above: general.circleId });
}

describe('a click that is sent twice', () => {
  it('does one thing and is answered the same, at once or one after the other', async () => {
    const { ana, ines, luc, zoe, paul } = story.cast;
    const { circleId } = story.racines;
    const words = { title: 'Deux fois', text: 'Un texte.' };
    const clicks: [Person, string, Record<string, unknown>, Record<string, unknown>][] = [
      [ana, 'draftProposal', { circleId, ...words }, { title: 'Autre' }],
      [luc, 'giveConsent', { ...round, concern: 'La salle.' }, { concern: 'Autre.' }],
      [
        paul,
        'raiseObjection',
        { ...round, kind: 'RiskTooHigh', argument: 'Trop.', affects: 'Tout.' },
        { argument: 'Peu.' },
      ],
      [ines, 'nominate', { electionId, nominee: luc.memberId }, { nominee: ana.memberId }],
      [zoe, 'callElection', { circleId, office: 'facilitator', cause: 'expiry' }, { office: 'secondLink' }],
    ];
    for (const [person, verb, input, other] of clicks) {
      const click = { ...input, commandId: `click-${verb}` };
      const answers = await Promise.all([person.acts(verb, click), person.acts(verb, click)]);
      const after = await ends();
      expect([verb, await person.acts(verb, click)]).toEqual([verb, answers[0]]);
      expect(answers[1]).toEqual(answers[0]);
      expect([verb, await person.refused(verb, { ...click, ...other })]).toEqual([verb, 'COMMAND_ID_REUSED']);
      expect(await ends()).toEqual(after);
    }
    const drafts = 'query ($id: ID!) { proposals(circleId: $id, phases: [Draft]) { nodes { draft { title } } } }';
    expect((await ana.gets(drafts, { id: circleId })).proposals.nodes).toEqual([{ draft: { title: words.title } }]);
  });
});

describe('two commands that race', () => {
  it('INV-41 two amendments on one base: one is version 2, the other is refused', async () => {
    const { racines, cast } = story;
    const { ana, paul, zoe } = cast;
    const meetingId = await meet(racines);
    const proposalId = await hear(racines, meetingId, ana, { title: 'Accueil', text: 'Une personne accueille.' });
    await ana.acts('welcomeCoAuthor', { proposalId, memberId: paul.memberId });
    const amendment = { proposalId, baseVersion: 1, why: 'Entendu.' };
    const answers = await Promise.all(
      [ana, paul].map((it) => it.tries('amendProposal', { ...amendment, text: `Deux, dit ${it.name}.` })),
    );
    expect(answers.filter(({ version }) => version === 2)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'BASE_NOT_LATEST')).toHaveLength(1);
    await zoe.acts('closeMeeting', { meetingId });
  });

  it('two last answers: the circle decides once, with one agreement and one entry', async () => {
    const { racines, cast } = story;
    const { ana, luc, lise, zoe } = cast;
    const meetingId = await meet(racines);
    const last = await askAbout(racines, meetingId, ana, { title: 'Une fois', text: 'Une seule décision.' });
    await consent(
      racines.people.filter((it) => it !== luc && it !== lise),
      last,
    );
    const answers = await Promise.all([luc, lise].map((it) => it.tries('giveConsent', last)));
    expect(answers.map(({ __typename }) => __typename)).toEqual(['Proposal', 'Proposal']);
    const query = `query ($circleId: ID!) { auditTrail(circleId: $circleId, first: 12) { nodes { type stream } }
      logEntries(circleId: $circleId, first: 20) { nodes { subjectId } } agreements(circleId: $circleId, first: 20) { nodes { proposalId } } }`;
    const { auditTrail, logEntries, agreements } = await zoe.gets(query, { circleId: racines.circleId });
    const of = (it: object): boolean => Object.values(it).some((value) => String(value).includes(last.proposalId));
    const written = auditTrail.nodes.filter(of).map(({ type }: { type: string }) => type);
    expect(written.filter((it: string) => it === 'DecisionReached' || it === 'ConsentRoundClosed').sort()).toEqual([
      'ConsentRoundClosed',
      'DecisionReached',
    ]);
    expect([logEntries.nodes.filter(of).length, agreements.nodes.filter(of).length]).toEqual([1, 1]);
    await zoe.acts('closeMeeting', { meetingId });
  });

  it('two rounds on one proposal: one is opened', async () => {
    const { racines, cast } = story;
    const { ana, zoe } = cast;
    const meetingId = await meet(racines);
    const proposalId = await hear(racines, meetingId, ana, { title: 'Un tour', text: 'Un seul tour.' });
    await ana.acts('keepVersion', { proposalId });
    const opening = { proposalId, meetingId, version: 1 };
    const answers = await Promise.all([1, 2].map(() => zoe.tries('openConsentRound', opening)));
    expect(answers.map(({ code, __typename }) => code ?? __typename).sort()).toEqual(['Proposal', 'WRONG_PHASE']);
    await zoe.acts('closeMeeting', { meetingId });
  });
});
