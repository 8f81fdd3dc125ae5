import type { Decider } from '@app/kernel';
import type { LogbookEvent } from './agreement.events.js';

type Entry = Extract<LogbookEvent, { type: 'LogEntryWritten' }>['data'];
export type Subject = Entry['subject'];

/** What a circle has written: the last number of each year, and about what. */
export interface Logbook {
  readonly numbers: Readonly<Record<number, number>>;
  readonly subjects: readonly string[];
}

const nameOf = ({ kind, id }: Subject): string => `${kind}:${id}`;

/** The stream `logbook-<circleId>`: entries are added, never changed (INV-52). */
export const logbook: Decider<Logbook, LogbookEvent> = {
  category: 'logbook',
  initial: { numbers: {}, subjects: [] },
  evolve: (state, { type, data }) => {
    switch (type) {
      case 'LogEntryWritten':
        return {
          numbers: { ...state.numbers, [data.year]: data.number },
          subjects: [...state.subjects, nameOf(data.subject)],
        };
      case 'LogCorrectionAppended':
        return state;
    }
  },
};

export type WriteEntry = Omit<Entry, 'year' | 'number'>;

/** One entry for each subject, numbered in the year of its date: 2027-01 is the first of 2027. */
export function writeEntry(
  state: Logbook,
  { circleId, communityId, subject, agreementId, date }: WriteEntry,
): LogbookEvent[] {
  if (state.subjects.includes(nameOf(subject))) return []; // INV-52
  const year = Number(date.slice(0, 4));
  const number = (state.numbers[year] ?? 0) + 1;
  const agreed = agreementId === undefined ? {} : { agreementId };
  return [{ type: 'LogEntryWritten', data: { circleId, communityId, year, number, subject, ...agreed, date } }];
}
