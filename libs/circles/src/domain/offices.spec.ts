import { given } from '@app/kernel/testing';
import type { CircleEvent } from './circle.events.js';
import { circle } from './circle.js';
import { resignOffice, startTerm, vacateLinkOffice } from './offices.js';
import type { Office } from './rules.js';
import {
  accepted,
  circleAfter,
  convenes,
  decision,
  elected,
  facilitator,
  gathered,
  general,
  now,
  proposed,
  racines,
  racinesSeats,
  seven,
  term,
  until,
  vacated,
  withoutSecondLink,
} from './spec.racines.js';
import { holderOf } from './seats.js';

const start = (office: Office, memberId: string, from = '2027-05-27', to = '2028-03-31') => ({
  termId: `${office}-${memberId}`,
  office,
  memberId,
  from,
  to: until(to),
  electionId: 'e1',
  by: elected,
  now,
  seats: [],
});
const started = (office: Office, memberId: string, from = '2027-05-27'): CircleEvent => term(office, memberId, from);

describe('starting a term', () => {
  it('puts the elected person in office', () =>
    given(circle, ...withoutSecondLink)
      .when(startTerm, start('secondLink', 'ana'))
      .then(started('secondLink', 'ana')));

  it('is the outcome of an election, not anybody’s act', () => {
    for (const by of seven)
      given(circle, ...withoutSecondLink)
        .when(startTerm, { ...start('secondLink', 'ana'), by })
        .thenRefused('ONLY_BY_DECISION');
  });

  it('happens once', () =>
    given(circle, ...racines)
      .when(startTerm, start('secondLink', 'lise'))
      .thenNothing());

  it('replaces whoever held the office', () =>
    given(circle, ...racines)
      .when(startTerm, start('facilitator', 'paul'))
      .then(vacated('facilitator', 'zoe', 'replaced'), started('facilitator', 'paul')));

  it('that begins later leaves the present holder in office until then', () => {
    const later = start('facilitator', 'paul', '2027-06-15');
    given(circle, ...racines)
      .when(startTerm, later)
      .then(started('facilitator', 'paul', '2027-06-15'));
    const then = circleAfter(...racines, started('facilitator', 'paul', '2027-06-15'));
    expect(holderOf(then, 'facilitator', '2027-06-15T03:59:59.999Z')).toBe('zoe');
    expect(holderOf(then, 'facilitator', '2027-06-15T04:00:00.000Z')).toBe('paul');
  });

  it('leaves alone a term that is yet to begin', () =>
    given(circle, ...racines, started('facilitator', 'paul', '2027-09-01'))
      .when(startTerm, start('facilitator', 'ana'))
      .then(vacated('facilitator', 'zoe', 'replaced'), started('facilitator', 'ana')));

  it('keeps a second seat apart from the first', () =>
    given(circle, ...racines)
      .when(startTerm, { ...start('facilitator', 'paul'), seat: 2 })
      .thenTypes('TermStarted'));

  it('relieves the volunteer who acted', () => {
    const holding = { termId: 't1', office: 'secretary' as const, seat: 1, memberId: 'paul' };
    given(circle, ...gathered, aimOf(racines), { type: 'ActingAppointed', data: { ...holding, order: 'volunteer' } })
      .when(startTerm, start('secretary', 'luc'))
      .then({ type: 'ActingEnded', data: { ...holding, cause: 'elected' } }, started('secretary', 'luc'));
  });

  it('INV-10 waits until the circle has accepted its aim and domain', () =>
    given(circle, ...gathered)
      .when(startTerm, start('facilitator', 'zoe'))
      .thenRefused('AIM_NOT_ACCEPTED'));

  it('waits until the circle forms', () =>
    given(circle, proposed()).when(startTerm, start('facilitator', 'zoe')).thenRefused('CIRCLE_NOT_FORMING'));

  it('INV-12 makes no second link of the leader', () =>
    given(circle, ...withoutSecondLink)
      .when(startTerm, start('secondLink', 'marc'))
      .thenRefused('SECOND_LINK_IS_LEADER'));

  it('INV-12 makes no second link of the acting leader, nor of a leader to be', () => {
    given(circle, ...withoutSecondLink, {
      type: 'ActingAppointed',
      data: { termId: 't1', office: 'leader', seat: 1, memberId: 'ana', order: 'parent' },
    })
      .when(startTerm, start('secondLink', 'ana'))
      .thenRefused('SECOND_LINK_IS_LEADER');
    given(circle, ...withoutSecondLink, term('leader', 'ana', '2027-09-01'))
      .when(startTerm, start('secondLink', 'ana'))
      .thenRefused('SECOND_LINK_IS_LEADER');
  });

  it('INV-12 ends the second link’s term when they become leader', () =>
    given(circle, ...racines)
      .when(startTerm, { ...start('leader', 'lise'), electionId: undefined, decision })
      .then(vacated('leader', 'marc', 'replaced'), vacated('secondLink', 'lise', 'becameLeader'), {
        type: 'TermStarted',
        data: {
          termId: 'leader-lise',
          office: 'leader',
          seat: 1,
          memberId: 'lise',
          from: '2027-05-27',
          to: until('2028-03-31'),
          decision,
        },
      }));

  it('INV-13 makes a second link, or any officer, of members only', () => {
    given(circle, ...withoutSecondLink)
      .when(startTerm, start('secondLink', 'maya'))
      .thenRefused('OFFICER_NOT_A_MEMBER');
    given(circle, ...racines)
      .when(startTerm, start('facilitator', 'maya'))
      .thenRefused('OFFICER_NOT_A_MEMBER');
  });

  it('INV-15 makes an officer of a sub-circle’s link: they are full members of the parent', () =>
    given(circle, ...general, convenes(['ecoute']))
      .when(startTerm, { ...start('facilitator', 'lise'), seats: racinesSeats })
      .then(vacated('facilitator', 'leo', 'replaced'), started('facilitator', 'lise')));

  it('INV-17 takes no leader from an election inside a sub-circle', () =>
    given(circle, ...racines)
      .when(startTerm, start('leader', 'ana'))
      .thenRefused('LEADER_NAMED_BY_PARENT'));

  it('INV-17 takes the leader that the root circle elected itself', () =>
    given(circle, ...general)
      .when(startTerm, start('leader', 'leo'))
      .then(vacated('leader', 'ana', 'replaced'), started('leader', 'leo')));

  it('gives the root circle no second link', () =>
    given(circle, ...general)
      .when(startTerm, start('secondLink', 'leo'))
      .thenRefused('ROOT_HAS_NO_SECOND_LINK'));

  it('INV-18 makes nobody leader, facilitator and secretary at once', () => {
    given(circle, ...racines, term('facilitator', 'marc', '2027-03-01'))
      .when(startTerm, start('secretary', 'marc'))
      .thenRefused('ALL_THREE_OFFICES');
    given(circle, ...racines)
      .when(startTerm, start('secretary', 'marc'))
      .thenTypes('OfficeVacated', 'TermStarted');
  });

  it('INV-20 puts no expert of the circle in office', () =>
    given(circle, ...racines, accepted('solange'))
      .when(startTerm, start('secretary', 'solange'))
      .thenRefused('EXPERT_HOLDS_NO_OFFICE'));

  it('INV-21 starts no term without an end, nor one that ends before it starts', () => {
    given(circle, ...racines)
      .when(startTerm, { ...start('facilitator', 'paul'), to: undefined })
      .thenRefused('TERM_NEEDS_AN_END');
    given(circle, ...racines)
      .when(startTerm, start('facilitator', 'paul', '2027-06-01', '2027-06-01'))
      .thenRefused('TERM_NEEDS_AN_END');
  });

  it('starts no term that is over', () =>
    given(circle, ...racines)
      .when(startTerm, start('facilitator', 'paul', '2027-01-01', '2027-05-01'))
      .thenRefused('TERM_IS_OVER'));
});

describe('ending an office', () => {
  it('the holder steps down when they wish', () =>
    given(circle, ...racines)
      .when(resignOffice, { office: 'facilitator', by: 'zoe', now, handover: 'Bon courage.' })
      .then({
        type: 'OfficeResigned',
        data: {
          termId: 'facilitator-zoe',
          office: 'facilitator',
          seat: 1,
          memberId: 'zoe',
          handover: 'Bon courage.',
        },
      }));

  it('a caretaker steps down too, and somebody whose term is yet to begin', () => {
    given(circle, ...racines)
      .when(resignOffice, { office: 'facilitator', by: 'zoe', now: '2028-04-15T12:00:00.000Z' })
      .thenTypes('OfficeResigned');
    given(circle, ...racines, term('facilitator', 'paul', '2027-09-01'))
      .when(resignOffice, { office: 'facilitator', by: 'paul', now })
      .thenTypes('OfficeResigned');
  });

  it('nobody steps down from what they do not hold', () => {
    given(circle, ...racines)
      .when(resignOffice, { office: 'facilitator', by: 'paul', now })
      .thenRefused('NOT_IN_OFFICE');
    given(circle, ...racines)
      .when(resignOffice, { office: 'facilitator', by: 'zoe', now: '2028-06-01T12:00:00.000Z' })
      .thenRefused('NOT_IN_OFFICE');
  });

  it('INV-16 an office that gave a seat in the parent ends when its holder left the parent', () => {
    given(circle, ...racines)
      .when(vacateLinkOffice, { termId: 'secondLink-lise', by: 'policy:when-member-left-circle' })
      .then(vacated('secondLink', 'lise', 'leftParent'));
    given(circle, ...withoutSecondLink)
      .when(vacateLinkOffice, { termId: 'secondLink-lise', by: 'policy:when-member-left-circle' })
      .thenNothing();
    given(circle, ...racines)
      .when(vacateLinkOffice, { termId: 'secondLink-lise', by: 'marc' })
      .thenRefused('ONLY_BY_DECISION');
  });

  it('leaves the others in office', () =>
    expect(circleAfter(...racines, vacated('secondLink', 'lise', 'leftParent')).terms.map((it) => it.office)).toEqual([
      'leader',
      'facilitator',
      'secretary',
    ]));
});

function aimOf(history: readonly CircleEvent[]): CircleEvent {
  return history.find((it) => it.type === 'AimAndDomainAccepted') ?? facilitator;
}
