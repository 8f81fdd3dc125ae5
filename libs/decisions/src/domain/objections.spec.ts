import { given } from '@app/kernel/testing';
import { giveConsent } from './answers.js';
import * as objections from './objections.js';
import { adoptObjection, confirmResolved, proposeIntegration } from './objections.js';
import { proposal } from './proposal.js';
import {
  amendedTo,
  amending,
  closed,
  consent,
  decided,
  everybody,
  fact,
  inRound,
  integrating,
  objection,
  opened,
  others,
  own,
  place,
  racines,
  testing,
  without,
} from './racines.story.js';

const confirm = { ...place, by: 'ines', objectionId: 'o1', version: 1 };
const resolved = (version: number, how: 'amended' | 'kept' | 'withdrawnInRound', by = 'ines') =>
  fact('ObjectionResolved', { objectionId: 'o1', by, version, how });
const adopt = {
  ...place,
  circle: without('ines'),
  by: 'ana',
  objectionId: 'o1',
  argument: 'Ils partiraient vraiment.',
  affects: 'L’accès pour tous.',
};
const adopted = fact('ObjectionAdopted', {
  objectionId: 'o1',
  from: 'ines',
  by: 'ana',
  argument: adopt.argument,
  affects: adopt.affects,
});
const reduced = fact('RosterReduced', { roundId: 'r1', left: ['ines'], quorum: 4, circleRevision: 42 });

describe('the objector’s word that it is resolved', () => {
  it('is given to a new version', () =>
    given(proposal, ...integrating, amendedTo(2))
      .when(confirmResolved, { ...confirm, version: 2 })
      .then(resolved(2, 'amended')));

  it('may be given to the text as it was', () =>
    given(proposal, ...testing)
      .when(confirmResolved, confirm)
      .then(resolved(1, 'kept')));

  it('is given once', () =>
    given(proposal, ...integrating, amendedTo(2), resolved(2, 'amended'))
      .when(confirmResolved, { ...confirm, version: 2 })
      .thenNothing());

  it('is given anew when the text changes anew', () =>
    given(proposal, ...integrating, amendedTo(2), resolved(2, 'amended'), amendedTo(3))
      .when(confirmResolved, { ...confirm, version: 3 })
      .then(resolved(3, 'amended')));

  it.each(['ana', 'zoe', 'luc', 'marc'])('INV-45 is nobody else’s: %s', (by) =>
    given(proposal, ...integrating, amendedTo(2))
      .when(confirmResolved, { ...confirm, by, version: 2 })
      .thenRefused('NOT_THE_OBJECTOR'),
  );

  it('INV-38 leaves the facilitator no act that sets an objection aside', () => {
    expect(Object.keys(objections).filter((it) => it !== 'objectionsRefusals')).toEqual([
      'adoptObjection',
      'confirmResolved',
      'proposeIntegration',
    ]);
    given(proposal, ...testing)
      .when(confirmResolved, { ...confirm, by: 'zoe' })
      .thenRefused('NOT_THE_OBJECTOR');
  });

  it('is about the latest version', () =>
    given(proposal, ...integrating, amendedTo(2))
      .when(confirmResolved, confirm)
      .thenRefused('VERSION_NOT_LATEST'));

  it('is not asked of somebody who left', () =>
    given(proposal, ...testing)
      .when(confirmResolved, { ...confirm, circle: without('ines') })
      .thenRefused('NOT_A_MEMBER'));

  it('is about an objection of this round', () => {
    given(proposal, ...testing)
      .when(confirmResolved, { ...confirm, objectionId: 'o9' })
      .thenRefused('OBJECTION_UNKNOWN');
    const next = fact('ConsentRoundOpened', { ...opened, roundId: 'r2' });
    given(proposal, ...testing, resolved(1, 'kept'), next)
      .when(confirmResolved, confirm)
      .thenRefused('OBJECTION_UNKNOWN');
  });

  it.each([
    ['amending', amending],
    ['decided', decided],
  ])('has no place: %s', (_, history) =>
    given(proposal, ...history)
      .when(confirmResolved, confirm)
      .thenRefused('WRONG_PHASE'),
  );
});

describe('taking an objection back in the round', () => {
  it('is the objector’s word too, and an answer is owed again', () => {
    given(proposal, ...inRound, objection)
      .when(confirmResolved, confirm)
      .then(resolved(1, 'withdrawnInRound'));
    const withdrawn = given(proposal, ...inRound, objection, resolved(1, 'withdrawnInRound'));
    withdrawn.when(confirmResolved, confirm).thenNothing();
    withdrawn.when(giveConsent, { ...place, ...own('ines'), roundId: 'r1', version: 1 }).thenTypes('ConsentGiven');
  });

  it('lets the round decide once everybody has consented', () =>
    given(
      proposal,
      ...inRound,
      objection,
      ...others.map((it) => consent(it)).slice(1),
      resolved(1, 'withdrawnInRound'),
      consent('ines'),
    )
      .when(giveConsent, { ...place, ...own('ana'), roundId: 'r1', version: 1 })
      .thenTypes('ConsentGiven', 'ConsentRoundClosed', 'DecisionReached'));

  it('does not bring back what was disputed', () =>
    given(proposal, ...inRound, objection, fact('AnswerDisputed', { roundId: 'r1', by: 'ines', objectionId: 'o1' }))
      .when(confirmResolved, confirm)
      .thenRefused('OBJECTION_SETTLED'));
});

describe('taking over the objection of somebody who left', () => {
  it('is done in one’s own words, while integrating', () =>
    given(proposal, ...integrating)
      .when(adoptObjection, adopt)
      .then(adopted));

  it('is done in the round, where the roster shrinks first', () =>
    given(proposal, ...inRound, objection)
      .when(adoptObjection, adopt)
      .then(reduced, adopted));

  it('gives the adopter the word that resolves it', () => {
    const history = given(proposal, ...integrating, adopted, amendedTo(2));
    const circle = without('ines');
    history.when(confirmResolved, { ...confirm, circle, by: 'luc', version: 2 }).thenRefused('NOT_THE_OBJECTOR');
    history.when(confirmResolved, { ...confirm, circle, by: 'ana', version: 2 }).then(resolved(2, 'amended', 'ana'));
  });

  it('leaves the adopter’s own consent in place when it is taken back in the round', () => {
    const history = given(
      proposal,
      ...inRound,
      consent('ana'),
      objection,
      reduced,
      adopted,
      resolved(1, 'withdrawnInRound', 'ana'),
    );
    expect(history.state).toMatchObject({ round: { answers: { ana: { kind: 'consent' } } } });
  });

  it('can be done again when the adopter leaves as well', () =>
    given(proposal, ...integrating, adopted)
      .when(adoptObjection, { ...adopt, by: 'luc', circle: without('ines', 'ana') })
      .thenTypes('ObjectionAdopted'));

  it('happens once', () =>
    given(proposal, ...integrating, adopted)
      .when(adoptObjection, adopt)
      .thenNothing());

  it('needs the objector to have left', () =>
    given(proposal, ...integrating)
      .when(adoptObjection, { ...adopt, circle: racines })
      .thenRefused('OBJECTOR_STILL_MEMBER'));

  it('needs an objection that is open', () =>
    given(proposal, ...integrating, fact('ObjectionOrphaned', { objectionId: 'o1', cause: 'authorLeft' }))
      .when(adoptObjection, adopt)
      .thenRefused('OBJECTION_SETTLED'));

  it('is open to the round’s own people', () => {
    const circle = { ...without('ines'), members: [...without('ines').members, 'theo'] };
    given(proposal, ...integrating)
      .when(adoptObjection, { ...adopt, circle, by: 'theo' })
      .thenRefused('NOT_ON_ROSTER');
    given(proposal, ...integrating)
      .when(adoptObjection, { ...adopt, by: 'solange' })
      .thenRefused('NOT_A_MEMBER');
  });

  it('INV-36 has an argument and says what it affects', () => {
    given(proposal, ...integrating)
      .when(adoptObjection, { ...adopt, argument: ' ' })
      .thenRefused('OBJECTION_WITHOUT_ARGUMENT');
    given(proposal, ...integrating)
      .when(adoptObjection, { ...adopt, affects: '' })
      .thenRefused('OBJECTION_WITHOUT_LINK');
  });

  it('knows the objection', () =>
    given(proposal, ...integrating)
      .when(adoptObjection, { ...adopt, objectionId: 'o9' })
      .thenRefused('OBJECTION_UNKNOWN'));

  it('has no place once decided', () =>
    given(proposal, ...decided)
      .when(adoptObjection, adopt)
      .thenRefused('WRONG_PHASE'));
});

describe('proposing how to integrate an objection', () => {
  const propose = { ...place, by: 'luc', objectionId: 'o1', integrationId: 'i1', option: 'amendText' as const };
  const proposed = { objectionId: 'o1', integrationId: 'i1', option: propose.option, by: 'luc' };

  it('is open to anybody on the roster', () => {
    given(proposal, ...testing)
      .when(proposeIntegration, propose)
      .then(fact('IntegrationProposed', proposed));
    given(proposal, ...integrating)
      .when(proposeIntegration, { ...propose, text: 'Dix places à demi-tarif' })
      .then(fact('IntegrationProposed', { ...proposed, text: 'Dix places à demi-tarif' }));
  });

  it('is not open to others', () => {
    given(proposal, ...testing)
      .when(proposeIntegration, { ...propose, by: 'theo', circle: { ...racines, members: [...everybody, 'theo'] } })
      .thenRefused('NOT_ON_ROSTER');
    given(proposal, ...testing)
      .when(proposeIntegration, { ...propose, by: 'solange' })
      .thenRefused('NOT_A_MEMBER');
  });

  it('is about an objection that is open', () => {
    given(proposal, ...testing, resolved(1, 'kept'))
      .when(proposeIntegration, propose)
      .thenRefused('OBJECTION_SETTLED');
    given(proposal, ...testing)
      .when(proposeIntegration, { ...propose, objectionId: 'o9' })
      .thenRefused('OBJECTION_UNKNOWN');
  });

  it('takes no empty text', () =>
    given(proposal, ...testing)
      .when(proposeIntegration, { ...propose, text: ' ' })
      .thenRefused('TEXT_EMPTY'));

  it('comes after everybody was heard', () => {
    given(proposal, ...inRound, objection)
      .when(proposeIntegration, propose)
      .thenRefused('WRONG_PHASE');
    expect(closed.outcome).toBe('objections');
  });
});
