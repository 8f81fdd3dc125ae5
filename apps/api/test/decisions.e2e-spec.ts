import { evening, openRacines, type Racines } from './racines.js';
import type { Person } from './support.js';
import { ask, askAbout, consent, hear, meet, present, type Round } from './ways.js';

let story: Racines;
beforeAll(async () => {
  story = await openRacines();
}, 120_000);
afterAll(() => story.ronde.close());

const proposalQuery = `query ($id: ID!) { proposal(id: $id) {
  phase version decidedOn
  lastRound { version outcome quorum roster { member { name } state } answers(first: 20) { nodes { kind by { name } version } } }
  rounds(first: 9) { nodes { version outcome answers(first: 20) { nodes { stands version } } } }
  versions(first: 9) { nodes { number base by { name } reviewOn measures text } }
  reactions(first: 50) { nodes { version by { name } } }
  objections(first: 9) { nodes { id version by { name } holder { name } status how resolvedIn argument } }
  agreement { status version text reviewOn measures effectiveFrom concerns { member { name } text } logEntry { label date } }
} }`;
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const read = async (reader: Person, id: string): Promise<any> => (await reader.gets(proposalQuery, { id })).proposal;
const others = (...but: Person[]): Person[] => story.racines.people.filter((it) => !but.includes(it));
const named = (name: string): { name: string } => ({ name });

describe('a decision of Cercle Racines', () => {
  it('S1 is reached when all seven consent: the agreement is in force, its concern attached, its entry numbered', async () => {
    const { ronde, racines, cast } = story;
    ronde.itIs(evening('2027-01-14'));
    const meetingId = await meet(racines);
    const matter = { title: 'Rencontres le 2e jeudi', text: 'Nous nous réunissons le 2e jeudi du mois.' };
    const round = await askAbout(racines, meetingId, cast.ana, { ...matter, reviewOn: '2027-07-15' });
    await consent(others(cast.paul), round);
    expect(await read(cast.ana, round.proposalId)).toMatchObject({ phase: 'ConsentRound', agreement: null });
    await cast.paul.acts('giveConsent', { ...round, concern: 'stationnement' });

    expect(await read(cast.ana, round.proposalId)).toMatchObject({
      phase: 'Decided',
      decidedOn: '2027-01-14',
      lastRound: { version: 1, outcome: 'consent', quorum: 5 },
      agreement: {
        status: 'InForce',
        version: 1,
        text: matter.text,
        reviewOn: '2027-07-15',
        effectiveFrom: '2027-01-14',
        concerns: [{ member: named('Paul'), text: 'stationnement' }],
        logEntry: { label: '2027-01', date: '2027-01-14' },
      },
    });
    await cast.zoe.acts('closeMeeting', { meetingId });
  });

  it('S2 takes two objections in, and is reached on version 3 with the answers to 1 and 2 void', async () => {
    const { ronde, racines, cast } = story;
    const { ana, ines, luc, paul, zoe } = cast;
    ronde.itIs(evening('2027-02-11'));
    const meetingId = await meet(racines);
    const first = await askAbout(racines, meetingId, ana, { title: 'Frais 40 $', text: 'Un atelier coûte 40 $.' });
    const { proposalId } = first;
    await consent(others(ines), first);
    const hindered = { kind: 'HindersCircleAim', affects: 'Notre but est l’accès de tous.' };
    await ines.acts('raiseObjection', { ...first, ...hindered, argument: 'Des étudiants partiront.' });
    expect((await read(ana, proposalId)).phase).toBe('TestingObjection');

    const amend = async (baseVersion: number, objectionId: string, changes: object): Promise<void> => {
      await zoe.acts('proposeIntegration', { proposalId, objectionId, option: 'amendText' });
      const amendment = { proposalId, baseVersion, why: 'Pour que personne ne parte.', objectionIds: [objectionId] };
      await ana.acts('amendProposal', { ...amendment, ...changes });
    };
    const openObjection = async (): Promise<string> =>
      (await read(ana, proposalId)).objections.nodes.find((it: { status: string }) => it.status === 'open').id;

    const hers = await openObjection();
    await amend(1, hers, { text: 'Un atelier coûte 40 $, ou 20 $ sur demande.' });
    expect(await zoe.refused('openConsentRound', { proposalId, meetingId, version: 2 })).toBe('OBJECTIONS_OPEN');
    await ines.acts('confirmResolved', { proposalId, objectionId: hers, version: 2 });

    const second = await ask(racines, meetingId, proposalId, 2);
    expect((await read(ana, proposalId)).lastRound.roster.map((it: { state: string }) => it.state)).toEqual(
      Array.from({ length: 7 }, () => 'owed'),
    );
    await consent(others(luc, ines), second);
    // INV-40: what she answered to version 1 is no answer to version 2.
    expect(await ines.refused('giveConsent', first)).toBe('ANSWER_TO_ANOTHER_VERSION');
    expect(await ines.refused('giveConsent', { ...second, version: 1 })).toBe('ANSWER_TO_ANOTHER_VERSION');
    expect(await zoe.refused('closeConsentRound', { proposalId, meetingId })).toBe('ANSWERS_MISSING');
    await consent([ines], second);
    const words = { kind: 'HindersMyWork', affects: 'La tenue de la caisse.' };
    await luc.acts('raiseObjection', { ...second, ...words, argument: 'La caisse ne peut l’absorber.' });

    const his = await openObjection();
    const limited = 'Un atelier coûte 40 $, ou 20 $ sur demande pour dix places.';
    await amend(2, his, { text: limited, reviewOn: '2027-05-11', measures: ['étudiants inscrits'] });
    expect(await ines.refused('confirmResolved', { proposalId, objectionId: his, version: 3 })).toBe(
      'NOT_THE_OBJECTOR',
    );
    await luc.acts('confirmResolved', { proposalId, objectionId: his, version: 3 });
    const third = await ask(racines, meetingId, proposalId, 3);
    expect(await zoe.refused('giveConsent', second)).toBe('ANSWER_TO_ANOTHER_VERSION');
    await consent(racines.people, third);

    const decided = await read(ana, proposalId);
    expect(decided).toMatchObject({
      phase: 'Decided',
      version: 3,
      agreement: { version: 3, text: limited, reviewOn: '2027-05-11', measures: ['étudiants inscrits'] },
    });
    const compare = `query ($id: ID!) { proposal(id: $id) { comparison(from: 1, to: 3) { changes { field parts { kind text } } }
      nowhere: comparison(from: 1, to: 9) { from } } }`;
    const { proposal } = await paul.gets(compare, { id: proposalId });
    const changes = proposal.comparison.changes as { field: string; parts: { kind: string; text: string }[] }[];
    expect(changes.map(({ field }) => field)).toEqual(['text', 'measures', 'reviewOn']);
    const after = changes[0]!.parts.filter(({ kind }) => kind !== 'removed').map(({ text }) => text);
    expect(after.join('')).toBe(limited);
    expect(proposal.nowhere).toBeNull();
    expect(decided.objections.nodes).toHaveLength(2);
    expect(decided.objections.nodes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ by: named('Inès'), version: 1, status: 'resolved', how: 'amended', resolvedIn: 2 }),
        expect.objectContaining({ by: named('Luc'), version: 2, status: 'resolved', how: 'amended', resolvedIn: 3 }),
      ]),
    );
    const rounds = decided.rounds.nodes as { version: number; outcome: string }[];
    expect(rounds.map(({ version, outcome }) => [version, outcome]).sort()).toEqual([
      [1, 'objections'],
      [2, 'objections'],
      [3, 'consent'],
    ]);
    await zoe.acts('closeMeeting', { meetingId });
  });

  it('S3 INV-36 INV-38 hears no objection without an argument, and lets nobody discard one that has', async () => {
    const { ronde, racines, cast } = story;
    const { ana, paul, zoe } = cast;
    ronde.itIs(evening('2027-03-11'));
    const meetingId = await meet(racines);
    const round = await askAbout(racines, meetingId, ana, {
      title: 'Salle du marché',
      text: 'Nous y louons une salle.',
    });
    const { proposalId, roundId, version } = round;
    const objection = { ...round, kind: 'RiskTooHigh', affects: 'Nos finances.' };
    expect(await paul.refused('raiseObjection', objection)).toBe('OBJECTION_WITHOUT_ARGUMENT');
    const wordless = { ...round, kind: 'RiskTooHigh', argument: 'Le bail est de trois ans.' };
    expect(await paul.refused('raiseObjection', wordless)).toBe('OBJECTION_WITHOUT_LINK');
    // The time that Zoé offers to word it: his answer is still owed.
    await consent(others(paul), round);
    const owed = (await read(ana, proposalId)).lastRound.roster.filter((it: { state: string }) => it.state === 'owed');
    expect(owed).toEqual([{ member: named('Paul'), state: 'owed' }]);
    await paul.acts('raiseObjection', { ...objection, argument: 'Le bail est de trois ans.' });

    const [{ id: objectionId }] = (await read(ana, proposalId)).objections.nodes;
    for (const [officer, verb, input, code] of [
      [zoe, 'confirmResolved', { proposalId, objectionId, version }, 'NOT_THE_OBJECTOR'],
      [ana, 'confirmResolved', { proposalId, objectionId, version }, 'NOT_THE_OBJECTOR'],
      [zoe, 'openConsentRound', { proposalId, meetingId, version }, 'OBJECTIONS_OPEN'],
      [zoe, 'closeConsentRound', { proposalId, meetingId }, 'ROUND_NOT_OPEN'],
      [zoe, 'giveConsent', { ...round, by: paul.memberId, channel: 'voice', meetingId }, 'ROUND_NOT_OPEN'],
      [zoe, 'adoptObjection', { proposalId, objectionId, argument: 'Non.', affects: 'Rien.' }, 'OBJECTOR_STILL_MEMBER'],
      [zoe, 'disputeAnswer', { proposalId, roundId }, 'ROUND_NOT_OPEN'],
    ] as const)
      expect([verb, await officer.refused(verb, input)]).toEqual([verb, code]);
    expect((await read(ana, proposalId)).objections.nodes).toMatchObject([{ status: 'open', holder: named('Paul') }]);
    await paul.acts('confirmResolved', { proposalId, objectionId, version });
    await zoe.acts('closeMeeting', { meetingId });
  });

  it('S10 INV-41 takes one of two amendments written on version 2; the other is rebased and becomes version 4', async () => {
    const { ronde, racines, cast } = story;
    const { ana, paul, zoe } = cast;
    ronde.itIs('2027-04-08T22:30:00.000Z');
    const meetingId = await meet(racines);
    const matter = { title: 'Accueil', text: 'Une personne accueille.' };
    const proposalId = await hear(racines, meetingId, ana, matter);
    await ana.acts('welcomeCoAuthor', { proposalId, memberId: paul.memberId });
    const amendment = { proposalId, why: 'Ce que nous avons entendu.' };
    await ana.acts('amendProposal', { ...amendment, baseVersion: 1, text: 'Deux accueillent.', substantial: true });
    await zoe.acts('openClarifying', { proposalId, meetingId });
    await zoe.acts('openReacting', { proposalId, meetingId });
    for (const person of [...others(ana), ana]) await person.acts('recordReaction', { proposalId, text: 'Bien.' });
    await zoe.acts('closeReactions', { proposalId, meetingId });

    ronde.itIs('2027-04-08T23:02:01.000Z');
    await ana.acts('amendProposal', { ...amendment, baseVersion: 2, text: 'Deux accueillent, à tour de rôle.' });
    ronde.itIs('2027-04-08T23:02:03.000Z');
    const his = { ...amendment, text: 'Deux accueillent, un mois chacun.' };
    expect(await paul.tries('amendProposal', { ...his, baseVersion: 2 })).toEqual({
      __typename: 'Refused',
      code: 'BASE_NOT_LATEST',
      message: expect.stringMatching(/version 2.*version 3/),
      details: expect.arrayContaining([
        { name: 'base', values: ['2'] },
        { name: 'latest', values: ['3'] },
      ]),
    });
    expect(await paul.acts('amendProposal', { ...his, baseVersion: 3 })).toMatchObject({ version: 4 });

    const { versions, reactions, rounds, phase } = await read(ana, proposalId);
    expect(versions.nodes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ number: 3, base: 2, by: named('Ana') }),
        expect.objectContaining({ number: 4, base: 3, by: named('Paul') }),
      ]),
    );
    expect(reactions.nodes.filter((it: { version: number }) => it.version === 2)).toHaveLength(7);
    expect({ phase, rounds: rounds.nodes }).toEqual({ phase: 'Amending', rounds: [] });
    await zoe.acts('closeMeeting', { meetingId });
  });
});

describe('an answer', () => {
  it('entered from a present person’s voice tells by whom and how, and may be disputed while the round is open', async () => {
    const { ronde, racines, cast } = story;
    const { ana, lise, zoe, luc, paul } = cast;
    ronde.itIs('2027-04-22T22:30:00.000Z');
    const meetingId = await meet(racines);
    const round: Round = await askAbout(racines, meetingId, ana, { title: 'Thé', text: 'Du thé à la pause.' });
    const spoken = { ...round, meetingId, by: lise.memberId, channel: 'voice' };
    expect(await paul.refused('giveConsent', spoken)).toBe('NO_PROXY'); // INV-44
    await luc.acts('giveConsent', spoken);
    const entered = `query ($id: ID!) { proposal(id: $id) { lastRound { answers(first: 9) { nodes {
      by { name } enteredBy { name } channel disputed stands } } } } }`;
    const answers = async () =>
      (await lise.gets(entered, { id: round.proposalId })).proposal.lastRound.answers.nodes as object[];
    const hers = { by: named('Lise'), enteredBy: named('Luc'), channel: 'voice' };
    expect(await answers()).toEqual([{ ...hers, disputed: false, stands: true }]);
    await lise.acts('disputeAnswer', { proposalId: round.proposalId, roundId: round.roundId });
    expect(await answers()).toEqual([{ ...hers, disputed: true, stands: false }]);
    await consent(racines.people, round);
    expect(await read(ana, round.proposalId)).toMatchObject({ phase: 'Decided' });
    await zoe.acts('closeMeeting', { meetingId });
  });

  it('INV-31 INV-33 is asked for nothing that was not presented with a review date, clarified and reacted to', async () => {
    const { racines, cast } = story;
    const { ana, zoe } = cast;
    const meetingId = await meet(racines);
    const { id: proposalId } = await ana.acts('draftProposal', {
      circleId: racines.circleId,
      title: 'Sans date',
      text: 'Un texte.',
      need: 'Un besoin.',
      example: 'Un exemple.',
    });
    expect(await ana.refused('presentProposal', { proposalId, meetingId })).toBe('PROPOSAL_INCOMPLETE');
    const round = { proposalId, meetingId, version: 1 };
    expect(await zoe.refused('openConsentRound', round)).toBe('CLARIFY_AND_REACT_FIRST');
    const unheard = await present(racines, meetingId, ana, { title: 'Pas entendue', text: 'Un texte.' });
    const asking = { proposalId: unheard, meetingId, version: 1 };
    expect(await zoe.refused('openConsentRound', asking)).toBe('CLARIFY_AND_REACT_FIRST');
    expect(await zoe.refused('openReacting', { proposalId: unheard, meetingId })).toBe('PHASE_SKIPPED');
    await zoe.acts('closeMeeting', { meetingId });
  });
});
