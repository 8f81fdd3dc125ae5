import { type CivilDate, civilDateOf, type Instant, plusDays, startOf } from '@app/kernel';

export const zone = 'America/Toronto';
const days = ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'] as const;
export type Weekday = (typeof days)[number];

/** A moment of the story: so many weeks before (negative) or after its last week, a day, an hour `HH:MM`. */
export type Moment = readonly [week: number, day: Weekday, hour: string];

/** The story's calendar. Its last week, week 0, is the last one whose Thursday is over at the instant the story leads up to. */
export class Calendar {
  private readonly monday: CivilDate;

  constructor(base: Instant) {
    const today = civilDateOf(base, zone);
    const sinceFriday = (new Date(`${today}T12:00:00Z`).getUTCDay() + 2) % 7;
    this.monday = plusDays(today, -sinceFriday - 4);
  }

  date(week: number, day: Weekday = 'dimanche'): CivilDate {
    return plusDays(this.monday, week * 7 + days.indexOf(day));
  }

  dateOf(instant: Instant): CivilDate {
    return civilDateOf(instant, zone);
  }

  instant([week, day, hour]: Moment): Instant {
    const [hours = 0, minutes = 0] = hour.split(':').map(Number);
    const midnight = Date.parse(startOf(this.date(week, day), zone));
    return new Date(midnight + (hours * 60 + minutes) * 60_000).toISOString();
  }
}
