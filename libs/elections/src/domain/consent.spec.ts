import { given } from '@app/kernel/testing';
import { election } from './election.js';
import type { ElectionEvent } from './election.events.js';
import { disputeElectionAnswer, giveElectionConsent, openElectionConsent, raiseElectionObjection } from './consent.js';
import {
  as,
  circleWithout,
  consent,
  meeting,
  members,
  objection,
  own,
  presentOnly,
  racines,
  roundOpened,
  upTo,
} from './racines.fixture.js';

const reply = (of: string) => ({ voice: own(of), roundId: 'k1' });
const spoken = (of: string) => ({ voice: { of, channel: 'voice' as const }, roundId: 'k1' });
const others = members.filter((member) => member !== 'ana');
const entered = (by: string, enteredBy: string): ElectionEvent => ({
  type: 'ElectionConsentGiven',
  data: { roundId: 'k1', by, enteredBy, channel: 'voice' },
});

describe('opening the consent round', () => {
  const opening = { roundId: 'k1' };

  it('fixes the roster with the nominee last, the rules, who is there and the quorum', () =>
    given(election, ...upTo.proposed)
      .when(openElectionConsent, { ...as('zoe'), ...opening })
      .then(roundOpened('ana')));

  it('INV-43 needs a quorum', () =>
    given(election, ...upTo.proposed)
      .when(openElectionConsent, { ...as('zoe', { meeting: presentOnly('zoe', 'luc', 'ana', 'paul') }), ...opening })
      .thenRefused('QUORUM_MISSING'));

  it('needs somebody who facilitates and somebody who records', () =>
    given(election, ...upTo.proposed)
      .when(openElectionConsent, {
        ...as('zoe', { officers: { facilitator: 'zoe', secretary: undefined } }),
        ...opening,
      })
      .thenRefused('NO_SECRETARY'));

  it('INV-65 is not led by the nominee', () =>
    given(election, ...upTo.proposed)
      .when(openElectionConsent, {
        ...as('ana', {
          meeting: presentOnly(...others.filter((it) => it !== 'zoe'), 'ana'),
          officers: { facilitator: 'ana', secretary: 'luc' },
        }),
        ...opening,
      })
      .thenRefused('SELF_PROPOSED'));

  it('is for the lead, in the circle’s open meeting', () => {
    given(election, ...upTo.proposed)
      .when(openElectionConsent, { ...as('paul'), ...opening })
      .thenRefused('NOT_THE_LEAD');
    given(election, ...upTo.proposed)
      .when(openElectionConsent, { ...as('zoe', { meeting: { ...meeting, circleId: 'general' } }), ...opening })
      .thenRefused('MEETING_OF_ANOTHER_CIRCLE');
  });

  it('is about somebody who can hold the office still', () =>
    given(election, ...upTo.proposed)
      .when(openElectionConsent, { ...as('zoe', { circle: circleWithout('ana') }), ...opening })
      .thenRefused('NOT_ELIGIBLE'));

  it('is not for another moment', () =>
    given(election, ...upTo.changing)
      .when(openElectionConsent, { ...as('zoe'), ...opening })
      .thenRefused('WRONG_PHASE'));
});

describe('an answer', () => {
  it('says no objection, with a concern or without', () => {
    given(election, ...upTo.round)
      .when(giveElectionConsent, { ...as('paul'), ...reply('paul'), concern: ' ' })
      .then(consent('paul'));
    given(election, ...upTo.round)
      .when(giveElectionConsent, { ...as('paul'), ...reply('paul'), concern: 'La distance' })
      .then({
        type: 'ElectionConsentGiven',
        data: { ...(consent('paul').data as object), concern: 'La distance' },
      } as never);
  });

  it('says an objection, with its argument', () =>
    given(election, ...upTo.round)
      .when(raiseElectionObjection, {
        ...as('paul'),
        ...reply('paul'),
        objectionId: 'o1',
        argument: 'Travail le soir jusqu’en septembre',
      })
      .then(objection('paul')));

  it('INV-36 an objection has an argument', () =>
    given(election, ...upTo.round)
      .when(raiseElectionObjection, { ...as('paul'), ...reply('paul'), objectionId: 'o1', argument: '' })
      .thenRefused('OBJECTION_WITHOUT_ARGUMENT'));

  it('INV-34 is for the roster of the round', () => {
    const theo = { ...racines, members: [...members, 'theo'] };
    given(election, ...upTo.round)
      .when(giveElectionConsent, { ...as('theo', { circle: theo }), ...reply('theo') })
      .thenRefused('NOT_ON_ROSTER');
    given(election, ...upTo.round)
      .when(giveElectionConsent, { ...as('paul', { circle: circleWithout('paul') }), ...reply('paul') })
      .thenRefused('NOT_A_MEMBER');
  });

  it('is for this round', () =>
    given(election, ...upTo.round)
      .when(giveElectionConsent, { ...as('paul'), voice: own('paul'), roundId: 'k0' })
      .thenRefused('ROUND_NOT_OPEN'));

  it('INV-34 stands once: a repeated one changes nothing, a second objection is refused', () => {
    given(election, ...upTo.round, consent('paul'))
      .when(giveElectionConsent, { ...as('paul'), ...reply('paul') })
      .thenNothing();
    const raise = { ...as('paul'), ...reply('paul'), argument: 'Encore' };
    given(election, ...upTo.round, objection('paul'))
      .when(raiseElectionObjection, { ...raise, objectionId: 'o1' })
      .thenNothing();
    given(election, ...upTo.round, objection('paul'))
      .when(raiseElectionObjection, { ...raise, objectionId: 'o2' })
      .thenRefused('OBJECTION_STANDS');
  });

  it('may become an objection until the round closes', () =>
    given(election, ...upTo.round, consent('paul'))
      .when(raiseElectionObjection, {
        ...as('paul'),
        ...reply('paul'),
        objectionId: 'o1',
        argument: 'Travail le soir jusqu’en septembre',
      })
      .then(objection('paul')));

  it('INV-45 an objection does not become a consent without the objector’s word that it is resolved', () => {
    given(election, ...upTo.round, objection('paul'))
      .when(giveElectionConsent, { ...as('paul'), ...reply('paul') })
      .thenRefused('OBJECTION_STANDS');
    given(election, ...upTo.round, objection('paul'), {
      type: 'ElectionObjectionIntegrated',
      data: { objectionId: 'o1', by: 'paul' },
    })
      .when(giveElectionConsent, { ...as('paul'), ...reply('paul') })
      .then(consent('paul'));
  });

  it('INV-64 the nominee answers last', () => {
    given(election, ...upTo.round)
      .when(giveElectionConsent, { ...as('ana'), ...reply('ana') })
      .thenRefused('NOMINEE_ANSWERS_LAST');
    given(election, ...upTo.round, ...others.slice(1).map((by) => consent(by)))
      .when(raiseElectionObjection, { ...as('ana'), ...reply('ana'), objectionId: 'o1', argument: 'Le soir' })
      .thenRefused('NOMINEE_ANSWERS_LAST');
  });

  it('spoken by somebody present is entered by the facilitator or the secretary', () => {
    given(election, ...upTo.round)
      .when(giveElectionConsent, { ...as('luc'), ...spoken('paul') })
      .then(entered('paul', 'luc'));
    given(election, ...upTo.round)
      .when(raiseElectionObjection, { ...as('zoe'), ...spoken('paul'), objectionId: 'o1', argument: 'Le soir' })
      .thenTypes('ElectionObjectionRaised');
  });

  it('INV-44 is given by nobody for another', () => {
    given(election, ...upTo.round)
      .when(giveElectionConsent, { ...as('lise'), ...spoken('paul') })
      .thenRefused('NO_PROXY');
    given(election, ...upTo.round)
      .when(giveElectionConsent, { ...as('luc', { meeting: presentOnly('luc', 'zoe') }), ...spoken('paul') })
      .thenRefused('NOT_PRESENT');
    given(election, ...upTo.round)
      .when(giveElectionConsent, { ...as('luc', { meeting: { ...meeting, open: false } }), ...spoken('paul') })
      .thenRefused('NOT_PRESENT');
    given(election, ...upTo.round)
      .when(giveElectionConsent, { ...as('paul'), ...spoken('paul') })
      .thenRefused('CHANNEL_MISMATCH');
  });

  it('entered for somebody can be disputed by them, and is owed again', () => {
    const history = [...upTo.round, entered('paul', 'luc')];
    const disputed: ElectionEvent = { type: 'ElectionAnswerDisputed', data: { roundId: 'k1', by: 'paul' } };
    given(election, ...history)
      .when(disputeElectionAnswer, { ...as('paul'), roundId: 'k1' })
      .then(disputed);
    given(election, ...history, disputed)
      .when(giveElectionConsent, { ...as('paul'), ...reply('paul') })
      .then(consent('paul'));
    given(election, ...history)
      .when(disputeElectionAnswer, { ...as('lise'), roundId: 'k1' })
      .thenRefused('NOTHING_TO_DISPUTE');
    given(election, ...upTo.round, consent('paul'))
      .when(disputeElectionAnswer, { ...as('paul'), roundId: 'k1' })
      .thenRefused('NOTHING_TO_DISPUTE');
    given(election, ...history)
      .when(disputeElectionAnswer, { ...as('paul', { circle: circleWithout('paul') }), roundId: 'k1' })
      .thenRefused('NOT_A_MEMBER');
  });

  it('is disputed in its own round only', () =>
    given(election, ...upTo.round, entered('paul', 'luc'))
      .when(disputeElectionAnswer, { ...as('paul'), roundId: 'k0' })
      .thenRefused('ROUND_NOT_OPEN'));

  it('INV-34 is one answer of each person: the same again is nothing new, another concern is refused', () => {
    given(election, ...upTo.round, consent('paul'))
      .when(giveElectionConsent, { ...as('paul'), ...reply('paul') })
      .thenNothing();
    given(election, ...upTo.round, consent('paul'))
      .when(giveElectionConsent, { ...as('paul'), ...reply('paul'), concern: 'Le lundi soir' })
      .thenRefused('ALREADY_ANSWERED');
  });

  it('a disputed objection is no objection', () => {
    const heard = {
      ...objection('paul'),
      data: { ...(objection('paul').data as object), enteredBy: 'luc', channel: 'voice' },
    };
    const history = [...upTo.round, heard as ElectionEvent];
    const disputed: ElectionEvent = {
      type: 'ElectionAnswerDisputed',
      data: { roundId: 'k1', by: 'paul', objectionId: 'o1' },
    };
    given(election, ...history)
      .when(disputeElectionAnswer, { ...as('paul'), roundId: 'k1' })
      .then(disputed);
    const { state } = given(election, ...history, disputed);
    expect(state.phase === 'ConsentRound' && state.objections).toEqual({});
  });

  it('is over when the round is closed', () => {
    given(election, ...upTo.accepting)
      .when(giveElectionConsent, { ...as('paul'), ...reply('paul') })
      .thenRefused('WRONG_PHASE');
    given(election, ...upTo.accepting)
      .when(disputeElectionAnswer, { ...as('paul'), roundId: 'k1' })
      .thenRefused('WRONG_PHASE');
  });
});
