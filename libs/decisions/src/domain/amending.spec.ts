import { given } from '@app/kernel/testing';
import { amendProposal, confirmStillMeetsNeed, keepVersion } from './amending.js';
import { proposal } from './proposal.js';
import {
  amendedTo,
  amending,
  content,
  decided,
  draft,
  fact,
  inRound,
  integrating,
  kept,
  objection,
  place,
  presented,
  reacting,
  testing,
  without,
} from './racines.story.js';

const amend = {
  ...place,
  by: 'ana',
  base: 1,
  changes: { text: 'Version 2.' },
  why: 'Ce que nous avons entendu.',
  substantial: false,
  objectionIds: [],
};
const welcomed = fact('CoAuthorJoined', { memberId: 'paul', by: 'ana' });

describe('amending a proposal', () => {
  it('publishes the next version with what changed', () =>
    given(proposal, ...amending)
      .when(amendProposal, amend)
      .then(amendedTo(2)));

  it('answers objections while integrating', () =>
    given(proposal, ...integrating)
      .when(amendProposal, { ...amend, objectionIds: ['o1'] })
      .then(amendedTo(2, { objectionIds: ['o1'] })));

  it('is open to a co-author', () =>
    given(proposal, ...amending, welcomed)
      .when(amendProposal, { ...amend, by: 'paul' })
      .then(amendedTo(2, { by: 'paul' })));

  it('is nobody else’s', () => {
    given(proposal, ...amending)
      .when(amendProposal, { ...amend, by: 'zoe' })
      .thenRefused('NOT_AN_AUTHOR');
    given(proposal, ...amending)
      .when(amendProposal, { ...amend, circle: without('ana') })
      .thenRefused('NOT_A_MEMBER');
  });

  it('takes away what is named null and keeps what is not named', () => {
    const history = [...amending, amendedTo(2, { content: { ...content, resources: '40 $', domainItemId: 'ecoute' } })];
    const [fact] = given(proposal, ...history)
      .when(amendProposal, { ...amend, base: 2, changes: { resources: null } })
      .facts();
    expect(fact?.data).toEqual(amendedTo(3, { content: { ...content, domainItemId: 'ecoute' } }).data);
  });

  it('INV-41 is written on the latest version', () => {
    const history = given(proposal, ...amending, amendedTo(2), amendedTo(3));
    history.when(amendProposal, { ...amend, base: 2, changes: { text: 'Autre.' } }).thenRefused('BASE_NOT_LATEST');
    history.when(amendProposal, { ...amend, base: 3, changes: { text: 'Autre.' } }).thenTypes('ProposalAmended');
  });

  it('INV-42 leaves the text alone while a round is open', () =>
    given(proposal, ...inRound)
      .when(amendProposal, amend)
      .thenRefused('TEXT_FROZEN'));

  it.each([
    ['a draft', draft],
    ['presented', presented],
    ['reacting', reacting],
    ['while the objection is first heard', testing],
    ['decided', decided],
  ])('has no place: %s', (_, history) =>
    given(proposal, ...history)
      .when(amendProposal, amend)
      .thenRefused('WRONG_PHASE'),
  );

  it('INV-31 INV-32 INV-53 holds the new version to the same rules', () => {
    const to = (changes: object) => given(proposal, ...amending).when(amendProposal, { ...amend, changes });
    to({ reviewOn: '2027-01-14' }).thenRefused('REVIEW_NOT_AFTER_TODAY');
    to({ domainItemId: 'formation' }).thenRefused('OUTSIDE_DOMAIN');
    to({ need: ' ' }).thenRefused('TEXT_EMPTY');
  });

  it('INV-40 voids no answer for nothing: something changes', () =>
    given(proposal, ...amending)
      .when(amendProposal, { ...amend, changes: { text: content.text ?? '' } })
      .thenRefused('NOTHING_CHANGED'));

  it('says why', () =>
    given(proposal, ...amending)
      .when(amendProposal, { ...amend, why: '' })
      .thenRefused('TEXT_EMPTY'));

  it('names objections that were raised', () =>
    given(proposal, ...integrating)
      .when(amendProposal, { ...amend, objectionIds: ['o9'] })
      .thenRefused('OBJECTION_UNKNOWN'));
});

describe('keeping the version', () => {
  const keep = { ...place, by: 'ana' };
  const asItIs = fact('VersionKept', { version: 1, by: 'ana' });

  it('is the author’s word', () =>
    given(proposal, ...amending)
      .when(keepVersion, keep)
      .then(asItIs));
  it('is said once', () =>
    given(proposal, ...kept)
      .when(keepVersion, keep)
      .thenNothing());
  it('is not a co-author’s while the author is there', () => {
    const history = given(proposal, ...amending, welcomed);
    history.when(keepVersion, { ...keep, by: 'paul' }).thenRefused('NOT_THE_AUTHOR');
    history.when(keepVersion, { ...keep, by: 'paul', circle: without('ana') }).thenTypes('VersionKept');
    history.when(keepVersion, { ...keep, by: 'luc', circle: without('ana') }).thenRefused('NOT_AN_AUTHOR');
  });
  it('has no place in a round', () =>
    given(proposal, ...inRound, objection)
      .when(keepVersion, keep)
      .thenRefused('WRONG_PHASE'));
});

describe('the author’s word on another hand’s version', () => {
  const confirm = { ...place, version: 2, by: 'ana' };
  const history = [...amending, welcomed, amendedTo(2, { by: 'paul' })];
  const confirmed = fact('StillMeetsNeedConfirmed', { version: 2, by: 'ana' });

  it('says that it still meets the need', () =>
    given(proposal, ...history)
      .when(confirmStillMeetsNeed, confirm)
      .then(confirmed));
  it('is said once', () =>
    given(proposal, ...history, confirmed)
      .when(confirmStillMeetsNeed, confirm)
      .thenNothing());
  it('is not needed for the author’s own version', () =>
    given(proposal, ...amending, amendedTo(2))
      .when(confirmStillMeetsNeed, confirm)
      .thenNothing());
  it('is about the latest version', () =>
    given(proposal, ...history)
      .when(confirmStillMeetsNeed, { ...confirm, version: 1 })
      .thenRefused('VERSION_NOT_LATEST'));
  it('is the author’s alone', () =>
    given(proposal, ...history)
      .when(confirmStillMeetsNeed, { ...confirm, by: 'paul' })
      .thenRefused('NOT_THE_AUTHOR'));
  it('has no place in a round', () =>
    given(proposal, ...inRound)
      .when(confirmStillMeetsNeed, { ...confirm, version: 1 })
      .thenRefused('WRONG_PHASE'));
});
