import { projected, recorded } from '@app/read-store/testing';
import { proposals, voices } from './proposals.projection.js';
import { ProposalQueries } from './proposals.query.js';
import { coAuthorTable, proposalTable, questionTable, reactionTable, versionTable } from './proposal.tables.js';
import { content, Told } from './told.story.js';

const forgotten = (memberId: string) =>
  recorded('PersonalDataErased', { memberId, keyId: `member:${memberId}` }, { stream: 'community-solidarite' });
const rowOf = async (told: Told) => (await (await projected(proposals, told.facts)).rows(proposalTable))[0];

describe('the row of a proposal', () => {
  it('holds the draft, which is its writer’s', async () => {
    const effect = { kind: 'admitMember' as const, memberId: 'maya' };
    expect(await rowOf(new Told().drafted({ effect }))).toMatchObject({
      proposalId: 'p1',
      circleId: 'racines',
      communityId: 'solidarite',
      author: 'ana',
      phase: 'Draft',
      version: 0,
      title: null,
      draftBy: 'ana',
      draftTitle: content.title,
      draftNeed: content.need,
      draftEffect: JSON.stringify(effect),
      effectKind: 'admitMember',
      draftedAt: '2027-02-11T23:30:00.000Z',
    });
    const revision = new Told().drafted().add('DraftRevised', { by: 'luc', title: 'Frais', text: 'Moins.' });
    expect(await rowOf(revision)).toMatchObject({ draftBy: 'luc', draftTitle: 'Frais', draftNeed: null });
  });

  it('forgets the draft with its writer', async () => {
    const told = new Told().drafted();
    const { rows } = await projected(proposals, [...told.facts, forgotten('ana')]);
    expect(await rows(proposalTable)).toMatchObject([{ draftTitle: null, draftText: null, draftNeed: null }]);
  });

  it('holds the latest version once presented, the words in the versions', async () => {
    const told = new Told().presented();
    const store = await projected(proposals, told.facts);
    expect(await store.rows(proposalTable)).toMatchObject([
      { phase: 'Presented', version: 1, title: content.title, reviewOn: '2027-08-12', draftText: null },
    ]);
    expect(await store.rows(versionTable)).toMatchObject([
      {
        version: 1,
        ...content,
        by: 'ana',
        why: null,
        base: null,
        warnings: ['NO_MEASURES'],
        meetingId: 'm1',
        effect: null,
      },
    ]);
  });

  it.each([
    ['Clarifying', (it: Told) => it.presented().add('ClarifyingOpened', { version: 1, by: 'zoe' })],
    ['Amending', (it: Told) => it.heard()],
    ['ConsentRound', (it: Told) => it.heard().round()],
    ['TestingObjection', (it: Told) => it.heard().round().objection().closed('objections', ['o1'])],
    [
      'Amending',
      (it: Told) => it.heard().round().add('ConsentRoundVoided', { roundId: 'r1', version: 1, cause: 'quorumLost' }),
    ],
    ['Decided', (it: Told) => it.heard().round().closed('consent').decided()],
    ['Withdrawn', (it: Told) => it.drafted().add('ProposalWithdrawn', { by: 'ana', reason: 'Plus besoin.' })],
  ] as const)('is in phase %s', async (phase, tell) => expect(await rowOf(tell(new Told()))).toMatchObject({ phase }));

  it('is integrating once somebody offered a way', async () => {
    const told = new Told().heard().round().objection().closed('objections', ['o1']);
    told.add('IntegrationProposed', { objectionId: 'o1', integrationId: 'i1', option: 'amendText', by: 'luc' });
    expect(await rowOf(told)).toMatchObject({ phase: 'Integrating' });
  });

  it('tells the decision, and what could not be done', async () => {
    const told = new Told().heard().round().closed('consent').decided();
    expect(await rowOf(told)).toMatchObject({ agreementId: 'a1', decidedOn: '2027-02-11', refusedCode: null });
    told.add('EffectRefused', { code: 'CIRCLE_FULL', details: ['limit=10'] });
    expect(await rowOf(told)).toMatchObject({ refusedCode: 'CIRCLE_FULL', refusedDetails: ['limit=10'] });
  });

  it('takes no refusal that an election met', async () => {
    const told = new Told().drafted();
    const elsewhere = recorded('EffectRefused', { code: 'X', details: [] }, { stream: 'election-p1' });
    const { rows } = await projected(proposals, [...told.facts, elsewhere]);
    expect(await rows(proposalTable)).toMatchObject([{ refusedCode: null }]);
  });

  it('keeps the place of its last move', async () => {
    const told = new Told().heard();
    const [first, last] = [told.facts[0]!, told.facts.at(-1)!];
    expect(await rowOf(told)).toMatchObject({ draftedPosition: first.position, changedPosition: last.position });
  });
});

describe('the versions of a proposal', () => {
  it('are all kept, with what was said of them', async () => {
    const told = new Told().heard().add('VersionKept', { version: 1, by: 'ana' }).amended(2, 'luc');
    told.add('StillMeetsNeedConfirmed', { version: 2, by: 'ana' });
    const { rows } = await projected(proposals, [...told.facts, forgotten('luc')]);
    expect(await rows(versionTable)).toMatchObject([
      { version: 1, text: content.text, kept: true, confirmed: false },
      { version: 2, text: 'Version 2.', by: 'luc', why: null, base: 1, confirmed: true, objectionIds: ['o1'] },
    ]);
    expect(await rows(proposalTable)).toMatchObject([{ version: 2, reviewOn: '2027-05-11' }]);
  });

  it('know their co-authors', async () => {
    const told = new Told().drafted().add('CoAuthorJoined', { memberId: 'luc', by: 'ana' });
    const { rows } = await projected(proposals, told.facts);
    expect(await rows(coAuthorTable)).toEqual([{ proposalId: 'p1', memberId: 'luc' }]);
  });
});

describe('questions and reactions', () => {
  it('are told with their answers, by whom and how they came in', async () => {
    const { rows } = await projected(voices, new Told().heard().facts);
    expect(await rows(questionTable)).toMatchObject([
      { questionId: 'q1', by: 'luc', text: 'Pour tous?', answeredBy: 'ana', answer: 'Oui.', answerChannel: 'own' },
    ]);
    expect(await rows(reactionTable)).toMatchObject([
      { by: 'ines', enteredBy: 'luc', channel: 'paper', text: 'C’est cher.', version: 1 },
    ]);
  });

  it('are forgotten with the person, each their own words', async () => {
    const { rows } = await projected(voices, [...new Told().heard().facts, forgotten('ana')]);
    expect(await rows(questionTable)).toMatchObject([{ text: 'Pour tous?', answer: null }]);
  });
});

describe('asking for proposals', () => {
  const told = [new Told('p1').heard(), new Told('p2').drafted(), new Told('p3').presented()];
  const facts = told.flatMap((it) => it.facts);
  const listed = async (wanted: object) => {
    const { store } = await projected(proposals, facts);
    const rows = await new ProposalQueries(store).proposalsOf(['racines'], { reader: 'zoe', limit: 10, ...wanted });
    return rows.map(({ proposalId }) => proposalId);
  };

  it('lists the newest first, drafts for their authors only', async () => {
    expect(await listed({})).toEqual(['p3', 'p1']);
    expect(await listed({ reader: 'ana' })).toEqual(['p3', 'p2', 'p1']);
  });

  it('goes on page by page', async () => {
    expect(await listed({ limit: 1 })).toEqual(['p3']);
    expect(await listed({ limit: 1, before: told[2]!.facts[0]!.position })).toEqual(['p1']);
  });

  it('lists by phase', async () => expect(await listed({ phases: ['Presented'] })).toEqual(['p3']));

  it('shows who left nothing that moved since', async () =>
    expect(await listed({ upTo: told[0]!.facts.at(-1)!.position })).toEqual(['p1']));

  it('finds by id, one or many', async () => {
    const { store } = await projected(proposals, facts);
    const queries = new ProposalQueries(store);
    expect(await queries.proposals(['p1'])).toMatchObject([{ proposalId: 'p1', title: content.title }]);
    expect(await queries.proposals(['p1', 'p3', 'none'])).toHaveLength(2);
    expect(await queries.proposals(['none'])).toEqual([]);
  });
});
