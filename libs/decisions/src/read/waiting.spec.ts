import { projected, recorded } from '@app/read-store/testing';
import { AgreementQueries } from './agreements.query.js';
import { Told } from './told.story.js';
import { waiting } from './waiting.projection.js';

/** What each person owes, as `kind subject`. */
async function owed(told: Told, ...more: ReturnType<typeof recorded>[]): Promise<Record<string, string[]>> {
  const queries = new AgreementQueries((await projected(waiting, [...told.facts, ...more])).store);
  const found: Record<string, string[]> = {};
  for (const person of ['ana', 'zoe', 'luc', 'ines']) {
    const rows = await queries.waitingFor(person, undefined, 20);
    if (rows.length > 0) found[person] = rows.map(({ kind, subject, role }) => `${kind} ${subject} as ${role}`);
  }
  return found;
}
const everybody = (what: string) => ({ ana: [what], zoe: [what], luc: [what], ines: [what] });
const inRound = () => new Told().heard().add('VersionKept', { version: 1, by: 'ana' }).round();
const withdrawn = { objectionId: 'o1', by: 'ines', version: 1, how: 'withdrawnInRound' } as const;

describe('what waits for a member', () => {
  it('is nothing in a draft', async () => expect(await owed(new Told().presented())).toEqual({}));

  it('is a reaction, until it is given or the reactions are closed', async () => {
    const told = new Told()
      .presented()
      .add('ReactingOpened', { version: 1, by: 'zoe', order: ['zoe', 'luc', 'ines', 'ana'] });
    const reaction = 'reaction p1 as member';
    expect(await owed(told)).toEqual(everybody(reaction));
    told.add('ReactionRecorded', { version: 1, by: 'luc', enteredBy: 'luc', channel: 'own', text: 'Oui.' });
    expect(await owed(told)).toEqual({ ana: [reaction], zoe: [reaction], ines: [reaction] });
    told.add('ReactionsClosed', { by: 'zoe', missing: [] });
    expect(await owed(told)).toEqual({ ana: ['settleText p1 as author'] });
  });

  it('is an answer, until it is given', async () => {
    const answer = 'answer r1 as member';
    expect(await owed(inRound())).toEqual(everybody(answer));
    expect(await owed(inRound().consent('ana').objection())).toEqual({ zoe: [answer], luc: [answer] });
  });

  it('is an answer again, once it was disputed or the objection withdrawn', async () => {
    const answers = { ines: ['answer r1 as member'] };
    const given = () => inRound().consent('ana').consent('zoe').consent('luc');
    expect(await owed(given().objection().add('ObjectionResolved', withdrawn))).toEqual(answers);
    expect(
      await owed(given().objection().add('AnswerDisputed', { roundId: 'r1', by: 'ines', objectionId: 'o1' })),
    ).toEqual(answers);
    expect(await owed(given().consent('ines').add('AnswerDisputed', { roundId: 'r1', by: 'ines' }))).toEqual(answers);
  });

  it('is a word on whether an objection is one, while the others are asked', async () => {
    const word = { ines: ['confirmResolved o1 as objector'] };
    const judge = 'judgeObjection o1 as member';
    const judges = ['zoe', 'luc'];
    const told = () => inRound().objection().closed('objections', ['o1']);
    const asked = () => told().add('ObjectionTestRequested', { objectionId: 'o1', by: 'luc', judges, minimum: 3 });
    expect(await owed(asked())).toEqual({ ...word, zoe: [judge], luc: [judge] });
    const said = {
      objectionId: 'o1',
      by: 'luc',
      enteredBy: 'luc',
      channel: 'own',
      stands: false,
      reason: 'Non.',
    } as const;
    expect(await owed(asked().add('ObjectionJudged', said))).toEqual({ ...word, zoe: [judge] });
    const tested = { objectionId: 'o1', outcome: 'setAside' as const, judges, supporters: [] };
    const over = asked().add('ObjectionTested', tested);
    expect(await owed(over)).toEqual(word);
    expect(await owed(over.add('ObjectionSetAsideAsConcern', { objectionId: 'o1' }))).toEqual({});
    expect(await owed(asked().amended(2))).toEqual(word);
    const kept = { objectionId: 'o1', by: 'ines', version: 1, how: 'kept' } as const;
    expect(await owed(asked().add('ObjectionResolved', kept))).toEqual({});
  });

  it('is the objector’s word, from the end of the round to theirs, and again when the text changes', async () => {
    const told = inRound().objection().closed('objections', ['o1']);
    const word = { ines: ['confirmResolved o1 as objector'] };
    expect(await owed(told)).toEqual(word);
    told.amended(2).add('ObjectionResolved', { ...withdrawn, version: 2, how: 'amended' });
    expect(await owed(told)).toEqual({});
    expect(await owed(told.amended(3))).toEqual(word);
    expect(await owed(told.add('ObjectionOrphaned', { objectionId: 'o1', cause: 'authorLeft' }))).toEqual({});
  });

  it('is the adopter’s word in the place of who left', async () => {
    const left = recorded(
      'MemberLeftCircle',
      { memberId: 'ines', officesEnded: [], linksEnded: [] },
      { stream: 'circle-racines' },
    );
    const told = inRound().objection().closed('objections', ['o1']);
    expect(await owed(told, left)).toEqual({});
    told.add('ObjectionAdopted', { objectionId: 'o1', from: 'ines', by: 'luc', argument: 'Oui', affects: 'Le but' });
    expect(await owed(told)).toEqual({ luc: ['confirmResolved o1 as objector'] });
  });

  it('is the author’s word on another hand’s version', async () => {
    const told = new Told().heard().amended(2, 'luc');
    expect(await owed(told)).toEqual({ ana: ['confirmVersion p1 as author'] });
    expect(await owed(new Told().heard().amended(2))).toEqual({});
    expect(await owed(told.add('StillMeetsNeedConfirmed', { version: 2, by: 'ana' }))).toEqual({});
  });

  it('is nothing in a round for those who left', async () => {
    const told = inRound().add('RosterReduced', { roundId: 'r1', left: ['ines'], quorum: 3, circleRevision: 8 });
    expect(await owed(told)).not.toHaveProperty('ines');
  });

  it('is the text again when the round did not count', async () =>
    expect(
      await owed(inRound().add('ConsentRoundVoided', { roundId: 'r1', version: 1, cause: 'reviewDatePassed' })),
    ).toEqual({
      ana: ['settleText p1 as author'],
    }));

  it('is, for author and facilitator, what could not be done', async () => {
    const told = inRound().closed('consent').decided(1, 'r1', 'admitMember');
    expect(await owed(told)).toEqual({});
    expect(await owed(told.add('EffectRefused', { code: 'CIRCLE_FULL', details: [] }))).toEqual({
      ana: ['effectRefused p1 as author'],
      zoe: ['effectRefused r1 as facilitator'],
    });
    const elsewhere = recorded('EffectRefused', { code: 'X', details: [] }, { stream: 'election-p1' });
    expect(await owed(inRound().closed('consent').decided(1, 'r1', 'admitMember'), elsewhere)).toEqual({});
  });

  it('is nothing once withdrawn', async () =>
    expect(await owed(new Told().heard().add('ProposalWithdrawn', { by: 'ana', reason: 'Non.' }))).toEqual({}));

  it('comes page by page, the longest waiting first', async () => {
    const told = [new Told('p1').heard(), new Told('p2').heard()];
    const { store } = await projected(
      waiting,
      told.flatMap((it) => it.facts),
    );
    const queries = new AgreementQueries(store);
    const [first] = await queries.waitingFor('ana', undefined, 1);
    expect(first).toMatchObject({ kind: 'settleText', proposalId: 'p1' });
    const place = [first!.position, first!.kind, first!.subject].join(' ');
    expect(await queries.waitingFor('ana', place, 1)).toMatchObject([{ proposalId: 'p2' }]);
  });
});
