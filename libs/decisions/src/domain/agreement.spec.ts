import { given } from '@app/kernel/testing';
import * as agreements from './agreement.js';
import { agreement, changeTerms, repeal, standingOf, supersede, takeEffect } from './agreement.js';
import type { AgreementEvent, LogbookEvent } from './agreement.events.js';
import { logbook, writeEntry } from './logbook.js';
import { recordEffectRefused } from './outcome.js';
import { proposal } from './proposal.js';
import { content, decided, fact, inRound } from './racines.story.js';

type DataOf<T extends AgreementEvent['type']> = Extract<AgreementEvent, { type: T }>['data'];
const event = <T extends AgreementEvent['type']>(type: T, data: DataOf<T>): AgreementEvent =>
  ({ type, data }) as AgreementEvent;
const calendar = { zone: 'America/Toronto', overdueOn: '2027-08-14', lapsesOn: '2027-09-13' };
const terms = {
  proposalId: 'p1',
  content,
  concerns: [{ by: 'paul', roundId: 'r1' }],
  decidedOn: '2027-01-14',
  effectiveFrom: '2027-01-14',
  reviewOn: content.reviewOn,
  onMissedReview: content.onMissedReview,
  calendar,
};
const took: DataOf<'AgreementTookEffect'> = {
  agreementId: 'a1',
  circleId: 'racines',
  communityId: 'solidarite',
  version: 2,
  ...terms,
};
const inForce = event('AgreementTookEffect', took);
const again = { ...terms, proposalId: 'p2', base: 2, decided: 1, decidedOn: '2027-07-15', reviewOn: '2028-01-13' };
const repealed = { base: 2, proposalId: 'p2', decided: 1, effectiveOn: '2027-07-15' };
const gone = event('AgreementRepealed', repealed);
const renewed = event('AgreementRenewed', { ...again, version: 3 });
const renew = { ...again, type: 'AgreementRenewed' as const };

describe('an agreement', () => {
  it('takes effect with the version that was decided', () => given(agreement).when(takeEffect, took).then(inForce));

  it('INV-50 keeps its review date: only a new decision gives another', () => {
    given(agreement, inForce)
      .when(takeEffect, { ...took, reviewOn: '2028-07-15' })
      .thenNothing();
    given(agreement, inForce).when(changeTerms, renew).then(renewed);
    expect(Object.keys(agreements).filter((it) => /take|change|repeal|supersede|move|set|extend/.test(it))).toEqual([
      ...['changeTerms', 'repeal', 'supersede', 'takeEffect'],
    ]);
  });

  it('is amended, repealed and superseded by a decision on the version that counts, once each', () => {
    const amended = { ...again, type: 'AgreementAmended' as const };
    given(agreement, inForce)
      .when(changeTerms, amended)
      .then(event('AgreementAmended', { ...again, version: 3 }));
    given(agreement, inForce).when(repeal, repealed).then(gone);
    const superseding = { ...repealed, supersededBy: 'a2' };
    const superseded = event('AgreementSuperseded', superseding);
    given(agreement, inForce).when(supersede, superseding).then(superseded);
    given(agreement, inForce, renewed).when(changeTerms, renew).thenNothing();
    given(agreement, inForce, gone).when(repeal, repealed).thenNothing();
    given(agreement, inForce, superseded).when(supersede, superseding).thenNothing();
  });

  it('INV-54 is changed by the first of two decisions on one version, never by the second', () => {
    const second = { ...again, proposalId: 'p3' };
    for (const type of ['AgreementRenewed', 'AgreementAmended'] as const)
      given(agreement, inForce, renewed)
        .when(changeTerms, { ...second, type })
        .thenRefused('AGREEMENT_BASE_CHANGED');
    given(agreement, inForce, renewed)
      .when(repeal, { ...repealed, proposalId: 'p3' })
      .thenRefused('AGREEMENT_BASE_CHANGED');
    given(agreement, inForce, renewed)
      .when(supersede, { ...repealed, proposalId: 'p3', supersededBy: 'a2' })
      .thenRefused('AGREEMENT_BASE_CHANGED');
  });

  it('INV-51 is not changed once it has ended', () => {
    given(agreement, inForce, gone)
      .when(changeTerms, { ...renew, proposalId: 'p3' })
      .thenRefused('AGREEMENT_NOT_IN_FORCE');
    given(agreement, inForce)
      .when(changeTerms, { ...renew, decidedOn: '2027-09-13' })
      .thenRefused('AGREEMENT_NOT_IN_FORCE');
    given(agreement, inForce)
      .when(changeTerms, { ...renew, decidedOn: '2027-09-12' })
      .thenTypes('AgreementRenewed');
    given(agreement).when(changeTerms, renew).thenRefused('AGREEMENT_UNKNOWN');
  });

  it('is told by its days, in the circle’s zone', () => {
    const { state } = given(agreement, inForce);
    const at = (now: string) => (state.state === 'known' ? standingOf(state, now).status : undefined);
    expect(at('2027-07-15T03:59:59.999Z')).toBe('InForce');
    expect(at('2027-07-15T04:00:00.000Z')).toBe('ReviewDue');
    expect(at('2027-08-14T04:00:00.000Z')).toBe('ReviewOverdue');
    expect(at('2027-09-13T04:00:00.000Z')).toBe('Lapsed');
  });

  it('without a calendar of its own follows the method’s days', () => {
    const { calendar: _, ...old } = took;
    const { state } = given(agreement, event('AgreementTookEffect', { ...old, onMissedReview: 'Lapse' }));
    expect(state).toMatchObject({ zone: 'UTC', turns: { overdueOn: '2027-08-14', lapsesOn: '2027-09-13' } });
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
