import { given } from '@app/kernel/testing';
import { draftProposal, presentProposal, reviseDraft, welcomeCoAuthor } from './drafting.js';
import type { Effect } from './effect.js';
import { proposal } from './proposal.js';
import {
  amending,
  content,
  decided,
  draft,
  drafted,
  fact,
  meeting,
  need,
  place,
  presented,
  racines,
  words,
} from './racines.story.js';

const plan = { reviewOn: '2027-07-15', measures: ['présences notées'] };
const present = { ...place, by: 'ana', ...plan };
const withEffect = (effect: Effect) => [fact('ProposalDrafted', { ...drafted, effect })];

describe('drafting a proposal', () => {
  it('is open to any member', () =>
    given(proposal)
      .when(draftProposal, { ...place, proposalId: 'p1', by: 'ana', ...words, ...need })
      .then(fact('ProposalDrafted', drafted)));

  it('is one draft, however often it is sent', () =>
    given(proposal, ...draft)
      .when(draftProposal, { ...place, proposalId: 'p1', by: 'ana', ...words })
      .thenNothing());

  it('is not open to a guest', () =>
    given(proposal)
      .when(draftProposal, { ...place, proposalId: 'p1', by: 'guest', ...words })
      .thenRefused('NOT_A_MEMBER'));

  it.each([{ title: ' ' }, { text: '' }, { need: '\n' }, { example: ' ' }])('takes no empty text: %o', (blank) =>
    given(proposal)
      .when(draftProposal, { ...place, proposalId: 'p1', by: 'ana', ...words, ...blank })
      .thenRefused('TEXT_EMPTY'),
  );
});

describe('revising a draft', () => {
  const revision = { ...place, ...words, title: 'Autre titre', by: 'ana' };
  const revised = { title: 'Autre titre', text: words.text };

  it('belongs to the author', () =>
    given(proposal, ...draft)
      .when(reviseDraft, revision)
      .then(fact('DraftRevised', { by: 'ana', ...revised })));

  it('belongs to a co-author too', () =>
    given(proposal, ...draft, fact('CoAuthorJoined', { memberId: 'paul', by: 'ana' }))
      .when(reviseDraft, { ...revision, by: 'paul' })
      .then(fact('DraftRevised', { by: 'paul', ...revised })));

  it('is nobody else’s', () =>
    given(proposal, ...draft)
      .when(reviseDraft, { ...revision, by: 'luc' })
      .thenRefused('NOT_AN_AUTHOR'));

  it('is not open to somebody who left the circle', () =>
    given(proposal, ...draft)
      .when(reviseDraft, { ...revision, circle: { ...racines, members: ['luc'] } })
      .thenRefused('NOT_A_MEMBER'));

  it('takes no empty text', () =>
    given(proposal, ...draft)
      .when(reviseDraft, { ...revision, text: ' ' })
      .thenRefused('TEXT_EMPTY'));

  it('ends with the presentation', () =>
    given(proposal, ...presented)
      .when(reviseDraft, revision)
      .thenRefused('WRONG_PHASE'));
});

describe('welcoming a co-author', () => {
  const welcome = { ...place, memberId: 'paul', by: 'ana' };
  const joined = fact('CoAuthorJoined', { memberId: 'paul', by: 'ana' });

  it('is the author’s act', () =>
    given(proposal, ...draft)
      .when(welcomeCoAuthor, welcome)
      .then(joined));
  it('is possible while amending', () =>
    given(proposal, ...amending)
      .when(welcomeCoAuthor, welcome)
      .then(joined));
  it('happens once', () =>
    given(proposal, ...draft, joined)
      .when(welcomeCoAuthor, welcome)
      .thenNothing());
  it('says nothing about the author', () =>
    given(proposal, ...draft)
      .when(welcomeCoAuthor, { ...welcome, memberId: 'ana' })
      .thenNothing());
  it('is not the co-author’s act', () =>
    given(proposal, ...draft)
      .when(welcomeCoAuthor, { ...welcome, by: 'paul' })
      .thenRefused('NOT_THE_AUTHOR'));
  it('concerns members only', () =>
    given(proposal, ...draft)
      .when(welcomeCoAuthor, { ...welcome, memberId: 'guest' })
      .thenRefused('NOT_A_MEMBER'));
  it('ends with the decision', () =>
    given(proposal, ...decided)
      .when(welcomeCoAuthor, welcome)
      .thenRefused('WRONG_PHASE'));
});

describe('presenting a proposal', () => {
  it('INV-31 reads version 1 with text, need, example and review date in an open meeting', () =>
    given(proposal, ...draft)
      .when(presentProposal, present)
      .then(fact('ProposalPresented', { version: 1, content, meetingId: 'm1', by: 'ana', warnings: [] })));

  it.each(['need', 'example'] as const)('INV-31 is refused without a %s', (field) => {
    const { [field]: _, ...rest } = drafted;
    given(proposal, fact('ProposalDrafted', rest)).when(presentProposal, present).thenRefused('PROPOSAL_INCOMPLETE');
  });

  it('INV-31 is refused without a review date', () =>
    given(proposal, ...draft)
      .when(presentProposal, { ...present, reviewOn: undefined })
      .thenRefused('PROPOSAL_INCOMPLETE'));

  it('INV-31 is refused when its words were forgotten', () =>
    given(proposal, fact('ProposalDrafted', { ...drafted, text: null }))
      .when(presentProposal, present)
      .thenRefused('PROPOSAL_INCOMPLETE'));

  it.each(['2027-01-14', '2026-12-01'])('INV-32 is refused with a review on %s, not after today', (reviewOn) =>
    given(proposal, ...draft)
      .when(presentProposal, { ...present, reviewOn })
      .thenRefused('REVIEW_NOT_AFTER_TODAY'),
  );

  it('INV-32 counts today in the circle’s zone: at 23:30 in Toronto tomorrow is still to come', () =>
    given(proposal, ...draft)
      .when(presentProposal, { ...present, now: '2027-01-15T04:30:00.000Z', reviewOn: '2027-01-15' })
      .thenTypes('ProposalPresented'));

  it('INV-32 takes a review within 24 months and no later', () => {
    const at = (reviewOn: string) => given(proposal, ...draft).when(presentProposal, { ...present, reviewOn });
    at('2029-01-14').thenTypes('ProposalPresented');
    at('2029-01-15').thenRefused('REVIEW_TOO_LATE');
  });

  it('warns of a review after more than 12 months and of missing measures', () =>
    given(proposal, ...draft)
      .when(presentProposal, { ...present, reviewOn: '2028-01-15', measures: [] })
      .then(
        fact('ProposalPresented', {
          version: 1,
          content: { ...content, reviewOn: '2028-01-15', measures: [] },
          meetingId: 'm1',
          by: 'ana',
          warnings: ['REVIEW_FAR', 'NO_MEASURES'],
        }),
      ));

  it('lets what expires lapse', () => {
    const ending = { ...present, expiresOn: '2027-12-31' };
    const [presentedFact] = given(proposal, ...draft)
      .when(presentProposal, ending)
      .facts();
    expect(presentedFact?.data).toMatchObject({ content: { expiresOn: '2027-12-31', onMissedReview: 'Lapse' } });
    given(proposal, ...draft)
      .when(presentProposal, { ...ending, onMissedReview: 'Continue' })
      .thenRefused('EXPIRING_DECISION_LAPSES');
    given(proposal, ...draft)
      .when(presentProposal, { ...ending, expiresOn: '2027-07-14' })
      .thenRefused('EXPIRY_BEFORE_REVIEW');
  });

  it('knows its calendar', () =>
    given(proposal, ...draft)
      .when(presentProposal, { ...present, reviewOn: '2027-02-30' })
      .thenRefused('DATE_INVALID'));

  it('names a member who carries it out', () =>
    given(proposal, ...draft)
      .when(presentProposal, { ...present, responsible: 'guest' })
      .thenRefused('RESPONSIBLE_NOT_A_MEMBER'));

  it('takes no empty measure', () =>
    given(proposal, ...draft)
      .when(presentProposal, { ...present, measures: [' '] })
      .thenRefused('TEXT_EMPTY'));

  it('is the author’s act', () =>
    given(proposal, ...draft)
      .when(presentProposal, { ...present, by: 'luc' })
      .thenRefused('NOT_THE_AUTHOR'));

  it('happens in a meeting of this circle that is open', () => {
    const at = (more: object) =>
      given(proposal, ...draft).when(presentProposal, { ...present, meeting: { ...meeting, ...more } });
    at({ open: false }).thenRefused('MEETING_NOT_OPEN');
    at({ circleId: 'jardin' }).thenRefused('MEETING_OF_ANOTHER_CIRCLE');
    at({ present: ['ana'] }).thenTypes('ProposalPresented');
  });

  it('happens once', () =>
    given(proposal, ...presented)
      .when(presentProposal, present)
      .thenRefused('WRONG_PHASE'));

  it('INV-10 brings nothing but aim and domain before they are accepted', () => {
    const forming = { ...present, circle: { ...racines, accepted: false, state: 'Forming' as const } };
    given(proposal, ...draft)
      .when(presentProposal, forming)
      .thenRefused('AIM_NOT_ACCEPTED');
    given(proposal, ...withEffect({ kind: 'acceptAimAndDomain' }))
      .when(presentProposal, forming)
      .thenTypes('ProposalPresented');
  });
});

describe('the matter of a proposal', () => {
  it('INV-53 is a domain item the circle holds itself', () => {
    const about = (domainItemId: string) =>
      given(proposal, ...draft).when(presentProposal, { ...present, domainItemId });
    about('ecoute').thenTypes('ProposalPresented');
    about('finances').thenRefused('OUTSIDE_DOMAIN');
    about('formation').thenRefused('OUTSIDE_DOMAIN');
  });

  it.each(['changeAim', 'changeDomain'] as const)('INV-53 is this circle or its direct sub-circle: %s', (kind) => {
    const of = (circleId: string) => {
      const effect: Effect =
        kind === 'changeAim' ? { kind, circleId, aim: 'Autre but' } : { kind, circleId, add: [], remove: [] };
      return given(proposal, ...withEffect(effect)).when(presentProposal, present);
    };
    of('racines').thenTypes('ProposalPresented');
    of('jardin').thenTypes('ProposalPresented');
    of('budget').thenRefused('OUTSIDE_DOMAIN');
  });

  it('INV-53 convenes a circle on items the circle holds itself', () => {
    const on = (...items: string[]) =>
      given(
        proposal,
        ...withEffect({
          kind: 'conveneCircle',
          circleId: 'soir',
          name: 'Racines-Soir',
          aim: 'Écouter le soir',
          items,
          leader: 'paul',
          leaderTermMonths: 12,
          category: 'practice',
          meetingsPerYear: 6,
        }),
      ).when(presentProposal, present);
    on('ecoute').thenTypes('ProposalPresented');
    on('formation').thenRefused('OUTSIDE_DOMAIN');
  });
});
