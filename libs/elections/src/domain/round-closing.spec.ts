import { given } from '@app/kernel/testing';
import { closeElectionRound, giveElectionConsent, raiseElectionObjection } from './consent.js';
import { election } from './election.js';
import { as, circleWithout, closed, consent, members, objection, own, upTo } from './racines.fixture.js';

const reply = (of: string) => ({ voice: own(of), roundId: 'k1' });
const others = members.filter((member) => member !== 'ana');

describe('the end of the round', () => {
  it('comes with the last answer owed, the nominee’s', () =>
    given(election, ...upTo.anaLast)
      .when(giveElectionConsent, { ...as('ana'), ...reply('ana') })
      .then(consent('ana'), closed([], [...others, 'ana'])));

  it('INV-37 is no consent while an objection is open; the nominee’s comes first', () => {
    const history = [
      ...upTo.round,
      ...others.filter((it) => it !== 'luc').map((by) => consent(by)),
      objection('luc', 'o1'),
    ];
    given(election, ...history)
      .when(giveElectionConsent, { ...as('ana'), ...reply('ana') })
      .then(consent('ana'), closed(['o1'], [...others.filter((it) => it !== 'luc'), 'luc', 'ana']));
    const [, end] = given(election, ...history)
      .when(raiseElectionObjection, { ...as('ana'), ...reply('ana'), objectionId: 'o2', argument: 'Le soir' })
      .facts();
    expect(end?.type === 'ElectionRoundClosed' && end.data.open).toEqual(['o2', 'o1']);
  });

  it('drops who left the circle, with the next answer', () => {
    const circle = circleWithout('paul');
    const history = [...upTo.round, ...others.filter((it) => it !== 'paul').map((by) => consent(by))];
    given(election, ...history)
      .when(giveElectionConsent, { ...as('ana', { circle }), ...reply('ana') })
      .then(
        { type: 'ElectionRosterReduced', data: { phase: 'consent', left: ['paul'], quorum: 4, circleRevision: 21 } },
        consent('ana'),
        {
          type: 'ElectionRoundClosed',
          data: {
            roundId: 'k1',
            outcome: 'consent',
            open: [],
            answered: [...others.filter((it) => it !== 'paul'), 'ana'],
            quorum: 4,
          },
        },
      );
  });

  it('lets go of an objection whose author left and that nobody took over', () => {
    const circle = circleWithout('paul');
    const history = [
      ...upTo.round,
      ...others.filter((it) => it !== 'paul').map((by) => consent(by)),
      objection('paul'),
    ];
    given(election, ...history)
      .when(giveElectionConsent, { ...as('ana', { circle }), ...reply('ana') })
      .thenTypes('ElectionRosterReduced', 'ElectionConsentGiven', 'ElectionObjectionOrphaned', 'ElectionRoundClosed');
  });

  it('is the lead’s to write when whoever still owed an answer left', () => {
    const history = [...upTo.round, ...others.map((by) => consent(by))];
    given(election, ...history)
      .when(closeElectionRound, as('zoe'))
      .thenRefused('ANSWERS_MISSING');
    given(election, ...history)
      .when(closeElectionRound, as('zoe', { circle: circleWithout('ana') }))
      .thenTypes('ElectionRosterReduced', 'ElectionRoundClosed');
    given(election, ...history)
      .when(closeElectionRound, as('paul'))
      .thenRefused('NOT_THE_LEAD');
  });

  it('INV-43 needs as many answers as make a quorum', () => {
    const circle = circleWithout('paul', 'lise', 'marc', 'ines', 'luc');
    const history = [...upTo.round, consent('zoe')];
    given(election, ...history)
      .when(giveElectionConsent, { ...as('ana', { circle }), ...reply('ana') })
      .thenTypes('ElectionRosterReduced', 'ElectionConsentGiven');
    given(election, ...history, consent('ana'))
      .when(closeElectionRound, as('zoe', { circle }))
      .thenRefused('QUORUM_MISSING');
  });

  it('lets go of what nobody adopted, while objections are integrated', () => {
    given(election, ...upTo.integrating)
      .when(closeElectionRound, as('zoe'))
      .thenRefused('OBJECTIONS_OPEN');
    const circle = circleWithout('luc');
    given(election, ...upTo.integrating)
      .when(closeElectionRound, as('zoe', { circle }))
      .then({ type: 'ElectionObjectionOrphaned', data: { objectionId: 'o1', cause: 'authorLeft' } });
    given(election, ...upTo.accepting)
      .when(closeElectionRound, as('zoe'))
      .thenRefused('WRONG_PHASE');
  });
});
