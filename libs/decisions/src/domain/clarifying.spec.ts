import { given } from '@app/kernel/testing';
import {
  answerClarification,
  askClarification,
  closeReactions,
  openClarifying,
  openReacting,
  recordReaction,
} from './clarifying.js';
import { proposal } from './proposal.js';
import {
  amendedTo,
  amending,
  clarifying,
  draft,
  everybody,
  fact,
  inRound,
  kept,
  meeting,
  own,
  place,
  presented,
  reacting,
  without,
} from './racines.story.js';

const led = { ...place, by: 'zoe' };
const reaction = (by: string) => fact('ReactionRecorded', { version: 1, ...own(by), text: 'Bonne idée.' });
const allBut = (...people: string[]) => everybody.filter((it) => !people.includes(it)).map(reaction);
const asked = fact('ClarificationAsked', { questionId: 'q1', version: 1, ...own('luc'), text: 'Quel jeudi?' });
const answered = fact('ClarificationAnswered', { questionId: 'q1', version: 1, ...own('ana'), text: 'Le deuxième.' });

describe('opening the clarifying round', () => {
  it('follows the presentation', () =>
    given(proposal, ...presented)
      .when(openClarifying, led)
      .then(fact('ClarifyingOpened', { version: 1, by: 'zoe' })));

  it('follows a substantial amendment', () =>
    given(proposal, ...amending, amendedTo(2, { substantial: true }))
      .when(openClarifying, led)
      .then(fact('ClarifyingOpened', { version: 2, by: 'zoe' })));

  it('does not follow another amendment', () =>
    given(proposal, ...amending, amendedTo(2))
      .when(openClarifying, led)
      .thenRefused('NOTHING_TO_CLARIFY'));

  it.each([
    ['a draft', draft],
    ['a round', inRound],
  ])('has no place in %s', (_, history) =>
    given(proposal, ...history)
      .when(openClarifying, led)
      .thenRefused('WRONG_PHASE'),
  );

  it('is the facilitator’s act, in an open meeting of the circle', () => {
    const at = (more: object) => given(proposal, ...presented).when(openClarifying, { ...led, ...more });
    at({ by: 'luc' }).thenRefused('NOT_THE_FACILITATOR');
    at({ by: 'solange' }).thenRefused('NOT_A_MEMBER');
    at({ meeting: { ...meeting, open: false } }).thenRefused('MEETING_NOT_OPEN');
    at({ meeting: { ...meeting, circleId: 'jardin' } }).thenRefused('MEETING_OF_ANOTHER_CIRCLE');
    at({ by: 'luc', meeting: { ...meeting, facilitator: 'luc' } }).thenTypes('ClarifyingOpened');
  });
});

describe('asking and answering', () => {
  const ask = { ...place, ...own('luc'), questionId: 'q1', text: 'Quel jeudi?' };
  const answer = { ...place, ...own('ana'), questionId: 'q1', text: 'Le deuxième.' };

  it('lets any member ask', () =>
    given(proposal, ...clarifying)
      .when(askClarification, ask)
      .then(asked));
  it('hears the same question once', () =>
    given(proposal, ...clarifying, asked)
      .when(askClarification, ask)
      .thenNothing());
  it('has no question outside its phase', () =>
    given(proposal, ...reacting)
      .when(askClarification, ask)
      .thenRefused('WRONG_PHASE'));
  it('takes no empty question', () =>
    given(proposal, ...clarifying)
      .when(askClarification, { ...ask, text: '' })
      .thenRefused('TEXT_EMPTY'));
  it('does not hear guests', () =>
    given(proposal, ...clarifying)
      .when(askClarification, { ...ask, ...own('guest') })
      .thenRefused('NOT_A_MEMBER'));

  it('lets the author answer', () =>
    given(proposal, ...clarifying, asked)
      .when(answerClarification, answer)
      .then(answered));
  it('lets a co-author answer', () =>
    given(proposal, ...clarifying, asked, fact('CoAuthorJoined', { memberId: 'paul', by: 'ana' }))
      .when(answerClarification, { ...answer, ...own('paul') })
      .thenTypes('ClarificationAnswered'));
  it('takes no answer from anybody else', () =>
    given(proposal, ...clarifying, asked)
      .when(answerClarification, { ...answer, ...own('marc') })
      .thenRefused('NOT_AN_AUTHOR'));
  it('has no answer without its question', () =>
    given(proposal, ...clarifying)
      .when(answerClarification, answer)
      .thenRefused('QUESTION_UNKNOWN'));
  it('hears an answer once', () => {
    const history = given(proposal, ...clarifying, asked, answered);
    history.when(answerClarification, answer).thenNothing();
    history.when(answerClarification, { ...answer, text: 'Le premier.' }).thenRefused('ALREADY_ANSWERED');
  });
  it('takes no empty answer', () =>
    given(proposal, ...clarifying, asked)
      .when(answerClarification, { ...answer, text: ' ' })
      .thenRefused('TEXT_EMPTY'));
  it('has no answer outside its phase', () =>
    given(proposal, ...presented)
      .when(answerClarification, answer)
      .thenRefused('WRONG_PHASE'));
});

describe('speaking through an officer', () => {
  const spoken = { ...place, by: 'lise', enteredBy: 'luc', channel: 'voice' as const, questionId: 'q2', text: 'Où?' };
  const ask = (more: object) => given(proposal, ...clarifying).when(askClarification, { ...spoken, ...more });

  it('INV-44 is entered by the acting secretary or facilitator for somebody in the room', () => {
    ask({}).then(
      fact('ClarificationAsked', {
        questionId: 'q2',
        version: 1,
        by: 'lise',
        enteredBy: 'luc',
        channel: 'voice',
        text: 'Où?',
      }),
    );
    ask({ enteredBy: 'zoe', channel: 'paper' }).thenTypes('ClarificationAsked');
  });
  it('INV-44 is nobody else’s right', () => ask({ enteredBy: 'paul' }).thenRefused('NO_PROXY'));
  it('INV-44 needs a meeting', () => ask({ meeting: undefined }).thenRefused('NO_PROXY'));
  it('INV-44 is not for somebody away', () =>
    ask({ meeting: { ...meeting, present: ['luc', 'zoe'] } }).thenRefused('NOT_PRESENT'));
  it('needs the meeting to be open and the circle’s', () => {
    ask({ meeting: { ...meeting, open: false } }).thenRefused('MEETING_NOT_OPEN');
    ask({ meeting: { ...meeting, circleId: 'jardin' } }).thenRefused('MEETING_OF_ANOTHER_CIRCLE');
  });
  it('is never called one’s own', () => {
    ask({ channel: 'own' }).thenRefused('CHANNEL_MISMATCH');
    ask({ ...own('lise'), channel: 'voice' }).thenRefused('CHANNEL_MISMATCH');
  });
});

describe('opening the reactions', () => {
  it('asks everybody, the author last', () =>
    given(proposal, ...clarifying)
      .when(openReacting, led)
      .then(
        fact('ReactingOpened', { version: 1, by: 'zoe', order: ['marc', 'zoe', 'luc', 'lise', 'paul', 'ines', 'ana'] }),
      ));

  it('INV-33 does not skip the clarifying round', () =>
    given(proposal, ...presented)
      .when(openReacting, led)
      .thenRefused('PHASE_SKIPPED'));

  it('waits for the answers', () => {
    given(proposal, ...clarifying, asked)
      .when(openReacting, led)
      .thenRefused('QUESTIONS_UNANSWERED');
    given(proposal, ...clarifying, asked, answered)
      .when(openReacting, led)
      .thenTypes('ReactingOpened');
  });

  it('does not wait for an author who left', () =>
    given(proposal, ...clarifying, asked)
      .when(openReacting, { ...led, circle: without('ana') })
      .thenTypes('ReactingOpened'));

  it('is the facilitator’s act', () =>
    given(proposal, ...clarifying)
      .when(openReacting, { ...led, by: 'ana' })
      .thenRefused('NOT_THE_FACILITATOR'));

  it('has no place elsewhere', () =>
    given(proposal, ...kept)
      .when(openReacting, led)
      .thenRefused('WRONG_PHASE'));
});

describe('reacting', () => {
  const react = (by: string) => ({ ...place, ...own(by), text: 'Bonne idée.' });

  it('is heard from each member', () =>
    given(proposal, ...reacting)
      .when(recordReaction, react('paul'))
      .then(reaction('paul')));
  it('is heard once', () => {
    const history = given(proposal, ...reacting, reaction('paul'));
    history.when(recordReaction, react('paul')).thenNothing();
    history.when(recordReaction, { ...react('paul'), text: 'Tout compte fait, non.' }).thenRefused('ALREADY_REACTED');
  });
  it('is heard from the author last', () => {
    given(proposal, ...reacting, ...allBut('ana', 'paul'))
      .when(recordReaction, react('ana'))
      .thenRefused('AUTHOR_REACTS_LAST');
    given(proposal, ...reacting, ...allBut('ana'))
      .when(recordReaction, react('ana'))
      .thenTypes('ReactionRecorded');
    given(proposal, ...reacting, ...allBut('paul'))
      .when(recordReaction, react('paul'))
      .thenRefused('AUTHOR_REACTS_LAST');
  });
  it('lets the author speak when everybody in the room has', () =>
    given(proposal, ...reacting, ...allBut('ana', 'paul'))
      .when(recordReaction, {
        ...react('ana'),
        meeting: { ...meeting, present: everybody.filter((it) => it !== 'paul') },
      })
      .thenTypes('ReactionRecorded'));
  it('asks who was a member when it opened', () =>
    given(proposal, ...reacting)
      .when(recordReaction, { ...react('theo'), circle: { ...place.circle, members: [...everybody, 'theo'] } })
      .thenRefused('NOT_IN_THE_ROUND'));
  it('takes no empty text', () =>
    given(proposal, ...reacting)
      .when(recordReaction, { ...react('paul'), text: ' ' })
      .thenRefused('TEXT_EMPTY'));
  it('has no place elsewhere', () =>
    given(proposal, ...clarifying)
      .when(recordReaction, react('paul'))
      .thenRefused('WRONG_PHASE'));
});

describe('closing the reactions', () => {
  it('records who was away', () =>
    given(proposal, ...reacting, ...allBut('lise'))
      .when(closeReactions, { ...led, meeting: { ...meeting, present: everybody.filter((it) => it !== 'lise') } })
      .then(fact('ReactionsClosed', { by: 'zoe', missing: ['lise'] })));
  it('waits for everybody in the room', () =>
    given(proposal, ...reacting, ...allBut('lise'))
      .when(closeReactions, led)
      .thenRefused('REACTIONS_MISSING'));
  it.each([
    ['presentation', presented],
    ['clarifying round', clarifying],
  ])('INV-33 does not skip from the %s', (_, history) =>
    given(proposal, ...history)
      .when(closeReactions, led)
      .thenRefused('PHASE_SKIPPED'),
  );
  it('happens once', () =>
    given(proposal, ...amending)
      .when(closeReactions, led)
      .thenRefused('WRONG_PHASE'));
  it('is the facilitator’s act', () =>
    given(proposal, ...reacting)
      .when(closeReactions, { ...led, by: 'luc' })
      .thenRefused('NOT_THE_FACILITATOR'));
});
