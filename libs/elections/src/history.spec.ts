import { readdirSync, readFileSync } from 'node:fs';
import { Codec } from '@app/event-store';
import { type Fact, fold } from '@app/kernel';
import { MemoryVault } from '@app/vault/adapters';
import { Value } from '@sinclair/typebox/value';
import { type ElectionEvent, electionEvents } from './domain/election.events.js';
import { election } from './domain/election.js';
import { stories } from './domain/story.fixture.js';

const museum = new URL('./domain/history/', import.meta.url);
const kept = (type: string, version: number) =>
  JSON.parse(readFileSync(new URL(`${type}.v${version}.json`, museum), 'utf8')) as Fact & { version: number };
const declared = Object.entries(electionEvents.types);

describe('the museum of elections', () => {
  it('holds one example of every version of every event', () => {
    const expected = declared.flatMap(([type, { version }]) =>
      Array.from({ length: version }, (_, older) => `${type}.v${older + 1}.json`),
    );
    expect(readdirSync(museum).sort()).toEqual(expected.sort());
  });

  it.each(declared)('still reads %s as it is declared', (type, { version, data }) => {
    expect(kept(type, version)).toMatchObject({ type, version });
    expect([...Value.Errors(data, kept(type, version).data)]).toEqual([]);
  });

  it.each(declared)('folds %s where it can happen', (type, { version }) => {
    const story = stories.find((facts) => facts.some((fact) => fact.type === type)) ?? [];
    const before = fold(
      election,
      story.slice(
        0,
        story.findIndex((fact) => fact.type === type),
      ),
    );
    expect(() => election.evolve(before, kept(type, version) as unknown as ElectionEvent)).not.toThrow();
  });

  it.each(declared)('folds %s nowhere else', (type, { version }) => {
    if (type === 'ElectionCalled') return expect(election.initial.phase).toBe('absent');
    const fact = kept(type, version) as unknown as ElectionEvent;
    expect(() => election.evolve(election.initial, fact)).toThrow('the stream is corrupt');
  });

  it.each(declared)('brings %s through the codec and back, text encrypted', async (type, { version }) => {
    const codec = new Codec(new MemoryVault(), [electionEvents]);
    const fact = kept(type, version);
    const place = { id: `ev-${type}`, category: 'election', community: 'solidarite', circle: 'racines' };
    const [encoded] = await codec.encode([{ type, data: fact.data }], [place]);
    const meta = { v: String(version), community: place.community, circle: place.circle };
    const stored = { id: place.id, stream: 'election-e1', revision: 0, position: '1', type, data: encoded!.data, meta };
    const [decoded] = await codec.decode([stored]);
    expect(decoded?.data).toEqual(fact.data);
    expect(JSON.stringify(encoded!.data)).not.toMatch(/[éàô’]|Dès|distance|Travail/);
  });
});
