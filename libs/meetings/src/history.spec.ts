import { readdirSync, readFileSync } from 'node:fs';
import { Codec } from '@app/event-store';
import { type Fact, fold } from '@app/kernel';
import { MemoryVault } from '@app/vault/adapters';
import { Value } from '@sinclair/typebox/value';
import { type MeetingEvent, meetingEvents } from './domain/meeting.events.js';
import { meeting } from './domain/meeting.js';

const museum = new URL('./domain/history/', import.meta.url);
const kept = (type: string, version: number) =>
  JSON.parse(readFileSync(new URL(`${type}.v${version}.json`, museum), 'utf8')) as Fact & { version: number };
const declared = Object.entries(meetingEvents.types);

describe('the museum of meetings', () => {
  it('holds one example of every version of every event', () => {
    const expected = declared.flatMap(([type, { version }]) =>
      Array.from({ length: version }, (_, older) => `${type}.v${older + 1}.json`),
    );
    expect(readdirSync(museum).sort()).toEqual(expected.sort());
  });

  it.each(declared)('still reads %s as it is declared', async (type, { version, data }) => {
    const fact = kept(type, version);
    expect([...Value.Errors(data, fact.data)]).toEqual([]);
    const codec = new Codec(new MemoryVault(), [meetingEvents]);
    const place = { id: `ev-${type}`, category: 'meeting', community: 'solidarite', circle: 'racines' };
    const [encoded] = await codec.encode([{ type, data: fact.data }], [place]);
    const meta = { v: String(version), community: place.community, circle: place.circle };
    const stored = { id: place.id, stream: 'meeting-m1', revision: 0, position: '1', type, data: encoded!.data, meta };
    expect((await codec.decode([stored]))[0]?.data).toEqual(fact.data);
  });

  it('folds every event in a story', () => {
    const story = ['MeetingOpened', 'PresenceChanged', 'QuorumRegained', 'QuorumLost', 'MeetingClosed'];
    const state = fold(
      meeting,
      story.map((type) => kept(type, 1) as unknown as MeetingEvent),
    );
    expect(state.phase).toBe('closed');
    expect([...story].sort()).toEqual(declared.map(([type]) => type).sort());
  });
});
