import { given } from '@app/kernel/testing';
import { giveConsent, raiseObjection } from './answers.js';
import * as answers from './answers.js';
import { agreementIdOf } from './consent-round.js';
import { proposal } from './proposal.js';
import { objectionKinds } from './proposal.events.js';
import {
  amendedTo,
  amending,
  closed,
  consent,
  decided,
  decidedData,
  evening,
  everybody,
  fact,
  inRound,
  integrating,
  kept,
  meeting,
  objected,
  objection,
  opened,
  own,
  place,
  racines,
  testing,
  without,
} from './racines.story.js';

const say = (by: string) => ({ ...place, ...own(by), roundId: 'r1', version: 1 });
const { objectionId, argument, affects, kind } = objected;
const object = { ...say('ines'), objectionId, argument, affects, kind };
const allBut = (...people: string[]) => everybody.filter((it) => !people.includes(it)).map((it) => consent(it));
const six = everybody.filter((it) => it !== 'paul');

describe('consenting', () => {
  it('is said to an exact version', () =>
    given(proposal, ...inRound)
      .when(giveConsent, say('paul'))
      .then(consent('paul')));

  it('may carry a concern', () =>
    given(proposal, ...inRound)
      .when(giveConsent, { ...say('paul'), concern: 'stationnement' })
      .then(consent('paul', { concern: 'stationnement' })));

  it('INV-35 has no empty concern: there is consent, concern and objection, nothing in between', () => {
    given(proposal, ...inRound)
      .when(giveConsent, { ...say('paul'), concern: ' ' })
      .thenRefused('TEXT_EMPTY');
    expect(Object.keys(answers).filter((it) => it !== 'answersRefusals')).toEqual([
      'disputeAnswer',
      'giveConsent',
      'raiseObjection',
    ]);
  });

  it('is the same answer when it is sent again', () => {
    given(proposal, ...inRound, consent('paul'))
      .when(giveConsent, say('paul'))
      .thenNothing();
    given(proposal, ...inRound, consent('paul', { concern: 'stationnement' }))
      .when(giveConsent, { ...say('paul'), concern: 'stationnement' })
      .thenNothing();
  });

  it('INV-34 is one answer of each person', () =>
    given(proposal, ...inRound, consent('paul'))
      .when(giveConsent, { ...say('paul'), concern: 'stationnement' })
      .thenRefused('ALREADY_ANSWERED'));

  it('INV-34 is asked of the roster only', () =>
    given(proposal, ...inRound)
      .when(giveConsent, { ...say('theo'), circle: { ...racines, members: [...everybody, 'theo'] } })
      .thenRefused('NOT_ON_ROSTER'));

  it('INV-34 is not a guest’s, an expert’s, nor somebody’s who left', () => {
    given(proposal, ...inRound)
      .when(giveConsent, say('solange'))
      .thenRefused('NOT_A_MEMBER');
    given(proposal, ...inRound)
      .when(giveConsent, { ...say('paul'), circle: without('paul') })
      .thenRefused('NOT_A_MEMBER');
  });

  it('INV-40 counts for its own version and round only', () => {
    const second = [
      ...integrating,
      amendedTo(2),
      fact('ObjectionResolved', { objectionId: 'o1', by: 'ines', version: 2, how: 'amended' }),
      fact('ConsentRoundOpened', { ...opened, roundId: 'r2', version: 2 }),
    ];
    given(proposal, ...second)
      .when(giveConsent, say('ines'))
      .thenRefused('ANSWER_TO_ANOTHER_VERSION');
    given(proposal, ...second)
      .when(giveConsent, { ...say('ines'), roundId: 'r2' })
      .thenRefused('ANSWER_TO_ANOTHER_VERSION');
    given(proposal, ...second)
      .when(giveConsent, { ...say('ines'), roundId: 'r2', version: 2 })
      .thenTypes('ConsentGiven');
  });

  it.each([
    ['before a round', kept],
    ['after it', testing],
    ['once decided', decided],
  ])('has no place %s', (_, history) =>
    given(proposal, ...history)
      .when(giveConsent, say('ines'))
      .thenRefused('ROUND_NOT_OPEN'),
  );

  it('INV-45 does not take back an objection: that is said first', () =>
    given(proposal, ...inRound, objection)
      .when(giveConsent, say('ines'))
      .thenRefused('OBJECTION_STANDS'));

  it('INV-44 is never given for somebody else, but entered as somebody present said it', () => {
    const lise = { ...say('lise'), enteredBy: 'luc', channel: 'voice' as const };
    const at = (more: object) => given(proposal, ...inRound).when(giveConsent, { ...lise, ...more });
    at({}).then(consent('lise', { enteredBy: 'luc', channel: 'voice' }));
    at({ enteredBy: 'paul' }).thenRefused('NO_PROXY');
    at({ meeting: { ...meeting, present: ['luc', 'zoe'] } }).thenRefused('NOT_PRESENT');
  });
});

describe('objecting', () => {
  it('states an argument and what it affects', () =>
    given(proposal, ...inRound)
      .when(raiseObjection, { ...object, remedy: 'Un demi-tarif' })
      .then(fact('ObjectionRaised', { ...objected, remedy: 'Un demi-tarif' })));

  it('INV-36 has an argument', () =>
    given(proposal, ...inRound)
      .when(raiseObjection, { ...object, argument: ' ' })
      .thenRefused('OBJECTION_WITHOUT_ARGUMENT'));

  it.each(objectionKinds)('INV-36 says what it affects: %s', (it) =>
    given(proposal, ...inRound)
      .when(raiseObjection, { ...object, kind: it, affects: '' })
      .thenRefused('OBJECTION_WITHOUT_LINK'),
  );

  it('takes no empty remedy', () =>
    given(proposal, ...inRound)
      .when(raiseObjection, { ...object, remedy: '' })
      .thenRefused('TEXT_EMPTY'));

  it('INV-35 is not an abstention under another name', () =>
    given(proposal, ...inRound)
      .when(raiseObjection, { ...object, kind: 'Abstain' as 'HindersMyWork' })
      .thenRefused('ANSWER_UNKNOWN'));

  it('may take the place of one’s own consent until the round closes', () => {
    const history = [...inRound, consent('ines')];
    given(proposal, ...history)
      .when(raiseObjection, object)
      .then(objection);
    expect(given(proposal, ...history, objection).state).toMatchObject({
      round: { answers: { ines: { kind: 'objection' } } },
    });
  });

  it('is the same objection when it is sent again, under whatever id', () => {
    const history = given(proposal, ...inRound, objection);
    history.when(raiseObjection, object).thenNothing();
    history.when(raiseObjection, { ...object, objectionId: 'o2' }).thenNothing();
  });

  it('INV-34 is one answer of each person', () =>
    given(proposal, ...inRound, objection)
      .when(raiseObjection, { ...object, objectionId: 'o2', argument: 'Autre chose.' })
      .thenRefused('ALREADY_ANSWERED'));

  it('INV-34 is asked of the roster only', () =>
    given(proposal, ...inRound)
      .when(raiseObjection, { ...object, ...own('theo'), circle: { ...racines, members: [...everybody, 'theo'] } })
      .thenRefused('NOT_ON_ROSTER'));

  it('INV-40 is about its own version', () =>
    given(proposal, ...inRound)
      .when(raiseObjection, { ...object, version: 2 })
      .thenRefused('ANSWER_TO_ANOTHER_VERSION'));

  it('has no place outside a round', () =>
    given(proposal, ...amending)
      .when(raiseObjection, object)
      .thenRefused('ROUND_NOT_OPEN'));
});

describe('the last answer owed', () => {
  const lastConsent = given(proposal, ...inRound, ...allBut('paul'));

  it('closes the round and decides in the same append', () =>
    lastConsent
      .when(giveConsent, say('paul'))
      .then(
        consent('paul'),
        fact('ConsentRoundClosed', { ...closed, outcome: 'consent', open: [] }),
        fact('DecisionReached', { ...decidedData, agreementId: agreementIdOf('p1', 1) }),
      ));

  it('INV-37 does not decide while an objection is open', () => {
    given(proposal, ...inRound, objection, ...allBut('ines', 'paul'))
      .when(giveConsent, say('paul'))
      .then(consent('paul'), fact('ConsentRoundClosed', closed));
    given(proposal, ...inRound, ...allBut('ines'))
      .when(raiseObjection, object)
      .then(objection, fact('ConsentRoundClosed', closed));
  });

  it('INV-30 alone decides: no decision comes before it', () => {
    for (const [place, person] of everybody.slice(0, -1).entries())
      given(proposal, ...inRound, ...everybody.slice(0, place).map((it) => consent(it)))
        .when(giveConsent, say(person))
        .then(consent(person));
  });

  it('INV-32 decides nothing whose review date has come', () =>
    lastConsent
      .when(giveConsent, { ...say('paul'), now: evening('2027-07-15') })
      .then(consent('paul'), fact('ConsentRoundVoided', { roundId: 'r1', version: 1, cause: 'reviewDatePassed' })));

  it('is dated in the circle’s zone', () =>
    expect(
      lastConsent
        .when(giveConsent, { ...say('paul'), now: '2027-01-15T04:59:59.999Z' })
        .facts()
        .at(-1)?.data,
    ).toMatchObject({ decidedOn: '2027-01-14' }));

  it('INV-47 tells by what rule, and what it changes', () => {
    const effect = { kind: 'changeAim' as const, circleId: 'racines', aim: 'Écouter mieux' };
    const history = [...inRound, ...allBut('paul')].map((it) => {
      if (it.type === 'ProposalPresented')
        return fact('ProposalPresented', { ...it.data, content: { ...it.data.content, effect } });
      return it.type === 'ConsentRoundOpened' ? fact('ConsentRoundOpened', { ...it.data, fundamental: true }) : it;
    });
    expect(
      given(proposal, ...history)
        .when(giveConsent, say('paul'))
        .facts()
        .at(-1)?.data,
    ).toMatchObject({
      rule: 'AllRequired',
      fundamental: true,
      effectKind: 'changeAim',
      silent: [],
      unreached: [],
    });
  });

  it('S13 counts roster and quorum anew when somebody has left', () =>
    given(proposal, ...inRound, ...allBut('paul', 'ines'))
      .when(giveConsent, { ...say('ines'), circle: without('paul') })
      .then(
        fact('RosterReduced', { roundId: 'r1', left: ['paul'], quorum: 4, circleRevision: 42 }),
        consent('ines'),
        fact('ConsentRoundClosed', { ...closed, outcome: 'consent', open: [], answered: six, quorum: 4 }),
        fact('DecisionReached', { ...decidedData, agreementId: agreementIdOf('p1', 1), explicit: six }),
      ));
});
