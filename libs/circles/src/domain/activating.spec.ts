import { given, refusalOf } from '@app/kernel/testing';
import type { CircleEvent } from './circle.events.js';
import { circle } from './circle.js';
import { activateCircle } from './forming.js';
import {
  accepted,
  activated,
  admittedConvener,
  aimAccepted,
  circleAfter,
  expert,
  facilitator,
  general,
  leader,
  now,
  proposed,
  racines,
  ready,
  secondLink,
  secretary,
  term,
} from './spec.racines.js';

describe('activating', () => {
  const by = { by: 'marc', now, seats: [] };
  const refusedFor = (history: CircleEvent[], input = by) =>
    refusalOf(() => activateCircle(circleAfter(...history), input)).details.missing;
  const without = (...left: CircleEvent[]): CircleEvent[] => ready.filter((it) => !left.includes(it));

  it('takes five members, accepted aim and domain, four offices, the meetings and an expert', () =>
    given(circle, ...ready)
      .when(activateCircle, by)
      .then(activated));

  it('is asked by the convener, the leader or the facilitator', () => {
    given(circle, ...ready)
      .when(activateCircle, { ...by, by: 'zoe' })
      .thenTypes('CircleActivated');
    given(circle, ...ready)
      .when(activateCircle, { ...by, by: 'paul' })
      .thenRefused('ONLY_OFFICERS_ACTIVATE');
    given(circle, proposed(), accepted('zoe')).when(activateCircle, by).thenRefused('ONLY_OFFICERS_ACTIVATE');
  });

  it('happens once', () =>
    given(circle, ...racines)
      .when(activateCircle, by)
      .thenNothing());

  it('INV-01 needs an aim', () => {
    const history = [proposed({ aim: '' }), ...ready.slice(1)];
    given(circle, ...history)
      .when(activateCircle, by)
      .thenRefused('CIRCLE_NOT_READY');
    expect(refusedFor(history)).toEqual(['aim']);
  });

  it('INV-01 needs at least one domain item', () => {
    const history = [proposed({ domain: [] }), ...ready.slice(1)];
    given(circle, ...history)
      .when(activateCircle, by)
      .thenRefused('CIRCLE_NOT_READY');
    expect(refusedFor(history)).toEqual(['domain']);
  });

  it('INV-01 keeps an aim whose words were forgotten: it was there', () =>
    given(circle, proposed({ aim: null }), ...ready.slice(1))
      .when(activateCircle, by)
      .thenTypes('CircleActivated'));

  it('INV-05 needs five members', () => {
    const four = ready.filter(
      (it) => it.type !== 'MemberAdmitted' || !['ana', 'paul', 'ines'].includes(it.data.memberId),
    );
    given(circle, ...four)
      .when(activateCircle, by)
      .thenRefused('CIRCLE_NOT_READY');
    expect(refusedFor(four)).toEqual(['members']);
  });

  it.each([
    ['the leader', leader, 'leader'],
    ['a facilitator', facilitator, 'facilitator'],
    ['a secretary', secretary, 'secretary'],
    ['a second link', secondLink, 'secondLink'],
    ['the circle’s acceptance', aimAccepted, 'acceptance'],
  ])('INV-05 needs %s', (_, fact, missing) => expect(refusedFor(without(fact))).toEqual([missing]));

  it('INV-05 needs an expert for a practice circle, and none for another', () => {
    const noExpert = ready.filter((it): boolean => it.type !== 'ExpertAssigned');
    expect(refusedFor(noExpert)).toEqual(['expert']);
    given(circle, proposed({ category: 'department' }), ...noExpert.slice(1))
      .when(activateCircle, by)
      .thenTypes('CircleActivated');
  });

  it('INV-05 needs an expert whose assignment runs today', () => {
    const yesterday = ready.map((it) =>
      it.type === 'ExpertAssigned' ? expert('solange', '2027-01-15', '2027-05-26') : it,
    );
    expect(refusedFor(yesterday)).toEqual(['expert']);
  });

  it('INV-05 needs the meetings pledged that the rules ask for', () =>
    expect(refusedFor([proposed({ meetingsPerYear: 5 }), ...ready.slice(1)])).toEqual(['meetings']));

  it('INV-05 asks of the root circle a leader of its own and no second link', () => {
    const root = general.filter((it): boolean => it.type !== 'CircleActivated');
    given(circle, ...root)
      .when(activateCircle, { ...by, by: 'ana' })
      .thenTypes('CircleActivated');
    const leaderless = root.filter((it) => !(it.type === 'TermStarted' && it.data.office === 'leader'));
    expect(refusedFor(leaderless, { ...by, by: 'ana' })).toEqual(['leader']);
  });

  it('names everything that is missing at once', () =>
    expect(refusedFor([proposed({ domain: [] }), admittedConvener])).toEqual([
      'domain',
      'members',
      'acceptance',
      'leader',
      'facilitator',
      'secretary',
      'secondLink',
      'expert',
    ]));

  it('INV-10 is not done before the circle has accepted its aim, whoever is there', () =>
    expect(refusedFor(without(aimAccepted))).toContain('acceptance'));

  it('is for a circle that forms', () => {
    const ghost = [proposed({ convener: 'ana' }), term('leader', 'marc')];
    given(circle, ...ghost)
      .when(activateCircle, by)
      .thenRefused('CIRCLE_NOT_FORMING');
  });
});
