import { AdmitMember } from '@app/circles';
import { testCommunity } from '@app/circles/testing';
import { WriteLogEntry } from '../write/outcome.commands.js';
import { circleId, elders, refused, Village } from '../write/spec.village.js';

const standingOf = (village: Village, id: string) =>
  village.house.standings.of(id, testCommunity, village.house.clock.now());

describe('when a decision is reached', () => {
  it('S1 the agreement takes effect and the logbook gets its next entry', async () => {
    const village = await Village.active();
    const proposalId = await village.decide('Une caisse commune');
    const { agreementId } = await village.last<{ agreementId: string }>('proposal', proposalId, 'DecisionReached');
    expect(await village.last('agreement', agreementId, 'AgreementTookEffect')).toMatchObject({
      agreementId,
      circleId,
      proposalId,
      version: 1,
      content: { title: 'Une caisse commune', reviewOn: '2027-06-30' },
      concerns: [],
      decidedOn: '2027-01-10',
      effectiveFrom: '2027-01-10',
      reviewOn: '2027-06-30',
      onMissedReview: 'Continue',
    });
    expect(await village.last('logbook', circleId, 'LogEntryWritten')).toEqual({
      circleId,
      communityId: testCommunity,
      year: 2027,
      number: 2,
      subject: { kind: 'decision', id: proposalId },
      agreementId,
      date: '2027-01-10',
    });
  });

  it('what follows is told as its consequence', async () => {
    const village = await Village.active();
    const proposalId = await village.decide('Une caisse commune');
    const reached = (await village.house.facts(`proposal-${proposalId}`)).at(-1)!;
    const [entry] = (await village.house.facts(`logbook-${circleId}`)).slice(-1);
    expect(entry!.meta).toMatchObject({
      actor: 'policy:when-decision-reached-then-write-log-entry',
      $causationId: reached.id,
      $correlationId: reached.meta.$correlationId,
      circle: circleId,
    });
  });

  it('INV-52 nothing happens twice when the decision is delivered twice', async () => {
    const village = await Village.active();
    const proposalId = await village.decide('Accueillir Maya', { kind: 'admitMember', memberId: 'maya' });
    const before = (await village.house.facts()).length;
    await village.house.deliver((await village.house.facts(`proposal-${proposalId}`)).at(-1)!);
    expect((await village.house.facts()).length).toBe(before);
  });

  it('a decision without an effect changes no circle', async () => {
    const village = await Village.active();
    const before = await standingOf(village, circleId);
    await village.decide('Une caisse commune');
    expect(await standingOf(village, circleId)).toEqual(before);
  });
});

describe('what a decision changes happens by itself', () => {
  it('aim and domain are accepted, and the leader confirmed', async () => {
    const village = await Village.open();
    expect((await standingOf(village, circleId)).accepted).toBe(false);
    await village.decide('Accepter notre but', { kind: 'acceptAimAndDomain' });
    expect((await standingOf(village, circleId)).accepted).toBe(true);
  });

  it('a member is admitted', async () => {
    const village = await Village.active();
    const proposalId = await village.decide('Accueillir Maya', { kind: 'admitMember', memberId: 'maya' });
    expect(await village.last('circle', circleId, 'MemberAdmitted')).toEqual({
      memberId: 'maya',
      how: 'decision',
      decision: { proposalId, version: 1 },
    });
  });

  it('a circle is convened', async () => {
    const village = await Village.active();
    const { domain } = await standingOf(village, circleId);
    const convening = { leader: 'paul', leaderTermMonths: 12, category: 'practice' as const, meetingsPerYear: 8 };
    const items = [domain[0]!.itemId];
    const words = { name: 'Cercle Racines', aim: 'Apprendre à écouter.' };
    await village.decide('Convoquer Racines', { kind: 'conveneCircle', ...words, ...convening, items });
    const { subCircles } = await standingOf(village, circleId);
    expect(await village.last('circle', subCircles[0]!, 'CircleProposed')).toMatchObject({
      parentId: circleId,
      ...words,
      convener: 'paul',
      domain: [{ itemId: items[0], text: 'L’écoute' }],
    });
    const proposalId = await village.decide('Un autre but', {
      kind: 'changeAim',
      circleId: subCircles[0]!,
      aim: 'Écouter mieux.',
    });
    expect(await village.types('circle', subCircles[0]!)).toEqual(['CircleProposed', 'AimChanged']);
    expect(await village.types('proposal', proposalId)).not.toContain('EffectRefused');
  });

  it('an expert is assigned, and unassigned', async () => {
    const village = await Village.active();
    const term = { from: '2027-01-10', to: '2028-01-10' };
    await village.decide('Solange nous accompagne', { kind: 'assignExpert', expertId: 'solange', ...term });
    expect((await standingOf(village, circleId)).experts).toEqual(['solange']);
    await village.decide('Solange a fini', { kind: 'unassignExpert', expertId: 'solange' });
    expect((await standingOf(village, circleId)).experts).toEqual([]);
  });

  it('aim and domain of the root change', async () => {
    const village = await Village.active();
    await village.decide('Notre but', { kind: 'changeAim', circleId, aim: 'Relier mieux.' });
    expect(await village.last('circle', circleId, 'AimChanged')).toMatchObject({ aim: 'Relier mieux.' });
    await village.decide('Notre domaine', { kind: 'changeDomain', circleId, add: [{ text: 'La caisse' }], remove: [] });
    expect(await village.last('circle', circleId, 'DomainChanged')).toMatchObject({
      added: [{ itemId: expect.any(String), text: 'La caisse' }],
    });
  });
});

describe('when the target says no', () => {
  const admission = { kind: 'admitMember' as const, memberId: 'maya' };

  it('S14 no round is opened on what it would refuse today', async () => {
    const village = await Village.active();
    const proposalId = await village.heard('Accueillir Léo', { ...admission, memberId: 'nobody' });
    expect(await refused(village.openRound(proposalId))).toBe('NOT_A_COMMUNITY_MEMBER');
  });

  it('the decision stands and the refusal comes back to the proposal, once', async () => {
    const village = await Village.active();
    const proposalId = await village.heard('Accueillir Maya', admission);
    const roundId = await village.openRound(proposalId);
    const term = { from: '2027-01-10', to: '2028-01-10' };
    await village.decide('Maya nous accompagne', { kind: 'assignExpert', expertId: 'maya', ...term });
    await village.consent(proposalId, roundId);
    const types = await village.types('proposal', proposalId);
    expect(types.slice(-2)).toEqual(['DecisionReached', 'EffectRefused']);
    expect(await village.last('proposal', proposalId, 'EffectRefused')).toEqual({
      code: 'EXPERT_IS_NO_MEMBER',
      details: ['memberId=maya'],
    });
    const reached = (await village.house.facts(`proposal-${proposalId}`)).at(-2)!;
    await village.house.deliver(reached);
    expect(await village.types('proposal', proposalId)).toEqual(types);
    expect(await village.types('logbook', circleId)).toHaveLength(3);
  });

  it('only a policy of a decision may cause an effect', async () => {
    const village = await Village.active();
    const decision = { proposalId: 'p', version: 1 };
    for (const member of elders)
      expect(
        await refused(
          village.house.execute(new AdmitMember(village.house.by(member), { circleId, memberId: 'maya', decision })),
        ),
      ).not.toMatch(/^not refused/);
  });
});

describe('the logbook', () => {
  it('INV-52 has one entry for a finished election too', async () => {
    const village = await Village.active();
    const input = { circleId, subject: { kind: 'election' as const, id: 'e1' }, date: '2027-02-01' };
    const write = (id: string) =>
      village.house.execute(new WriteLogEntry(village.house.by('policy:elections', id), input));
    await write('one');
    await write('two');
    expect(await village.types('logbook', circleId)).toEqual(['LogEntryWritten', 'LogEntryWritten']);
    expect(await village.last('logbook', circleId, 'LogEntryWritten')).toMatchObject({ number: 2, year: 2027 });
  });
});
