import { readdirSync, readFileSync } from 'node:fs';
import { Codec } from '@app/event-store';
import { type Decider, type EventCatalogue, type Fact, fold } from '@app/kernel';
import { MemoryVault } from '@app/vault/adapters';
import { Value } from '@sinclair/typebox/value';
import { circleEvents } from './domain/circle.events.js';
import { circle } from './domain/circle.js';
import { communityEvents } from './domain/community.events.js';
import { community } from './domain/community.js';

const museum = new URL('./domain/history/', import.meta.url);
const kept = (type: string, version: number) =>
  JSON.parse(readFileSync(new URL(`${type}.v${version}.json`, museum), 'utf8')) as Fact & { version: number };
const catalogues: readonly EventCatalogue[] = [communityEvents, circleEvents];
const declared = catalogues.flatMap(({ category, types }) =>
  Object.entries(types).map(([type, shape]) => [type, { ...shape, category }] as const),
);
const codec = new Codec(new MemoryVault(), catalogues);

/** A kept example as it reads after having been in the log, with what the log held. */
async function throughTheLog(type: string, version: number, category: string) {
  const place = { id: `ev-${type}`, category, community: 'solidarite', circle: 'racines' };
  const [encoded] = await codec.encode([{ type, data: kept(type, version).data }], [place]);
  const meta = { v: String(version), community: place.community, circle: place.circle };
  const stored = { id: place.id, stream: `${category}-x`, revision: 0, position: '1', type, data: encoded!.data, meta };
  const [decoded] = await codec.decode([stored]);
  return { stored: JSON.stringify(encoded!.data), fact: { type, data: decoded!.data } as Fact };
}

describe('the museum of circles and communities', () => {
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

  it.each(declared)('brings %s through the codec and back, text encrypted', async (type, { version, category }) => {
    const { stored, fact } = await throughTheLog(type, version, category);
    expect(fact.data).toEqual(kept(type, version).data);
    expect(stored).not.toMatch(/[éàôÉ’]|Cercle/);
  });

  it.each(declared)('folds %s after its beginning, and nowhere else', async (type, { version, category }) => {
    const decider = (category === 'circle' ? circle : community) as unknown as Decider<{ phase: string }, Fact>;
    const beginning = category === 'circle' ? 'CircleProposed' : 'CommunityFounded';
    const { fact } = await throughTheLog(type, version, category);
    expect(fold(decider, [kept(beginning, 1), fact]).phase).not.toBe('absent');
    if (type !== beginning) expect(() => fold(decider, [fact])).toThrow('the stream is corrupt');
  });
});
