import { agreementFrom, agreementRead, change } from './agreements.js';
import { evening, openRacines, type Racines } from './racines.js';
import type { Person } from './support.js';
import { ask, askAbout, consent, decide, hear, type Matter, meet } from './ways.js';

let story: Racines;
beforeAll(async () => {
  story = await openRacines({ MAX_QUERY_COST: '1000000' });
}, 120_000);
afterAll(() => story.ronde.close());

const read = (id: string) => agreementRead(story.cast.ana, id);
const agreementOf = (proposalId: string) => agreementFrom(story.cast.ana, proposalId);

const room = { title: 'La salle du marché', text: 'Nous louons la salle du marché.' };
/** A matter that Ana brings and everybody consents to, on a day. Answers the proposal. */
async function decided(day: string, matter: Matter & { readonly agreement?: object }): Promise<string> {
  story.ronde.itIs(evening(day));
  return decide(story.racines, story.cast.ana, matter);
}

const warningsOf = async (by: Person, id: string): Promise<string[]> =>
  (await by.gets('query ($id: ID!) { proposal(id: $id) { latestVersion { warnings } } }', { id })).proposal
    .latestVersion.warnings;

describe('an agreement that decisions change', () => {
  let agreementId: string;

  it('INV-50 is renewed by a round of its own: a new version, with new dates', async () => {
    const first = await decided('2027-01-14', { ...room, reviewOn: '2027-07-15' });
    agreementId = await agreementOf(first);
    const renewal = { ...room, title: 'Garder la salle', reviewOn: '2027-12-09', ...change(agreementId, 1, 'renew') };
    const second = await decided('2027-07-08', renewal);
    expect(await agreementOf(second)).toBe(agreementId);
    expect(await read(agreementId)).toMatchObject({
      ...{ status: 'InForce', version: 2, text: room.text, reviewOn: '2027-12-09', logEntry: { label: '2027-02' } },
      versions: {
        nodes: [
          { number: 1, how: 'tookEffect', reviewOn: '2027-07-15', proposal: { id: first } },
          { number: 2, how: 'renewed', reviewOn: '2027-12-09', decidedOn: '2027-07-08', proposal: { id: second } },
        ],
      },
    });
  });

  it('says what is wrong with a change before anybody is asked', async () => {
    const { racines, cast } = story;
    const words = { ...room, circleId: racines.circleId };
    const drafting = (it: object): Promise<string> => cast.ana.refused('draftProposal', { ...words, ...it });
    expect(await drafting(change(agreementId, 1, 'amend'))).toBe('AGREEMENT_BASE_CHANGED');
    expect(await drafting(change('nowhere', 1, 'amend'))).toBe('AGREEMENT_UNKNOWN');
    const admission = { effect: { admitMember: { memberId: cast.hugo.memberId } } };
    expect(await drafting({ ...change(agreementId, 2, 'amend'), ...admission })).toBe('AGREEMENT_CHANGE_WITH_EFFECT');
    const elsewhere = { ...words, circleId: story.general.circleId, ...change(agreementId, 2, 'amend') };
    expect(await cast.omar.refused('draftProposal', elsewhere)).toBe('AGREEMENT_OF_ANOTHER_CIRCLE');
    const other = { ...words, text: 'Une autre salle.', need: 'Un besoin.', example: 'Un exemple.' };
    const { id } = await cast.ana.acts('draftProposal', { ...other, ...change(agreementId, 2, 'renew') });
    const meetingId = await meet(racines);
    const presenting = { proposalId: id, meetingId, reviewOn: '2027-12-31', measures: [] };
    expect(await cast.ana.refused('presentProposal', presenting)).toBe('RENEWAL_CHANGES_TEXT');
    await cast.zoe.acts('closeMeeting', { meetingId });
  });

  it('INV-54 is amended by the first of two; the second goes back to its author, who writes it on what counts', async () => {
    const { racines, cast, ronde } = story;
    ronde.itIs(evening('2027-07-15'));
    const meetingId = await meet(racines);
    const amendment = (text: string): Matter => ({ title: text, text, ...change(agreementId, 2, 'amend') });
    const slow = await askAbout(racines, meetingId, cast.paul, amendment('Nous louons deux salles.'));
    expect(await warningsOf(cast.ana, slow.proposalId)).toEqual([]);
    const quick = await hear(racines, meetingId, cast.ana, amendment('Nous louons la petite salle.'));
    const late = await hear(racines, meetingId, cast.lise, amendment('Nous louons la grande salle.'));
    for (const it of [slow.proposalId, quick, late])
      expect(await warningsOf(cast.ana, it)).toEqual(['AGREEMENT_UNDER_CHANGE']);
    await cast.ana.acts('keepVersion', { proposalId: quick });
    await consent(racines.people, await ask(racines, meetingId, quick));
    expect(await read(agreementId)).toMatchObject({ version: 3, text: 'Nous louons la petite salle.' });

    // Asked already: heard to the end, then void, with its own cause.
    await consent(racines.people, slow);
    const outcome = `query ($id: ID!) { proposal(id: $id) { phase agreement { id } lastRound { outcome voidCause
      answers(first: 20) { nodes { kind } } } } }`;
    const { proposal } = await cast.paul.gets(outcome, { id: slow.proposalId });
    expect(proposal).toMatchObject({ phase: 'Amending', agreement: null });
    expect(proposal.lastRound).toMatchObject({ outcome: 'voided', voidCause: 'agreementChanged' });
    expect(proposal.lastRound.answers.nodes).toHaveLength(7);
    // Not asked yet: no round opens on it.
    await cast.lise.acts('keepVersion', { proposalId: late });
    const opening = { proposalId: late, meetingId, version: 1 };
    expect(await cast.zoe.refused('openConsentRound', opening)).toBe('AGREEMENT_BASE_CHANGED');

    const rebased = { proposalId: slow.proposalId, baseVersion: 1, why: 'La petite salle est décidée.' };
    await cast.paul.acts('amendProposal', { ...rebased, ...change(agreementId, 3, 'amend') });
    await consent(racines.people, await ask(racines, meetingId, slow.proposalId, 2));
    expect(await read(agreementId)).toMatchObject({ version: 4, text: 'Nous louons deux salles.' });
    await cast.zoe.acts('closeMeeting', { meetingId });
  });

  it('is superseded by another, and that one repealed; neither is cited or changed any more, and nothing revives', async () => {
    const { racines, cast } = story;
    const gift = { title: 'Chez Marc', text: 'Nous nous voyons chez Marc.', ...change(agreementId, 4, 'supersede') };
    const next = await agreementOf(await decided('2027-09-09', gift));
    expect(await read(agreementId)).toMatchObject({
      ...{ status: 'Superseded', endedOn: '2027-09-09', supersededBy: { id: next } },
    });
    expect(await read(next)).toMatchObject({ version: 1, supersedes: { id: agreementId, status: 'Superseded' } });

    const end = { title: 'Plus de lieu', text: 'Nous n’avons plus de lieu à nous.', ...change(next, 1, 'repeal') };
    const repealed = await decided('2027-10-14', end);
    expect(await read(next)).toMatchObject({ status: 'Repealed', endedOn: '2027-10-14', endedBy: { id: repealed } });
    expect(await read(agreementId)).toMatchObject({ status: 'Superseded' });

    const drafting = { circleId: racines.circleId, ...room };
    for (const [id, version] of [[agreementId, 4] as const, [next, 1] as const])
      expect(await cast.ana.refused('draftProposal', { ...drafting, ...change(id, version, 'amend') })).toBe(
        'AGREEMENT_NOT_IN_FORCE',
      );
    const whole = { ...drafting, need: 'Un besoin.', example: 'Un exemple.' };
    const { id: proposalId } = await cast.ana.acts('draftProposal', whole);
    const meetingId = await meet(racines);
    const presenting = { proposalId, meetingId, reviewOn: '2028-03-09', measures: ['présences'] };
    for (const cites of [[agreementId], [next]])
      expect(await cast.ana.refused('presentProposal', { ...presenting, cites })).toBe('AGREEMENT_NOT_IN_FORCE');
    expect(await cast.ana.refused('presentProposal', { ...presenting, cites: ['nowhere'] })).toBe('AGREEMENT_UNKNOWN');
    await cast.zoe.acts('closeMeeting', { meetingId });
  });

  it('INV-52 leaves one entry in the logbook for each decision', async () => {
    const entries = `query ($id: ID!) { logEntries(circleId: $id, first: 50) { nodes { date subjectId agreement { id } } } }`;
    const { logEntries } = await story.cast.ana.gets(entries, { id: story.racines.circleId });
    const of2027 = logEntries.nodes.filter(({ date }: { date: string }) => date.startsWith('2027'));
    expect(of2027).toHaveLength(6);
    expect(new Set(of2027.map(({ subjectId }: { subjectId: string }) => subjectId)).size).toBe(6);
  });
});
