import { given } from '@app/kernel/testing';
import * as agreements from './agreement.js';
import { agreement, takeEffect } from './agreement.js';
import type { AgreementEvent, LogbookEvent } from './agreement.events.js';
import { logbook, writeEntry } from './logbook.js';
import { recordEffectRefused } from './outcome.js';
import { proposal } from './proposal.js';
import { content, decided, fact, inRound } from './racines.story.js';

const took: AgreementEvent['data'] = {
  agreementId: 'a1',
  circleId: 'racines',
  communityId: 'solidarite',
  proposalId: 'p1',
  version: 1,
  content,
  concerns: [{ by: 'paul', roundId: 'r1' }],
  decidedOn: '2027-01-14',
  effectiveFrom: '2027-01-14',
  reviewOn: content.reviewOn,
  onMissedReview: content.onMissedReview,
};
const inForce: AgreementEvent = { type: 'AgreementTookEffect', data: took };

describe('an agreement', () => {
  it('takes effect with the version that was decided', () => given(agreement).when(takeEffect, took).then(inForce));

  it('INV-50 keeps its review date: only a new decision gives another', () => {
    given(agreement, inForce)
      .when(takeEffect, { ...took, reviewOn: '2028-07-15' })
      .thenNothing();
    expect(Object.keys(agreements)).toEqual(['agreement', 'takeEffect']);
  });
});

const entry = (year: number, number: number, id: string, date: string): LogbookEvent => ({
  type: 'LogEntryWritten',
  data: {
    circleId: 'racines',
    communityId: 'solidarite',
    year,
    number,
    subject: { kind: 'decision', id },
    agreementId: `a-${id}`,
    date,
  },
});
const write = (id: string, date: string) => ({
  circleId: 'racines',
  communityId: 'solidarite',
  subject: { kind: 'decision' as const, id },
  agreementId: `a-${id}`,
  date,
});

describe('a logbook', () => {
  const history = [entry(2027, 1, 'p1', '2027-01-14'), entry(2027, 2, 'p2', '2027-02-11')];

  it('numbers its entries in each year', () => {
    given(logbook)
      .when(writeEntry, write('p1', '2027-01-14'))
      .then(entry(2027, 1, 'p1', '2027-01-14'));
    given(logbook, ...history)
      .when(writeEntry, write('p3', '2027-03-11'))
      .then(entry(2027, 3, 'p3', '2027-03-11'));
    given(logbook, ...history)
      .when(writeEntry, write('p4', '2028-01-13'))
      .then(entry(2028, 1, 'p4', '2028-01-13'));
  });

  it('INV-52 has one entry for each decision, and never another', () => {
    given(logbook, ...history)
      .when(writeEntry, write('p1', '2027-03-11'))
      .thenNothing();
    const { agreementId: _, ...election } = write('p1', '2027-03-11');
    given(logbook, ...history)
      .when(writeEntry, { ...election, subject: { kind: 'election', id: 'p1' } })
      .thenTypes('LogEntryWritten');
  });

  it('goes on after a correction', () =>
    given(logbook, ...history, {
      type: 'LogCorrectionAppended',
      data: { refersTo: { year: 2027, number: 2 }, text: 'Lire 40 $.', by: 'luc' },
    })
      .when(writeEntry, write('p3', '2027-03-11'))
      .then(entry(2027, 3, 'p3', '2027-03-11')));
});

describe('an effect that its target refused', () => {
  const refused = { code: 'SPLIT_PLAN_NEEDED', details: ['9'] };
  const recorded = fact('EffectRefused', refused);

  it('is recorded on the decision', () =>
    given(proposal, ...decided)
      .when(recordEffectRefused, refused)
      .then(recorded));
  it('is recorded once', () =>
    given(proposal, ...decided, recorded)
      .when(recordEffectRefused, refused)
      .thenNothing());
  it('needs a decision', () =>
    given(proposal, ...inRound)
      .when(recordEffectRefused, refused)
      .thenRefused('WRONG_PHASE'));
});
