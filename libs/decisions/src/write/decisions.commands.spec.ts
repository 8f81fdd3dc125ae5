import { LeaveCircle } from '@app/circles';
import { RecordPresence } from '@app/meetings';
import { AmendProposal, ConfirmStillMeetsNeed } from './amending.commands.js';
import {
  AnswerClarification,
  AskClarification,
  OpenClarifying,
  OpenReacting,
  questionIdOf,
} from './clarifying.commands.js';
import {
  CloseConsentRound,
  DisputeAnswer,
  GiveConsent,
  objectionIdOf,
  OpenConsentRound,
  RaiseObjection,
  roundIdOf,
} from './consent-round.commands.js';
import { DraftProposal, PresentProposal, ReviseDraft, WelcomeCoAuthor, WithdrawProposal } from './drafting.commands.js';
import { AdoptObjection, ConfirmResolved, ProposeIntegration } from './objections.commands.js';
import { circleId, elders, refused, Village } from './spec.village.js';

const objection = { argument: 'La caisse serait vide.', affects: 'Notre but', kind: 'HindersCircleAim' as const };

describe('a proposal, from its draft', () => {
  let village: Village;
  beforeEach(async () => {
    village = await Village.open();
  });
  const by = (member: string, id?: string) => village.house.by(member, id);
  const run = (command: Parameters<Village['house']['execute']>[0]) => village.house.execute(command);

  it('is one draft however often the same click arrives', async () => {
    const input = { circleId, title: 'Un titre', text: 'Un texte' };
    const first = await run(new DraftProposal(by('eve', 'click'), input));
    expect(await run(new DraftProposal(by('eve', 'click'), input))).toEqual(first);
    expect(await refused(run(new DraftProposal(by('eve', 'click'), { ...input, title: 'Autre' })))).toBe(
      'COMMAND_ID_REUSED',
    );
  });

  it('is known to its community only: a foreign id and a random one get the same answer', async () => {
    const proposalId = await village.draft('Un titre');
    const stranger = village.house.by('eve', undefined, 'elsewhere');
    expect(await refused(run(new WithdrawProposal(stranger, { proposalId, reason: 'Non' })))).toBe('NOT_FOUND');
    expect(await refused(run(new WithdrawProposal(by('eve'), { proposalId: 'random', reason: 'Non' })))).toBe(
      'NOT_FOUND',
    );
    expect(await refused(run(new DraftProposal(stranger, { circleId, title: 'T', text: 'T' })))).toBe('NOT_FOUND');
    expect(await refused(run(new DraftProposal(by('maya'), { circleId, title: 'T', text: 'T' })))).toBe('NOT_A_MEMBER');
  });

  it('is revised by many hands, presented by its author, withdrawn with a reason', async () => {
    const effect = { kind: 'acceptAimAndDomain' as const };
    const proposalId = await village.draft('Un titre', effect);
    const words = { title: 'Mieux', text: 'Dit mieux.', need: 'Un besoin.', example: 'Un exemple.', effect };
    await run(new WelcomeCoAuthor(by('eve'), { proposalId, memberId: 'dora' }));
    await run(new ReviseDraft(by('dora'), { proposalId, ...words }));
    const plan = { proposalId, meetingId: village.meetingId, reviewOn: '2027-06-30' };
    expect(await refused(run(new PresentProposal(by('dora'), plan)))).toBe('NOT_THE_AUTHOR');
    await run(new PresentProposal(by('eve'), plan));
    expect(await village.last('proposal', proposalId, 'ProposalPresented')).toMatchObject({
      content: { title: 'Mieux', reviewOn: '2027-06-30', measures: [] },
      warnings: ['NO_MEASURES'],
    });
    expect(await refused(run(new WithdrawProposal(by('eve'), { proposalId, reason: 'Non' })))).toBe('WRONG_PHASE');
  });

  it('INV-10 waits for the circle to accept its aim', async () => {
    const proposalId = await village.draft('Une politique');
    const plan = { proposalId, meetingId: village.meetingId, reviewOn: '2027-06-30' };
    expect(await refused(run(new PresentProposal(by('eve'), plan)))).toBe('AIM_NOT_ACCEPTED');
  });

  it('is clarified, its questions entered for who is in the room', async () => {
    const proposalId = await village.draft('Accepter', { kind: 'acceptAimAndDomain' });
    const led = { proposalId, meetingId: village.meetingId };
    await run(new PresentProposal(by('eve'), { ...led, reviewOn: '2027-06-30' }));
    expect(await refused(run(new OpenClarifying(by('leo'), led)))).toBe('NOT_THE_FACILITATOR');
    await run(new OpenClarifying(by('ana'), led));
    const asking = by('ana');
    await run(new AskClarification(asking, { ...led, by: 'dora', text: 'Lequel?' }));
    expect(await refused(run(new AskClarification(by('leo'), { ...led, by: 'dora', text: 'Quoi?' })))).toBe('NO_PROXY');
    const questionId = questionIdOf(asking);
    expect(await refused(run(new OpenReacting(by('ana'), led)))).toBe('QUESTIONS_UNANSWERED');
    await run(new AnswerClarification(by('eve'), { proposalId, questionId, text: 'Celui-ci.' }));
    await run(new OpenReacting(by('ana'), led));
    const facts = await village.house.facts(`proposal-${proposalId}`);
    expect(facts.find((it) => it.type === 'ClarificationAsked')).toMatchObject({
      data: { questionId, by: 'dora', enteredBy: 'ana', channel: 'voice' },
      meta: { actor: 'ana', office: 'facilitator', circle: circleId },
    });
    expect(facts.find((it) => it.type === 'ClarificationAnswered')).toMatchObject({ meta: { actor: 'eve' } });
  });
});

describe('a consent round in an active circle', () => {
  let village: Village;
  let proposalId: string;
  beforeEach(async () => {
    village = await Village.active();
    proposalId = await village.heard('Une caisse commune');
  });
  const by = (member: string, id?: string) => village.house.by(member, id);
  const run = (command: Parameters<Village['house']['execute']>[0]) => village.house.execute(command);

  it('records what it relied on', async () => {
    const roundId = await village.openRound(proposalId);
    expect(await village.last('proposal', proposalId, 'ConsentRoundOpened')).toMatchObject({
      roundId,
      roster: elders,
      present: elders,
      quorum: 4,
      facilitator: 'leo',
      secretary: 'noe',
      rules: { absenceMode: 'AllRequired', quorum: { numerator: 2, denominator: 3, minimum: 3 }, maxReviewMonths: 24 },
    });
    const facts = await village.house.facts(`proposal-${proposalId}`);
    expect(facts.at(-1)?.meta).toMatchObject({ actor: 'leo', office: 'facilitator' });
  });

  it('INV-43 is not opened without the quorum in the room', async () => {
    const { meetingId } = village;
    for (const memberId of ['dora', 'eve']) await run(new RecordPresence(by(memberId), { meetingId, present: false }));
    const open = new OpenConsentRound(by('leo'), { proposalId, meetingId, version: 1 });
    expect(await refused(run(open))).toBe('QUORUM_MISSING');
  });

  it('INV-44 hears the absent from their own device only', async () => {
    const roundId = await village.openRound(proposalId);
    const { meetingId } = village;
    const answer = { proposalId, roundId, version: 1 };
    await run(new RecordPresence(by('dora'), { meetingId, present: false }));
    const entered = (member: string, who: string) =>
      run(new GiveConsent(by(member), { ...answer, meetingId, by: who, channel: 'paper' }));
    expect(await refused(entered('noe', 'dora'))).toBe('NOT_PRESENT');
    expect(await refused(entered('ana', 'eve'))).toBe('NO_PROXY');
    await entered('noe', 'eve');
    await run(new GiveConsent(by('dora'), answer));
    await run(new DisputeAnswer(by('eve'), { proposalId, roundId }));
    expect(await village.last('proposal', proposalId, 'AnswerDisputed')).toEqual({ roundId, by: 'eve' });
  });

  it('integrates an objection and asks everybody again', async () => {
    const roundId = await village.openRound(proposalId);
    const raising = by('dora');
    await run(new RaiseObjection(raising, { proposalId, roundId, version: 1, ...objection }));
    await village.consent(proposalId, roundId, ['ana', 'leo', 'noe', 'eve']);
    const objectionId = objectionIdOf(raising);
    await run(new ProposeIntegration(by('noe'), { proposalId, objectionId, option: 'addMeasure' }));
    await run(new WelcomeCoAuthor(by('eve'), { proposalId, memberId: 'noe' }));
    const changes = { measures: ['le solde du mois'], resources: '40 $' };
    const amendment = {
      proposalId,
      base: 1,
      changes,
      why: 'La caisse',
      substantial: false,
      objectionIds: [objectionId],
    };
    await run(new AmendProposal(by('noe'), amendment));
    await run(new ConfirmResolved(by('dora'), { proposalId, objectionId, version: 2 }));
    const again = by('leo');
    const open = () => run(new OpenConsentRound(again, { proposalId, meetingId: village.meetingId, version: 2 }));
    expect(await refused(open())).toBe('AUTHOR_NOT_CONFIRMED');
    await run(new ConfirmStillMeetsNeed(by('eve'), { proposalId, version: 2 }));
    await open();
    for (const member of elders)
      await run(new GiveConsent(by(member), { proposalId, roundId: roundIdOf(again), version: 2 }));
    expect((await village.types('proposal', proposalId)).slice(-2)).toEqual(['ConsentRoundClosed', 'DecisionReached']);
  });

  it('S13 goes on without somebody who left, whose objection another adopts', async () => {
    const roundId = await village.openRound(proposalId);
    const raising = by('dora');
    await run(new RaiseObjection(raising, { proposalId, roundId, version: 1, ...objection }));
    await village.consent(proposalId, roundId, ['ana', 'leo']);
    await run(new LeaveCircle(by('dora'), { circleId }));
    const { kind: _, ...words } = objection;
    await run(new AdoptObjection(by('noe'), { proposalId, objectionId: objectionIdOf(raising), ...words }));
    const close = () => run(new CloseConsentRound(by('leo'), { proposalId, meetingId: village.meetingId }));
    expect(await refused(close())).toBe('ANSWERS_MISSING');
    await run(new LeaveCircle(by('eve'), { circleId }));
    await village.consent(proposalId, roundId, ['noe']);
    expect((await village.types('proposal', proposalId)).slice(-4)).toEqual([
      'ObjectionAdopted',
      'RosterReduced',
      'ConsentGiven',
      'ConsentRoundClosed',
    ]);
    expect(await village.last('proposal', proposalId, 'ConsentRoundClosed')).toMatchObject({ outcome: 'objections' });
  });

  it('closes when the last one owing an answer has left', async () => {
    const roundId = await village.openRound(proposalId);
    await village.consent(proposalId, roundId, ['ana', 'leo', 'noe', 'eve']);
    await run(new LeaveCircle(by('dora'), { circleId }));
    await run(new CloseConsentRound(by('leo'), { proposalId, meetingId: village.meetingId }));
    expect(await village.last('proposal', proposalId, 'DecisionReached')).toMatchObject({
      explicit: ['ana', 'leo', 'noe', 'eve'],
      silent: [],
    });
  });
});
