import { given } from '@app/kernel/testing';
import { withdrawProposal } from './drafting.js';
import { proposal } from './proposal.js';
import {
  amending,
  clarifying,
  decided,
  draft,
  evening,
  fact,
  inRound,
  integrating,
  place,
  presented,
  racines,
  reacting,
  testing,
} from './racines.story.js';

describe('withdrawing a proposal', () => {
  const withdraw = { ...place, by: 'ana', reason: 'Le besoin a disparu.' };
  const withdrawn = fact('ProposalWithdrawn', { by: 'ana', reason: withdraw.reason });

  it.each([
    ['a draft', draft],
    ['amending', amending],
    ['integrating', integrating],
  ])('is possible in %s', (_, history) =>
    given(proposal, ...history)
      .when(withdrawProposal, withdraw)
      .then(withdrawn),
  );

  it.each([
    ['once presented', presented],
    ['while clarifying', clarifying],
    ['while reacting', reacting],
    ['while a round is open', inRound],
    ['while an objection is heard', testing],
    ['once decided', decided],
  ])('is not possible %s', (_, history) =>
    given(proposal, ...history)
      .when(withdrawProposal, withdraw)
      .thenRefused('WRONG_PHASE'),
  );

  it('happens once', () =>
    given(proposal, ...draft, withdrawn)
      .when(withdrawProposal, withdraw)
      .thenNothing());
  it('is the author’s act', () =>
    given(proposal, ...draft)
      .when(withdrawProposal, { ...withdraw, by: 'zoe' })
      .thenRefused('NOT_THE_AUTHOR'));
  it('says why', () =>
    given(proposal, ...draft)
      .when(withdrawProposal, { ...withdraw, reason: ' ' })
      .thenRefused('TEXT_EMPTY'));
  it('is not open to somebody who left', () =>
    given(proposal, ...draft)
      .when(withdrawProposal, { ...withdraw, now: evening('2027-02-01'), circle: { ...racines, members: ['luc'] } })
      .thenRefused('NOT_A_MEMBER'));
});
