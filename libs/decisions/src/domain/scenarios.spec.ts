import { Refusal } from '@app/kernel';
import { agreement, takeEffect } from './agreement.js';
import { amendProposal, keepVersion } from './amending.js';
import { disputeAnswer, giveConsent, raiseObjection } from './answers.js';
import { closeReactions, openClarifying, openReacting, recordReaction } from './clarifying.js';
import { closeConsentRound, openConsentRound } from './consent-round.js';
import { draftProposal, presentProposal, welcomeCoAuthor } from './drafting.js';
import { logbook, writeEntry } from './logbook.js';
import { adoptObjection, confirmResolved, proposeIntegration } from './objections.js';
import type { CircleNow, MeetingPlace } from './place.js';
import {
  amendedTo,
  amending,
  evening,
  everybody,
  meeting,
  need,
  own,
  proposalStory,
  racines,
  Story,
  without,
} from './racines.story.js';

const on = (day: string, circle: CircleNow = racines): MeetingPlace => ({ circle, meeting, now: evening(day) });

/** A proposal of Ana's in the hands of the circle: drafted, presented, clarified, heard in reactions, kept as it is. */
function brought(day: string, title: string, reviewOn: string, measures: string[] = ['présences notées']) {
  const place = on(day);
  const story = proposalStory();
  story.do(draftProposal, { ...place, proposalId: 'p1', by: 'ana', title, text: `${title}.`, ...need });
  story.do(presentProposal, { ...place, by: 'ana', reviewOn, measures });
  story.do(openClarifying, { ...place, by: 'zoe' });
  story.do(openReacting, { ...place, by: 'zoe' });
  for (const by of [...everybody.slice(1), 'ana']) story.do(recordReaction, { ...place, ...own(by), text: 'Entendu.' });
  story.do(closeReactions, { ...place, by: 'zoe' });
  story.do(keepVersion, { ...place, by: 'ana' });
  return story;
}

const round = (roundId: string, version: number) => ({ roundId, version });
const objection = (objectionId: string, argument: string, affects: string) => ({
  objectionId,
  argument,
  affects,
  kind: 'HindersCircleAim' as const,
});

describe('S1 Ordinary decision', () => {
  const place = on('2027-01-14');
  const story = brought('2027-01-14', 'Rencontres le 2e jeudi', '2027-07-15');
  story.do(openConsentRound, { ...place, ...round('r1', 1), by: 'zoe' });
  for (const by of everybody) {
    const concern = by === 'paul' ? 'stationnement' : undefined;
    story.do(giveConsent, { ...place, ...own(by), ...round('r1', 1), concern });
  }

  it('all 7 answer no objection: DecisionReached{v1}, the concern attached', () => {
    expect(story.state.phase).toBe('Decided');
    expect(story.all('DecisionReached')).toMatchObject([
      { version: 1, explicit: everybody, silent: [], concerns: ['paul'], decidedOn: '2027-01-14' },
    ]);
    expect(story.all('ConsentGiven').filter(({ concern }) => concern)).toMatchObject([
      { by: 'paul', concern: 'stationnement' },
    ]);
  });

  it('the agreement is InForce with review 2027-07-15', () => {
    const { agreementId, decidedOn } = story.all('DecisionReached')[0]!;
    const { content } = story.all('ProposalPresented')[0]!;
    const inForce = new Story(agreement);
    inForce.do(takeEffect, {
      agreementId,
      circleId: 'racines',
      communityId: 'solidarite',
      proposalId: 'p1',
      version: 1,
      content,
      concerns: [{ by: 'paul', roundId: 'r1' }],
      decidedOn,
      effectiveFrom: decidedOn,
      reviewOn: content.reviewOn,
      onMissedReview: content.onMissedReview,
    });
    expect(inForce.state).toMatchObject({ state: 'known', version: 1, turns: { reviewOn: '2027-07-15' } });
    expect(inForce.all('AgreementTookEffect')).toMatchObject([{ reviewOn: '2027-07-15', concerns: [{ by: 'paul' }] }]);
  });

  it('the log entry is 2027-01', () => {
    const written = new Story(logbook);
    const subject = { kind: 'decision' as const, id: 'p1' };
    written.do(writeEntry, { circleId: 'racines', communityId: 'solidarite', subject, date: '2027-01-14' });
    expect(written.all('LogEntryWritten')).toMatchObject([{ year: 2027, number: 1 }]);
  });
});

describe('S2 Objection integrated in version 3', () => {
  const place = on('2027-02-11');
  const story = brought('2027-02-11', 'Frais 40 $', '2027-08-12', []);
  const leaving = objection('o1', 'Des étudiants partiront.', 'Notre but est l’accès pour tous.');
  const treasury = objection('o2', 'La trésorerie ne peut pas l’absorber.', 'Le budget de l’année.');
  const answers = (...people: string[]) => {
    for (const by of people) story.do(giveConsent, { ...place, ...own(by), ...current });
  };
  let current = round('r1', 1);

  it('Inès objects to v1; v2 offers half price and she confirms it resolved', () => {
    story.do(openConsentRound, { ...place, ...current, by: 'zoe' });
    answers('ana', 'marc', 'zoe', 'luc', 'lise', 'paul');
    story.do(raiseObjection, { ...place, ...own('ines'), ...current, ...leaving });
    expect(story.state.phase).toBe('TestingObjection');
    story.do(proposeIntegration, { ...place, by: 'luc', objectionId: 'o1', integrationId: 'i1', option: 'amendText' });
    const changes = { text: 'Frais 40 $, demi-tarif pour les étudiants.' };
    const amendment = { by: 'ana', base: 1, changes, why: 'L’accès.', substantial: false, objectionIds: ['o1'] };
    story.do(amendProposal, { ...place, ...amendment });
    story.do(confirmResolved, { ...place, by: 'ines', objectionId: 'o1', version: 2 });
  });

  it('all are asked again: answers given to v1 are void', () => {
    current = round('r2', 2);
    story.do(openConsentRound, { ...place, ...current, by: 'zoe' });
    expect(story.state).toMatchObject({ phase: 'ConsentRound', round: { roster: everybody, answers: {} } });
  });

  it('INV-40 trying to close v2 with an earlier answer is rejected', () => {
    answers('ana', 'marc', 'zoe', 'lise', 'paul');
    expect(story.refused(giveConsent, { ...place, ...own('ines'), ...round('r1', 1) })).toBe(
      'ANSWER_TO_ANOTHER_VERSION',
    );
    expect(story.refused(closeConsentRound, { ...place, by: 'zoe' })).toBe('ANSWERS_MISSING');
  });

  it('Luc objects to v2; v3 adds ten places, a review after 3 months and a measure', () => {
    answers('ines');
    story.do(raiseObjection, { ...place, ...own('luc'), ...current, ...treasury });
    story.do(proposeIntegration, {
      ...place,
      by: 'ines',
      objectionId: 'o2',
      integrationId: 'i2',
      option: 'addMeasure',
    });
    const changes = {
      text: 'Frais 40 $, demi-tarif limité à 10 places.',
      reviewOn: '2027-05-11',
      measures: ['étudiants inscrits'],
    };
    const amendment = { by: 'ana', base: 2, changes, why: 'La trésorerie.', substantial: false, objectionIds: ['o2'] };
    story.do(amendProposal, { ...place, ...amendment });
    story.do(confirmResolved, { ...place, by: 'luc', objectionId: 'o2', version: 3 });
  });

  it('Inès and Luc each confirm resolved; all 7 consent to v3', () => {
    current = round('r3', 3);
    story.do(openConsentRound, { ...place, ...current, by: 'zoe' });
    answers(...everybody);
    expect(story.all('ObjectionResolved')).toEqual([
      { objectionId: 'o1', by: 'ines', version: 2, how: 'amended' },
      { objectionId: 'o2', by: 'luc', version: 3, how: 'amended' },
    ]);
    expect(story.all('DecisionReached')).toMatchObject([{ version: 3, roundId: 'r3', explicit: everybody }]);
    expect(story.state).toMatchObject({ objections: { o1: { status: 'resolved' }, o2: { status: 'resolved' } } });
  });
});

describe('S3 Empty objection and one-person discard', () => {
  const place = on('2027-03-11');
  const story = brought('2027-03-11', 'Un fonds d’entraide', '2027-09-09');
  story.do(openConsentRound, { ...place, ...round('r1', 1), by: 'zoe' });
  const said = { ...place, ...own('paul'), ...round('r1', 1) };

  it('INV-36 an objection with no argument is rejected', () =>
    expect(story.refused(raiseObjection, { ...said, ...objection('o1', ' ', 'Notre but') })).toBe(
      'OBJECTION_WITHOUT_ARGUMENT',
    ));

  it('INV-38 nothing Zoé can do as animatrice marks the worded objection not valid', () => {
    story.do(raiseObjection, { ...said, ...objection('o1', 'Le fonds serait vide en mars.', 'Notre but') });
    const discards = [
      story.refused(confirmResolved, { ...place, by: 'zoe', objectionId: 'o1', version: 1 }),
      story.refused(adoptObjection, { ...place, by: 'zoe', objectionId: 'o1', argument: 'Rien', affects: 'Rien' }),
      story.refused(disputeAnswer, { ...place, by: 'zoe', roundId: 'r1' }),
      story.refused(closeConsentRound, { ...place, by: 'zoe' }),
    ];
    expect(discards).toEqual(['NOT_THE_OBJECTOR', 'OBJECTOR_STILL_MEMBER', 'NOTHING_TO_DISPUTE', 'ANSWERS_MISSING']);
    for (const by of everybody.filter((it) => it !== 'paul')) story.do(giveConsent, { ...said, ...own(by) });
    expect(story.refused(openConsentRound, { ...place, ...round('r2', 1), by: 'zoe' })).toBe('OBJECTIONS_OPEN');
    expect(story.state.phase).toBe('TestingObjection');
  });
});

describe('S10 Two simultaneous amendments', () => {
  const place = on('2027-01-14');
  const story = proposalStory([...amending, amendedTo(2)]);
  story.do(welcomeCoAuthor, { ...place, by: 'ana', memberId: 'paul' });
  const amendment = (by: string, base: number, text: string) => ({
    ...{ ...place, by, base, changes: { text }, why: 'Pour être clairs.', substantial: false, objectionIds: [] },
  });

  it('INV-41 Ana’s becomes v3; Paul’s is rejected with base v2, latest v3', () => {
    story.do(amendProposal, amendment('ana', 2, 'Le 2e jeudi, à 19 h.'));
    expect(story.all('ProposalAmended').at(-1)).toMatchObject({ from: 2, to: 3 });
    expect(() => amendProposal(story.state, amendment('paul', 2, 'Le 2e jeudi, en ligne.'))).toThrow(
      expect.objectContaining({ code: 'BASE_NOT_LATEST', details: { base: 2, latest: 3 } }),
    );
  });

  it('Paul rebases on v3 and it becomes v4; reactions remain, consents none', () => {
    story.do(amendProposal, amendment('paul', 3, 'Le 2e jeudi, à 19 h, en ligne.'));
    expect(story.all('ProposalAmended').at(-1)).toMatchObject({ from: 3, to: 4, by: 'paul' });
    expect(story.all('ConsentGiven')).toEqual([]);
  });
});

describe('S13 Member leaves during the consent round', () => {
  const place = on('2027-09-09');
  const gone = on('2027-09-09', { ...without('paul'), members: [...without('paul').members, 'theo'] });
  const objected = () => {
    const story = brought('2027-09-09', 'Un local au centre', '2028-03-09');
    story.do(openConsentRound, { ...place, ...round('r1', 1), by: 'zoe' });
    const words = objection('o1', 'Le bail nous lie deux ans.', 'Notre but');
    story.do(raiseObjection, { ...place, ...own('paul'), ...round('r1', 1), ...words });
    return story;
  };
  const consents = (story: ReturnType<typeof objected>, ...people: string[]) => {
    for (const by of people) story.do(giveConsent, { ...gone, ...own(by), ...round('r1', 1) });
  };
  const remaining = everybody.filter((it) => it !== 'paul');

  it('the roster is 6, the quorum 4; Ana adopts the objection and the round goes on to integration', () => {
    const story = objected();
    story.do(adoptObjection, {
      ...gone,
      by: 'ana',
      objectionId: 'o1',
      argument: 'Deux ans, c’est long.',
      affects: 'Le budget',
    });
    expect(story.all('RosterReduced')).toMatchObject([{ left: ['paul'], quorum: 4 }]);
    consents(story, ...remaining);
    expect(story.all('ConsentRoundClosed')).toMatchObject([
      { outcome: 'objections', open: ['o1'], answered: remaining },
    ]);
    expect(story.state.phase).toBe('TestingObjection');
    expect(story.state).toMatchObject({ objections: { o1: { by: 'paul', holder: 'ana', status: 'open' } } });
  });

  it('variant: nobody adopts; a recorded concern, and the remaining six decide', () => {
    const story = objected();
    consents(story, ...remaining);
    expect(story.all('ObjectionOrphaned')).toEqual([{ objectionId: 'o1', cause: 'authorLeft' }]);
    expect(story.all('DecisionReached')).toMatchObject([{ explicit: remaining, orphaned: ['o1'] }]);
  });

  it('INV-34 the newcomer Théo cannot answer', () =>
    expect(objected().refused(giveConsent, { ...gone, ...own('theo'), ...round('r1', 1) })).toBe('NOT_ON_ROSTER'));
});

describe('S14 Circle reaches 9 (the admission)', () => {
  const place = on('2027-09-09');
  const admission = (splitPlan?: { plan: string; due: string }) => {
    const story = proposalStory();
    const effect = {
      kind: 'admitMember' as const,
      memberId: 'maya',
      ...(splitPlan === undefined ? {} : { splitPlan }),
    };
    const words = { title: 'Accueillir Maya', text: 'Maya devient membre.', ...need, effect };
    story.do(draftProposal, { ...place, proposalId: 'p1', by: 'ana', ...words });
    story.do(presentProposal, { ...place, by: 'ana', reviewOn: '2028-03-09', measures: ['sa participation'] });
    story.do(openClarifying, { ...place, by: 'zoe' });
    story.do(openReacting, { ...place, by: 'zoe' });
    for (const by of [...everybody.slice(1), 'ana']) story.do(recordReaction, { ...place, ...own(by), text: 'Oui.' });
    story.do(closeReactions, { ...place, by: 'zoe' });
    story.do(keepVersion, { ...place, by: 'ana' });
    return story;
  };

  it('without a split plan, no round opens on it', () =>
    expect(
      admission().refused(openConsentRound, {
        ...{ ...place, ...round('r1', 1), by: 'zoe' },
        effectRefusal: new Refusal('SPLIT_PLAN_NEEDED'),
      }),
    ).toBe('SPLIT_PLAN_NEEDED'));

  it('with the plan it is decided, and the decision names its effect', () => {
    const story = admission({ plan: 'cercle Racines-Soir', due: '2027-12-10' });
    story.do(openConsentRound, { ...place, ...round('r1', 1), by: 'zoe' });
    for (const by of everybody) story.do(giveConsent, { ...place, ...own(by), ...round('r1', 1) });
    expect(story.all('DecisionReached')).toMatchObject([{ effectKind: 'admitMember' }]);
  });
});
