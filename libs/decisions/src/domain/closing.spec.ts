import { given } from '@app/kernel/testing';
import { closeConsentRound } from './consent-round.js';
import { proposal } from './proposal.js';
import {
  consent,
  decidedData,
  everybody,
  fact,
  inRound,
  kept,
  objected,
  objection,
  opened,
  place,
  racines,
  without,
} from './racines.story.js';

describe('closing a round in which somebody left', () => {
  const close = { ...place, by: 'zoe' };
  const six = everybody.filter((it) => it !== 'paul');
  const answered = [...inRound, ...six.map((it) => consent(it))];
  const reduced = fact('RosterReduced', { roundId: 'r1', left: ['paul'], quorum: 4, circleRevision: 42 });

  it('decides when nobody else owes an answer', () => {
    const facts = given(proposal, ...answered)
      .when(closeConsentRound, { ...close, circle: without('paul') })
      .facts();
    expect(facts).toEqual([
      reduced,
      fact('ConsentRoundClosed', { roundId: 'r1', version: 1, outcome: 'consent', open: [], answered: six, quorum: 4 }),
      fact('DecisionReached', { ...decidedData, agreementId: expect.any(String), explicit: six }),
    ]);
  });

  it('INV-30 is refused while an answer is owed: nothing is decided by those who spoke', () => {
    given(proposal, ...answered)
      .when(closeConsentRound, close)
      .thenRefused('ANSWERS_MISSING');
    given(proposal, ...inRound, consent('zoe'))
      .when(closeConsentRound, { ...close, circle: without('paul') })
      .thenRefused('ANSWERS_MISSING');
  });

  it('INV-43 voids a round that has no quorum left', () => {
    const three = ['zoe', 'luc', 'ana'];
    given(
      proposal,
      ...kept,
      fact('ConsentRoundOpened', { ...opened, roster: three, present: three, quorum: 3 }),
      consent('zoe'),
      consent('luc'),
    )
      .when(closeConsentRound, { ...close, circle: { ...racines, revision: 42, members: ['zoe', 'luc'] } })
      .then(
        fact('RosterReduced', { roundId: 'r1', left: ['ana'], quorum: 3, circleRevision: 42 }),
        fact('ConsentRoundVoided', { roundId: 'r1', version: 1, cause: 'quorumLost' }),
      );
  });

  it('INV-37 goes on to the objection while one is open', () =>
    given(proposal, ...inRound, objection, ...['ana', 'marc', 'zoe', 'luc', 'lise'].map((it) => consent(it)))
      .when(closeConsentRound, { ...close, circle: without('paul') })
      .then(
        reduced,
        fact('ConsentRoundClosed', {
          roundId: 'r1',
          version: 1,
          outcome: 'objections',
          open: [objected.objectionId],
          answered: six,
          quorum: 4,
        }),
      ));

  it('is the facilitator’s act, in a round', () => {
    given(proposal, ...answered)
      .when(closeConsentRound, { ...close, by: 'luc' })
      .thenRefused('NOT_THE_FACILITATOR');
    given(proposal, ...kept)
      .when(closeConsentRound, close)
      .thenRefused('ROUND_NOT_OPEN');
  });
});
