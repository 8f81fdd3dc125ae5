import { given } from '@app/kernel/testing';
import { acceptOffice, declineOffice, recordEffectRefused } from './accepting.js';
import { election } from './election.js';
import type { ElectionEvent } from './election.events.js';
import { as, circleWithout, members, racines, term, upTo } from './racines.fixture.js';

const elected: ElectionEvent[] = [
  { type: 'NomineeAccepted', data: { by: 'ana' } },
  {
    type: 'OfficerElected',
    data: {
      person: 'ana',
      office: 'secondLink',
      seat: 1,
      ...term,
      roundId: 'k1',
      explicit: [...members.filter((it) => it !== 'ana'), 'ana'],
      circleRevision: 20,
      electedOn: '2027-05-27',
    },
  },
];
const declined: ElectionEvent = { type: 'NomineeDeclined', data: { by: 'ana', reason: 'Travail le soir' } };
const alone = { meeting: undefined };

describe('accepting the office', () => {
  it('INV-66 is the person’s own act, and elects them in the same append', () => {
    given(election, ...upTo.accepting)
      .when(acceptOffice, as('ana', alone))
      .then(...elected);
    given(election, ...upTo.accepting)
      .when(acceptOffice, as('zoe', alone))
      .thenRefused('NOT_THE_NOMINEE');
  });

  it('INV-66 nobody is elected before they accept', () =>
    expect(given(election, ...upTo.accepting).state.phase).toBe('Accepting'));

  it('INV-67 looks again whether they can hold the office', () => {
    const leads = { ...racines, holders: { ...racines.holders, leader: 'ana' } };
    given(election, ...upTo.accepting)
      .when(acceptOffice, as('ana', { circle: leads }))
      .thenRefused('NOT_ELIGIBLE');
    given(election, ...upTo.accepting)
      .when(acceptOffice, as('ana', { circle: circleWithout('ana') }))
      .thenRefused('NOT_ELIGIBLE');
  });

  it('comes after the circle’s consent, and once', () => {
    given(election, ...upTo.anaLast)
      .when(acceptOffice, as('ana'))
      .thenRefused('WRONG_PHASE');
    given(election, ...upTo.accepting, ...elected)
      .when(acceptOffice, as('ana'))
      .thenNothing();
  });

  it('dates the election by the community’s calendar', () => {
    const [, fact] = given(election, ...upTo.accepting)
      .when(acceptOffice, as('ana', { now: '2027-05-28T03:30:00.000Z' }))
      .facts();
    expect(fact?.type === 'OfficerElected' && fact.data.electedOn).toBe('2027-05-27');
  });
});

describe('declining the office', () => {
  const no = { reason: 'Travail le soir' };

  it('is the nominee’s own act, once their objection cannot be integrated, or instead of accepting', () => {
    given(election, ...upTo.integrating)
      .when(declineOffice, { ...as('ana'), ...no })
      .then(declined);
    given(election, ...upTo.accepting)
      .when(declineOffice, { ...as('ana'), ...no })
      .then(declined);
  });

  it('INV-66 nobody declines for another', () =>
    given(election, ...upTo.integrating)
      .when(declineOffice, { ...as('zoe'), ...no })
      .thenRefused('NOT_THE_NOMINEE'));

  it('does not come before the round: a no is said there as an objection', () => {
    given(election, ...upTo.proposed)
      .when(declineOffice, { ...as('ana'), ...no })
      .thenRefused('WRONG_PHASE');
    given(election, ...upTo.integrating, {
      type: 'ElectionObjectionIntegrated',
      data: { objectionId: 'o2', by: 'ana' },
    })
      .when(declineOffice, { ...as('ana'), ...no })
      .thenRefused('NO_OBJECTION_TO_UPHOLD');
  });

  it('has a reason, and happens once', () => {
    given(election, ...upTo.integrating)
      .when(declineOffice, { ...as('ana'), reason: '' })
      .thenRefused('TEXT_EMPTY');
    given(election, ...upTo.integrating, declined)
      .when(declineOffice, { ...as('ana'), ...no })
      .thenNothing();
  });
});

describe('a refusal from the circle', () => {
  const refused = { code: 'TOO_MANY_OFFICES', details: ['ana'] };

  it('comes back to the election, once', () => {
    given(election, ...upTo.accepting, ...elected)
      .when(recordEffectRefused, refused)
      .then({ type: 'EffectRefused', data: refused });
    given(election, ...upTo.accepting, ...elected, { type: 'EffectRefused', data: refused })
      .when(recordEffectRefused, refused)
      .thenNothing();
    given(election, ...upTo.accepting)
      .when(recordEffectRefused, refused)
      .thenRefused('WRONG_PHASE');
  });
});
