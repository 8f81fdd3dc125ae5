import { given } from '@app/kernel/testing';
import type { AgreementNow } from './about-agreement.js';
import { amendProposal } from './amending.js';
import { giveConsent } from './answers.js';
import { openConsentRound } from './consent-round.js';
import { draftProposal, presentProposal, reviseDraft } from './drafting.js';
import { type Proposal, proposal } from './proposal.js';
import type { AboutAgreement, Content, ProposalEvent } from './proposal.events.js';
import {
  consent,
  content,
  decidedData,
  drafted,
  everybody,
  fact,
  inRound,
  kept,
  need,
  own,
  place,
  words,
} from './racines.story.js';

const stands: AgreementNow = {
  agreementId: 'a0',
  circleId: 'racines',
  version: 3,
  status: 'ReviewDue',
  text: content.text,
};
const amend: AboutAgreement = { agreementId: 'a0', baseVersion: 3, action: 'amend' };
const among = (...agreements: AgreementNow[]) => ({ ...place, agreements });
const drafting = { ...among(stands), ...words, ...need, proposalId: 'p1', by: 'ana' };
const presenting = { ...among(stands), by: 'ana', reviewOn: '2027-07-15' };

/** A history in which the proposal says this, from its draft on. */
const saying = (history: readonly ProposalEvent[], said: Pick<Content, 'agreement' | 'cites'>): ProposalEvent[] =>
  history.map((it) => {
    if (it.type === 'ProposalDrafted') return fact(it.type, { ...it.data, agreement: said.agreement });
    if (it.type === 'ProposalPresented') return fact(it.type, { ...it.data, content: { ...content, ...said } });
    return it;
  });
const draftOf = (agreement: AboutAgreement) => [fact('ProposalDrafted', { ...drafted, agreement })];
const ended = ['Lapsed', 'Repealed', 'Superseded'] as const;
const bound = ['InForce', 'ReviewDue', 'ReviewOverdue'] as const;

describe('a proposal about an agreement', () => {
  it('says which, on what version, and what becomes of it', () => {
    given(proposal)
      .when(draftProposal, { ...drafting, agreement: amend })
      .then(fact('ProposalDrafted', { ...drafted, agreement: amend }));
    const [presented] = given(proposal, ...draftOf(amend))
      .when(presentProposal, presenting)
      .facts();
    expect(presented?.data).toMatchObject({ content: { agreement: amend } });
  });

  it.each(bound)('may be about one that is %s', (status) =>
    given(proposal)
      .when(draftProposal, { ...drafting, ...among({ ...stands, status }), agreement: amend })
      .thenTypes('ProposalDrafted'),
  );

  it.each(ended)('INV-51 is about none that is %s', (status) => {
    const gone = among({ ...stands, status });
    given(proposal)
      .when(draftProposal, { ...drafting, ...gone, agreement: amend })
      .thenRefused('AGREEMENT_NOT_IN_FORCE');
    given(proposal, fact('ProposalDrafted', drafted))
      .when(reviseDraft, { ...drafting, ...gone, agreement: amend })
      .thenRefused('AGREEMENT_NOT_IN_FORCE');
    given(proposal, ...draftOf(amend))
      .when(presentProposal, { ...presenting, ...gone })
      .thenRefused('AGREEMENT_NOT_IN_FORCE');
    given(proposal, ...saying(kept, { agreement: amend }))
      .when(openConsentRound, { ...gone, roundId: 'r1', version: 1, by: 'zoe' })
      .thenRefused('AGREEMENT_NOT_IN_FORCE');
  });

  it('is about one that is known', () =>
    given(proposal)
      .when(draftProposal, { ...drafting, ...among(), agreement: amend })
      .thenRefused('AGREEMENT_UNKNOWN'));

  it('INV-53 is about one of this circle', () =>
    given(proposal)
      .when(draftProposal, { ...drafting, ...among({ ...stands, circleId: 'jardin' }), agreement: amend })
      .thenRefused('AGREEMENT_OF_ANOTHER_CIRCLE'));

  it.each([2, 4])('INV-54 is written on the version that counts, not on %i', (baseVersion) => {
    const old = { ...amend, baseVersion };
    given(proposal)
      .when(draftProposal, { ...drafting, agreement: old })
      .thenRefused('AGREEMENT_BASE_CHANGED');
    given(proposal, ...saying(kept, { agreement: old }))
      .when(openConsentRound, { ...among(stands), roundId: 'r1', version: 1, by: 'zoe' })
      .thenRefused('AGREEMENT_BASE_CHANGED');
  });

  it('changes nothing else by itself', () =>
    given(proposal)
      .when(draftProposal, { ...drafting, agreement: amend, effect: { kind: 'acceptAimAndDomain' } })
      .thenRefused('AGREEMENT_CHANGE_WITH_EFFECT'));

  it('renews the text as it stands', () => {
    const renew: AboutAgreement = { ...amend, action: 'renew' };
    given(proposal, ...draftOf(renew))
      .when(presentProposal, presenting)
      .thenTypes('ProposalPresented');
    given(proposal, ...draftOf(renew))
      .when(presentProposal, { ...presenting, ...among({ ...stands, text: 'Le 3e jeudi.' }) })
      .thenRefused('RENEWAL_CHANGES_TEXT');
  });

  it('can be written again on the version that counts, or be about none', () => {
    const old = saying(kept.slice(0, -1), { agreement: { ...amend, baseVersion: 2 } });
    const amending = { ...among(stands), by: 'ana', base: 1, why: 'Une autre a été décidée.', substantial: false };
    const again = (agreement: AboutAgreement | null) =>
      given(proposal, ...old)
        .when(amendProposal, { ...amending, objectionIds: [], changes: { agreement } })
        .facts()[0]?.data;
    expect(again(amend)).toMatchObject({ content: { agreement: amend } });
    expect(again(null)).toMatchObject({ content: { title: content.title } });
    expect(again(null)).not.toMatchObject({ content: { agreement: expect.anything() } });
  });
});

describe('a proposal that cites agreements', () => {
  const cited = { ...stands, agreementId: 'a9', circleId: 'jardin' };

  it('may cite any that binds, of any circle, each once', () => {
    const [presented] = given(proposal, fact('ProposalDrafted', drafted))
      .when(presentProposal, { ...presenting, ...among(cited), cites: ['a9', 'a9'] })
      .facts();
    expect(presented?.data).toMatchObject({ content: { cites: ['a9'] } });
  });

  it.each(ended)('INV-51 cites none that is %s: presented, amended, or asked about', (status) => {
    const gone = among({ ...cited, status });
    given(proposal, fact('ProposalDrafted', drafted))
      .when(presentProposal, { ...presenting, ...gone, cites: ['a9'] })
      .thenRefused('AGREEMENT_NOT_IN_FORCE');
    const amending = { ...gone, by: 'ana', base: 1, why: 'Pour le dire.', substantial: false, objectionIds: [] };
    given(proposal, ...kept.slice(0, -1))
      .when(amendProposal, { ...amending, changes: { cites: ['a9'] } })
      .thenRefused('AGREEMENT_NOT_IN_FORCE');
    given(proposal, ...saying(kept, { cites: ['a9'] }))
      .when(openConsentRound, { ...gone, roundId: 'r1', version: 1, by: 'zoe' })
      .thenRefused('AGREEMENT_NOT_IN_FORCE');
  });

  it('cites none that is not there', () =>
    given(proposal, fact('ProposalDrafted', drafted))
      .when(presentProposal, { ...presenting, cites: ['a8'] })
      .thenRefused('AGREEMENT_UNKNOWN'));
});

describe('the last consent to a change of an agreement', () => {
  const asked = (agreement: AboutAgreement) => [
    ...saying(inRound, { agreement }),
    ...everybody.filter((it) => it !== 'paul').map((it) => consent(it)),
  ];
  const answer = { roundId: 'r1', version: 1, ...own('paul') };
  const done = (action: AboutAgreement['action']) =>
    given(proposal, ...asked({ ...amend, action }))
      .when(giveConsent, { ...among(stands), ...answer })
      .facts()
      .at(-1)?.data;

  it.each(['renew', 'amend', 'repeal'] as const)('decides on that agreement: %s', (agreementAction) =>
    expect(done(agreementAction)).toEqual({ ...decidedData, agreementId: 'a0', agreementAction }),
  );

  it('decides on one of its own, that takes the place of the other', () => {
    expect(done('supersede')).toMatchObject({ agreementAction: 'supersede' });
    expect(done('supersede')).not.toMatchObject({ agreementId: 'a0' });
  });

  it.each([
    ['has been changed by another decision', { ...stands, version: 4 }, 'agreementChanged'],
    ['has lapsed', { ...stands, status: 'Lapsed' as const }, 'agreementEnded'],
    ['is not there', { ...stands, agreementId: 'a1' }, 'agreementEnded'],
  ] as const)('INV-54 voids the round where it %s, and loses nothing', (_, it, cause) => {
    const facts = given(proposal, ...asked(amend))
      .when(giveConsent, { ...among(it), ...answer })
      .facts();
    expect(facts).toEqual([consent('paul'), fact('ConsentRoundVoided', { roundId: 'r1', version: 1, cause })]);
    const after = [...asked(amend), ...facts].reduce<Proposal>(proposal.evolve, proposal.initial);
    expect(after).toMatchObject({ phase: 'Amending', settled: false, versions: [{ number: 1 }] });
    expect(after).toMatchObject({ lastRound: { answers: { ana: { kind: 'consent' } } } });
  });
});
