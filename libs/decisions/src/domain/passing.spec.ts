import { given } from '@app/kernel/testing';
import { agreement } from './agreement.js';
import type { AgreementEvent } from './agreement.events.js';
import { announce } from './passing.js';
import { content, evening } from './racines.story.js';

const pilot = { ...content, title: 'écoute en ligne', reviewOn: '2027-06-30', onMissedReview: 'Lapse' as const };
const terms = {
  ...{ proposalId: 'p1', version: 1, content: pilot, concerns: [], decidedOn: '2027-01-14' },
  ...{ effectiveFrom: '2027-01-14', reviewOn: '2027-06-30', onMissedReview: 'Lapse' as const },
  calendar: { zone: 'America/Toronto', overdueOn: '2027-07-30', lapsesOn: '2027-08-29' },
};
const identity = { agreementId: 'a1', circleId: 'racines', communityId: 'solidarite' };
const inForce: AgreementEvent = { type: 'AgreementTookEffect', data: { ...identity, ...terms } };
const told = (type: 'ReviewBecameDue' | 'ReviewBecameOverdue' | 'AgreementLapsed', effectiveOn: string, version = 1) =>
  ({ type, data: { version, effectiveOn } }) as AgreementEvent;
const due = told('ReviewBecameDue', '2027-06-30');
const overdue = told('ReviewBecameOverdue', '2027-07-30');
const lapsed = told('AgreementLapsed', '2027-08-29');
const on = (day: string) => ({ now: evening(day) });

describe('what time announces', () => {
  it('S12 is a review that falls due, is overdue, and the day it lapses, each once', () => {
    given<ReturnType<typeof agreement.evolve>, AgreementEvent>(agreement, inForce)
      .when(announce, on('2027-06-29'))
      .thenNothing();
    const story: AgreementEvent[] = [inForce];
    for (const [day, next] of [['2027-06-30', due] as const, ['2027-07-30', overdue] as const]) {
      given(agreement, ...story)
        .when(announce, on(day))
        .then(next);
      story.push(next);
      given(agreement, ...story)
        .when(announce, on(day))
        .thenNothing();
    }
    given(agreement, ...story)
      .when(announce, on('2027-08-28'))
      .thenNothing();
    given(agreement, ...story)
      .when(announce, on('2027-08-29'))
      .then(lapsed);
    given(agreement, ...story, lapsed)
      .when(announce, on('2030-01-01'))
      .thenNothing();
  });

  it('is caught up in order after a long silence', () =>
    given(agreement, ...([inForce] as AgreementEvent[]))
      .when(announce, on('2027-12-01'))
      .then(due, overdue, lapsed));

  it('is counted by the circle’s own midnight', () => {
    const history: AgreementEvent[] = [inForce];
    given(agreement, ...history)
      .when(announce, { now: '2027-06-30T03:59:59.999Z' })
      .thenNothing();
    given(agreement, ...history)
      .when(announce, { now: '2027-06-30T04:00:00.000Z' })
      .then(due);
  });

  it('begins anew with the next version', () => {
    const calendar = { zone: 'America/Toronto', overdueOn: '2028-01-30' };
    const data = { ...terms, base: 1, decided: 1, version: 2, proposalId: 'p2', reviewOn: '2027-12-31', calendar };
    const history: AgreementEvent[] = [inForce, due, { type: 'AgreementRenewed', data }];
    given(agreement, ...history)
      .when(announce, on('2027-12-30'))
      .thenNothing();
    given(agreement, ...history)
      .when(announce, on('2027-12-31'))
      .then(told('ReviewBecameDue', '2027-12-31', 2));
  });

  it('is nothing of an agreement that a decision ended, or that is none', () => {
    const ending = { base: 1, proposalId: 'p2', decided: 1, effectiveOn: '2027-03-11' };
    const history: AgreementEvent[] = [inForce, { type: 'AgreementRepealed', data: ending }];
    given(agreement, ...history)
      .when(announce, on('2027-12-01'))
      .thenNothing();
    given(agreement).when(announce, on('2027-12-01')).thenNothing();
  });

  it('is not overdue where it lapses first', () => {
    const calendar = { ...terms.calendar, lapsesOn: '2027-07-10' };
    const history: AgreementEvent[] = [{ type: 'AgreementTookEffect', data: { ...identity, ...terms, calendar } }];
    given(agreement, ...history)
      .when(announce, on('2027-12-01'))
      .then(due, told('AgreementLapsed', '2027-07-10'));
  });
});
