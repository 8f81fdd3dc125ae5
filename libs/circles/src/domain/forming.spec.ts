import { given } from '@app/kernel/testing';
import type { CircleEvent } from './circle.events.js';
import { circle } from './circle.js';
import {
  acceptAdmission,
  acceptAimAndDomain,
  declineAdmission,
  offerAdmission,
  stepBackAsSecretary,
  volunteerAsSecretary,
} from './forming.js';
import {
  accepted,
  admittedConvener,
  aimAccepted,
  communityMembers,
  decision,
  expert,
  gathered,
  general,
  now,
  policy,
  proposed,
  racines,
  secretary,
  until,
} from './spec.racines.js';

const forming = [proposed(), admittedConvener];
const offered = (memberId: string): CircleEvent => ({ type: 'AdmissionOffered', data: { memberId, by: 'marc' } });
const scene = { now, communityMembers, seats: [] };
const volunteer: CircleEvent = {
  type: 'ActingAppointed',
  data: { termId: 't1', office: 'secretary', seat: 1, memberId: 'luc', order: 'volunteer' },
};

describe('gathering the first members', () => {
  it('the convener offers a place, and the person accepts it themselves', () => {
    given(circle, ...forming)
      .when(offerAdmission, { ...scene, memberId: 'zoe', by: 'marc' })
      .then(offered('zoe'));
    given(circle, ...forming, offered('zoe'))
      .when(acceptAdmission, { ...scene, by: 'zoe' })
      .then(accepted('zoe'));
  });

  it('an offer and an acceptance count once', () => {
    given(circle, ...forming, offered('zoe'))
      .when(offerAdmission, { ...scene, memberId: 'zoe', by: 'marc' })
      .thenNothing();
    given(circle, ...forming, accepted('zoe'))
      .when(offerAdmission, { ...scene, memberId: 'zoe', by: 'marc' })
      .thenNothing();
    given(circle, ...forming, accepted('zoe'))
      .when(acceptAdmission, { ...scene, by: 'zoe' })
      .thenNothing();
  });

  it('only the convener offers, once they have accepted themselves, and while the circle forms', () => {
    given(circle, ...forming, accepted('zoe'))
      .when(offerAdmission, { ...scene, memberId: 'luc', by: 'zoe' })
      .thenRefused('ONLY_CONVENER');
    given(circle, proposed())
      .when(offerAdmission, { ...scene, memberId: 'zoe', by: 'marc' })
      .thenRefused('CIRCLE_NOT_FORMING');
    given(circle, ...racines)
      .when(offerAdmission, { ...scene, memberId: 'maya', by: 'marc' })
      .thenRefused('CIRCLE_NOT_FORMING');
    given(circle, ...forming, {
      type: 'MemberLeftCircle',
      data: { memberId: 'marc', officesEnded: [], linksEnded: [] },
    })
      .when(offerAdmission, { ...scene, memberId: 'zoe', by: 'marc' })
      .thenRefused('ONLY_CONVENER');
  });

  it('only members of the community are offered a place and accept one', () => {
    given(circle, ...forming)
      .when(offerAdmission, { ...scene, memberId: 'stranger', by: 'marc' })
      .thenRefused('NOT_A_COMMUNITY_MEMBER');
    given(circle, ...forming, offered('zoe'))
      .when(acceptAdmission, { now, by: 'zoe', communityMembers: ['marc'] })
      .thenRefused('NOT_A_COMMUNITY_MEMBER');
  });

  it('nobody takes a place that was not offered', () =>
    given(circle, ...forming)
      .when(acceptAdmission, { ...scene, by: 'zoe' })
      .thenRefused('NOT_OFFERED'));

  it('INV-20 the circle’s expert is offered no place and takes none', () => {
    given(circle, ...forming, expert())
      .when(offerAdmission, { ...scene, memberId: 'solange', by: 'marc' })
      .thenRefused('EXPERT_IS_NO_MEMBER');
    given(circle, ...forming, offered('solange'), expert())
      .when(acceptAdmission, { ...scene, by: 'solange' })
      .thenRefused('EXPERT_IS_NO_MEMBER');
  });

  it('INV-06 a ninth member waits for the circle’s own decision, which names a plan', () =>
    given(circle, ...gathered, accepted('maya'), offered('leo'))
      .when(acceptAdmission, { ...scene, by: 'leo' })
      .thenRefused('FORMING_CIRCLE_FULL'));

  it('the person declines, or the convener takes the offer back', () => {
    given(circle, ...forming, offered('zoe'))
      .when(declineAdmission, { memberId: 'zoe', by: 'zoe' })
      .then({ type: 'AdmissionDeclined', data: { memberId: 'zoe', by: 'zoe' } });
    given(circle, ...forming, offered('zoe'))
      .when(declineAdmission, { memberId: 'zoe', by: 'marc' })
      .then({ type: 'AdmissionDeclined', data: { memberId: 'zoe', by: 'marc' } });
  });

  it('nobody declines for another, nor what was not offered', () => {
    given(circle, ...forming, offered('zoe'), accepted('luc'))
      .when(declineAdmission, { memberId: 'zoe', by: 'luc' })
      .thenRefused('ONLY_ONESELF');
    given(circle, ...forming)
      .when(declineAdmission, { memberId: 'zoe', by: 'zoe' })
      .thenRefused('NOT_OFFERED');
    given(circle, ...racines)
      .when(declineAdmission, { memberId: 'zoe', by: 'zoe' })
      .thenRefused('CIRCLE_NOT_FORMING');
  });
});

describe('a secretary by their own offer', () => {
  const withLuc = [...forming, accepted('luc'), accepted('zoe')];

  it('keeps the record while the circle forms', () =>
    given(circle, ...withLuc)
      .when(volunteerAsSecretary, { by: 'luc', now, termId: 't1' })
      .then(volunteer));

  it('is a member, not the convener, and one at a time', () => {
    given(circle, ...withLuc)
      .when(volunteerAsSecretary, { by: 'maya', now, termId: 't1' })
      .thenRefused('NOT_A_MEMBER');
    given(circle, ...withLuc)
      .when(volunteerAsSecretary, { by: 'marc', now, termId: 't1' })
      .thenRefused('CONVENER_IS_NOT_SECRETARY');
    given(circle, ...withLuc, volunteer)
      .when(volunteerAsSecretary, { by: 'zoe', now, termId: 't2' })
      .thenRefused('SECRETARY_ALREADY_THERE');
    given(circle, ...withLuc, aimAccepted, secretary)
      .when(volunteerAsSecretary, { by: 'zoe', now, termId: 't2' })
      .thenRefused('SECRETARY_ALREADY_THERE');
  });

  it('offers once, and only while the circle forms', () => {
    given(circle, ...withLuc, volunteer)
      .when(volunteerAsSecretary, { by: 'luc', now, termId: 't2' })
      .thenNothing();
    given(circle, ...racines)
      .when(volunteerAsSecretary, { by: 'paul', now, termId: 't2' })
      .thenRefused('CIRCLE_NOT_FORMING');
  });

  it('makes room for another when they wish', () => {
    const ended: CircleEvent = {
      type: 'ActingEnded',
      data: { termId: 't1', office: 'secretary', seat: 1, memberId: 'luc', cause: 'steppedBack' },
    };
    given(circle, ...withLuc, volunteer)
      .when(stepBackAsSecretary, { by: 'luc' })
      .then(ended);
    given(circle, ...withLuc, volunteer)
      .when(stepBackAsSecretary, { by: 'zoe' })
      .thenRefused('NOT_ACTING');
    given(circle, ...withLuc, volunteer, ended)
      .when(stepBackAsSecretary, { by: 'luc' })
      .thenRefused('NOT_ACTING');
  });
});

describe('accepting aim and domain', () => {
  const acceptance = { decision, by: policy, now, termId: 'leader-marc' };
  const leaderFromToday: CircleEvent = {
    type: 'TermStarted',
    data: {
      termId: 'leader-marc',
      office: 'leader',
      seat: 1,
      memberId: 'marc',
      from: '2027-05-27',
      to: until('2028-01-10'),
      decision,
    },
  };

  it('INV-17 confirms the leader whom the parent named, whose term starts', () =>
    given(circle, ...gathered)
      .when(acceptAimAndDomain, acceptance)
      .then(aimAccepted, leaderFromToday));

  it('starts no term before the day the parent named', () => {
    const later = proposed({ leaderTerm: { from: '2027-06-15', to: until('2028-06-15') } });
    given(circle, later, ...gathered.slice(1))
      .when(acceptAimAndDomain, acceptance)
      .then(aimAccepted, {
        type: 'TermStarted',
        data: { ...leaderFromToday.data, from: '2027-06-15', to: until('2028-06-15') },
      } as CircleEvent);
  });

  it('INV-17 is the circle’s consent: no person declares it, the leader no more than others', () => {
    for (const by of ['marc', 'ana', 'zoe'])
      given(circle, ...gathered)
        .when(acceptAimAndDomain, { ...acceptance, by })
        .thenRefused('CONFIRMATION_NEEDS_CONSENT');
  });

  it('INV-17 confirms nobody who has not accepted to be there', () =>
    given(circle, proposed({ leader: 'ana' }), admittedConvener, accepted('zoe'))
      .when(acceptAimAndDomain, acceptance)
      .thenRefused('LEADER_NOT_YET_MEMBER'));

  it('starts no term that is over', () =>
    given(circle, ...gathered)
      .when(acceptAimAndDomain, { ...acceptance, now: '2028-01-12T12:00:00.000Z' })
      .thenRefused('TERM_IS_OVER'));

  it('starts nobody’s term in the root circle, which elects its own leader', () =>
    given(circle, ...general.slice(0, 7))
      .when(acceptAimAndDomain, acceptance)
      .then(aimAccepted));

  it('happens once, and while the circle forms', () => {
    given(circle, ...gathered, aimAccepted)
      .when(acceptAimAndDomain, acceptance)
      .thenNothing();
    given(circle, proposed()).when(acceptAimAndDomain, acceptance).thenRefused('CIRCLE_NOT_FORMING');
  });
});
