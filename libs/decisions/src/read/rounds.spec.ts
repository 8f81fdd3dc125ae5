import { projected, recorded } from '@app/read-store/testing';
import { objections } from './objections.projection.js';
import {
  answerTable,
  judgeTable,
  objectionStepTable,
  objectionTable,
  placeTable,
  roundTable,
} from './proposal.tables.js';
import { roster, Told } from './told.story.js';
import { rounds } from './rounds.projection.js';

const forgotten = (memberId: string) =>
  recorded('PersonalDataErased', { memberId, keyId: `member:${memberId}` }, { stream: 'community-solidarite' });
const after = async (told: Told, ...more: ReturnType<typeof recorded>[]) => {
  const { rows } = await projected([rounds, objections], [...told.facts, ...more]);
  return {
    rounds: await rows(roundTable),
    places: (await rows(placeTable)).sort((a, b) => a.rank - b.rank).map((it) => [it.memberId, it.answered]),
    answers: (await rows(answerTable)).sort((a, b) => (a.position < b.position ? -1 : 1)),
    objections: await rows(objectionTable),
    judges: (await rows(judgeTable))
      .filter(({ judged }) => !judged)
      .sort((a, b) => a.rank - b.rank)
      .map(({ memberId }) => memberId),
    steps: (await rows(objectionStepTable)).sort((a, b) => (a.position < b.position ? -1 : 1)),
  };
};
const inRound = () => new Told().heard().round();

describe('a consent round', () => {
  it('opens with everybody owing an answer', async () => {
    const { rounds: rows, places } = await after(inRound());
    expect(rows).toMatchObject([
      { roundId: 'r1', proposalId: 'p1', version: 1, quorum: 3, outcome: 'open', facilitator: 'zoe', objected: false },
    ]);
    expect(places).toEqual(roster.map((it) => [it, 'owed']));
  });

  it('holds each answer where its person stands', async () => {
    const { places, answers } = await after(inRound().consent('ana').consent('luc', 'le stationnement').objection());
    expect(places).toEqual([
      ['ana', 'consent'],
      ['zoe', 'owed'],
      ['luc', 'concern'],
      ['ines', 'objection'],
    ]);
    expect(answers).toMatchObject([
      { by: 'ana', kind: 'consent', concern: null, concerned: false, stands: true },
      { by: 'luc', kind: 'consent', concern: 'le stationnement', concerned: true },
      { by: 'ines', kind: 'objection', objectionId: 'o1', stands: true },
    ]);
  });

  it('keeps the consent that an objection replaced', async () => {
    const { places, answers, rounds: rows } = await after(inRound().consent('ines').objection());
    expect(answers).toMatchObject([
      { kind: 'consent', stands: false },
      { kind: 'objection', stands: true },
    ]);
    expect(places.at(-1)).toEqual(['ines', 'objection']);
    expect(rows).toMatchObject([{ objected: true }]);
  });

  it('owes again what was disputed, and what was withdrawn', async () => {
    const disputed = inRound().consent('ana').add('AnswerDisputed', { roundId: 'r1', by: 'ana' });
    expect(await after(disputed)).toMatchObject({
      places: [['ana', 'owed'], ...roster.slice(1).map((it) => [it, 'owed'])],
      answers: [{ by: 'ana', stands: false, disputed: true }],
    });
    const withdrawn = inRound()
      .objection()
      .add('ObjectionResolved', { objectionId: 'o1', by: 'ines', version: 1, how: 'withdrawnInRound' })
      .consent('ines');
    expect(await after(withdrawn)).toMatchObject({
      answers: [
        { kind: 'objection', stands: false, disputed: false },
        { kind: 'consent', stands: true },
      ],
      objections: [{ status: 'withdrawn', resolvedIn: 1 }],
      steps: [{ kind: 'resolved', by: 'ines', how: 'withdrawnInRound' }],
    });
  });

  it('lets go of those who left', async () => {
    const told = inRound().consent('luc').objection();
    told.add('RosterReduced', { roundId: 'r1', left: ['ines', 'luc'], quorum: 2, circleRevision: 9 });
    const { places, answers, rounds: rows } = await after(told);
    expect(places.map(([, answered]) => answered)).toEqual(['owed', 'owed', 'left', 'left']);
    expect(answers.map(({ stands }) => stands)).toEqual([false, false]);
    expect(rows).toMatchObject([{ quorum: 2 }]);
  });

  it('closes with its outcome, or does not count', async () => {
    expect((await after(inRound().closed('consent'))).rounds).toMatchObject([
      { outcome: 'consent', closedAt: '2027-02-11T23:30:00.000Z' },
    ]);
    const voided = inRound()
      .consent('ana')
      .add('ConsentRoundVoided', { roundId: 'r1', version: 1, cause: 'quorumLost' });
    expect(await after(voided)).toMatchObject({
      rounds: [{ outcome: 'voided', voidCause: 'quorumLost' }],
      answers: [{ stands: false }],
    });
  });

  it('INV-40 counts no answer to an earlier version', async () => {
    const told = inRound().consent('ana').objection().closed('objections', ['o1']).amended(2);
    expect((await after(told)).answers.map(({ stands }) => stands)).toEqual([false, false]);
    told.round('r2', 2).consent('ana', undefined, 'r2', 2);
    expect((await after(told)).answers.map(({ stands }) => stands)).toEqual([false, false, true]);
  });

  it('forgets a concern with who had it, and keeps that there was one', async () => {
    const { answers } = await after(inRound().consent('luc', 'le stationnement'), forgotten('luc'));
    expect(answers).toMatchObject([{ concern: null, concerned: true }]);
  });
});

describe('an objection', () => {
  const heard = () => inRound().objection().closed('objections', ['o1']);
  const integration = {
    objectionId: 'o1',
    integrationId: 'i1',
    option: 'amendText',
    text: 'Un demi-tarif',
    by: 'luc',
  } as const;
  const resolved = (version: number) => ({ objectionId: 'o1', by: 'ines', version, how: 'amended' }) as const;

  it('is told with its argument, until its person is forgotten', async () => {
    expect((await after(heard())).objections).toMatchObject([
      {
        objectionId: 'o1',
        by: 'ines',
        holder: 'ines',
        kind: 'HindersCircleAim',
        argument: 'Des étudiants partiront.',
        affects: 'Notre but',
        remedy: null,
        status: 'open',
        integrating: true,
      },
    ]);
    const { objections: rows } = await after(heard(), forgotten('ines'));
    expect(rows).toMatchObject([{ argument: null, affects: null, kind: 'HindersCircleAim', by: 'ines' }]);
  });

  it('tells how it was integrated', async () => {
    const told = heard().add('IntegrationProposed', integration).amended(2).add('ObjectionResolved', resolved(2));
    expect(await after(told)).toMatchObject({
      objections: [{ status: 'resolved', resolvedIn: 2, how: 'amended' }],
      steps: [
        { kind: 'integrationProposed', by: 'luc', option: 'amendText', text: 'Un demi-tarif' },
        { kind: 'resolved', by: 'ines', version: 2, how: 'amended' },
      ],
    });
  });

  it('is open again when the text changes again before the next round, and not after', async () => {
    const told = heard().add('IntegrationProposed', integration).amended(2).add('ObjectionResolved', resolved(2));
    expect((await after(told.amended(3))).objections).toMatchObject([{ status: 'open' }]);
    told.add('ObjectionResolved', resolved(3)).round('r2', 3).closed('objections', [], 'r2', 3).amended(4);
    expect((await after(told)).objections).toMatchObject([{ status: 'resolved', integrating: false }]);
  });

  it('is adopted, or becomes a concern, when its person leaves', async () => {
    const words = { argument: 'Ils partiraient.', affects: 'L’accès' };
    const adopted = heard().add('ObjectionAdopted', { objectionId: 'o1', from: 'ines', by: 'ana', ...words });
    expect(await after(adopted)).toMatchObject({
      objections: [{ by: 'ines', holder: 'ana', status: 'open', argument: 'Des étudiants partiront.' }],
      steps: [{ kind: 'adopted', by: 'ana', ...words }],
    });
    const orphaned = heard().add('ObjectionOrphaned', { objectionId: 'o1', cause: 'authorLeft' });
    expect(await after(orphaned)).toMatchObject({
      objections: [{ status: 'orphaned', integrating: false }],
      steps: [{ kind: 'orphaned', by: null }],
    });
  });

  it('is none any more when it was entered wrongly', async () => {
    const told = inRound().objection().add('AnswerDisputed', { roundId: 'r1', by: 'ines', objectionId: 'o1' });
    expect(await after(told)).toMatchObject({ objections: [{ status: 'disputed' }], steps: [{ kind: 'disputed' }] });
  });

  const judges = ['ana', 'zoe', 'luc'];
  const asked = () => heard().add('ObjectionTestRequested', { objectionId: 'o1', by: 'luc', judges, minimum: 3 });
  const judged = (by: string, stands = false) =>
    ({ objectionId: 'o1', by, enteredBy: by, channel: 'own', stands, reason: 'Un goût.' }) as const;

  it('is tested: who is still to say what they think, and what was said', async () => {
    expect((await after(asked())).judges).toEqual(judges);
    const said = asked().add('ObjectionJudged', judged('zoe')).add('ObjectionJudged', judged('ana', true));
    expect((await after(said)).judges).toEqual(['luc']);
    said.add('ObjectionTested', { objectionId: 'o1', outcome: 'stands', judges, supporters: ['ana'] });
    expect(await after(said)).toMatchObject({
      judges: [],
      objections: [{ status: 'open', integrating: true }],
      steps: [
        { kind: 'testRequested', by: 'luc' },
        { kind: 'judged', by: 'zoe', how: 'notObjection', text: 'Un goût.' },
        { kind: 'judged', by: 'ana', how: 'stands' },
        { kind: 'tested', by: null, how: 'stands' },
      ],
    });
    expect((await after(said, forgotten('zoe'))).steps).toMatchObject([{}, { kind: 'judged', text: null }, {}, {}]);
  });

  it('is set aside, and its test is over when the text changes, it is settled otherwise, or somebody leaves', async () => {
    const tested = { objectionId: 'o1', outcome: 'setAside' as const, judges, supporters: [] };
    const aside = asked().add('ObjectionTested', tested).add('ObjectionSetAsideAsConcern', { objectionId: 'o1' });
    expect(await after(aside)).toMatchObject({ judges: [], objections: [{ status: 'setAside', integrating: false }] });
    for (const over of [
      asked().amended(2),
      asked().add('ObjectionResolved', resolved(1)),
      asked().add('ObjectionOrphaned', { objectionId: 'o1', cause: 'authorLeft' }),
      asked().add('ProposalWithdrawn', { by: 'ana', reason: 'Plus tard.' }),
    ])
      expect((await after(over)).judges).toEqual([]);
    const left = { memberId: 'luc', officesEnded: [], linksEnded: [] };
    const gone = recorded('MemberLeftCircle', left, { stream: 'circle-racines', position: '999' });
    expect((await after(asked(), gone)).judges).toEqual(['ana', 'zoe']);
  });
});
