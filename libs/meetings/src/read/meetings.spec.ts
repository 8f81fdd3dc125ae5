import { projected, recorder } from '@app/read-store/testing';
import type { MeetingEvent } from '../domain/meeting.events.js';
import { meetingPresenceTable, meetingTable } from './meeting.tables.js';
import { meetingsProjection } from './meetings.projection.js';
import { MeetingQueries } from './meetings.query.js';

const members = ['ana', 'marc', 'zoe', 'luc', 'lise', 'paul', 'ines'];
const at = (time: string) => ({ at: `2027-03-25T${time}:00.000Z` });
const m1 = recorder<MeetingEvent>({ stream: 'meeting-m1', circle: 'racines', ...at('19:00') });
const m2 = recorder<MeetingEvent>({ stream: 'meeting-m2', circle: 'racines', ...at('21:00') });
const opened = (meetingId: string, present: string[]) => ({
  meetingId,
  circleId: 'racines',
  communityId: 'community-1',
  by: 'zoe',
  present,
  members,
  quorum: 5,
  circleRevision: 12,
});
const story = () => [
  m1('MeetingOpened', opened('m1', ['zoe', 'ana', 'luc', 'lise'])),
  m1('PresenceChanged', { memberId: 'paul', present: true, enteredBy: 'luc' }, at('19:05')),
  m1('QuorumRegained', { present: 5, quorum: 5 }, at('19:05')),
  m1('PresenceChanged', { memberId: 'luc', present: false, enteredBy: 'luc' }, at('20:40')),
  m1('QuorumLost', { present: 4, quorum: 5 }, at('20:40')),
  m1('MeetingClosed', { by: 'zoe', counted: false, present: ['zoe', 'ana', 'lise', 'paul'], quorum: 5 }, at('20:50')),
  m2('MeetingOpened', opened('m2', members)),
];

describe('the meeting read model', () => {
  it('shows who is in the room and whether the quorum holds, whatever is delivered twice or rebuilt', async () => {
    const { rows } = await projected(meetingsProjection, story());
    expect(await rows(meetingTable)).toEqual([
      {
        meetingId: 'm1',
        circleId: 'racines',
        communityId: 'community-1',
        status: 'closed',
        openedBy: 'zoe',
        openedAt: '2027-03-25T19:00:00.000Z',
        closedBy: 'zoe',
        closedAt: '2027-03-25T20:50:00.000Z',
        quorum: 5,
        quorate: false,
        counted: false,
      },
      expect.objectContaining({ meetingId: 'm2', status: 'open', quorate: true, counted: false, closedAt: null }),
    ]);
    const presences = (await rows(meetingPresenceTable)).filter(({ meetingId }) => meetingId === 'm1');
    expect(presences.map(({ memberId, inRoom, since }) => [memberId, inRoom, since.slice(11, 16)])).toEqual([
      ['ana', true, '19:00'],
      ['lise', true, '19:00'],
      ['luc', false, '20:40'],
      ['paul', true, '19:05'],
      ['zoe', true, '19:00'],
    ]);
  });

  it('follows the quorum while the meeting runs', async () => {
    const quorateAfter = async (count: number): Promise<boolean | undefined> => {
      const { rows } = await projected(meetingsProjection, story().slice(0, count));
      return (await rows(meetingTable))[0]?.quorate;
    };
    expect([await quorateAfter(1), await quorateAfter(3), await quorateAfter(5)]).toEqual([false, true, false]);
  });

  it('pages a circle’s meetings, the latest first', async () => {
    const { store } = await projected(meetingsProjection, story());
    const queries = new MeetingQueries(store);
    const ids = (rows: readonly { meetingId: string }[]) => rows.map(({ meetingId }) => meetingId);
    expect(ids(await queries.meetingsOf(['racines'], undefined, 5))).toEqual(['m2', 'm1']);
    expect(ids(await queries.meetingsOf(['racines'], ['2027-03-25T21:00:00.000Z', 'm2'], 5))).toEqual(['m1']);
    expect(ids(await queries.meetings(['m1', 'nowhere']))).toEqual(['m1']);
    expect((await queries.presences(['m1'])).map(({ memberId }) => memberId)).toEqual([
      'ana',
      'lise',
      'zoe',
      'paul',
      'luc',
    ]);
  });
});
