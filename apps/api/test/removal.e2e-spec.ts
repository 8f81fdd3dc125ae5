import { evening, openRacines, type Racines } from './racines.js';
import type { Person } from './support.js';
import { askAbout, consent, hear, meet } from './ways.js';

let story: Racines;
beforeAll(async () => {
  story = await openRacines({ MAX_QUERY_COST: '1000000' });
});
afterAll(() => story.ronde.close());

const matter = () => ({
  title: 'Retirer Luc du cercle',
  text: 'Luc n’est plus membre du cercle.',
  effect: { removeMember: { memberId: story.cast.luc.memberId } },
});
const read = async (by: Person, id: string) =>
  (
    await by.gets(
      `query ($id: ID!) { proposal(id: $id) { phase effect { removeMember { member { name } } } effectRefusal { code }
        lastRound { fundamental roster { member { name } } } objections { nodes { id } } } }`,
      { id },
    )
  ).proposal;

describe('a proposal to remove a member', () => {
  it('S15 INV-24 hears them, asks the others, and is withdrawn where an objection finds another way', async () => {
    const { ronde, racines, cast } = story;
    const { ana, zoe, luc, paul, ines } = cast;
    ronde.itIs(evening('2027-10-14'));
    const meetingId = await meet(racines);
    const { id: proposalId } = await ana.acts<{ id: string }>('draftProposal', {
      ...{ circleId: racines.circleId, need: 'Le cahier est en retard.', example: 'Depuis août.', ...matter() },
    });
    await ana.acts('presentProposal', { proposalId, meetingId, reviewOn: ronde.day(180), measures: [] });
    await zoe.acts('openClarifying', { proposalId, meetingId });
    await luc.acts('askClarification', { proposalId, text: 'Pourquoi ne pas m’en avoir parlé?' });
    const { proposal } = await ana.gets('query ($id: ID!) { proposal(id: $id) { questions { nodes { id } } } }', {
      id: proposalId,
    });
    const [{ id: questionId }] = proposal.questions.nodes;
    await ana.acts('answerClarification', { proposalId, questionId, text: 'J’aurais dû.' });
    await zoe.acts('openReacting', { proposalId, meetingId });
    for (const person of [...racines.people.filter((it) => it !== ana), ana])
      await person.acts('recordReaction', { proposalId, text: `${person.name} a entendu.` });
    await zoe.acts('closeReactions', { proposalId, meetingId });
    await ana.acts('keepVersion', { proposalId });
    const { lastRound } = await zoe.acts<{ lastRound: { id: string } }>('openConsentRound', {
      ...{ proposalId, meetingId, version: 1 },
    });
    const round = { proposalId, roundId: lastRound.id, version: 1 };
    const shown = await read(luc, proposalId);
    expect(shown.effect.removeMember.member).toEqual({ name: 'Luc' });
    expect(shown.lastRound.fundamental).toBe(true);
    expect(shown.lastRound.roster.map(({ member }: { member: { name: string } }) => member.name)).not.toContain('Luc');
    expect(await luc.refused('giveConsent', round)).toBe('NOT_ON_ROSTER');
    const words = { argument: 'Nous n’avons pas essayé de revoir son rôle.', affects: 'Notre entraide.' };
    expect(await luc.refused('raiseObjection', { ...round, kind: 'HindersMyWork', ...words })).toBe('NOT_ON_ROSTER');
    await ines.acts('raiseObjection', { ...round, kind: 'HindersCircleAim', ...words });
    await consent(
      racines.people.filter((it) => it !== luc && it !== ines),
      round,
    );
    const [{ id: objectionId }] = (await read(ana, proposalId)).objections.nodes;
    await paul.acts('proposeIntegration', {
      ...{ proposalId, objectionId, option: 'addMeasure', text: 'Revoir son rôle avant le 1er février 2028.' },
    });
    await ana.acts('withdrawProposal', { proposalId, reason: 'Nous revoyons d’abord le rôle de secrétaire.' });
    expect((await read(ana, proposalId)).phase).toBe('Withdrawn');
    await zoe.acts('closeMeeting', { meetingId });
  });

  it('is refused for somebody who is no member, before anybody is asked', async () => {
    const { ronde, racines, cast, newcomer } = story;
    ronde.itIs(evening('2027-10-21'));
    const meetingId = await meet(racines);
    const stranger = await newcomer('Rémi');
    const removing = { ...matter(), effect: { removeMember: { memberId: stranger.memberId } } };
    const proposalId = await hear(racines, meetingId, cast.ana, removing);
    await cast.ana.acts('keepVersion', { proposalId });
    const opening = { proposalId, meetingId, version: 1 };
    expect(await cast.zoe.refused('openConsentRound', opening)).toBe('NOBODY_TO_REMOVE');
    await cast.zoe.acts('closeMeeting', { meetingId });
  });

  it('takes effect by itself once the others consent: membership, offices and what waited end', async () => {
    const { ronde, racines, cast } = story;
    const { ana, zoe, luc } = cast;
    ronde.itIs(evening('2027-11-11'));
    const meetingId = await meet(racines);
    const pending = await askAbout(racines, meetingId, ana, { title: 'Le thé', text: 'Chacun apporte son thé.' });
    const waits = '{ me { waitingDecisions { nodes { proposal { id } } } } }';
    expect((await luc.gets(waits)).me.waitingDecisions.nodes).toHaveLength(1);
    const round = await askAbout(racines, meetingId, ana, matter());
    await consent(
      racines.people.filter((it) => it !== luc),
      round,
    );
    const after = await read(ana, round.proposalId);
    expect(after).toMatchObject({ phase: 'Decided', effectRefusal: null });
    const { circle, auditTrail } = await ana.gets(
      `query ($id: ID!) { circle(id: $id) { members { member { name } } offices { office holder { name } } }
        auditTrail(circleId: $id, first: 5, types: ["MemberRemoved", "OfficeVacated"]) { nodes { sentence } } }`,
      { id: racines.circleId },
      { locale: 'fr' },
    );
    const names = circle.members.map(({ member }: { member: { name: string } }) => member.name);
    expect(names).not.toContain('Luc');
    expect(circle.offices.map(({ office }: { office: string }) => office)).not.toContain('secretary');
    expect(auditTrail.nodes.map(({ sentence }: { sentence: string }) => sentence)).toEqual(
      expect.arrayContaining([
        'Le cercle a décidé que Luc n’en est plus membre.',
        'La fonction de Luc a pris fin (secrétariat), par décision du cercle.',
      ]),
    );
    expect((await luc.gets(waits)).me.waitingDecisions.nodes).toEqual([]);
    expect(await luc.refused('giveConsent', pending)).toBe('NOT_A_MEMBER');
    expect(await luc.refused('openMeeting', { circleId: racines.circleId, present: [] })).toBe('NOT_A_MEMBER');
    // The round that was under way goes on among those who remain.
    await consent(
      racines.people.filter((it) => it !== luc),
      pending,
    );
    expect((await read(zoe, pending.proposalId)).phase).toBe('Decided');
  });
});
