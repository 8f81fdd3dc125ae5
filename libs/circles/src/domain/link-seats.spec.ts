import { given } from '@app/kernel/testing';
import type { CircleEvent } from './circle.events.js';
import { circle } from './circle.js';
import { announceLinkSeated, announceLinkSeatEnded } from './link-seats.js';
import { convenes, general, now, racinesSeats, term, vacated } from './spec.racines.js';

const by = 'policy:when-link-office-changes-then-announce-seat';
const lise = { subCircleId: 'racines', link: 'second' as const, memberId: 'lise' };
const seated: CircleEvent = { type: 'LinkSeated', data: { ...lise, causedBy: 'ev1' } };
const seatEnded: CircleEvent = { type: 'LinkSeatEnded', data: { ...lise, cause: 'resigned', causedBy: 'ev2' } };
const parent = [...general, convenes(['ecoute'])];
const ending = { ...lise, cause: 'resigned', causedBy: 'ev2', by, now, seats: [] };

describe('a link’s seat, told in the parent', () => {
  it('is told when it begins, once', () => {
    given(circle, ...parent)
      .when(announceLinkSeated, { ...lise, causedBy: 'ev1', by })
      .then(seated);
    given(circle, ...parent, seated)
      .when(announceLinkSeated, { ...lise, causedBy: 'ev1', by })
      .thenNothing();
  });

  it('is told when it ends, once', () => {
    given(circle, ...parent, seated)
      .when(announceLinkSeatEnded, ending)
      .then(seatEnded);
    given(circle, ...parent, seated, seatEnded)
      .when(announceLinkSeatEnded, ending)
      .thenNothing();
    given(circle, ...parent)
      .when(announceLinkSeatEnded, ending)
      .thenNothing();
  });

  it('INV-16 takes with it the offices that the person held in the parent', () =>
    given(circle, ...parent, seated, term('facilitator', 'lise'))
      .when(announceLinkSeatEnded, ending)
      .then(seatEnded, vacated('facilitator', 'lise', 'leftCircle')));

  it('leaves them who sits in the parent by another title', () => {
    given(circle, ...parent, seated, term('facilitator', 'lise'))
      .when(announceLinkSeatEnded, {
        ...ending,
        seats: [{ ...racinesSeats[1]!, subCircleId: 'entraide', termId: 'x' }],
      })
      .then(seatEnded);
    given(circle, ...parent, seated, { type: 'MemberAdmitted', data: { memberId: 'lise', how: 'acceptance' } })
      .when(announceLinkSeatEnded, ending)
      .then(seatEnded);
  });

  it('is told by the policy of its cause alone', () => {
    given(circle, ...parent)
      .when(announceLinkSeated, { ...lise, causedBy: 'ev1', by: 'ana' })
      .thenRefused('ONLY_BY_DECISION');
    given(circle, ...parent, seated)
      .when(announceLinkSeatEnded, { ...ending, by: 'lise' })
      .thenRefused('ONLY_BY_DECISION');
  });
});
