import { given } from '@app/kernel/testing';
import { disputeAnswer, giveConsent } from './answers.js';
import { proposal } from './proposal.js';
import { consent, everybody, fact, inRound, objected, own, place, testing, without } from './racines.story.js';

const say = (by: string) => ({ ...place, ...own(by), roundId: 'r1', version: 1 });
const allBut = (...people: string[]) => everybody.filter((it) => !people.includes(it)).map((it) => consent(it));

describe('disputing an answer that was entered for oneself', () => {
  const entered = consent('lise', { enteredBy: 'luc', channel: 'voice' });
  const dispute = { ...place, by: 'lise', roundId: 'r1' };
  const disputed = fact('AnswerDisputed', { roundId: 'r1', by: 'lise' });
  const spoken = fact('ObjectionRaised', { ...objected, by: 'lise', enteredBy: 'luc', channel: 'voice' });

  it('INV-44 is possible while the round is open: the answer is owed again', () => {
    given(proposal, ...inRound, entered)
      .when(disputeAnswer, dispute)
      .then(disputed);
    given(proposal, ...inRound, entered, disputed)
      .when(giveConsent, say('lise'))
      .then(consent('lise'));
  });

  it('takes away an objection that was entered', () => {
    const taken = fact('AnswerDisputed', { roundId: 'r1', by: 'lise', objectionId: 'o1' });
    given(proposal, ...inRound, spoken)
      .when(disputeAnswer, dispute)
      .then(taken);
    given(proposal, ...inRound, spoken, taken, ...allBut('lise'))
      .when(giveConsent, say('lise'))
      .thenTypes('ConsentGiven', 'ConsentRoundClosed', 'DecisionReached');
  });

  it('concerns one’s own answer, entered by another', () => {
    given(proposal, ...inRound, entered)
      .when(disputeAnswer, { ...dispute, by: 'paul' })
      .thenRefused('NOTHING_TO_DISPUTE');
    given(proposal, ...inRound, consent('lise'))
      .when(disputeAnswer, dispute)
      .thenRefused('NOTHING_TO_DISPUTE');
    given(proposal, ...inRound, entered)
      .when(disputeAnswer, { ...dispute, circle: without('lise') })
      .thenRefused('NOT_A_MEMBER');
  });

  it('ends with the round', () => {
    given(proposal, ...testing)
      .when(disputeAnswer, dispute)
      .thenRefused('ROUND_NOT_OPEN');
    given(proposal, ...inRound, entered)
      .when(disputeAnswer, { ...dispute, roundId: 'r0' })
      .thenRefused('ROUND_NOT_OPEN');
  });
});
