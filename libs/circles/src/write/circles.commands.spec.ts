import { Refusal } from '@app/kernel';
import { type CirclesInMemory, decidedBy, decidingPolicy, testCommunity } from '../testing.js';
import { FoundCommunity, LeaveCommunity, RegisterMember } from './community.commands.js';
import { AcceptConvening, ProposeCircle } from './convening.commands.js';
import { ChangeAim, ChangeDomain } from './domain.commands.js';
import { AssignExpert, EndExpertAssignment } from './experts.commands.js';
import {
  AcceptAdmission,
  DeclineAdmission,
  OfferAdmission,
  StepBackAsSecretary,
  VolunteerAsSecretary,
} from './forming.commands.js';
import { AdmitMember } from './membership.commands.js';
import { convene, foundVillage, itemsOf, learners, openRacines, openRoot, rootId, standing } from './spec.village.js';

const refused = async (act: Promise<unknown>): Promise<string> => {
  const error: unknown = await act.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Refusal ? error.code : `not refused: ${String(error)}`;
};
const types = async (village: CirclesInMemory, stream: string) => (await village.facts(stream)).map((it) => it.type);

describe('founding', () => {
  it('writes the community and its root circle, with the founder in it and the rules in full', async () => {
    const village = await foundVillage();
    expect((await types(village, `community-${testCommunity}`)).slice(0, 2)).toEqual([
      'CommunityFounded',
      'MemberRegistered',
    ]);
    const [proposed, admitted] = await village.facts(`circle-${rootId}`);
    expect(proposed!.data).toMatchObject({
      circleId: rootId,
      communityId: testCommunity,
      name: 'Cercle général',
      category: 'general',
      convener: 'ana',
      rules: { absenceMode: 'AllRequired', sizes: { activation: 5 } },
    });
    expect(admitted!.data).toEqual({ memberId: 'ana', how: 'convener' });
    expect(admitted!.meta).toMatchObject({
      actor: 'policy:when-community-founded-then-propose-root-circle',
      circle: rootId,
      community: testCommunity,
    });
  });

  it('is one founding however often the same click arrives', async () => {
    const village = await foundVillage();
    const input = {
      name: 'Autre',
      zone: 'America/Toronto',
      root: { name: 'Racine', aim: 'Être.', domain: [], meetingsPerYear: 6 },
    };
    const caller = village.by('bo', 'found', 'other');
    const first = await village.settled(new FoundCommunity(caller, input));
    expect(await village.settled(new FoundCommunity(caller, input))).toEqual(first);
    expect(await refused(village.execute(new FoundCommunity(village.by('bo', 'again', 'other'), input)))).toBe(
      'COMMUNITY_EXISTS',
    );
  });

  it('takes members by invitation, and lets them leave', async () => {
    const village = await foundVillage();
    expect(
      await refused(village.execute(new RegisterMember(village.by('x'), { memberId: 'x', invitedBy: 'nobody' }))),
    ).toBe('INVITER_NOT_A_MEMBER');
    await village.settled(new LeaveCommunity(village.by('maya')));
    expect((await village.facts(`community-${testCommunity}`)).at(-1)).toMatchObject({
      type: 'MemberLeft',
      data: { memberId: 'maya' },
      meta: { actor: 'maya', command: 'LeaveCommunity' },
    });
  });
});

describe('forming', () => {
  it('goes from the parent’s decision to an active circle', async () => {
    const village = await foundVillage();
    await openRacines(village);
    expect(await standing(village, 'racines')).toMatchObject({
      state: 'Active',
      accepted: true,
      parentId: rootId,
      category: 'practice',
      members: learners,
      holders: { leader: 'marc', facilitator: 'zoe', secretary: 'luc', secondLink: 'lise' },
      experts: ['solange'],
    });
    const root = await standing(village, rootId);
    expect(root.subCircles).toEqual(['racines']);
    expect(root.domain[0]).toEqual({ itemId: (await itemsOf(village, 'racines'))[0], delegatedTo: 'racines' });
  });

  it('gives a sub-circle the parent’s words for its domain and the parent’s rules', async () => {
    const village = await foundVillage();
    await openRoot(village);
    await convene(village);
    const [proposed] = await village.facts('circle-racines');
    expect(proposed!.data).toMatchObject({
      domain: [{ text: 'L’écoute' }],
      convener: 'marc',
      leader: 'marc',
      leaderTerm: { from: '2027-01-10', to: { date: '2028-01-10' } },
      rules: { quorum: { numerator: 2, denominator: 3, minimum: 3 } },
    });
  });

  it('completes a convening that was cut off after the parent’s part', async () => {
    const village = await foundVillage();
    await openRoot(village);
    await convene(village, 'racines', 'decision-1');
    const whole = await village.facts();
    await convene(village, 'racines', 'decision-1');
    expect(await village.facts()).toEqual(whole);
  });

  it('changes nothing in the parent when the sub-circle could not be proposed', async () => {
    const village = await foundVillage();
    await openRoot(village);
    const before = await village.facts();
    const input = {
      circleId: 'soir',
      parentId: rootId,
      name: 'Soir',
      aim: 'Écouter.',
      items: [],
      leader: 'marc',
      leaderTermMonths: 12,
      category: 'practice' as const,
      meetingsPerYear: 10,
      decision: decidedBy('Soir'),
    };
    for (const [changes, code] of [
      [{ circleId: rootId }, 'CIRCLE_EXISTS'],
      [{ leader: 'stranger' }, 'NOT_A_COMMUNITY_MEMBER'],
      [{ leaderTermMonths: 0 }, 'TERM_NEEDS_AN_END'],
      [{ meetingsPerYear: 2 }, 'MEETINGS_BELOW_MINIMUM'],
      [{ items: ['unknown'] }, 'DOMAIN_NOT_OWNED'],
      [{ parentId: 'unknown' }, 'NOT_FOUND'],
    ] as const)
      expect(
        await refused(village.execute(new ProposeCircle(village.by(decidingPolicy), { ...input, ...changes }))),
      ).toBe(code);
    expect(await refused(village.execute(new ProposeCircle(village.by('ana'), input)))).toBe('ONLY_BY_DECISION');
    expect(await village.facts()).toEqual(before);
  });

  it('offers, declines, volunteers and steps back', async () => {
    const village = await foundVillage();
    const circleId = rootId;
    await village.execute(new OfferAdmission(village.by('ana'), { circleId, memberId: 'leo' }));
    await village.execute(new DeclineAdmission(village.by('leo'), { circleId }));
    await village.execute(new OfferAdmission(village.by('ana'), { circleId, memberId: 'leo' }));
    await village.execute(new DeclineAdmission(village.by('ana'), { circleId, memberId: 'leo' }));
    await village.execute(new OfferAdmission(village.by('ana'), { circleId, memberId: 'leo' }));
    await village.execute(new AcceptAdmission(village.by('leo'), { circleId }));
    await village.execute(new VolunteerAsSecretary(village.by('leo'), { circleId }));
    expect((await standing(village, circleId)).acting).toEqual({ secretary: 'leo' });
    await village.execute(new StepBackAsSecretary(village.by('leo'), { circleId }));
    const facts = await village.facts(`circle-${circleId}`);
    expect(facts.slice(2).map(({ type, meta }) => [type, meta.actor, meta.office])).toEqual([
      ['AdmissionOffered', 'ana', 'convener'],
      ['AdmissionDeclined', 'leo', undefined],
      ['AdmissionOffered', 'ana', 'convener'],
      ['AdmissionDeclined', 'ana', 'convener'],
      ['AdmissionOffered', 'ana', 'convener'],
      ['MemberAdmitted', 'leo', undefined],
      ['ActingAppointed', 'leo', undefined],
      ['ActingEnded', 'leo', 'secretary'],
    ]);
  });

  it('answers a foreign circle as one that is not there', async () => {
    const village = await foundVillage();
    const stranger = village.by('ana', 'click', 'elsewhere');
    for (const circleId of [rootId, 'unknown']) {
      expect(await refused(village.execute(new AcceptConvening(stranger, { circleId })))).toBe('NOT_FOUND');
      expect(await refused(village.standings.of(circleId, 'elsewhere', village.clock.now()))).toBe('NOT_FOUND');
    }
  });
});

describe('what decisions change', () => {
  it('admits, assigns an expert and relieves them', async () => {
    const village = await foundVillage();
    await openRacines(village);
    const decision = decidedBy('x');
    const circleId = 'racines';
    await village.execute(new AdmitMember(village.by(decidingPolicy), { circleId, memberId: 'maya', decision }));
    expect((await standing(village, circleId)).members).toContain('maya');
    const relief = { circleId, expertId: 'solange', decision };
    await village.execute(new EndExpertAssignment(village.by(decidingPolicy), relief));
    expect((await standing(village, circleId)).experts).toEqual([]);
    const again = { circleId, expertId: 'solange', from: '2027-01-10', to: '2027-06-30', decision };
    await village.execute(new AssignExpert(village.by(decidingPolicy), again));
    await village.execute(new EndExpertAssignment(village.by('solange'), { circleId, expertId: 'solange' }));
    expect((await village.facts('circle-racines')).at(-1)!.data).toEqual({ expertId: 'solange', cause: 'steppedBack' });
  });

  it('INV-23 admits nobody at the word of a person, whoever it is', async () => {
    const village = await foundVillage();
    await openRacines(village);
    const input = { circleId: 'racines', memberId: 'maya', decision: decidedBy('x') };
    for (const member of ['marc', 'zoe', 'maya', 'ana', 'solange'])
      expect(await refused(village.execute(new AdmitMember(village.by(member), input)))).toBe(
        'ADMISSION_NEEDS_CONSENT',
      );
  });

  it('moves domain items in the parent first, then in the sub-circle, with the parent’s words', async () => {
    const village = await foundVillage();
    await openRacines(village);
    const [listening, welcome, money] = await itemsOf(village, rootId);
    const move = { circleId: 'racines', decidedIn: rootId, decision: decidedBy('x') };
    const received = [{ itemId: welcome!, text: null }];
    await village.execute(new ChangeDomain(village.by(decidingPolicy), { ...move, add: received, remove: [] }));
    await village.execute(new ChangeDomain(village.by(decidingPolicy), { ...move, add: [], remove: [listening!] }));
    const change = { ...move, decision: decidedBy('y') };
    await village.execute(
      new ChangeDomain(village.by(decidingPolicy), {
        ...change,
        add: [{ itemId: money!, text: 'other words' }],
        remove: [welcome!],
      }),
    );
    expect(await itemsOf(village, 'racines')).toEqual([money]);
    expect((await village.facts('circle-racines')).at(-1)!.data).toMatchObject({
      added: [{ itemId: money, text: 'La caisse' }],
      removed: [welcome],
    });
    expect((await standing(village, rootId)).domain).toEqual([
      { itemId: listening },
      { itemId: welcome },
      { itemId: money, delegatedTo: 'racines' },
    ]);
  });

  it('changes nothing anywhere when the parent says no', async () => {
    const village = await foundVillage();
    await openRacines(village);
    const before = await village.facts();
    const move = { circleId: 'racines', decidedIn: rootId, remove: [], decision: decidedBy('x') };
    const add = [{ itemId: 'unknown', text: null }];
    const unknown = new ChangeDomain(village.by(decidingPolicy), { ...move, add });
    expect(await refused(village.execute(unknown))).toBe('DOMAIN_NOT_OWNED');
    expect(await village.facts()).toEqual(before);
  });

  it('changes the root’s own domain and anybody’s aim where it is theirs to decide', async () => {
    const village = await foundVillage();
    await openRacines(village);
    const decision = decidedBy('x');
    await village.execute(
      new ChangeDomain(village.by(decidingPolicy), {
        circleId: rootId,
        decidedIn: rootId,
        add: [{ itemId: 'youth', text: 'Les jeunes' }],
        remove: [],
        decision,
      }),
    );
    expect(await itemsOf(village, rootId)).toContain('youth');
    const aim = { circleId: 'racines', aim: 'Écouter, ensemble.', decision };
    expect(
      await refused(village.execute(new ChangeAim(village.by(decidingPolicy), { ...aim, decidedIn: 'racines' }))),
    ).toBe('DECIDED_ELSEWHERE');
    await village.execute(new ChangeAim(village.by(decidingPolicy), { ...aim, decidedIn: rootId }));
    expect((await village.facts('circle-racines')).at(-1)!.data).toMatchObject({ aim: 'Écouter, ensemble.' });
  });
});
