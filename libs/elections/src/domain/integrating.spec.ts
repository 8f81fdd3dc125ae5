import { given } from '@app/kernel/testing';
import { election } from './election.js';
import type { ElectionEvent } from './election.events.js';
import { adoptElectionObjection, confirmElectionIntegration, proposeElectionIntegration } from './integrating.js';
import { as, circleWithout, objection, upTo } from './racines.fixture.js';

const offer = { objectionId: 'o2', integrationId: 'i1', option: 'support' as const, text: 'Marc l’accompagne' };
const offered = (objectionId = 'o2'): ElectionEvent => ({
  type: 'ElectionIntegrationProposed',
  data: { objectionId, integrationId: 'i1', option: 'support', text: offer.text, by: 'paul' },
});
const integrated = (objectionId: string, by: string): ElectionEvent => ({
  type: 'ElectionObjectionIntegrated',
  data: { objectionId, by },
});

describe('offering a way to integrate', () => {
  it('is for any member', () => {
    given(election, ...upTo.integrating)
      .when(proposeElectionIntegration, { ...as('paul'), ...offer })
      .then(offered());
    given(election, ...upTo.integrating)
      .when(proposeElectionIntegration, { ...as('theo'), ...offer })
      .thenRefused('NOT_A_MEMBER');
  });

  it('begins with the nominee’s own objection', () => {
    given(election, ...upTo.integrating)
      .when(proposeElectionIntegration, { ...as('paul'), ...offer, objectionId: 'o1' })
      .thenRefused('NOMINEE_HEARD_FIRST');
    given(election, ...upTo.integrating, integrated('o2', 'ana'))
      .when(proposeElectionIntegration, { ...as('paul'), ...offer, objectionId: 'o1' })
      .then(offered('o1'));
  });

  it('says something, about an open objection, once', () => {
    given(election, ...upTo.integrating)
      .when(proposeElectionIntegration, { ...as('paul'), ...offer, text: ' ' })
      .thenRefused('TEXT_EMPTY');
    given(election, ...upTo.integrating)
      .when(proposeElectionIntegration, { ...as('paul'), ...offer, objectionId: 'o9' })
      .thenRefused('OBJECTION_UNKNOWN');
    given(election, ...upTo.integrating, offered())
      .when(proposeElectionIntegration, { ...as('paul'), ...offer })
      .thenNothing();
  });

  it('INV-21 another term has an end too', () => {
    const termOffer = { ...offer, option: 'term' as const };
    given(election, ...upTo.integrating)
      .when(proposeElectionIntegration, { ...as('paul'), ...termOffer })
      .thenRefused('TERM_NEEDS_AN_END');
    given(election, ...upTo.integrating)
      .when(proposeElectionIntegration, { ...as('paul'), ...termOffer, from: '2027-09-15', to: '2027-09-15' })
      .thenRefused('TERM_ENDS_TOO_SOON');
  });

  it('may change the term or the duties', () => {
    given(election, ...upTo.integrating)
      .when(proposeElectionIntegration, {
        ...as('paul'),
        ...offer,
        option: 'term' as const,
        from: '2027-09-15',
        to: '2028-05-31',
      })
      .then({
        type: 'ElectionIntegrationProposed',
        data: {
          objectionId: 'o2',
          integrationId: 'i1',
          option: 'term',
          text: offer.text,
          from: '2027-09-15',
          to: { date: '2028-05-31', instant: '2028-06-01T03:59:59.999Z' },
          by: 'paul',
        },
      });
    given(election, ...upTo.integrating)
      .when(proposeElectionIntegration, { ...as('paul'), ...offer, option: 'duties' as const, duties: 'Sans le soir' })
      .then({ ...offered(), data: { ...offered().data, option: 'duties', duties: 'Sans le soir' } } as never);
  });
});

describe('the objector’s own word', () => {
  it('INV-45 alone resolves an objection', () => {
    given(election, ...upTo.integrating, offered())
      .when(confirmElectionIntegration, { ...as('ana'), objectionId: 'o2', integrationId: 'i1' })
      .then({ type: 'ElectionObjectionIntegrated', data: { objectionId: 'o2', integrationId: 'i1', by: 'ana' } });
    given(election, ...upTo.integrating, offered())
      .when(confirmElectionIntegration, { ...as('zoe'), objectionId: 'o2' })
      .thenRefused('NOT_THE_OBJECTOR');
  });

  it('may come while the round is still open', () =>
    given(election, ...upTo.round, objection('paul'))
      .when(confirmElectionIntegration, { ...as('paul'), objectionId: 'o1' })
      .then(integrated('o1', 'paul')));

  it('is about an offer made for that objection', () =>
    given(election, ...upTo.integrating, offered())
      .when(confirmElectionIntegration, { ...as('ana'), objectionId: 'o2', integrationId: 'i9' })
      .thenRefused('INTEGRATION_UNKNOWN'));

  it('is a member’s, about an open objection', () => {
    given(election, ...upTo.integrating)
      .when(confirmElectionIntegration, { ...as('luc', { circle: circleWithout('luc') }), objectionId: 'o1' })
      .thenRefused('NOT_A_MEMBER');
    given(election, ...upTo.integrating, integrated('o2', 'ana'))
      .when(confirmElectionIntegration, { ...as('ana'), objectionId: 'o2' })
      .thenRefused('OBJECTION_SETTLED');
  });

  it('the last one puts the person before the circle again, with the term that satisfied', () => {
    const other = { from: '2027-09-15', to: { date: '2028-05-31', instant: '2028-06-01T03:59:59.999Z' } };
    const termOffer: ElectionEvent = {
      type: 'ElectionIntegrationProposed',
      data: { objectionId: 'o2', integrationId: 'i1', option: 'term', text: 'Dès septembre', ...other, by: 'zoe' },
    };
    const history = [...upTo.integrating, termOffer];
    const satisfied: ElectionEvent = {
      type: 'ElectionObjectionIntegrated',
      data: { objectionId: 'o2', integrationId: 'i1', by: 'ana' },
    };
    expect(given(election, ...history, satisfied).state.phase).toBe('Integrating');
    const { state } = given(election, ...history, satisfied, integrated('o1', 'luc'));
    expect(state).toMatchObject({ phase: 'Proposed', person: 'ana', term: other });
    expect(state).not.toHaveProperty('answers');
  });
});

describe('adopting an objection', () => {
  const adoption = { objectionId: 'o1', argument: 'Je la porte aussi' };
  const circle = circleWithout('luc');
  const adopted: ElectionEvent = {
    type: 'ElectionObjectionAdopted',
    data: { objectionId: 'o1', from: 'luc', by: 'paul', argument: adoption.argument },
  };

  it('is for a remaining member, once its author has left', () => {
    given(election, ...upTo.integrating)
      .when(adoptElectionObjection, { ...as('paul', { circle }), ...adoption })
      .then(adopted);
    given(election, ...upTo.integrating, adopted)
      .when(adoptElectionObjection, { ...as('paul', { circle }), ...adoption })
      .thenNothing();
    given(election, ...upTo.integrating)
      .when(adoptElectionObjection, { ...as('theo', { circle }), ...adoption })
      .thenRefused('NOT_A_MEMBER');
  });

  it('INV-34 is for those on the roster: who came later is asked next time', () => {
    const withTheo = { ...circle, members: [...circle.members, 'theo'] };
    given(election, ...upTo.integrating)
      .when(adoptElectionObjection, { ...as('theo', { circle: withTheo }), ...adoption })
      .thenRefused('NOT_ON_ROSTER');
  });

  it('INV-45 takes no objection from somebody who is here', () =>
    given(election, ...upTo.integrating)
      .when(adoptElectionObjection, { ...as('paul'), ...adoption })
      .thenRefused('OBJECTOR_STILL_MEMBER'));

  it('INV-36 has an argument of its own', () =>
    given(election, ...upTo.integrating)
      .when(adoptElectionObjection, { ...as('paul', { circle }), ...adoption, argument: '' })
      .thenRefused('OBJECTION_WITHOUT_ARGUMENT'));

  it('gives the adopter the last word on it', () => {
    given(election, ...upTo.integrating, adopted)
      .when(confirmElectionIntegration, { ...as('paul', { circle }), objectionId: 'o1' })
      .then(integrated('o1', 'paul'));
    given(election, ...upTo.integrating, integrated('o2', 'ana'))
      .when(adoptElectionObjection, { ...as('paul', { circle }), objectionId: 'o2', argument: 'Aussi' })
      .thenRefused('OBJECTION_SETTLED');
  });
});
