import { given } from '@app/kernel/testing';
import type { CircleEvent } from './circle.events.js';
import { circle } from './circle.js';
import { assignExpert, endExpertAssignment } from './experts.js';
import {
  aimAccepted,
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
  until,
} from './spec.racines.js';

const assignment = {
  expertId: 'solange',
  from: '2027-01-15',
  to: until('2028-01-15'),
  decision,
  by: policy,
  now,
  seats: [],
  communityMembers,
};
const formed = [...gathered, aimAccepted];
const unassigned = (cause: 'decision' | 'steppedBack' | 'replaced', more = {}): CircleEvent => ({
  type: 'ExpertUnassigned',
  data: { expertId: 'solange', cause, ...more },
});

describe('an expert', () => {
  it('is assigned by the circle’s decision, from a day to a day, already while it forms', () =>
    given(circle, ...formed)
      .when(assignExpert, assignment)
      .then(expert()));

  it('is assigned by nobody’s own act', () =>
    given(circle, ...formed)
      .when(assignExpert, { ...assignment, by: 'marc' })
      .thenRefused('ONLY_BY_DECISION'));

  it('INV-20 is no member of the circle', () => {
    for (const expertId of seven)
      given(circle, ...racines)
        .when(assignExpert, { ...assignment, expertId })
        .thenRefused('MEMBER_IS_NO_EXPERT');
  });

  it('INV-20 is no link that sits in the circle', () =>
    given(circle, ...general, convenes(['ecoute']))
      .when(assignExpert, { ...assignment, expertId: 'lise', seats: racinesSeats })
      .thenRefused('MEMBER_IS_NO_EXPERT'));

  it('INV-10 is not assigned before the circle has accepted its aim and domain', () =>
    given(circle, ...gathered)
      .when(assignExpert, assignment)
      .thenRefused('AIM_NOT_ACCEPTED'));

  it('belongs to the community', () =>
    given(circle, ...formed)
      .when(assignExpert, { ...assignment, expertId: 'stranger' })
      .thenRefused('NOT_A_COMMUNITY_MEMBER'));

  it('is assigned for a time that is possible and not over', () => {
    given(circle, ...formed)
      .when(assignExpert, { ...assignment, from: '2028-01-16' })
      .thenRefused('EXPERT_PERIOD_IMPOSSIBLE');
    given(circle, ...formed)
      .when(assignExpert, { ...assignment, to: until('2027-05-26') })
      .thenRefused('EXPERT_PERIOD_IMPOSSIBLE');
  });

  it('is assigned to a circle that forms or acts', () =>
    given(circle, proposed()).when(assignExpert, assignment).thenRefused('CIRCLE_NOT_FORMING'));

  it('is assigned again for another time, once', () => {
    given(circle, ...racines)
      .when(assignExpert, { ...assignment, to: until('2028-06-30') })
      .then(unassigned('replaced', { decision }), expert('solange', '2027-01-15', '2028-06-30'));
    given(circle, ...racines)
      .when(assignExpert, assignment)
      .thenNothing();
  });

  it('is relieved by decision, or steps back', () => {
    given(circle, ...racines)
      .when(endExpertAssignment, { expertId: 'solange', by: policy, decision })
      .then(unassigned('decision', { decision }));
    given(circle, ...racines)
      .when(endExpertAssignment, { expertId: 'solange', by: 'solange' })
      .then(unassigned('steppedBack'));
  });

  it('is relieved by nobody alone, and only when there is one', () => {
    given(circle, ...racines)
      .when(endExpertAssignment, { expertId: 'solange', by: 'marc' })
      .thenRefused('ONLY_BY_DECISION');
    given(circle, ...formed)
      .when(endExpertAssignment, { expertId: 'solange', by: policy, decision })
      .thenRefused('EXPERT_NOT_ASSIGNED');
  });
});
