import { Refusal } from '@app/kernel';
import { given } from '@app/kernel/testing';
import { openConsentRound } from './consent-round.js';
import type { Effect } from './effect.js';
import { proposal } from './proposal.js';
import {
  amendedTo,
  amending,
  clarifying,
  content,
  decided,
  draft,
  drafted,
  evening,
  everybody,
  fact,
  inRound,
  integrating,
  kept,
  meeting,
  opened,
  place,
  presented,
  racines,
  reacting,
  testing,
  without,
} from './racines.story.js';

const open = { ...place, roundId: 'r1', version: 1, by: 'zoe' };
const resolvedIn = (version: number) =>
  fact('ObjectionResolved', { objectionId: 'o1', by: 'ines', version, how: 'amended' });
const changing = (effect: Effect) => [
  fact('ProposalDrafted', { ...drafted, effect }),
  fact('ProposalPresented', { version: 1, content: { ...content, effect }, meetingId: 'm1', by: 'ana', warnings: [] }),
  ...kept.slice(2),
];
const admission = changing({ kind: 'admitMember', memberId: 'theo' });

describe('opening a consent round', () => {
  it('fixes version, roster, presence, quorum and rules', () =>
    given(proposal, ...kept)
      .when(openConsentRound, open)
      .then(fact('ConsentRoundOpened', opened)));

  it('INV-08 is for admissions only in a circle of two', () => {
    const two = { circle: { ...racines, members: ['zoe', 'luc'] }, meeting: { ...meeting, present: ['zoe', 'luc'] } };
    given(proposal, ...kept)
      .when(openConsentRound, { ...open, ...two })
      .thenRefused('TOO_FEW_MEMBERS');
    const [fact] = given(proposal, ...admission)
      .when(openConsentRound, { ...open, ...two })
      .facts();
    expect(fact?.data).toMatchObject({ roster: ['zoe', 'luc'], quorum: 2 });
  });

  it('INV-43 needs a quorum in the room', () => {
    const with_ = (...present: string[]) =>
      given(proposal, ...kept).when(openConsentRound, { ...open, meeting: { ...meeting, present } });
    with_('zoe', 'luc', 'ana', 'paul').thenRefused('QUORUM_MISSING');
    with_('zoe', 'luc', 'ana', 'paul', 'solange').thenRefused('QUORUM_MISSING');
    with_('zoe', 'luc', 'ana', 'paul', 'ines').thenTypes('ConsentRoundOpened');
  });

  it.each([
    ['a draft', draft],
    ['a text only presented', presented],
    ['a text without reactions', clarifying],
    ['reactions under way', reacting],
  ])('INV-33 does not come before clarifying and reacting: %s', (_, history) =>
    given(proposal, ...history)
      .when(openConsentRound, open)
      .thenRefused('CLARIFY_AND_REACT_FIRST'),
  );

  it('INV-33 does not come before a substantial amendment is clarified', () => {
    const substantial = [...amending, amendedTo(2, { substantial: true })];
    given(proposal, ...substantial)
      .when(openConsentRound, { ...open, version: 2 })
      .thenRefused('CLARIFY_AGAIN');
    given(proposal, ...substantial, amendedTo(3))
      .when(openConsentRound, { ...open, version: 3 })
      .thenRefused('CLARIFY_AGAIN');
    given(
      proposal,
      ...substantial,
      fact('ClarifyingOpened', { version: 2, by: 'zoe' }),
      fact('ReactingOpened', { version: 2, by: 'zoe', order: [...everybody] }),
      fact('ReactionsClosed', { by: 'zoe', missing: [] }),
      fact('VersionKept', { version: 2, by: 'ana' }),
    )
      .when(openConsentRound, { ...open, version: 2 })
      .thenTypes('ConsentRoundOpened');
  });

  it('waits for the author to settle the text', () =>
    given(proposal, ...amending)
      .when(openConsentRound, open)
      .thenRefused('VERSION_NOT_SETTLED'));

  it('is about the latest version', () =>
    given(proposal, ...amending, amendedTo(2))
      .when(openConsentRound, open)
      .thenRefused('VERSION_NOT_LATEST'));

  it('waits for the author’s word on another hand’s version', () => {
    const history = [
      ...amending,
      fact('CoAuthorJoined', { memberId: 'paul', by: 'ana' }),
      amendedTo(2, { by: 'paul' }),
    ];
    const second = { ...open, version: 2 };
    given(proposal, ...history)
      .when(openConsentRound, second)
      .thenRefused('AUTHOR_NOT_CONFIRMED');
    given(proposal, ...history)
      .when(openConsentRound, { ...second, circle: without('ana') })
      .thenTypes('ConsentRoundOpened');
    given(proposal, ...history, fact('StillMeetsNeedConfirmed', { version: 2, by: 'ana' }))
      .when(openConsentRound, second)
      .thenTypes('ConsentRoundOpened');
  });

  it('INV-32 needs a review that is still to come', () =>
    given(proposal, ...kept)
      .when(openConsentRound, { ...open, now: evening('2027-07-15') })
      .thenRefused('REVIEW_NOT_AFTER_TODAY'));

  it('INV-53 needs a matter that is still the circle’s', () => {
    const about = [
      ...draft,
      fact('ProposalPresented', {
        version: 1,
        content: { ...content, domainItemId: 'ecoute' },
        meetingId: 'm1',
        by: 'ana',
        warnings: [],
      }),
      ...kept.slice(2),
    ];
    given(proposal, ...about)
      .when(openConsentRound, { ...open, circle: { ...racines, domain: [] } })
      .thenRefused('OUTSIDE_DOMAIN');
  });

  it('S14 asks nobody to consent to what the circle could not do', () =>
    given(proposal, ...admission)
      .when(openConsentRound, { ...open, effectRefusal: new Refusal('SPLIT_PLAN_NEEDED') })
      .thenRefused('SPLIT_PLAN_NEEDED'));

  it('is the facilitator’s act, with somebody to keep the record', () => {
    const at = (more: object) => given(proposal, ...kept).when(openConsentRound, { ...open, ...more });
    at({ by: 'luc' }).thenRefused('NOT_THE_FACILITATOR');
    at({ by: 'solange' }).thenRefused('NOT_A_MEMBER');
    at({ meeting: { ...meeting, open: false } }).thenRefused('MEETING_NOT_OPEN');
    at({ meeting: { ...meeting, circleId: 'jardin' } }).thenRefused('MEETING_OF_ANOTHER_CIRCLE');
    at({ meeting: { ...meeting, secretary: undefined } }).thenRefused('NO_SECRETARY');
  });

  it('happens once', () => {
    given(proposal, ...inRound)
      .when(openConsentRound, open)
      .thenNothing();
    given(proposal, ...inRound)
      .when(openConsentRound, { ...open, roundId: 'r2' })
      .thenRefused('WRONG_PHASE');
    given(proposal, ...decided)
      .when(openConsentRound, { ...open, roundId: 'r2' })
      .thenRefused('WRONG_PHASE');
  });
});

describe('the rules a round is held by', () => {
  const presentOnly = { ...racines, rules: { ...racines.rules, absenceMode: 'PresentOnly' as const } };

  it.each<Effect>([
    { kind: 'acceptAimAndDomain' },
    { kind: 'changeAim', circleId: 'racines', aim: 'Écouter mieux' },
    { kind: 'changeDomain', circleId: 'racines', add: [], remove: [] },
  ])('INV-47 ask everybody in a fundamental decision: $kind', (effect) => {
    const [fact] = given(proposal, ...changing(effect))
      .when(openConsentRound, { ...open, circle: presentOnly })
      .facts();
    expect(fact?.data).toMatchObject({ fundamental: true, rules: { absenceMode: 'AllRequired' } });
  });

  it('ask everybody while the circle is forming', () => {
    const [fact] = given(proposal, ...kept)
      .when(openConsentRound, { ...open, circle: { ...presentOnly, state: 'Forming' } })
      .facts();
    expect(fact?.data).toMatchObject({ fundamental: false, rules: { absenceMode: 'AllRequired' } });
  });

  it('are not guessed where a mode is not there yet', () =>
    given(proposal, ...kept)
      .when(openConsentRound, { ...open, circle: presentOnly })
      .thenRefused('ABSENCE_MODE_UNAVAILABLE'));
});

describe('opening again after objections', () => {
  const second = { ...open, roundId: 'r2' };
  const third = { ...second, version: 2 };

  it('INV-37 waits until the objector has found it resolved', () => {
    given(proposal, ...testing)
      .when(openConsentRound, second)
      .thenRefused('OBJECTIONS_OPEN');
    given(proposal, ...integrating, amendedTo(2))
      .when(openConsentRound, third)
      .thenRefused('OBJECTIONS_OPEN');
    given(proposal, ...integrating, amendedTo(2), resolvedIn(2))
      .when(openConsentRound, third)
      .thenTypes('ConsentRoundOpened');
  });

  it('INV-40 asks the objector again when the text has changed again', () =>
    given(proposal, ...integrating, amendedTo(2), resolvedIn(2), amendedTo(3))
      .when(openConsentRound, { ...third, version: 3 })
      .thenRefused('OBJECTIONS_OPEN'));

  it('asks again on the same text when the objector said it may stay', () =>
    given(proposal, ...testing, fact('ObjectionResolved', { objectionId: 'o1', by: 'ines', version: 1, how: 'kept' }))
      .when(openConsentRound, second)
      .thenTypes('ConsentRoundOpened'));

  it('records as a concern what nobody took over from somebody who left', () =>
    given(proposal, ...integrating)
      .when(openConsentRound, { ...second, circle: without('ines') })
      .then(
        fact('ObjectionOrphaned', { objectionId: 'o1', cause: 'authorLeft' }),
        fact('ConsentRoundOpened', {
          ...opened,
          roundId: 'r2',
          roster: everybody.filter((it) => it !== 'ines'),
          present: everybody.filter((it) => it !== 'ines'),
          quorum: 4,
          circleRevision: 42,
        }),
      ));
});
