import { civilDateOf, deadlineAfter, endOf, isCivilDate, plusMonths } from './civil.js';

describe('civil dates', () => {
  it('end a term of n days with the last instant of that day in the zone', () =>
    expect(deadlineAfter('2027-01-15T03:00:00.000Z', 7, 'America/Toronto')).toEqual({
      date: '2027-01-21',
      instant: '2027-01-22T04:59:59.999Z',
    }));

  it('know a day that is 25 hours long', () =>
    expect(endOf('2027-11-07', 'America/Toronto').instant).toBe('2027-11-08T04:59:59.999Z'));

  it('belong to the zone, not to the machine', () =>
    expect(civilDateOf('2027-01-15T03:00:00.000Z', 'America/Toronto')).toBe('2027-01-14'));

  it('are remembered for each zone apart', () => {
    const ends = (): string[] => ['America/Toronto', 'Europe/Paris'].map((zone) => endOf('2027-01-14', zone).instant);
    expect(ends()).toEqual(['2027-01-15T04:59:59.999Z', '2027-01-14T22:59:59.999Z']);
    expect(ends()).toEqual(['2027-01-15T04:59:59.999Z', '2027-01-14T22:59:59.999Z']);
  });

  it('refuse days that do not exist', () => {
    expect(isCivilDate('2027-02-29')).toBe(false);
    expect(isCivilDate('2028-02-29')).toBe(true);
  });

  it('keep the end of the month when months are added', () => expect(plusMonths('2027-01-31', 1)).toBe('2027-02-28'));
});
