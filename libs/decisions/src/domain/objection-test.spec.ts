import { given } from '@app/kernel/testing';
import { amendProposal } from './amending.js';
import { giveConsent } from './answers.js';
import { openConsentRound } from './consent-round.js';
import { closeObjectionTest, judgeObjection, requestObjectionTest } from './objection-test.js';
import { adoptObjection, confirmResolved } from './objections.js';
import { proposal } from './proposal.js';
import {
  closed,
  consent,
  everybody,
  fact,
  inRound,
  integrating,
  objected,
  others,
  own,
  place,
  proposalStory,
  testing,
  without,
} from './racines.story.js';

const ask = { ...place, by: 'paul', objectionId: 'o1' };
const requested = fact('ObjectionTestRequested', { objectionId: 'o1', by: 'paul', judges: [...others], minimum: 3 });
const asked = [...testing, requested];
const judging = (by: string, stands = false) => ({
  ...place,
  ...own(by),
  objectionId: 'o1',
  stands,
  reason: 'Un goût.',
});
const judged = (by: string, stands = false) =>
  fact('ObjectionJudged', { objectionId: 'o1', ...own(by), stands, reason: 'Un goût.' });
const tested = (outcome: 'stands' | 'setAside', judges: readonly string[], supporters: string[] = []) =>
  fact('ObjectionTested', { objectionId: 'o1', outcome, judges: [...judges], supporters });
const setAside = fact('ObjectionSetAsideAsConcern', { objectionId: 'o1' });
const of = (kind: 'BreaksRuleOrLaw' | 'OutsideDomain') => [
  ...inRound,
  fact('ObjectionRaised', { ...objected, kind }),
  ...others.map((it) => consent(it)),
  fact('ConsentRoundClosed', closed),
];
const allBut = (...people: string[]) => others.filter((it) => !people.includes(it));

describe('a test of an objection', () => {
  it('INV-39 is asked of everybody on the roster but the objector', () =>
    given(proposal, ...testing)
      .when(requestObjectionTest, ask)
      .then(requested));

  it('may be asked while it is being integrated, and is asked once', () => {
    given(proposal, ...integrating)
      .when(requestObjectionTest, ask)
      .then(requested);
    given(proposal, ...asked)
      .when(requestObjectionTest, { ...ask, by: 'luc' })
      .thenNothing();
  });

  it.each(['BreaksRuleOrLaw', 'OutsideDomain'] as const)('INV-39 is never of what the record answers: %s', (kind) =>
    given(proposal, ...of(kind))
      .when(requestObjectionTest, ask)
      .thenRefused('OBJECTION_NOT_TESTABLE'),
  );

  it('INV-39 is not held among fewer than three others', () =>
    given(proposal, ...testing)
      .when(requestObjectionTest, { ...ask, circle: without('ana', 'marc', 'zoe', 'luc') })
      .thenRefused('TOO_FEW_TO_TEST'));

  it('waits until everybody was heard, and for an objection there is', () => {
    given(proposal, ...inRound, fact('ObjectionRaised', objected))
      .when(requestObjectionTest, ask)
      .thenRefused('WRONG_PHASE');
    given(proposal, ...testing)
      .when(requestObjectionTest, { ...ask, objectionId: 'o9' })
      .thenRefused('OBJECTION_UNKNOWN');
  });

  it('is not of an objection that is settled, nor asked from outside the roster', () => {
    const kept = fact('ObjectionResolved', { objectionId: 'o1', by: 'ines', version: 1, how: 'kept' });
    given(proposal, ...testing, kept)
      .when(requestObjectionTest, ask)
      .thenRefused('OBJECTION_SETTLED');
    given(proposal, ...testing)
      .when(requestObjectionTest, { ...ask, by: 'rita' })
      .thenRefused('NOT_A_MEMBER');
    given(proposal, ...testing)
      .when(requestObjectionTest, { ...ask, by: 'rita', circle: { ...place.circle, members: [...everybody, 'rita'] } })
      .thenRefused('NOT_ON_ROSTER');
  });

  it('is of one objection at a time', () => {
    const second = fact('ObjectionRaised', { ...objected, ...own('luc'), objectionId: 'o2' });
    const both = [
      ...[...inRound, fact('ObjectionRaised', objected), second, ...allBut('luc').map((it) => consent(it))],
      fact('ConsentRoundClosed', { ...closed, open: ['o1', 'o2'] }),
      requested,
    ];
    given(proposal, ...both)
      .when(requestObjectionTest, { ...ask, objectionId: 'o2' })
      .thenRefused('OTHER_TEST_UNDERWAY');
  });
});

describe('a judgement', () => {
  it('says whether it is an objection, and why', () => {
    given(proposal, ...asked)
      .when(judgeObjection, judging('luc'))
      .then(judged('luc'));
    given(proposal, ...asked)
      .when(judgeObjection, { ...judging('luc'), reason: '  ' })
      .thenRefused('TEXT_EMPTY');
  });

  it('INV-39 of one who supports it is enough to keep it', () =>
    given(proposal, ...asked, judged('marc'))
      .when(judgeObjection, judging('ana', true))
      .then(judged('ana', true), tested('stands', others, ['ana'])));

  it('INV-38 INV-39 sets it aside when it is the last of all the others’, and never before', () => {
    given(proposal, ...asked, ...allBut('ana', 'zoe').map((it) => judged(it)))
      .when(judgeObjection, judging('zoe'))
      .then(judged('zoe'));
    given(proposal, ...asked, ...allBut('ana').map((it) => judged(it)))
      .when(judgeObjection, judging('ana'))
      .then(judged('ana'), tested('setAside', others), setAside);
  });

  it('is said once, while it is asked', () => {
    given(proposal, ...asked, judged('luc'))
      .when(judgeObjection, judging('luc'))
      .thenNothing();
    given(proposal, ...asked, judged('luc'))
      .when(judgeObjection, judging('luc', true))
      .thenRefused('ALREADY_JUDGED');
    given(proposal, ...testing)
      .when(judgeObjection, judging('luc'))
      .thenRefused('TEST_NOT_OPEN');
  });

  it('INV-39 is not asked of whose objection it is', () =>
    given(proposal, ...asked)
      .when(judgeObjection, judging('ines', true))
      .thenRefused('NOT_A_JUDGE'));

  it('INV-44 is entered for nobody who is not in the room', () =>
    given(proposal, ...asked)
      .when(judgeObjection, { ...judging('luc'), enteredBy: 'zoe', channel: 'voice', meeting: undefined })
      .thenRefused('NO_PROXY'));
});

describe('a test that somebody left', () => {
  const heard = [...asked, ...allBut('ana').map((it) => judged(it))];

  it('ends without them', () => {
    const circle = without('ana');
    given(proposal, ...heard)
      .when(closeObjectionTest, { ...ask, circle })
      .then(tested('setAside', allBut('ana')), setAside);
    given(proposal, ...heard)
      .when(closeObjectionTest, ask)
      .thenRefused('JUDGEMENTS_MISSING');
    given(proposal, ...testing)
      .when(closeObjectionTest, ask)
      .thenRefused('TEST_NOT_OPEN');
    given(proposal, ...heard)
      .when(closeObjectionTest, { ...ask, by: 'ana', circle })
      .thenRefused('NOT_A_MEMBER');
  });

  it('INV-39 keeps the objection when fewer than three others remain', () =>
    given(proposal, ...heard)
      .when(closeObjectionTest, { ...ask, circle: without('ana', 'marc', 'zoe', 'luc') })
      .then(tested('stands', ['lise', 'paul'])));
});

describe('what becomes of a tested objection', () => {
  const gone = [...asked, ...others.map((it) => judged(it)), tested('setAside', others), setAside];
  const open = { ...place, roundId: 'r2', version: 1, by: 'zoe' };

  it('INV-37 stands in the way while it is kept', () =>
    given(proposal, ...asked, judged('ana', true), tested('stands', others, ['ana']))
      .when(openConsentRound, open)
      .thenRefused('OBJECTIONS_OPEN'));

  it('is a concern of the decision when it was set aside, and everybody is asked again', () => {
    const story = proposalStory(gone);
    story.do(openConsentRound, open);
    for (const by of everybody) story.do(giveConsent, { ...place, ...own(by), roundId: 'r2', version: 1 });
    expect(story.all('DecisionReached')).toMatchObject([{ setAside: ['o1'], explicit: [...everybody] }]);
  });

  it('is settled, and tested no more', () => {
    given(proposal, ...gone)
      .when(confirmResolved, { ...place, by: 'ines', objectionId: 'o1', version: 1 })
      .thenRefused('OBJECTION_SETTLED');
    given(proposal, ...gone)
      .when(requestObjectionTest, ask)
      .thenRefused('OBJECTION_SETTLED');
  });

  it('is another question once the text changed, the objector found it good, or somebody took it over', () => {
    const amended = proposalStory([...integrating, requested]);
    amended.do(amendProposal, {
      ...place,
      by: 'ana',
      base: 1,
      changes: { text: 'Autre.' },
      why: 'Entendu.',
      substantial: false,
      objectionIds: ['o1'],
    });
    const resolved = proposalStory(asked);
    resolved.do(confirmResolved, { ...place, by: 'ines', objectionId: 'o1', version: 1 });
    const adopted = proposalStory(asked);
    const words = { argument: 'Ils partiraient.', affects: 'L’accès.' };
    adopted.do(adoptObjection, { ...place, circle: without('ines'), by: 'ana', objectionId: 'o1', ...words });
    for (const story of [amended, resolved, adopted])
      expect(story.refused(judgeObjection, judging('luc'))).toBe('TEST_NOT_OPEN');
  });
});
