import { given } from '@app/kernel/testing';
import type { MeetingEvent } from './meeting.events.js';
import { closeMeeting, meeting, openMeeting, recordPresence } from './meeting.js';

const members = ['ana', 'marc', 'zoe', 'luc', 'lise', 'paul', 'ines'];
const circle = {
  circleId: 'racines',
  communityId: 'solidarite',
  revision: 12,
  members,
  rules: { quorum: { numerator: 2, denominator: 3, minimum: 3 } },
};
const officers = ['zoe', 'luc'];
const opened = (...present: string[]): MeetingEvent => ({
  type: 'MeetingOpened',
  data: {
    meetingId: 'm1',
    circleId: 'racines',
    communityId: 'solidarite',
    by: 'zoe',
    present,
    members,
    quorum: 5,
    circleRevision: 12,
  },
});
const came = (memberId: string, enteredBy = memberId): MeetingEvent => ({
  type: 'PresenceChanged',
  data: { memberId, present: true, enteredBy },
});
const went = (memberId: string, enteredBy = memberId): MeetingEvent => ({
  type: 'PresenceChanged',
  data: { memberId, present: false, enteredBy },
});
const closed: MeetingEvent = {
  type: 'MeetingClosed',
  data: { by: 'zoe', counted: true, present: ['zoe'], quorum: 5 },
};
const opening = { meetingId: 'm1', by: 'zoe', circle, officers, present: ['zoe', 'ana', 'ana'] };

describe('opening a meeting', () => {
  it('writes who is there, each once, the members of the moment and the quorum', () =>
    given(meeting).when(openMeeting, opening).then(opened('zoe', 'ana')));

  it('counts whoever opens it as there', () =>
    given(meeting)
      .when(openMeeting, { ...opening, present: ['ana'] })
      .then(opened('zoe', 'ana')));

  it('is for the acting facilitator or secretary', () =>
    given(meeting)
      .when(openMeeting, { ...opening, by: 'ana' })
      .thenRefused('NOT_AN_OFFICER'));

  it('does not let a stranger in', () => {
    given(meeting)
      .when(openMeeting, { ...opening, present: ['theo'] })
      .thenRefused('NOT_A_MEMBER');
    given(meeting)
      .when(openMeeting, { ...opening, by: 'theo', officers: ['theo'] })
      .thenRefused('NOT_A_MEMBER');
  });

  it('happens once', () => given(meeting, opened('zoe')).when(openMeeting, opening).thenNothing());
});

describe('presence in a meeting', () => {
  const presence = { by: 'paul', memberId: 'paul', present: true, circle, officers };

  it('is said by oneself', () => given(meeting, opened('zoe')).when(recordPresence, presence).then(came('paul')));

  it('is entered by an officer for another', () =>
    given(meeting, opened('zoe'))
      .when(recordPresence, { ...presence, by: 'luc' })
      .then(came('paul', 'luc')));

  it('is not entered by anybody else', () =>
    given(meeting, opened('zoe'))
      .when(recordPresence, { ...presence, by: 'ana' })
      .thenRefused('NOT_AN_OFFICER'));

  it('is not for a stranger', () =>
    given(meeting, opened('zoe'))
      .when(recordPresence, { ...presence, by: 'theo', memberId: 'theo' })
      .thenRefused('NOT_A_MEMBER'));

  it('lets go whoever left the circle meanwhile', () =>
    given(meeting, opened('zoe', 'paul'))
      .when(recordPresence, { ...presence, present: false, circle: { ...circle, members: ['zoe'] } })
      .thenTypes('PresenceChanged'));

  it('repeated says nothing', () => given(meeting, opened('zoe', 'paul')).when(recordPresence, presence).thenNothing());

  it('tells when the quorum is reached again', () =>
    given(meeting, opened('zoe', 'ana', 'luc', 'lise'))
      .when(recordPresence, presence)
      .then(came('paul'), { type: 'QuorumRegained', data: { present: 5, quorum: 5 } }));

  it('INV-43 tells when the quorum is lost', () =>
    given(meeting, opened('zoe', 'ana', 'luc', 'lise', 'paul'))
      .when(recordPresence, { ...presence, by: 'luc', memberId: 'luc', present: false })
      .then(went('luc'), { type: 'QuorumLost', data: { present: 4, quorum: 5 } }));

  it('does not count who left the circle', () =>
    given(meeting, opened('zoe', 'ana', 'luc', 'theo'))
      .when(recordPresence, presence)
      .then(came('paul')));

  it('is over when the meeting is closed', () => {
    given(meeting, opened('zoe'), closed).when(recordPresence, presence).thenRefused('MEETING_NOT_OPEN');
    given(meeting).when(recordPresence, presence).thenRefused('NOT_FOUND');
  });
});

describe('closing a meeting', () => {
  const closing = { by: 'luc', circle, officers };

  it('counts it when there is a quorum', () =>
    given(meeting, opened('zoe', 'ana', 'luc', 'lise', 'paul'))
      .when(closeMeeting, closing)
      .then({
        type: 'MeetingClosed',
        data: { by: 'luc', counted: true, present: ['zoe', 'ana', 'luc', 'lise', 'paul'], quorum: 5 },
      }));

  it('does not count it without one, nor count who left the circle', () =>
    given(meeting, opened('zoe', 'ana', 'luc', 'lise', 'theo'))
      .when(closeMeeting, closing)
      .then({
        type: 'MeetingClosed',
        data: { by: 'luc', counted: false, present: ['zoe', 'ana', 'luc', 'lise'], quorum: 5 },
      }));

  it('is for the acting facilitator or secretary', () =>
    given(meeting, opened('zoe', 'ana'))
      .when(closeMeeting, { ...closing, by: 'ana' })
      .thenRefused('NOT_AN_OFFICER'));

  it.each(['ana', 'theo'])('is not for anybody else once it is closed either: %s', (by) =>
    given(meeting, opened('zoe', 'ana'), closed)
      .when(closeMeeting, { ...closing, by })
      .thenRefused('NOT_AN_OFFICER'),
  );

  it('happens once', () => given(meeting, opened('zoe'), closed).when(closeMeeting, closing).thenNothing());

  it('needs a meeting', () => given(meeting).when(closeMeeting, closing).thenRefused('NOT_FOUND'));
});

it('stops at a history that cannot be', () =>
  expect(() => given(meeting, came('ana'))).toThrow('the stream is corrupt'));
