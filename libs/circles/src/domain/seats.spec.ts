import type { CircleEvent } from './circle.events.js';
import { methodRules } from './rules.js';
import { expertsOf, holderOf, isExpert, linkSeatsOf, liveTerms, membersOf, ownMembers } from './seats.js';
import {
  accepted,
  circleAfter,
  convenes,
  expert,
  general,
  now,
  proposed,
  racines,
  racinesSeats,
  ready,
  seven,
  term,
  vacated,
} from './spec.racines.js';
import { strengthOf } from './strength.js';

const resigned: CircleEvent = {
  type: 'OfficeResigned',
  data: { termId: 'secondLink-lise', office: 'secondLink', seat: 1, memberId: 'lise' },
};

describe('who holds an office now', () => {
  const at = (instant: string) => holderOf(circleAfter(...racines), 'facilitator', instant);

  it('is in office from the first instant of the first day in the community’s zone', () => {
    expect(at('2027-02-01T04:59:59.999Z')).toBeUndefined();
    expect(at('2027-02-01T05:00:00.000Z')).toBe('zoe');
  });

  it('stays as caretaker for thirty days after the last, as facilitator or secretary', () => {
    expect(at('2028-05-01T03:59:59.999Z')).toBe('zoe');
    expect(at('2028-05-01T04:00:00.000Z')).toBeUndefined();
  });

  it('stays as caretaker for sixty days, as leader or second link', () => {
    const link = (instant: string) => holderOf(circleAfter(...racines), 'secondLink', instant);
    expect(link('2028-05-31T03:59:59.999Z')).toBe('lise');
    expect(link('2028-05-31T04:00:00.000Z')).toBeUndefined();
  });

  it('counts the terms that run and those to come, not those replaced by a later one that began', () => {
    const next = circleAfter(...racines, term('facilitator', 'paul', '2027-06-15'));
    const facilitators = (instant: string) =>
      liveTerms(next, instant)
        .filter((it) => it.office === 'facilitator')
        .map((it) => it.memberId);
    expect(facilitators(now)).toEqual(['zoe', 'paul']);
    expect(facilitators('2027-07-01T00:00:00.000Z')).toEqual(['paul']);
  });
});

describe('who belongs to a circle', () => {
  it('is its leader, those it admitted, and the links of its active sub-circles', () => {
    const parent = circleAfter(...general, convenes(['ecoute']));
    expect(membersOf(parent, racinesSeats, now)).toEqual([
      ...['ana', 'leo', 'noe', 'eve', 'dora', 'theo'],
      ...['marc', 'lise'],
    ]);
    expect(ownMembers(circleAfter(...racines), now)).toEqual(['marc', ...seven.filter((it) => it !== 'marc')]);
  });

  it('INV-09 counts a person once, whatever seats they hold', () => {
    const parent = circleAfter(...general, convenes(['ecoute']), accepted('lise'));
    const twice = [...racinesSeats, { ...racinesSeats[1]!, subCircleId: 'entraide', termId: 'other' }];
    const members = membersOf(parent, twice, now);
    expect(members.filter((it) => it === 'lise')).toEqual(['lise']);
    expect(members).toHaveLength(8);
  });

  it('INV-15 seats both links in the parent from their term on, once the circle is active', () => {
    expect(linkSeatsOf(circleAfter(...racines), [], now)).toEqual(racinesSeats);
    expect(linkSeatsOf(circleAfter(...ready), [], now)).toEqual([]);
    expect(linkSeatsOf(circleAfter(...general), [], now)).toEqual([]);
  });

  it('INV-16 ends the seat with the office', () => {
    expect(linkSeatsOf(circleAfter(...racines, resigned), [], now)).toEqual([racinesSeats[0]]);
    const leftParent = vacated('secondLink', 'lise', 'leftParent');
    expect(linkSeatsOf(circleAfter(...racines, leftParent), [], now)).toEqual([racinesSeats[0]]);
  });

  it('INV-16 ends the seat with the membership, even before the office is said to have ended', () => {
    const left: CircleEvent = {
      type: 'MemberLeftCircle',
      data: { memberId: 'lise', officesEnded: ['secondLink'], linksEnded: [] },
    };
    expect(linkSeatsOf(circleAfter(...racines, left), [], now)).toEqual([racinesSeats[0]]);
  });

  it('INV-16 ends the seat where the person left the parent, before the sub-circle has heard of it', () => {
    const left: CircleEvent = {
      type: 'MemberLeftCircle',
      data: {
        memberId: 'lise',
        officesEnded: [],
        linksEnded: [{ subCircleId: 'racines', link: 'second', termId: 'secondLink-lise' }],
      },
    };
    const parent = circleAfter(...general, convenes(['ecoute']), left);
    expect(membersOf(parent, racinesSeats, now)).not.toContain('lise');
    const again = { ...racinesSeats[1]!, termId: 'secondLink-lise-2' };
    expect(membersOf(parent, [again], now)).toContain('lise');
  });

  it('INV-16 ends the seat with the caretaker’s time', () =>
    expect(linkSeatsOf(circleAfter(...racines), [], '2028-07-01T00:00:00.000Z')).toEqual([]));
});

describe('who is an expert', () => {
  it('from the first day to the last; one to come is known already', () => {
    const circle = circleAfter(proposed(), expert('solange', '2027-06-01', '2027-06-30'));
    expect(expertsOf(circle, now)).toEqual([]);
    expect(isExpert(circle, 'solange', now)).toBe(true);
    expect(expertsOf(circle, '2027-06-30T23:00:00.000Z')).toEqual(['solange']);
    expect(isExpert(circle, 'solange', '2027-07-02T00:00:00.000Z')).toBe(false);
  });
});

describe('the strength of a circle', () => {
  it.each([
    [0, 'Vacant'],
    [2, 'Vacant'],
    [3, 'UnderStrength'],
    [4, 'UnderStrength'],
    [5, 'BelowTarget'],
    [6, 'OnTarget'],
    [8, 'OnTarget'],
    [9, 'OverStrength'],
    [10, 'OverStrength'],
  ])('of %i persons is %s', (persons, strength) => expect(strengthOf(methodRules, persons)).toBe(strength));
});
