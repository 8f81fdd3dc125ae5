import { given } from '@app/kernel/testing';
import type { CircleEvent } from './circle.events.js';
import { circle } from './circle.js';
import { changeAim, changeDomain, delegateToNewCircle, moveDomain } from './domain-items.js';
import {
  activated,
  circleAfter,
  communityMembers,
  convenes,
  decision,
  gathered,
  aimAccepted,
  general,
  now,
  policy,
  proposed,
  racines,
  racinesSeats,
  seven,
  until,
} from './spec.racines.js';

const convening = {
  subCircleId: 'racines',
  items: ['ecoute', 'accueil'],
  decision,
  by: policy,
  exists: false,
  leader: 'marc',
  term: { from: '2027-05-27', to: until('2028-05-27') },
  meetingsPerYear: 10,
  seats: [],
  communityMembers,
  now,
};
const parent = [...general, convenes(['ecoute', 'accueil'])];
const returned = (items: string[]): CircleEvent => ({
  type: 'DomainReturned',
  data: { subCircleId: 'racines', items, decision },
});
const delegated = (items: string[]): CircleEvent => ({
  type: 'DomainDelegated',
  data: { subCircleId: 'racines', items, convenes: 'no', decision },
});

describe('convening a sub-circle', () => {
  it('hands it items of the parent’s domain', () =>
    given(circle, ...general)
      .when(delegateToNewCircle, convening)
      .then(convenes(['ecoute', 'accueil'])));

  it('happens once', () =>
    given(circle, ...parent)
      .when(delegateToNewCircle, convening)
      .thenNothing());

  it('is the parent’s decision, nobody’s own act', () =>
    given(circle, ...general)
      .when(delegateToNewCircle, { ...convening, by: 'ana' })
      .thenRefused('ONLY_BY_DECISION'));

  it('INV-02 puts under a parent only a circle that is new, and never itself', () => {
    given(circle, ...general)
      .when(delegateToNewCircle, { ...convening, exists: true })
      .thenRefused('CIRCLE_EXISTS');
    given(circle, ...general)
      .when(delegateToNewCircle, { ...convening, subCircleId: 'general' })
      .thenRefused('CIRCLE_EXISTS');
  });

  it('INV-03 delegates no item twice', () =>
    given(circle, ...general, convenes(['ecoute'], 'entraide'))
      .when(delegateToNewCircle, convening)
      .thenRefused('DOMAIN_DELEGATED'));

  it('INV-04 delegates no item that the parent does not hold', () =>
    given(circle, ...general)
      .when(delegateToNewCircle, { ...convening, items: ['ecoute', 'finances'] })
      .thenRefused('DOMAIN_NOT_OWNED'));

  it('takes an active parent, of five persons or more', () => {
    given(circle, ...gathered, aimAccepted)
      .when(delegateToNewCircle, { ...convening, subCircleId: 'jeunes' })
      .thenRefused('CIRCLE_NOT_ACTIVE');
    const gone = ['theo', 'dora'].map(leaves);
    given(circle, ...general, ...gone)
      .when(delegateToNewCircle, convening)
      .thenRefused('TOO_FEW_FOR_SUB_CIRCLE');
    given(circle, ...general, ...gone)
      .when(delegateToNewCircle, { ...convening, subCircleId: 'jeunes', seats: racinesSeats })
      .thenTypes('DomainDelegated');
  });

  it('names a leader from the community, for a term that ends, and enough meetings', () => {
    given(circle, ...general)
      .when(delegateToNewCircle, { ...convening, leader: 'stranger' })
      .thenRefused('NOT_A_COMMUNITY_MEMBER');
    given(circle, ...general)
      .when(delegateToNewCircle, { ...convening, meetingsPerYear: 5 })
      .thenRefused('MEETINGS_BELOW_MINIMUM');
  });

  it('INV-21 names no leader without an end', () =>
    given(circle, ...general)
      .when(delegateToNewCircle, { ...convening, term: { from: '2027-05-27', to: until('2027-05-27') } })
      .thenRefused('TERM_NEEDS_AN_END'));
});

describe('moving domain items between a parent and its sub-circle', () => {
  const subCircle = circleAfter(...racines);
  const move = { subCircleId: 'racines', delegate: [], takeBack: [], decision, by: policy, subCircle };

  it('gives what is held and takes back what was given, in one act', () =>
    given(circle, ...parent)
      .when(moveDomain, { ...move, delegate: ['argent'], takeBack: ['accueil'] })
      .then(returned(['accueil']), delegated(['argent'])));

  it('leaves alone what is there already, or back already', () => {
    given(circle, ...parent)
      .when(moveDomain, { ...move, delegate: ['ecoute'] })
      .thenNothing();
    given(circle, ...parent, returned(['accueil']))
      .when(moveDomain, { ...move, takeBack: ['accueil'] })
      .thenNothing();
  });

  it('INV-03 takes an item from its holder only', () => {
    given(circle, ...parent, convenes(['argent'], 'entraide'))
      .when(moveDomain, { ...move, delegate: ['argent'] })
      .thenRefused('DOMAIN_DELEGATED');
    given(circle, ...parent, convenes(['argent'], 'entraide'))
      .when(moveDomain, { ...move, takeBack: ['argent'] })
      .thenRefused('DOMAIN_NOT_DELEGATED');
  });

  it('INV-03 takes back nothing that the sub-circle handed on to a circle of its own', () =>
    given(circle, ...parent)
      .when(moveDomain, {
        ...move,
        takeBack: ['ecoute'],
        subCircle: circleAfter(...racines, convenes(['ecoute'], 'soir')),
      })
      .thenRefused('DOMAIN_DELEGATED_FURTHER'));

  it('INV-04 gives nothing that the parent lacks', () =>
    given(circle, ...parent)
      .when(moveDomain, { ...move, delegate: ['finances'] })
      .thenRefused('DOMAIN_NOT_OWNED'));

  it('is between an active parent and a sub-circle it has, by decision', () => {
    given(circle, ...general)
      .when(moveDomain, { ...move, delegate: ['argent'] })
      .thenRefused('NOT_A_SUB_CIRCLE');
    given(circle, ...parent.filter((it): boolean => it.type !== 'CircleActivated'))
      .when(moveDomain, { ...move, delegate: ['argent'] })
      .thenRefused('CIRCLE_NOT_ACTIVE');
    given(circle, ...parent)
      .when(moveDomain, { ...move, delegate: ['argent'], by: 'ana' })
      .thenRefused('ONLY_BY_DECISION');
  });

  it('INV-10 waits while the sub-circle has accepted its domain and is not active yet', () =>
    given(circle, ...parent)
      .when(moveDomain, { ...move, delegate: ['argent'], subCircle: circleAfter(...gathered, aimAccepted) })
      .thenRefused('ACCEPTED_NOT_YET_ACTIVE'));
});

describe('changing a circle’s own aim and domain', () => {
  const change = { add: [{ itemId: 'argent', text: 'La caisse' }], remove: ['accueil'], decision, by: policy };
  const changed: CircleEvent = {
    type: 'DomainChanged',
    data: { added: [{ itemId: 'argent', text: 'La caisse' }], removed: ['accueil'], decision },
  };

  it('follows the parent’s decision', () =>
    given(circle, ...racines)
      .when(changeDomain, { ...change, decidedIn: 'general' })
      .then(changed));

  it('follows the root’s own decision', () =>
    given(circle, ...general)
      .when(changeDomain, { ...change, add: [{ itemId: 'jeunes', text: 'Les jeunes' }], decidedIn: 'general' })
      .then({
        type: 'DomainChanged',
        data: { added: [{ itemId: 'jeunes', text: 'Les jeunes' }], removed: ['accueil'], decision },
      }));

  it('INV-04 is not decided by the sub-circle itself, nor by a stranger', () => {
    for (const decidedIn of ['racines', 'entraide'])
      given(circle, ...racines)
        .when(changeDomain, { ...change, decidedIn })
        .thenRefused('DECIDED_ELSEWHERE');
  });

  it('INV-03 drops nothing that was handed on', () =>
    given(circle, ...general, convenes(['accueil']))
      .when(changeDomain, { ...change, decidedIn: 'general' })
      .thenRefused('DOMAIN_DELEGATED'));

  it('changes nothing twice', () =>
    given(circle, ...racines, changed)
      .when(changeDomain, { ...change, decidedIn: 'general' })
      .thenNothing());

  it('INV-10 stands still between acceptance and activation; a root decides for itself', () => {
    given(circle, ...gathered, aimAccepted)
      .when(changeDomain, { ...change, decidedIn: 'general' })
      .thenRefused('ACCEPTED_NOT_YET_ACTIVE');
    given(circle, ...gathered, aimAccepted)
      .when(changeAim, { aim: 'Écouter.', decision, decidedIn: 'general', by: policy })
      .thenRefused('ACCEPTED_NOT_YET_ACTIVE');
    given(circle, ...general.filter((it): boolean => it.type !== 'CircleActivated'))
      .when(changeAim, { aim: 'Écouter.', decision, decidedIn: 'general', by: policy })
      .thenTypes('AimChanged');
  });

  it('the aim changes by the parent’s decision, or the root’s own', () => {
    given(circle, ...racines)
      .when(changeAim, { aim: 'Écouter.', decision, decidedIn: 'general', by: policy })
      .then({ type: 'AimChanged', data: { aim: 'Écouter.', decision } });
    given(circle, ...racines)
      .when(changeAim, { aim: 'Écouter.', decision, decidedIn: 'racines', by: policy })
      .thenRefused('DECIDED_ELSEWHERE');
  });

  it('is nobody’s own act', () => {
    for (const by of seven) {
      given(circle, ...racines)
        .when(changeAim, { aim: 'Écouter.', decision, decidedIn: 'general', by })
        .thenRefused('ONLY_BY_DECISION');
      given(circle, ...racines)
        .when(changeDomain, { ...change, decidedIn: 'general', by })
        .thenRefused('ONLY_BY_DECISION');
    }
  });

  it('is for a circle that is there', () => {
    given(circle)
      .when(changeDomain, { ...change, decidedIn: 'general' })
      .thenRefused('NOT_FOUND');
    given(circle, proposed(), activated)
      .when(changeDomain, { ...change, decidedIn: 'general' })
      .then(changed);
  });
});

function leaves(memberId: string): CircleEvent {
  return { type: 'MemberLeftCircle', data: { memberId, officesEnded: [], linksEnded: [] } };
}
