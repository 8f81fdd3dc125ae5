import { agreementFrom, agreementRead, change } from './agreements.js';
import { evening, openRacines, type Racines } from './racines.js';
import { askAbout, consent, decide, type Matter, meet } from './ways.js';

let story: Racines;
beforeAll(async () => {
  story = await openRacines({ MAX_QUERY_COST: '1000000' });
}, 120_000);
afterAll(() => story.ronde.close());

const read = (id: string) => agreementRead(story.cast.ana, id);

/** The agreement that Ana's matter became on a day. */
async function agreed(day: string, matter: Matter): Promise<string> {
  story.ronde.itIs(evening(day));
  return agreementFrom(story.cast.ana, await decide(story.racines, story.cast.ana, matter));
}

/** What happened to it, as words. */
const momentsOf = async (id: string): Promise<string[]> =>
  (await read(id)).moments.nodes.map(({ kind, day }: { kind: string; day: string }) => `${kind} ${day}`);

describe('an agreement that time changes', () => {
  it('S12 INV-51 a pilot lapses sixty days after its review, is cited no more, and what it replaced does not revive', async () => {
    const { ronde, racines, cast } = story;
    const before = { title: 'Écoute', text: 'Nous écoutons dans la salle.' };
    const replaced = await agreed('2026-12-10', before);
    const pilot = { title: 'Écoute en ligne', text: 'Nous écoutons en ligne.', reviewOn: '2027-06-30' };
    const onMissedReview = 'Lapse' as const;
    const id = await agreed('2026-12-17', { ...pilot, onMissedReview, ...change(replaced, 1, 'supersede') });
    const statusOn = async (day: string): Promise<string> => {
      ronde.itIs(evening(day));
      return (await read(id)).status;
    };
    expect(await read(id)).toMatchObject({ status: 'InForce', lapsesOn: '2027-08-29' });
    // At the review meeting Inès objects to continuing; no version satisfies.
    ronde.itIs(evening('2027-06-24'));
    const meetingId = await meet(racines);
    const renewal = { ...pilot, reviewOn: '2027-12-30', onMissedReview, ...change(id, 1, 'renew') };
    const round = await askAbout(racines, meetingId, cast.ana, renewal);
    const harm = { kind: 'HarmBeyondCircle', affects: 'Les participants.' };
    await cast.ines.acts('raiseObjection', { ...round, ...harm, argument: 'Des enregistrements ont circulé.' });
    await consent(
      racines.people.filter((it) => it !== cast.ines),
      round,
    );
    await cast.zoe.acts('closeMeeting', { meetingId });

    expect(await statusOn('2027-06-29')).toBe('InForce');
    expect(await statusOn('2027-06-30')).toBe('ReviewDue');
    // The process was away: what it missed is told in order, each with its own day.
    expect(await statusOn('2027-08-28')).toBe('ReviewOverdue');
    expect(await momentsOf(id)).toEqual(['tookEffect 2026-12-17']);
    await ronde.timePasses();
    expect(await momentsOf(id)).toEqual([
      ...['tookEffect 2026-12-17', 'reviewDue 2027-06-30', 'reviewOverdue 2027-07-30'],
    ]);
    const citing = { ...before, circleId: racines.circleId, need: 'Un besoin.', example: 'Un exemple.' };
    const { id: proposalId } = await cast.ana.acts('draftProposal', citing);
    const second = await meet(racines);
    const presenting = { proposalId, meetingId: second, reviewOn: '2027-12-31', measures: [], cites: [id] };
    // Nobody waits for the announcement.
    expect(await statusOn('2027-08-29')).toBe('Lapsed');
    expect(await cast.ana.refused('presentProposal', presenting)).toBe('AGREEMENT_NOT_IN_FORCE');
    expect(await cast.ana.refused('draftProposal', { ...citing, ...change(id, 1, 'amend') })).toBe(
      'AGREEMENT_NOT_IN_FORCE',
    );
    await ronde.timePasses();
    expect((await momentsOf(id)).at(-1)).toBe('lapsed 2027-08-29');
    expect((await read(replaced)).status).toBe('Superseded');
    const { proposalId: late } = round;
    const opening = { proposalId: late, meetingId: second, version: 1 };
    const objections = 'query ($id: ID!) { proposal(id: $id) { objections { nodes { id } } } }';
    const [{ id: objectionId }] = (await cast.ana.gets(objections, { id: late })).proposal.objections.nodes;
    await cast.ines.acts('confirmResolved', { proposalId: late, objectionId, version: 1 });
    expect(await cast.zoe.refused('openConsentRound', opening)).toBe('AGREEMENT_NOT_IN_FORCE');
    await cast.zoe.acts('closeMeeting', { meetingId: second });
  });

  it('is read in words in the record', async () => {
    const trail = `query ($id: ID!) { auditTrail(circleId: $id, first: 20, types: ["ReviewBecameDue", "ReviewBecameOverdue",
      "AgreementLapsed"]) { nodes { fr en member { id } } } }`;
    const { auditTrail } = await story.cast.ana.gets(trail, { id: story.racines.circleId });
    const told = JSON.stringify(auditTrail.nodes);
    expect(told).toContain('L’entente est échue le 2027-08-29; ce qu’elle remplaçait ne revit pas.');
    expect(told).toContain('The review of the agreement is overdue since 2027-07-30.');
    expect(new Set(auditTrail.nodes.map(({ member }: { member: unknown }) => member))).toEqual(new Set([null]));
  });
});
