import { given } from '@app/kernel/testing';
import { callElection, cancelElection, describeRole } from './calling.js';
import { election } from './election.js';
import {
  as,
  called,
  changesOpened,
  circleWithout,
  described,
  nominationsOpened,
  racines,
  reason,
  reasonsOpened,
  revealed,
  term,
  to,
  upTo,
} from './racines.fixture.js';

const call = { electionId: 'e1', office: 'secondLink' as const, seat: 1, cause: 'expiry' as const };
const role = { duties: 'Porter la voix du cercle', qualities: 'Écoute', from: '2027-06-01', to: '2028-05-31' };
const alone = { meeting: undefined };

describe('calling an election', () => {
  it('is for any member of the circle', () =>
    given(election)
      .when(callElection, { ...as('luc', alone), ...call })
      .then(called()));

  it('happens once', () =>
    given(election, called())
      .when(callElection, { ...as('luc'), ...call })
      .thenNothing());

  it('INV-14 the second link is elected by the circle itself: nobody from elsewhere calls it', () =>
    given(election)
      .when(callElection, { ...as('denise', alone), ...call })
      .thenRefused('NOT_A_MEMBER'));

  it('INV-10 waits until the circle has accepted its aim and domain', () =>
    given(election)
      .when(callElection, { ...as('luc', { circle: { ...racines, accepted: false } }), ...call })
      .thenRefused('AIM_NOT_ACCEPTED'));

  it('INV-17 never gives a circle a leader its parent did not choose', () =>
    given(election)
      .when(callElection, { ...as('luc'), ...call, office: 'leader' as const })
      .thenRefused('LEADER_NAMED_BY_PARENT'));

  it('INV-17 lets a root circle elect its own leader', () =>
    given(election)
      .when(callElection, {
        ...as('luc', { circle: { ...racines, parentId: undefined } }),
        ...call,
        office: 'leader' as const,
      })
      .then(called('leader')));

  it('knows no second link in a root circle', () =>
    given(election)
      .when(callElection, { ...as('luc', { circle: { ...racines, parentId: undefined } }), ...call })
      .thenRefused('ROOT_HAS_NO_SECOND_LINK'));
});

describe('describing the role', () => {
  it('is for the acting facilitator', () => {
    given(election, called())
      .when(describeRole, { ...as('zoe', alone), ...role })
      .then(described);
    given(election, called())
      .when(describeRole, { ...as('luc', alone), ...role })
      .thenRefused('NOT_AN_OFFICER');
  });

  it('is for members', () =>
    given(election, called())
      .when(describeRole, { ...as('zoe', { circle: circleWithout('zoe') }), ...role })
      .thenRefused('NOT_A_MEMBER'));

  it('INV-21 needs an end to the term', () =>
    given(election, called())
      .when(describeRole, { ...as('zoe'), ...role, to: undefined })
      .thenRefused('TERM_NEEDS_AN_END'));

  it('INV-21 needs an end after the start, and still to come', () => {
    given(election, called())
      .when(describeRole, { ...as('zoe'), ...role, to: '2027-06-01' })
      .thenRefused('TERM_ENDS_TOO_SOON');
    given(election, called())
      .when(describeRole, { ...as('zoe'), ...role, from: '2026-01-01', to: '2027-05-26' })
      .thenRefused('TERM_ENDS_TOO_SOON');
  });

  it('INV-21 warns of a term of more than 24 months', () => {
    const long = { date: '2029-06-02', instant: '2029-06-03T03:59:59.999Z' };
    given(election, called())
      .when(describeRole, { ...as('zoe'), ...role, to: '2029-06-02' })
      .then({
        type: 'RoleDescribed',
        data: { ...role, from: term.from, to: long, by: 'zoe', warnings: ['TERM_LONG'] },
      });
    given(election, called())
      .when(describeRole, { ...as('zoe'), ...role, to: '2029-06-01' })
      .thenTypes('RoleDescribed');
  });

  it('says something', () => {
    for (const empty of [{ duties: ' ' }, { qualities: '' }])
      given(election, called())
        .when(describeRole, { ...as('zoe'), ...role, ...empty })
        .thenRefused('TEXT_EMPTY');
  });

  it('again, after the reasons, sends the circle back to nominations of a new round', () => {
    const history = [
      called(),
      described,
      nominationsOpened(),
      revealed(),
      reasonsOpened,
      reason('zoe', 'ana'),
      changesOpened,
    ];
    const back = given(election, ...history, described);
    expect(back.state).toEqual({
      phase: 'RoleDescribed',
      electionId: 'e1',
      circleId: 'racines',
      communityId: 'solidarite',
      office: 'secondLink',
      seat: 1,
      round: 1,
      term: { from: '2027-06-01', to },
    });
    given(election, ...history)
      .when(describeRole, { ...as('zoe'), ...role })
      .then(described);
  });

  it('is not for another moment, nor for an election that is not there', () => {
    given(election, ...upTo.nominating)
      .when(describeRole, { ...as('zoe'), ...role })
      .thenRefused('WRONG_PHASE');
    given(election)
      .when(describeRole, { ...as('zoe'), ...role })
      .thenRefused('NOT_FOUND');
  });
});

describe('cancelling an election', () => {
  const cancelled = { by: 'luc', reason: 'Le cercle se scinde' };

  it('is for the acting facilitator or secretary', () => {
    given(election, called())
      .when(cancelElection, { ...as('luc'), reason: cancelled.reason })
      .then({ type: 'ElectionCancelled', data: cancelled });
    given(election, called())
      .when(cancelElection, { ...as('ana'), reason: cancelled.reason })
      .thenRefused('NOT_AN_OFFICER');
  });

  it('names the round that stays sealed', () =>
    given(election, ...upTo.nominating)
      .when(cancelElection, { ...as('luc'), reason: cancelled.reason })
      .then({ type: 'ElectionCancelled', data: { round: 1, ...cancelled } }));

  it('needs a reason', () =>
    given(election, called())
      .when(cancelElection, { ...as('luc'), reason: ' ' })
      .thenRefused('TEXT_EMPTY'));

  it('happens once, and not to what is done', () => {
    given(election, called(), { type: 'ElectionCancelled', data: cancelled })
      .when(cancelElection, { ...as('luc'), reason: 'Encore' })
      .thenNothing();
    given(
      election,
      ...upTo.accepting,
      { type: 'NomineeAccepted', data: { by: 'ana' } },
      {
        type: 'OfficerElected',
        data: {
          person: 'ana',
          office: 'secondLink',
          seat: 1,
          ...term,
          roundId: 'k1',
          explicit: [],
          circleRevision: 20,
          electedOn: '2027-05-27',
        },
      },
    )
      .when(cancelElection, { ...as('luc'), reason: 'Trop tard' })
      .thenRefused('WRONG_PHASE');
  });
});
