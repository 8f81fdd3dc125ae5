import { given } from '@app/kernel/testing';
import type { CircleEvent } from './circle.events.js';
import { type Circle, circle, type LinkSeat } from './circle.js';
import { announceLinkSeated } from './link-seats.js';
import { admitMember, leaveCircle } from './membership.js';
import { startTerm } from './offices.js';
import { methodRules } from './rules.js';
import { linkSeatsOf, membersOf } from './seats.js';
import {
  admitted,
  circleAfter,
  communityMembers,
  convenes,
  decision,
  elected,
  general,
  policy,
  racines,
  until,
  withoutSecondLink,
} from './spec.racines.js';
import { strengthOf } from './strength.js';

describe('S8 Second link cannot be the chef', () => {
  const now = '2027-05-28T00:30:00.000Z';
  const parent = circleAfter(...general, convenes(['ecoute', 'accueil']));
  const election = {
    office: 'secondLink' as const,
    from: '2027-05-27',
    to: until('2028-03-31'),
    electionId: 'e8',
    by: elected,
    now,
    seats: [] as LinkSeat[],
  };

  it('does not seat Marc, who is chef', () =>
    given(circle, ...withoutSecondLink)
      .when(startTerm, { ...election, termId: 't8', memberId: 'marc' })
      .thenRefused('SECOND_LINK_IS_LEADER'));

  it('seats Ana in the general circle at the moment her term starts', () => {
    const started = given(circle, ...withoutSecondLink)
      .when(startTerm, { ...election, termId: 't8', memberId: 'ana' })
      .facts();
    expect(started.map(({ type }) => type)).toEqual(['TermStarted']);
    const before = circleAfter(...withoutSecondLink);
    const after = circleAfter(...withoutSecondLink, ...started);
    const seatsOf = (racinesNow: Circle) =>
      linkSeatsOf(racinesNow, [], now).map(({ link, memberId }) => [link, memberId]);
    expect(seatsOf(before)).toEqual([['first', 'marc']]);
    expect(seatsOf(after)).toEqual([
      ['first', 'marc'],
      ['second', 'ana'],
    ]);
    expect(membersOf(parent, linkSeatsOf(after, [], now), now)).toEqual(expect.arrayContaining(['marc', 'ana']));
  });

  it('tells the general circle the same day', () =>
    given(circle, ...general, convenes(['ecoute', 'accueil']))
      .when(announceLinkSeated, {
        subCircleId: 'racines',
        link: 'second',
        memberId: 'ana',
        causedBy: 'ev8',
        by: 'policy:when-link-office-changes-then-announce-seat',
      })
      .then({
        type: 'LinkSeated',
        data: { link: 'second', memberId: 'ana', subCircleId: 'racines', causedBy: 'ev8' },
      }));
});

describe('S13 Member leaves during the consent round', () => {
  const now = '2027-09-09T23:00:00.000Z';

  it('Paul leaves, and is no member any more from that moment', () => {
    const facts = given(circle, ...racines)
      .when(leaveCircle, { memberId: 'paul', by: 'paul', now, seats: [] })
      .facts();
    expect(facts).toEqual([{ type: 'MemberLeftCircle', data: { memberId: 'paul', officesEnded: [], linksEnded: [] } }]);
    const members = membersOf(circleAfter(...racines, ...facts), [], now);
    expect(members).not.toContain('paul');
    expect(members).toHaveLength(6);
  });
});

describe('S14 Circle reaches 9', () => {
  const now = '2027-10-15T23:00:00.000Z';
  const eight = [...racines, admitted('theo')];
  const admission = { decision, by: policy, now, communityMembers, seats: [] };
  const splitPlan = { plan: 'Cercle Racines-Soir', due: '2027-12-10' };
  const strengthAfter = (history: CircleEvent[]) =>
    strengthOf(methodRules, membersOf(circleAfter(...history), [], now).length);

  it('is refused Maya, the ninth, without a split plan', () =>
    given(circle, ...eight)
      .when(admitMember, { ...admission, memberId: 'maya' })
      .thenRefused('SPLIT_PLAN_NEEDED'));

  it('admits Maya with the plan “cercle Racines-Soir by 2027-12-10” and is over strength', () => {
    const facts = given(circle, ...eight)
      .when(admitMember, { ...admission, memberId: 'maya', splitPlan })
      .facts();
    expect(facts).toEqual([
      { type: 'MemberAdmitted', data: { memberId: 'maya', how: 'decision', decision } },
      {
        type: 'OverStrengthAdmitted',
        data: { memberId: 'maya', plan: 'Cercle Racines-Soir', due: until('2027-12-10'), decision },
      },
    ]);
    expect(strengthAfter(eight)).toBe('OnTarget');
    expect(strengthAfter([...eight, ...facts])).toBe('OverStrength');
  });

  it('is refused an eleventh', () =>
    given(circle, ...eight, admitted('maya'), admitted('leo'))
      .when(admitMember, { ...admission, memberId: 'noe', splitPlan })
      .thenRefused('CIRCLE_FULL'));
});
