import { given, refusalOf } from '@app/kernel/testing';
import type { CircleEvent } from './circle.events.js';
import { circle } from './circle.js';
import { admitMember, leaveCircle, removeMember, withdrawFromCircle } from './membership.js';
import {
  accepted,
  admitted,
  admittedConvener,
  circleAfter,
  communityMembers,
  convenes,
  decision,
  expert,
  gathered,
  general,
  now,
  policy,
  proposed,
  racines,
  racinesSeats,
  seven,
  term,
  until,
  vacated,
} from './spec.racines.js';
import type { Office } from './rules.js';

const scene = { now, communityMembers, seats: [], decision, by: policy };
const left = (memberId: string, more: Partial<LeftData> = {}): CircleEvent => ({
  type: 'MemberLeftCircle',
  data: { memberId, officesEnded: [], linksEnded: [], ...more },
});
type LeftData = Extract<CircleEvent, { type: 'MemberLeftCircle' }>['data'];
const eight = [...racines, admitted('maya')];
const plan = { plan: 'Cercle Racines-Soir', due: '2027-07-26' };
const overStrength = (memberId: string, due = plan.due): CircleEvent => ({
  type: 'OverStrengthAdmitted',
  data: { memberId, plan: plan.plan, due: until(due), decision },
});

describe('admitting to an active circle', () => {
  it('takes effect by decision', () =>
    given(circle, ...racines)
      .when(admitMember, { ...scene, memberId: 'maya' })
      .then(admitted('maya')));

  it('INV-23 is nobody’s own act: not the leader’s, not an officer’s, not the person’s', () => {
    for (const by of [...seven, 'maya', 'solange'])
      given(circle, ...racines)
        .when(admitMember, { ...scene, memberId: 'maya', by })
        .thenRefused('ADMISSION_NEEDS_CONSENT');
  });

  it('happens once, and plans nothing where nothing need be planned', () => {
    given(circle, ...eight)
      .when(admitMember, { ...scene, memberId: 'maya' })
      .thenNothing();
    given(circle, ...racines)
      .when(admitMember, { ...scene, memberId: 'maya', splitPlan: plan })
      .then(admitted('maya'));
  });

  it('is for an active circle; a forming one has its convener’s offers', () =>
    given(circle, ...gathered)
      .when(admitMember, { ...scene, memberId: 'maya' })
      .thenRefused('CIRCLE_NOT_ACTIVE'));

  it('admits members of the community only', () =>
    given(circle, ...racines)
      .when(admitMember, { ...scene, memberId: 'stranger' })
      .thenRefused('NOT_A_COMMUNITY_MEMBER'));

  it('INV-20 does not admit the circle’s expert, present or to come', () => {
    given(circle, ...racines)
      .when(admitMember, { ...scene, memberId: 'solange' })
      .thenRefused('EXPERT_IS_NO_MEMBER');
    given(circle, ...racines, expert('leo', '2027-09-01', '2028-09-01'))
      .when(admitMember, { ...scene, memberId: 'leo' })
      .thenRefused('EXPERT_IS_NO_MEMBER');
    given(circle, ...racines, expert('leo', '2026-09-01', '2027-04-01'))
      .when(admitMember, { ...scene, memberId: 'leo' })
      .thenTypes('MemberAdmitted');
  });

  it('INV-06 takes a ninth and a tenth with a plan to divide, within sixty days', () => {
    given(circle, ...eight)
      .when(admitMember, { ...scene, memberId: 'leo', splitPlan: plan })
      .then(admitted('leo'), overStrength('leo'));
    given(circle, ...eight, admitted('leo'))
      .when(admitMember, { ...scene, memberId: 'noe', splitPlan: plan })
      .then(admitted('noe'), overStrength('noe'));
  });

  it('INV-06 takes no ninth without a plan', () =>
    given(circle, ...eight)
      .when(admitMember, { ...scene, memberId: 'leo' })
      .thenRefused('SPLIT_PLAN_NEEDED'));

  it('INV-06 takes no plan for later than sixty days, nor for a day that is past', () => {
    for (const due of ['2027-07-27', '2027-05-26'])
      given(circle, ...eight)
        .when(admitMember, { ...scene, memberId: 'leo', splitPlan: { ...plan, due } })
        .thenRefused('SPLIT_PLAN_TOO_FAR');
  });

  it('INV-06 takes no eleventh, whatever the plan', () =>
    given(circle, ...eight, admitted('leo'), admitted('noe'))
      .when(admitMember, { ...scene, memberId: 'eve', splitPlan: plan })
      .thenRefused('CIRCLE_FULL'));

  it('INV-06 counts no one who sits here only as link of a sub-circle', () => {
    const links = ['l1', 'l2', 'l3', 'l4', 'l5'].map((memberId) => ({
      ...racinesSeats[0]!,
      memberId,
      termId: memberId,
    }));
    given(circle, ...general)
      .when(admitMember, { ...scene, memberId: 'maya', seats: links })
      .then(admitted('maya'));
  });

  it('admits in their own right a person who sat here as a link', () =>
    given(circle, ...general, convenes(['ecoute']))
      .when(admitMember, { ...scene, memberId: 'lise', seats: racinesSeats })
      .then(admitted('lise')));
});

describe('leaving a circle', () => {
  const leaving = (memberId: string) => ({ memberId, by: memberId, now, seats: [] });

  it('INV-25 is refused to no member, in no state, whatever they hold', () => {
    for (const history of [[proposed(), admittedConvener], gathered, racines, eight]) {
      const { admitted: members } = circleAfter(...history);
      for (const memberId of members)
        expect(leaveCircle(circleAfter(...history), leaving(memberId))[0]).toMatchObject({ type: 'MemberLeftCircle' });
    }
  });

  it('INV-25 goes on to the last member', () => {
    let history: CircleEvent[] = [...racines];
    for (const memberId of seven) history = [...history, ...leaveCircle(circleAfter(...history), leaving(memberId))];
    expect(circleAfter(...history)).toMatchObject({ admitted: [], terms: [] });
  });

  it('ends every office at the same moment, and tells what is handed over', () =>
    given(circle, ...racines, term('facilitator', 'luc'))
      .when(leaveCircle, { ...leaving('luc'), handover: 'Le cahier est chez Ana.' })
      .then(
        left('luc', { officesEnded: ['facilitator', 'secretary'], handover: 'Le cahier est chez Ana.' }),
        vacated('facilitator', 'luc', 'leftCircle'),
        vacated('secretary', 'luc', 'leftCircle'),
      ));

  it('ends a term that was yet to begin', () =>
    given(circle, ...racines, term('facilitator', 'paul', '2027-09-01'))
      .when(leaveCircle, leaving('paul'))
      .then(left('paul', { officesEnded: ['facilitator'] }), vacated('facilitator', 'paul', 'leftCircle')));

  it('ends what a volunteer did', () => {
    const holding = { termId: 't1', office: 'secretary' as const, seat: 1, memberId: 'luc' };
    given(circle, ...gathered, { type: 'ActingAppointed', data: { ...holding, order: 'volunteer' } })
      .when(leaveCircle, leaving('luc'))
      .then(left('luc'), { type: 'ActingEnded', data: { ...holding, cause: 'leftCircle' } });
  });

  it('INV-16 ends the offices in sub-circles by which the person sat here', () =>
    given(circle, ...general, convenes(['ecoute']))
      .when(leaveCircle, { ...leaving('lise'), seats: racinesSeats })
      .then(left('lise', { linksEnded: [{ subCircleId: 'racines', link: 'second', termId: 'secondLink-lise' }] })));

  it('happens once', () =>
    given(circle, ...racines, left('ana'))
      .when(leaveCircle, leaving('ana'))
      .thenNothing());

  it('is for members, and for oneself', () => {
    given(circle, ...racines)
      .when(leaveCircle, leaving('maya'))
      .thenRefused('NOT_A_MEMBER');
    given(circle, ...racines)
      .when(leaveCircle, { ...leaving('ana'), by: 'zoe' })
      .thenRefused('ONLY_ONESELF');
    given(circle).when(leaveCircle, leaving('ana')).thenRefused('NOT_FOUND');
  });
});

describe('removing a member', () => {
  const removed = (memberId: string, officesEnded: Office[] = []): CircleEvent => ({
    type: 'MemberRemoved',
    data: { memberId, decision, officesEnded },
  });

  it('takes effect by decision, and ends every office', () => {
    given(circle, ...racines)
      .when(removeMember, { ...scene, memberId: 'luc' })
      .then(removed('luc', ['secretary']), vacated('secretary', 'luc', 'removed'));
    const { admitted: members, former } = circleAfter(...racines, removed('luc'));
    expect([members.includes('luc'), former]).toEqual([false, ['luc']]);
  });

  it('INV-25 is nobody’s own act', () => {
    for (const by of seven)
      given(circle, ...racines)
        .when(removeMember, { ...scene, memberId: 'luc', by })
        .thenRefused('REMOVAL_NEEDS_CONSENT');
  });

  it('happens once, or not where they have left', () => {
    for (const gone of [removed('luc'), left('luc')])
      given(circle, ...racines, gone)
        .when(removeMember, { ...scene, memberId: 'luc' })
        .thenNothing();
  });

  it('is of a member, by an active circle', () => {
    given(circle, ...gathered)
      .when(removeMember, { ...scene, memberId: 'luc' })
      .thenRefused('CIRCLE_NOT_ACTIVE');
    given(circle, ...racines)
      .when(removeMember, { ...scene, memberId: 'maya' })
      .thenRefused('NOBODY_TO_REMOVE');
  });

  it('INV-15 leaves who sits here as a link where they sit', () =>
    given(circle, ...general, convenes(['ecoute']))
      .when(removeMember, { ...scene, memberId: 'lise' })
      .thenRefused('NOBODY_TO_REMOVE'));
});

describe('leaving the community', () => {
  const withdrawal = (memberId: string) => ({ memberId, by: 'policy:when-member-left', now, seats: [] });

  it('ends the membership, with its offices', () =>
    given(circle, ...racines)
      .when(withdrawFromCircle, withdrawal('zoe'))
      .then(left('zoe', { officesEnded: ['facilitator'] }), vacated('facilitator', 'zoe', 'leftCommunity')));

  it('ends an offer and an expert’s assignment', () => {
    given(circle, proposed(), admittedConvener, {
      type: 'AdmissionOffered',
      data: { memberId: 'zoe', by: 'marc' },
    })
      .when(withdrawFromCircle, withdrawal('zoe'))
      .then({ type: 'AdmissionDeclined', data: { memberId: 'zoe', by: 'zoe' } });
    given(circle, ...racines)
      .when(withdrawFromCircle, withdrawal('solange'))
      .then({ type: 'ExpertUnassigned', data: { expertId: 'solange', cause: 'leftCommunity' } });
  });

  it('changes nothing where the person was nothing', () =>
    given(circle, ...racines, accepted('theo'))
      .when(withdrawFromCircle, withdrawal('maya'))
      .thenNothing());

  it('is the policy’s to tell', () =>
    expect(
      refusalOf(() => withdrawFromCircle(circleAfter(...racines), { ...withdrawal('zoe'), by: 'marc' })).code,
    ).toBe('ONLY_ONESELF'));
});
