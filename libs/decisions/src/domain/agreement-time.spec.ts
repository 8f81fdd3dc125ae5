import { binds, statusOn, turnsOf } from './agreement-time.js';

const pilot = { reviewOn: '2027-06-30', onMissedReview: 'Lapse' as const };

describe('what time makes of an agreement', () => {
  it('S12 lapses sixty days after a missed review', () =>
    expect(turnsOf(pilot)).toEqual({ reviewOn: '2027-06-30', overdueOn: '2027-07-30', lapsesOn: '2027-08-29' }));

  it('lapses on the day it expires, where it says one', () => {
    expect(turnsOf({ ...pilot, expiresOn: '2027-07-05' }).lapsesOn).toBe('2027-07-05');
    expect(turnsOf({ ...pilot, expiresOn: '2028-07-05' }).lapsesOn).toBe('2028-07-05');
  });

  it('continues where it says so, however late its review is', () => {
    const turns = turnsOf({ reviewOn: '2027-06-30', onMissedReview: 'Continue' });
    expect(turns).toEqual({ reviewOn: '2027-06-30', overdueOn: '2027-07-30' });
    expect(statusOn('2099-01-01', turns)).toBe('ReviewOverdue');
  });

  it('counts the days of the circle’s rules', () =>
    expect(turnsOf(pilot, { overdueDays: 10, lapseDays: 20 })).toEqual({
      ...{ reviewOn: '2027-06-30', overdueOn: '2027-07-10', lapsesOn: '2027-07-20' },
    }));

  it.each([
    ['2027-06-29', 'InForce'],
    ['2027-06-30', 'ReviewDue'],
    ['2027-07-29', 'ReviewDue'],
    ['2027-07-30', 'ReviewOverdue'],
    ['2027-08-28', 'ReviewOverdue'],
    ['2027-08-29', 'Lapsed'],
    ['2030-01-01', 'Lapsed'],
  ] as const)('on %s is %s', (today, status) => {
    expect(statusOn(today, turnsOf(pilot))).toBe(status);
    expect(binds(status)).toBe(status !== 'Lapsed');
  });
});
