import { Calendar } from './calendar.js';
import { inOrder } from './story.js';

const everyDay = Array.from({ length: 14 }, (_, day) => `2027-03-${String(day + 8).padStart(2, '0')}T05:30:00.000Z`);

describe('the calendar of the demo story', () => {
  it.each(everyDay)('ends within the last eight days before %s, and never after', (base) => {
    const calendar = new Calendar(base);
    const last = calendar.instant(inOrder(calendar).at(-1)!.at);
    expect(last < base).toBe(true);
    expect(Date.parse(base) - Date.parse(last)).toBeLessThan(8 * 86_400_000);
    expect(new Date(`${calendar.date(0, 'lundi')}T12:00:00Z`).getUTCDay()).toBe(1);
  });

  it('reads hours where the community lives, whatever the season', () => {
    const calendar = new Calendar('2027-03-19T12:00:00.000Z');
    expect(calendar.instant([0, 'mardi', '19:00'])).toBe('2027-03-16T23:00:00.000Z');
    expect(calendar.instant([-1, 'mardi', '19:00'])).toBe('2027-03-10T00:00:00.000Z');
  });

  it('begins about ten months earlier', () => {
    const calendar = new Calendar('2027-03-19T12:00:00.000Z');
    expect(inOrder(calendar)[0]!.at).toEqual([-44, 'samedi', '09:30']);
  });
});
